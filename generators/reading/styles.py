"""How text looks: run and paragraph properties with styles, document defaults and theme faces resolved."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

    from generators.reading.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
"""The attribute by which a text keeps the blanks at its ends."""
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Properties = dict[str, Any]
"""Keys of `ProofRun` (east, latin, size, bold …) or of `ParagraphLook`; a key that is absent is inherited."""

Look = tuple[str, str, float, bool, bool, bool, str]
"""What a `ProofRun` says behind its text."""


class Face(NamedTuple):
    """Properties of characters worked out: how they look, and whether they are hidden."""

    properties: Properties
    look: Look
    hidden: bool


def face_of(properties: Properties) -> Face:
    """Properties as a look; what they do not say is none."""
    get = properties.get
    look = (
        get("east", ""),
        get("latin", ""),
        get("size", 0.0),
        get("bold", False),
        get("italic", False),
        get("underlined", False),
        get("colour", ""),
    )
    return Face(properties, look, get("hidden", False))


_ALIGN = {"start": "left", "end": "right", "distribute": "both", "thaiDistribute": "both"}


def child(element: _Element, tag: str) -> _Element | None:
    """The first child of that name; `find` would compile a path for it each time."""
    return next(element.iterchildren(tag), None)


def number(value: str | None) -> float:
    """A measure in an attribute, in twips; what is no number or none that a page could hold counts as 0."""
    text = value or ""
    unit = _UNITS.get(text[-2:], 0.0)
    try:
        found = float(text[:-2]) * unit if unit else float(text)
    except ValueError:
        return 0.0
    return found if -_FARTHEST <= found <= _FARTHEST else 0.0


_FARTHEST = 1e6
_UNITS = {"pt": 20.0, "mm": 56.6929, "cm": 566.929, "in": 1440.0, "pc": 240.0, "pi": 240.0}


def on(element: _Element) -> bool:
    """Whether a switch element (w:b …) is on."""
    return element.get(f"{W}val") not in ("0", "false", "off", "none")


class Styles:
    """The styles of one document; `theme` gives the faces that theme names stand for."""

    def __init__(self, root: _Element | None, theme: _Element | None) -> None:
        self._faces = _theme_faces(theme)
        self._elements: dict[str, _Element] = {}
        self._default = ""
        self._runs: dict[str, Properties] = {}
        self._looks: dict[str, Face] = {}
        self._paragraphs: dict[str, Properties] = {}
        defaults: tuple[Properties, Properties] = ({}, {})
        for each in root if root is not None else ():
            if each.tag == f"{W}style":
                self._elements[str(each.get(f"{W}styleId"))] = each
                if each.get(f"{W}type") == "paragraph" and each.get(f"{W}default") in ("1", "true"):
                    self._default = str(each.get(f"{W}styleId"))
            elif each.tag == f"{W}docDefaults":
                run = each.find(f"{W}rPrDefault/{W}rPr")
                paragraph = each.find(f"{W}pPrDefault/{W}pPr")
                defaults = (
                    self.run_properties(run) if run is not None else {},
                    paragraph_properties(paragraph) if paragraph is not None else {},
                )
        self._run_defaults, self._paragraph_defaults = defaults
        self._run_defaults.setdefault("size", 10.0)

    def face(self, style: str) -> Face:
        """The face of text in a paragraph style, defaults included."""
        style = style or self._default
        if style not in self._looks:
            found = self._resolved(style, self._run_defaults, f"{W}rPr", self.run_properties)
            self._looks[style] = face_of(found)
        return self._looks[style]

    def character(self, style: str) -> Properties:
        """The run properties that a character style adds."""
        if style not in self._runs:
            self._runs[style] = self._resolved(style, {}, f"{W}rPr", self.run_properties)
        return self._runs[style]

    def paragraph_of(self, style: str) -> Properties:
        """The paragraph properties of a style, defaults included, and its name under `style`."""
        style = style or self._default
        if style not in self._paragraphs:
            found = self._resolved(style, self._paragraph_defaults, f"{W}pPr", paragraph_properties)
            element = self._elements.get(style)
            name = element.find(f"{W}name") if element is not None else None
            found["style"] = str(name.get(f"{W}val")) if name is not None else style
            self._paragraphs[style] = found
        return self._paragraphs[style]

    def _resolved(
        self, style: str, defaults: Properties, tag: str, read: Callable[[_Element], Properties]
    ) -> Properties:
        chain: list[_Element] = []
        while style in self._elements and len(chain) < 32 and self._elements[style] not in chain:
            chain.append(self._elements[style])
            based = self._elements[style].find(f"{W}basedOn")
            style = str(based.get(f"{W}val")) if based is not None else ""
        found = dict(defaults)
        for element in reversed(chain):
            properties = element.find(tag)
            if properties is not None:
                found |= read(properties)
        return found

    def run_properties(self, element: _Element) -> Properties:
        """What a w:rPr says itself, its character style included."""
        found: Properties = {}
        for each in element:
            reader = _RUN.get(str(each.tag))
            if reader:
                reader(found, each)
            elif each.tag == f"{W}rFonts":
                self._fonts(found, each)
            elif each.tag == f"{W}rStyle":
                found = self.character(str(each.get(f"{W}val"))) | found
        return found

    def _fonts(self, found: Properties, element: _Element) -> None:
        for slot, key in (("eastAsia", "east"), ("ascii", "latin")):
            theme = element.get(f"{W}{slot}Theme")
            face = self._faces.get(str(theme), "") if theme else str(element.get(f"{W}{slot}") or "")
            if face:
                found[key] = face


_KNOWN: OrderedDict[tuple[bytes, bytes], Styles] = OrderedDict()
_MOST_KNOWN = 8


def styles_of(styles: tuple[str, bytes], theme: tuple[str, bytes], package: Package) -> Styles:
    """The styles in these parts (name and bytes); an office's papers share theirs, so the last few are kept."""
    key = styles[1], theme[1]
    if key not in _KNOWN:
        trees = (package.tree(part) if part else None for part, _ in (styles, theme))
        _KNOWN[key] = Styles(*trees)
        if len(_KNOWN) > _MOST_KNOWN:
            _KNOWN.popitem(last=False)
    _KNOWN.move_to_end(key)
    return _KNOWN[key]


def _size(found: Properties, element: _Element) -> None:
    found["size"] = number(element.get(f"{W}val")) / 2


def _colour(found: Properties, element: _Element) -> None:
    value = str(element.get(f"{W}val") or "")
    found["colour"] = "" if value == "auto" else value.upper()


def _switch(key: str) -> Callable[[Properties, _Element], None]:
    def read(found: Properties, element: _Element) -> None:
        found[key] = on(element)

    return read


_RUN: dict[str, Callable[[Properties, _Element], None]] = {
    f"{W}sz": _size,
    f"{W}b": _switch("bold"),
    f"{W}i": _switch("italic"),
    f"{W}u": _switch("underlined"),
    f"{W}vanish": _switch("hidden"),
    f"{W}color": _colour,
}


def paragraph_properties(element: _Element) -> Properties:
    """What a w:pPr says itself. `number` is (numId, level) of automatic numbering."""
    found: Properties = {}
    for each in element:
        reader = _PARAGRAPH.get(str(each.tag))
        if reader:
            reader(found, each)
    return found


def _align(found: Properties, element: _Element) -> None:
    value = str(element.get(f"{W}val") or "left")
    found["align"] = _ALIGN.get(value, value)


def _indent(found: Properties, element: _Element) -> None:
    for side, other, key in (("left", "start", "left"), ("right", "end", "right")):
        for suffix, unit in (("", 20.0), ("Chars", 100.0)):
            value = element.get(f"{W}{side}{suffix}") or element.get(f"{W}{other}{suffix}")
            if value is not None:
                found[key + ("_chars" if suffix else "")] = number(value) / unit
    for name, sign in (("firstLine", 1), ("hanging", -1)):
        for suffix, unit in (("", 20.0), ("Chars", 100.0)):
            value = element.get(f"{W}{name}{suffix}")
            if value is not None:
                found["first" + ("_chars" if suffix else "")] = sign * number(value) / unit


def _spacing(found: Properties, element: _Element) -> None:
    for name in ("before", "after"):
        value = element.get(f"{W}{name}")
        if value is not None:
            found[name] = number(value) / 20
    rule = str(element.get(f"{W}lineRule") or "auto")
    value = element.get(f"{W}line")
    if value is not None:
        found["line_rule"] = rule
        found["line"] = number(value) / (240 if rule == "auto" else 20)


def _numbering(found: Properties, element: _Element) -> None:
    numbered, level = element.find(f"{W}numId"), element.find(f"{W}ilvl")
    earlier = found.get("number", ("", 0))
    found["number"] = (
        str(numbered.get(f"{W}val")) if numbered is not None else earlier[0],
        int(number(level.get(f"{W}val"))) if level is not None else 0,
    )


def _border(found: Properties, element: _Element) -> None:
    bottom = element.find(f"{W}bottom")
    if bottom is not None and on(bottom) and bottom.get(f"{W}val") != "nil":
        found["border_below"] = str(bottom.get(f"{W}color") or "auto").upper()


def _outline(found: Properties, element: _Element) -> None:
    level = int(number(element.get(f"{W}val")))
    found["outline"] = level + 1 if 0 <= level < 9 else 0


_PARAGRAPH: dict[str, Callable[[Properties, _Element], None]] = {
    f"{W}jc": _align,
    f"{W}ind": _indent,
    f"{W}spacing": _spacing,
    f"{W}numPr": _numbering,
    f"{W}pBdr": _border,
    f"{W}outlineLvl": _outline,
    f"{W}pageBreakBefore": _switch("page_break"),
    f"{W}keepNext": _switch("keep_next"),
}


def _theme_faces(theme: _Element | None) -> dict[str, str]:
    """majorEastAsia, minorHAnsi … and the face that each stands for; the face for simplified Chinese where `ea` names none."""
    found: dict[str, str] = {}
    for kind in ("major", "minor") if theme is not None else ():
        fonts = theme.find(f".//{A}{kind}Font") if theme is not None else None
        if fonts is None:
            continue
        faces = {str(each.tag).removeprefix(A): str(each.get("typeface") or "") for each in fonts}
        hans = next((str(each.get("typeface")) for each in fonts if each.get("script") == "Hans"), "")
        found |= {f"{kind}EastAsia": faces.get("ea") or hans, f"{kind}Bidi": faces.get("cs", "")}
        found |= {f"{kind}{slot}": faces.get("latin", "") for slot in ("Ascii", "HAnsi")}
    return found
