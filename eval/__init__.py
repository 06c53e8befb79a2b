"""The same questions asked every time, and counted."""
