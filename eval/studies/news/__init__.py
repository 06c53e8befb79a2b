"""What a reader of news needs, counted: every answer given, every claim owned, nothing from after a day."""
