"""Which function judges which rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generators.proofing.galley import Galley, Mark

Check = Callable[[Galley], Iterable[Mark]]
CHECKS: dict[str, Check] = {}


def judges(number: str) -> Callable[[Check], Check]:
    """Register a function as the one that judges the rule of that number."""

    def register(check: Check) -> Check:
        if number in CHECKS:
            raise ValueError(f"two functions judge {number}")
        CHECKS[number] = check
        return check

    return register
