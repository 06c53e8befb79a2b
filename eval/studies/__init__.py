"""What one part of Dateline gets right, each on a set of its own: one command each."""
