"""Before the inspectors come: requirements against evidence, what is missing, the pack."""
