"""The same questions asked every time, and counted; README.md has the commands and the figures."""
