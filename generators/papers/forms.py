"""Forms: Jinja2 texts in the markup that a clerk can read and change; an office's own form wins over the shipped one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Template, TemplateError, TemplateSyntaxError, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from markupsafe import Markup

from generators.marking.elements import KEYS, LIST_KEYS
from generators.papers.contract import Contract, Field, faults_of
from generators.papers.facts import Names, told, told_all
from generators.papers.formtools import as_markup, as_text, environment, keeping_line_ends
from generators.papers.wordings import choose
from model.errors import FaultyInput, NotFound
from model.findings import Finding, Severity
from templates import files

SUFFIX = ".md.j2"
_HEAD = re.compile(r"\A(?P<before>(?:\s*<#.*?#>)*\s*)---[ \t]*\n(?P<head>.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"(?P<key>[^:：\s]+)\s*:\s*(?P<value>.*)")
LONGEST = 400_000
"""Bytes of the longest form that is read."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form: `head` are element names with the template of each, `body` the template of the rest."""

    kind: str
    path: Path
    source: str
    head: tuple[tuple[str, int, Template], ...]
    body: Template


class Forms:
    """The forms of the folders given; in an earlier folder a form of the same name wins."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._cache: dict[str, Form] = {}
        self._paragraphs: dict[str, Template] = {}
        self._body = environment(as_markup, escaping=True)
        self._head = environment(as_text, escaping=False)
        for each in (self._body, self._head):
            each.globals["措辞"] = self._wording

    def kinds(self) -> tuple[str, ...]:
        """The names of all forms there are."""
        names = {path.name.removesuffix(SUFFIX) for folder in self._folders for path in folder.glob(f"*{SUFFIX}")}
        return tuple(sorted(names))

    def has(self, kind: str) -> bool:
        """Whether there is a form of this name."""
        return any((folder / f"{kind}{SUFFIX}").is_file() for folder in self._folders)

    @cached_property
    def contract(self) -> Contract:
        """The fields that forms may use (templates/forms/fields.toml)."""
        return Contract.read(files.path("forms", "fields.toml"))

    @cached_property
    def _names(self) -> Names:
        return self.contract.names

    def prepared(self, name: str, value: Any) -> Any:
        """A raw fact as forms see it, made once and then given to `render` for many papers."""
        return told(value, name, self._names)

    def fields(self, kind: str) -> tuple[Field, ...]:
        """The fields that this form uses, with type, source and example."""
        return self.contract.used_by(self._parsed(self.source(kind)))

    def check(self, kind: str) -> tuple[Finding, ...]:
        """Every fault of a form: what cannot be parsed, and field names that do not exist, by line."""
        path = self.source(kind)
        try:
            return (*_head_faults(_read(path), str(path)), *faults_of(self._parsed(path), self.contract, str(path)))
        except FaultyInput as error:
            return tuple(finding for finding in error.findings if isinstance(finding, Finding))

    def render(self, kind: str, facts: Mapping[str, Any]) -> str:
        """The marked-up text of a paper. A missing fact (None, blank, empty) stands as 【待补：…】.

        Raises NotFound for an unknown kind, FaultyInput with every fault of the form or of the facts.
        """
        form = self._form(kind)
        unknown = self.contract.unknown(facts, str(form.path))
        if unknown:
            raise FaultyInput(f"“{kind}”没有写成", str(form.path), "给的资料与表单对不上", "请按所列逐条改正", unknown)
        context = told_all(facts, self._names)
        try:
            head = [self._element(key, template.render(context).strip()) for key, _, template in form.head]
            body = form.body.render(context)
        except (TemplateError, SecurityError, ArithmeticError, TypeError, ValueError) as error:
            raise self._complaint(kind, form.path, error) from error
        lines = [line for line in head if line]
        return "\n".join(["---", *lines, "---", "", _tidy(body)])

    @staticmethod
    def _element(key: str, text: str) -> str:
        if not text:
            return ""
        if key not in LIST_KEYS:
            return f"{key}: {json.dumps(text, ensure_ascii=False)}"
        items = [item.strip() for item in text.split("；") if item.strip()]
        return f"{key}: {json.dumps(items, ensure_ascii=False)}" if items else ""

    def source(self, kind: str) -> Path:
        """The file of the form that is used for this kind. Raises NotFound."""
        for folder in self._folders:
            path = folder / f"{kind}{SUFFIX}"
            if path.is_file() and path.parent.resolve() == folder.resolve():
                return path
        raise NotFound("没有这种文书的表单", kind, "", f"现有：{'、'.join(self.kinds())}")

    def _form(self, kind: str) -> Form:
        if kind not in self._cache:
            path = self.source(kind)
            parsed = self._parsed(path)
            faults = (*_head_faults(parsed[0], str(path)), *faults_of(parsed, self.contract, str(path)))
            if faults:
                why, remedy = f"共 {len(faults)} 处", "请按所列逐条改正，字段名见 docs/forms.md"
                raise FaultyInput("表单有错误", str(path), why, remedy, faults)
            try:
                self._cache[kind] = self._compiled(kind, path)
            except TemplateSyntaxError as error:  # a filter that does not exist is found only here
                raise self._complaint(kind, path, error) from error
        return self._cache[kind]

    def _parsed(self, path: Path) -> tuple[str, Any]:
        """The source of a form, and its syntax tree."""
        source = _read(path)
        try:
            return source, self._body.parse(source)
        except TemplateSyntaxError as error:
            raise self._complaint(path.name.removesuffix(SUFFIX), path, error) from error

    def _compiled(self, kind: str, path: Path) -> Form:
        source = _read(path)
        match = _HEAD.match(source)
        elements = ((key, line, self._head.from_string("\n" * (line - 1) + text)) for key, line, text in head_of(path))
        start = match.end() if match else 0
        body = self._body.from_string("\n" * source[:start].count("\n") + source[start:])
        return Form(kind, path, source, tuple(elements), body)

    def _complaint(self, kind: str, path: Path, error: Exception) -> FaultyInput:
        line = error.lineno if isinstance(error, TemplateSyntaxError) else _line_of(error)
        finding = Finding(
            rule="form", severity=Severity.ERROR, message=_chinese(error), file=str(path), line=line,
            fix="对照 docs/forms.md 检查这一行",
        )  # fmt: skip
        where = f"{path.name} 第{line}行" if line else path.name
        return FaultyInput(f"表单“{kind}”有错误", where, finding.message, "请改正表单后再试", (finding,))

    @pass_context
    def _wording(self, context: Context, name: str) -> Markup:
        """A paragraph of the library, rendered with the facts of the paper that asks for it."""
        chosen = choose(name, context["行动"])
        if chosen is None:
            return Markup("")
        template = self._paragraphs.get(chosen.text) or self._body.from_string(chosen.text)
        self._paragraphs[chosen.text] = template
        return Markup(template.render(context.get_all()))  # noqa: S704  # rendered markup


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LONGEST:
            raise FaultyInput("表单太大", str(path), f"超过 {LONGEST} 字节", "表单应当只是一份文书的样子")
        return keeping_line_ends(path.read_text(encoding="utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise FaultyInput("读不懂表单", str(path), "不是 UTF-8 文字", "请另存为 UTF-8") from None


def body_of(path: Path) -> tuple[str, int]:
    """The template text after the front matter of a form, and the number of its first line."""
    source = _read(path)
    match = _HEAD.match(source)
    start = match.end() if match else 0
    return source[start:], source[:start].count("\n") + 1


def head_of(path: Path) -> tuple[tuple[str, int, str], ...]:
    """The elements in the front matter of a form: name, line, template text."""
    source = _read(path)
    match = _HEAD.match(source)
    first = source[: match.start("head")].count("\n") + 1 if match else 1
    found = (
        (offset, _LINE.fullmatch(line.strip()))
        for offset, line in enumerate(match["head"].split("\n") if match else ())
    )
    return tuple((each["key"], first + offset, each["value"]) for offset, each in found if each)


def _head_faults(source: str, file: str) -> tuple[Finding, ...]:
    """Lines of the front matter that are no element: each must read 名称: 内容."""
    match = _HEAD.match(source)
    first = source[: match.start("head")].count("\n") + 1 if match else 1
    faults = []
    for offset, line in enumerate(match["head"].split("\n") if match else ()):
        found = _LINE.fullmatch(line.strip())
        key = found["key"] if found else line.strip()
        if line.strip() and (not found or key not in KEYS):
            close = get_close_matches(key, KEYS, n=1, cutoff=0.4)
            fix = f"是不是“{close[0]}”？" if close else "每行写成“名称: 内容”，条件写在冒号后面"
            faults.append(
                Finding(
                    rule="form-header",
                    severity=Severity.ERROR,
                    message=f"文件头里不认识“{key}”",
                    file=file,
                    line=first + offset,
                    key=key,
                    fix=fix,
                )
            )
    return tuple(faults)


def _tidy(body: str) -> str:
    """Not more than one empty line at a time."""
    return re.sub(r"\n[ \t]*(?:\n[ \t]*)+\n", "\n\n", body).strip("\n") + "\n"


def _line_of(error: BaseException) -> int | None:
    """The line of the form in which rendering stopped."""
    line, trace = None, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


_UNDEFINED = re.compile(r"'(?P<name>[^']+)' is undefined")
_NO_ATTRIBUTE = re.compile(r"has no attribute '(?P<name>[^']+)'")


def _chinese(error: Exception) -> str:
    text = str(error)
    for shape in (_UNDEFINED, _NO_ATTRIBUTE):
        match = shape.search(text)
        if match:
            return f"没有“{match['name']}”这个字段"
    if isinstance(error, TemplateSyntaxError) or _UNKNOWN.search(text):
        return f"表单的写法有错：{_syntax(text)}"
    if isinstance(error, SecurityError):
        return "表单里用了不允许的写法"
    return f"这一行用这份资料写不出来（{text}）"


_UNKNOWN = re.compile(r"[Nn]o (?:test|filter) named")

_SYNTAX = (
    (
        r"unexpected end of template|Unexpected end of template|missing end of",
        "{{ }} 或 {% %} 没有写完，或者 {% if %}、{% for %} 少了 {% endif %}、{% endfor %}",
    ),
    (r"Encountered unknown tag '(?P<found>end\w+)'", "“{found}”前面没有与它成对的开头"),
    (r"Encountered unknown tag '(?P<found>[^']+)'", "不认识“{found}”，只能写 if、for、set 等"),
    (r"unexpected char '(?P<found>.+)' at", "有不该出现的“{found}”（字段名用原名，标点用半角）"),
    (r"Expected an expression", "{{ }} 或 {% %} 里少了字段或条件"),
    (r"[Nn]o filter named '(?P<found>[^']+)'", "没有“{found}”这种处理"),
    (r"[Nn]o test named '(?P<found>[^']+)'", "没有“{found}”这种判断"),
    (r"got '(?P<found>[^']+)'", "“{found}”前面少了内容，或者括号、引号没有成对"),
)
"""What Jinja says of a template that it cannot read, and what a clerk is told."""


def _syntax(said: str) -> str:
    for shape, meaning in _SYNTAX:
        if match := re.search(shape, said):
            return meaning.replace("{found}", match["found"]) if "found" in match.groupdict() else meaning
    return "括号或引号没有成对，或者 {{ }}、{% %} 没有写完"
