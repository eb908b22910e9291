"""Sets of papers as bit strings: paper n is bit n of an integer, so that and, or, not and counting are single steps.

Python's integers do these at memory speed: 100,000 papers are 12.5 kB, and an intersection takes microseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice

_FEW = 64  # below, setting bit by bit is cheaper than one byte a paper
_SPARSE = 8  # of so many papers one: going from one to the next is cheaper than looking at each
_DIGITS = bytes(digit == ord("1") for digit in range(256))


def of(numbers: Sequence[int]) -> int:
    """The set of these papers; numbers are not negative."""
    if len(numbers) < _FEW:
        return sum(1 << number for number in dict.fromkeys(numbers))
    flags = bytearray(b"0") * (max(numbers) + 1)
    one = ord("1")
    for number in numbers:
        flags[-1 - number] = one
    return int(flags, 2)


def numbers(bits: int) -> Iterator[int]:
    """The papers of a set, from the lowest number on."""
    digits = bin(bits)[:1:-1]
    if bits.bit_count() * _SPARSE < len(digits):
        return _leaping(digits, range(len(digits)))
    return compress(range(len(digits)), digits.encode().translate(_DIGITS))


def newest(bits: int) -> Iterator[int]:
    """The papers of a set, from the highest number on."""
    digits = bin(bits)[2:]
    if bits.bit_count() * _SPARSE < len(digits):
        return _leaping(digits, range(len(digits) - 1, -1, -1))
    return compress(range(len(digits) - 1, -1, -1), digits.encode().translate(_DIGITS))


def _leaping(digits: str, names: Sequence[int]) -> Iterator[int]:
    at = digits.find("1")
    while at >= 0:
        yield names[at]
        at = digits.find("1", at + 1)


def packed(bits: int) -> bytes:
    """The set as bytes, the lowest number first."""
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def unpacked(data: bytes) -> int:
    """The set that `packed` gave these bytes."""
    return int.from_bytes(data, "little")


def heaviest(weighed: Iterable[tuple[int, int]], within: int, most: int) -> list[tuple[int, int]]:
    """The (paper, weight) pairs of a set, the heaviest first and of equal ones the newest, at most so many.

    A paper weighs the sum of the weights of the (weight, set) pairs it is in. The sums of all papers are made at once,
    binary digit by binary digit: plane k holds the papers whose sum has the digit 2**k.
    """
    planes: list[int] = []
    for weight, bits in weighed:
        for place in range(weight.bit_length()):
            if weight >> place & 1:
                _add(planes, place, bits & within)
    return list(islice(_descending(planes, within, len(planes) - 1, 0), most))


def _add(planes: list[int], place: int, carried: int) -> None:
    planes += [0] * (place + 1 - len(planes))
    while carried:
        if place == len(planes):
            planes.append(0)
        planes[place], carried = planes[place] ^ carried, planes[place] & carried
        place += 1


def _descending(planes: Sequence[int], held: int, place: int, weight: int) -> Iterator[tuple[int, int]]:
    if not held:
        return
    if place < 0:
        yield from ((number, weight) for number in newest(held))
        return
    heavy = held & planes[place]
    yield from _descending(planes, heavy, place - 1, weight | 1 << place)
    yield from _descending(planes, held ^ heavy, place - 1, weight)
