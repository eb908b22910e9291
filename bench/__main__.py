"""`python -m bench [NAME …]`: run the benchmarks named, or all."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

_HELPERS = ("searchers", "texts_ocr", "timing")


def main() -> None:
    """Run each and print its table."""
    files = Path(__file__).parent.glob("[a-z]*.py")
    known = sorted(path.stem for path in files if path.stem not in _HELPERS)
    for name in sys.argv[1:] or known:
        if name not in known:
            sys.exit(f"no benchmark {name}; there are {', '.join(known)}")
        print(f"\n# {name}")
        import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
