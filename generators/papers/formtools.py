"""What the templates of forms can do: one sandboxed environment, its filters and how a value becomes text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from jinja2 import StrictUndefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from generators.marking.escaping import literal
from generators.papers.facts import Gap, Told
from model.wording import chinese_date, chinese_number, count_word

_ENDS_WITH_TAG = re.compile(r"^(?!\s*(?:\{%(?:(?!%\}).)*%\}[ \t]*)+$)(?P<line>.*%\})[ \t]*$", re.MULTILINE)


def keeping_line_ends(source: str) -> str:
    """Only a line of nothing but tags vanishes; a line of text that ends in a tag keeps its end."""
    return _ENDS_WITH_TAG.sub(lambda match: match["line"] + '{{ "" }}', source)


def environment(finalize: Callable[[Any], Any], *, escaping: bool) -> ImmutableSandboxedEnvironment:
    """An environment whose values go through `finalize`; `escaping` keeps facts and markup apart."""
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=escaping,  # so that what a macro wrote is known from what a fact holds
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="<#",  # {# … } is a cross-reference of the markup
        comment_end_string="#>",
    )
    made.filters.update(FILTERS)
    made.tests["早于"] = lambda day, other: isinstance(day, date) and day < other
    made.tests["含"] = lambda value, word: word in as_text(value)
    return made


def as_text(value: Any) -> str:
    """What a value looks like in a text."""
    if isinstance(value, Gap | str):
        return str(value)
    if isinstance(value, date):
        return chinese_date(value)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple | list):
        return "、".join(as_text(item) for item in value)
    if value is None:
        raise UndefinedError("这里没有值")
    return str(value)


def as_markup(value: Any) -> Any:
    """What a value looks like in the body: facts come out literally, what forms and macros wrote is markup."""
    if isinstance(value, Markup | StrictUndefined):
        return value
    return Markup(literal(as_text(value)))  # noqa: S704  # escaped for our markup, not for HTML


def _joined(separator: str) -> Any:
    def join(values: Any, other: str = separator) -> Any:
        if isinstance(values, Gap | str):
            return values
        items = tuple(values)
        texts = [as_text(item) for item in items]
        path = getattr(values, "path", "") or next((item.path for item in items if isinstance(item, Told)), "")
        text = other.join(texts)
        if other == "、":
            text = text.replace("》、《", "》《").replace("”、“", "”“")  # GB/T 15834-2011 4.5.3.5
        return Told(text, path) if path else text

    return join


def _keeping(change: Any) -> Any:
    """A filter over one text that leaves gaps and markup what they are."""

    def apply(value: Any) -> Any:
        if isinstance(value, Gap):
            return value
        text = change(as_text(value))
        if isinstance(value, Markup):
            return Markup(text)  # noqa: S704  # was markup before
        return Told(text, value.path) if isinstance(value, Told) else text

    return apply


FILTERS = {
    "原样": lambda text: Markup(text),  # noqa: S704  # a form's own markup (^^ in a table), never a fact
    "顿号": _joined("、"),
    "分号": _joined("；"),
    "逗号": _joined("，"),
    "量数": lambda number: count_word(int(number)),
    "含有": lambda value, word: word in as_text(value),
    "短日期": lambda day: day.isoformat() if isinstance(day, date) else day,
    "汉字": lambda number: chinese_number(int(number)),
    "成句": _keeping(lambda text: text if text.endswith(("。", "！", "？", "……")) else text.rstrip("；，、,;.") + "。"),
    "紧凑": _keeping(lambda text: "".join(text.split())),
    "去句号": _keeping(lambda text: text.rstrip("。；;，,、.")),
    "引号": _keeping(lambda text: f"“{text.replace('“', '‘').replace('”', '’')}”"),
    "书名号": _keeping(lambda text: f"《{text.replace('《', '〈').replace('》', '〉')}》"),
}
