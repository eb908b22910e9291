"""Groups of commands, a file each; `cli.py` hangs them up. A command parses, calls one errand and shows its answer."""
