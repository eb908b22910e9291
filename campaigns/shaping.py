"""Faults of a definition's shape told in Chinese, with line, key and what would be right."""

from __future__ import annotations

import difflib
import typing
from typing import Any

from pydantic import BaseModel, ValidationError

from campaigns import shapes
from campaigns.faults import error
from campaigns.shapes import Definition, Shape
from campaigns.yamlio import Tree
from model.findings import Finding


def check(tree: Tree, file: str) -> tuple[Definition | None, tuple[Finding, ...]]:
    """The definition, or None with every fault of its shape."""
    try:
        return Definition.model_validate(tree.value), ()
    except ValidationError as problem:
        faults = problem.errors(include_url=False)
        misspelt = {(*path[:-1], meant(path)) for fault in faults if _unknown(fault) and (path := path_of(fault))}
        told = (fault for fault in faults if fault["type"] != "missing" or path_of(fault) not in misspelt)
        return None, tuple(_finding(fault, tree, file) for fault in told)


def _unknown(fault: Any) -> bool:
    return bool(fault["type"] == "extra_forbidden")


def meant(path: tuple[str | int, ...]) -> str | None:
    """The key that an unknown one was probably meant to be."""
    near = difflib.get_close_matches(str(path[-1]), _keys_beside(path), 1, 0.5)
    return near[0] if near else None


def path_of(fault: Any) -> tuple[str | int, ...]:
    """Where in the definition a fault of pydantic's lies."""
    place = fault["loc"]
    return tuple(part for part in place if isinstance(part, int) or part in _ALL_KEYS or part == place[-1])


def dotted(path: tuple[str | int, ...]) -> str:
    """A path as people read it: `stages[2].end`, counting from 0 as YAML tools do."""
    told = ""
    for part in path:
        told += f"[{part}]" if isinstance(part, int) else f".{part}" if told else str(part)
    return told


def _finding(fault: Any, tree: Tree, file: str) -> Finding:
    path = path_of(fault)
    message, fix = _told(fault, path)
    return error("shape", message, fix, file, tree.line(path), dotted(path))


def _told(fault: Any, path: tuple[str | int, ...]) -> tuple[str, str]:
    kind, context, value = fault["type"], fault.get("ctx", {}), fault.get("input")
    name = str(path[-1]) if path else ""
    if kind == "missing":
        return f"缺少必填的“{name}”", f"请补上 {name}"
    if kind == "extra_forbidden":
        near_key = meant(path)
        return f"不认识“{name}”这个键", f"您是不是要写“{near_key}”" if near_key else "请删去，或改成说明里有的键"
    if kind == "value_error":
        message, _, fix = str(context["error"]).partition("|")
        return message, fix
    if kind in ("literal_error", "enum"):
        allowed = str(context["expected"]).replace(" or ", "、").replace(", ", "、").replace("'", "")
        near = difflib.get_close_matches(str(value), allowed.split("、"), 1, 0.5)
        return f"“{value}”不是允许的值", f"您是不是要写“{near[0]}”" if near else f"只能写 {allowed}"
    return _told_type(kind, context, value, name)


def _told_type(kind: str, context: Any, value: Any, name: str) -> tuple[str, str]:
    bounds = {"greater_than_equal": "ge", "less_than_equal": "le", "greater_than": "gt"}
    if kind in bounds:
        if name == "sample":
            return f"抽查比例 {value} 超出 0 到 1", "写成小数，如 0.3 表示三成"
        words = {"ge": "不小于", "le": "不大于", "gt": "大于"}[bounds[kind]]
        return f"“{name}”的值 {value} 超出范围", f"应当{words} {context[bounds[kind]]}"
    if kind.startswith(("string", "date")):
        if kind == "string_pattern_mismatch":
            return f"“{value}”不能作编号", "只用小写字母、数字和连字符，如 san-cha-san-bao-2026"
        return f"“{name}”应当是文字" if value not in ("", None) else f"“{name}”是空的", "请写上文字，不适用就删去这个键"
    expected = {
        "list": ("应当是列表", "写成 [甲, 乙] 的形式"),
        "model": ("下面应当有几个键", "照说明写成“键: 值”"),
        "dict": ("下面应当有几个键", "照说明写成“键: 值”"),
        "bool": ("应当是 true 或 false", "写成 true 或 false"),
        "int": ("应当是整数", "写成数字，如 30"),
        "float": ("应当是数", "写成数字，如 2 或 0.5"),
    }
    told, fix = next((pair for key, pair in expected.items() if kind.startswith(key)), ("的写法不对", "请照说明改正"))
    return f"“{name}”{told}", fix


def _keys(shape: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in shape.model_fields.items()}


_SHAPES = {shape for shape in vars(shapes).values() if isinstance(shape, type) and issubclass(shape, Shape)}
_ALL_KEYS = set().union(*(_keys(shape) for shape in _SHAPES))


def _keys_beside(path: tuple[str | int, ...]) -> list[str]:
    """The keys that are known where an unknown one was found."""
    shape: Any = Definition
    for part in path[:-1]:
        if isinstance(part, str):
            found = next((f for n, f in shape.model_fields.items() if (f.alias or n) == part), None)
            shape = _shape_in(found.annotation) if found else None
            if shape is None:
                return sorted(_ALL_KEYS)
    return sorted(_keys(shape))


def _shape_in(annotation: Any) -> Any:
    """The Shape inside an annotation such as `list[Stage] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _shape_in(part))), None)
