"""What a text of news says: its figures, dates and times, and words that mean alike; it knows no question."""
