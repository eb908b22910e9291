"""The look (字体、字号) of paragraphs: of which family and size they are, and marks where the profile wants another.

The profile is the office's own, GB/T 9704-2012 unless it says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from generators.proofing.galley import Galley, Mark
from generators.proofing.nature import official
from generators.proofing.registry import Check, judges
from model.proofing import ProofParagraph, Role, Source

FAMILIES = {
    "仿宋": ("仿宋", "fangsong", "fang song", "fs_gb"),
    "楷体": ("楷体", "kaiti", "kai_gb", "楷体_gb"),
    "黑体": ("黑体", "simhei", "heiti"),
    "宋体": ("宋体", "simsun", "songti"),
    "小标宋": ("小标宋", "xiaobiaosong", "fzxbs"),
}
SIZE_ALLOWED = 0.3  # pt
RUNNING_TEXT = (Role.BODY, Role.ITEM)
IN_BODY_FACE = (
    Role.ADDRESSEES,
    Role.BODY,
    Role.ITEM,
    Role.ANNEX_LIST,
    Role.SIGNATORY,
    Role.DATE,
    Role.SIGNED,
    Role.NOTE,
)


@lru_cache(maxsize=256)
def family(face: str) -> str:
    """The family of a face's name, "" for an unknown one."""
    plain = face.lower()
    return next((name for name, spellings in FAMILIES.items() if any(each in plain for each in spellings)), "")


def judges_layout(number: str) -> Callable[[Check], Check]:
    """Register a function as the one that judges the rule of that number wherever there is a layout to judge."""

    def register(check: Check) -> Check:
        return judges(number)(_laid_out(check))

    return register


def _laid_out(check: Check) -> Check:
    """Only for a 公文 in a file with a layout: marked-up text has none, and what is no 公文 has its own."""

    def judged(galley: Galley) -> Iterator[Mark]:
        if galley.document.source is not Source.MARKUP and official(galley):
            yield from check(galley)

    return judged


def wanted_family(galley: Galley, key: str) -> str:
    """The family that the profile wants for an element."""
    return family(galley.layout.text("fonts", key))


def _usual(paragraph: ProofParagraph) -> tuple[str, float]:
    """The face of most Chinese characters of a paragraph, and the size of most characters."""
    runs = paragraph.runs
    if len(runs) == 1:
        return ("" if runs[0].text.isascii() else runs[0].east, runs[0].size)
    return _counted(tuple((run.east, run.size, not run.text.isascii(), len(run.text.strip())) for run in runs))


@lru_cache(maxsize=2048)
def _counted(runs: tuple[tuple[str, float, bool, int], ...]) -> tuple[str, float]:
    """Of runs as (Chinese face, size, is it Chinese, characters): the face and the size that most characters have."""
    faces, sizes = Counter[str](), Counter[float]()
    for east, size, chinese, count in runs:
        if chinese:
            faces[east] += count
        sizes[size] += count
    return (faces.most_common(1)[0][0] if faces else "", sizes.most_common(1)[0][0] if sizes else 0.0)


def face_of(paragraph: ProofParagraph) -> str:
    """The face of most Chinese characters of a paragraph, as the file names it."""
    return _usual(paragraph)[0]


def family_of(paragraph: ProofParagraph) -> str:
    """The family of a paragraph's face, the face itself where the family is unknown."""
    face = face_of(paragraph)
    return family(face) or face


def size_of(paragraph: ProofParagraph) -> float:
    """The size of most characters of a paragraph in points, 0 where the file gives none."""
    return _usual(paragraph)[1]


def is_off_size(paragraph: ProofParagraph, wanted: float) -> bool:
    """Whether the size that the file gives is another than the one wanted, in points."""
    size = size_of(paragraph)
    return bool(size) and abs(size - wanted) > SIZE_ALLOWED


def wrong_face(galley: Galley, paragraphs: tuple[ProofParagraph, ...], wanted: str) -> Iterator[Mark]:
    """One mark for all paragraphs most of whose characters are in another family: where it begins, and how many."""
    wrong = [paragraph for paragraph in paragraphs if family_of(paragraph) not in ("", wanted)]
    if wrong and wanted:
        faces = Counter(face_of(paragraph) for paragraph in wrong)
        yield galley.mark(wrong[0], detail=told_of(wrong, f"用的是{faces.most_common(1)[0][0]}"))


def wrong_size(galley: Galley, paragraphs: tuple[ProofParagraph, ...], wanted: float) -> Iterator[Mark]:
    """One mark for all paragraphs that are not of the size in points: where it begins, and how many."""
    wrong = [paragraph for paragraph in paragraphs if is_off_size(paragraph, wanted)]
    if wrong:
        yield galley.mark(wrong[0], detail=told_of(wrong, f"用的是{size_of(wrong[0]):g}磅"))


def told_of(wrong: Sequence[ProofParagraph], told: str = "") -> str:
    """What one mark tells of several paragraphs: what is wrong with the first, and how many they are."""
    return "，".join(filter(None, (told, f"共{len(wrong)}段" if len(wrong) > 1 else "")))


def is_red(colour: str) -> bool:
    """Whether a colour (RRGGBB) is the red of a head, as printers vary it."""
    try:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    except ValueError:
        return False
    return red > 0x90 and max(green, blue) < 0x60
