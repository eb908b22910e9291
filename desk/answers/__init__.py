"""What errands answer with, a file per trade; the exit code is on the class (docs/manual.md lists the keys)."""
