"""Where each sentence of a paper came from: the line of the form, the paragraph of the library, the facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Undefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from generators.papers.facts import Gap, Told, told_all
from generators.papers.forms import Forms, body_of, head_of
from generators.papers.formtools import as_text, environment, keeping_line_ends
from generators.papers.wordings import choose

_LINE, _FACT, _LIBRARY, _END = "\ue000", "\ue001", "\ue002", "\ue003"
_MARK = re.compile(f"([{_LINE}{_FACT}{_LIBRARY}])([^{_END}]*){_END}")
_ONLY_TAGS = re.compile(r"\s*(?:\{%(?:(?!%\}).)*%\}\s*|<#.*?#>\s*)*$")


@dataclass(frozen=True, slots=True)
class Explained:
    """A line of a drafted paper: its text, the form's name and line, the facts it holds, the library paragraphs in it.

    `facts` are field paths (行动.起止); `missing` are those of them that are not known.
    """

    text: str
    form: str
    line: int
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()


def explain(forms: Forms, kind: str, facts: Mapping[str, Any]) -> tuple[Explained, ...]:
    """Every element and every line of the body in order, with where it came from. Raises as `Forms.render` does."""
    forms.render(kind, facts)
    path = forms.source(kind)
    traced = environment(_trace, escaping=True)

    @pass_context
    def wording(context: Context, name: str) -> Markup:
        chosen = choose(name, context["行动"])
        if chosen is None:
            return Markup("")
        text = traced.from_string(chosen.text).render(context.get_all())
        mark = f"{_LIBRARY}{name}（{chosen.source}）{_END}"
        lines = (f"{mark}{line}" if line.strip() else line for line in text.split("\n"))
        return Markup("\n".join(lines))  # noqa: S704  # markers of our own

    traced.globals["措辞"] = wording
    source, first = body_of(path)
    lines = [
        line if _ONLY_TAGS.fullmatch(line) else f"{_LINE}{number}{_END}{line}"
        for number, line in enumerate(source.split("\n"), first)
    ]
    told = told_all(facts, forms.contract.names)
    head = "\n".join(f"{_LINE}{line}{_END}{key}：{text}" for key, line, text in head_of(path))
    elements = _explained(traced.from_string(keeping_line_ends(head)).render(told), path.name)
    shown = (each for each in elements if not each.text.endswith("："))  # an element that this paper does without
    return (*shown, *_explained(traced.from_string("\n".join(lines)).render(told), path.name))


def _trace(value: Any) -> Any:
    if isinstance(value, Markup):
        return value
    if isinstance(value, Undefined):  # an inline if without else: nothing
        return str(value)
    if isinstance(value, Gap):
        return Markup(f"{_FACT}?{value.path}{_END}{value}")  # noqa: S704  # markers of our own
    text = re.sub(f"[{_LINE}-{_END}]", "", as_text(value))
    path = value.path if isinstance(value, Told) else getattr(value, "path", "")
    return Markup(f"{_FACT}{path}{_END}{text}" if path else text)  # noqa: S704  # shown as text, never parsed again


def _explained(rendered: str, form: str) -> Iterator[Explained]:
    number = 0
    for line in rendered.split("\n"):
        marks = _MARK.findall(line)
        text = _MARK.sub("", line).strip()
        here = [int(said) for mark, said in marks if mark == _LINE]
        number = here[0] if here else number
        if not text:
            continue
        facts = [said for mark, said in marks if mark == _FACT]
        yield Explained(
            text=text,
            form=form,
            line=number,
            facts=tuple(dict.fromkeys(said.lstrip("?") for said in facts)),
            missing=tuple(dict.fromkeys(said[1:] for said in facts if said.startswith("?"))),
            wordings=tuple(dict.fromkeys(said for mark, said in marks if mark == _LIBRARY)),
        )
