"""An answer for people and programs: terminal, wording, JSON."""
