"""Benchmarks, never tests: `python -m bench NAME` prints medians of CPU time on this machine."""
