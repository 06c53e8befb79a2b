"""Hits in, proved answers out, and the ways they reach people."""
