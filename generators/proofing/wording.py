"""Words (用词): the word lists, repeated sentences, traditional characters, short names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.proofing.galley import Edit, Galley, Mark
from generators.proofing.registry import judges
from generators.proofing.rulebook import signs_of, words
from model.proofing import Role

_HAN = re.compile("[\u4e00-\u9fff]")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[^条\n]{1,7}条")
_STOPS = re.compile("[。！？；\n]")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_LAWS = re.compile("(?:教育法|义务教育法|食品安全法|未成年人保护法|安全生产法|消防法|突发事件应对法)(?![律规人院])")


def _listed(galley: Galley, name: str, *, mend: bool = False) -> Iterator[Mark]:
    """Every place where an entry of a word list stands."""
    for word in words(name):
        if word.begins not in galley.beginnings or word.literal not in galley.text:
            continue
        for match in word.pattern.finditer(galley.text):
            edits = (Edit(*match.span(), word.right),) if mend else ()
            yield Mark(*match.span(), edits, f"“{match[0]}”", f"改为“{word.right}”")


@judges("W01")
def miswritten(galley: Galley) -> Iterator[Mark]:
    """错别字."""
    yield from _listed(galley, "wrong_words", mend=True)


@judges("W02")
def word_forms(galley: Galley) -> Iterator[Mark]:
    """异形词."""
    yield from _listed(galley, "word_forms")


@judges("D16")
def redundant(galley: Galley) -> Iterator[Mark]:
    """累赘."""
    yield from _listed(galley, "redundant")


@judges("D19")
def set_phrases(galley: Galley) -> Iterator[Mark]:
    """固定提法."""
    yield from _listed(galley, "set_phrases")


@judges("W06")
def old_organs(galley: Galley) -> Iterator[Mark]:
    """Organs that have another name since 2018; 原…… and names inside a cited title are meant."""
    for mark in _listed(galley, "old_organs"):
        before = galley.text[max(0, mark.start - 8) : mark.start]
        if "原" not in before and not galley.quoted(mark.start, mark.end):
            yield mark


@judges("W07")
def traditional(galley: Galley) -> Iterator[Mark]:
    """繁体字 that are in no simplified text: the characters that the rule needs."""
    for match in signs_of("W07").finditer(galley.text):
        yield Mark(*match.span(), detail=f"“{match[0]}”")


@judges("D17")
def repeated_paragraphs(galley: Galley) -> Iterator[Mark]:
    """A paragraph of some length that stands there twice; items of lists may."""
    seen: dict[str, int] = {}
    for paragraph in galley.of(Role.BODY, Role.ITEM):
        text = paragraph.text.strip() if len(paragraph.text) >= 40 else ""
        if len(text) < 40 or _NUMBERED.match(text) or not _HAN.search(text):
            continue
        if text in seen:
            yield galley.mark(paragraph, 0, min(len(text), 20), detail=f"与第{seen[text]}段相同")
        seen.setdefault(text, paragraph.index)


@judges("D30")
def repeated_sentences(galley: Galley) -> Iterator[Mark]:
    """A sentence twice in one paragraph."""
    for paragraph in galley.prose:
        if len(paragraph.text) < 40 or _all_differ(_STOPS.split(paragraph.text)):
            continue
        seen: set[str] = set()
        for match in _SENTENCE.finditer(paragraph.text):
            base = galley.start(paragraph)
            if len(match[0]) > 15 and match[0] in seen and not galley.quoted(base + match.start(), base + match.end()):
                yield galley.mark(paragraph, *match.span())
            seen.add(match[0])


def _all_differ(sentences: list[str]) -> bool:
    long = [sentence for sentence in sentences if len(sentence) > 14]
    return len(set(long)) == len(long)


@judges("W09")
def short_laws(galley: Galley) -> Iterator[Mark]:
    """A law by its short name without 《》 where nobody has said what it is short for."""
    if "以下简称" in galley.text:
        return
    for found in _LAWS.finditer(galley.text):
        if f"中华人民共和国{found[0]}" not in galley.text and not galley.quoted(*found.span()):
            yield Mark(*found.span())
            return
