"""Where outlets differ on one event: figures, dates, places, actors, or the words they choose."""
