"""The addresses of the server, and what goes in and out of each."""
