"""What is wrong with a configuration, one sentence for each mistake: where, what, and how it should look."""

import difflib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic import BaseModel, SecretStr
from pydantic_core import ErrorDetails

EXAMPLES = {
    ("telegram", "token"): 'token = "123456789:AAH8…"',
    ("telegram", "webhook", "url"): 'url = "https://bot.example.cn/banjie"',
    ("telegram", "webhook", "secret_token"): 'secret_token = "自拟的一串英文字母和数字"',
    ("deadlines", "receipt_cut_off"): 'receipt_cut_off = "17:00"',
    ("papers", "leave_template"): 'leave_template = "请假报告单.docx"',
}
"""For keys whose default is empty and so shows nothing."""


def mistake(
    error: ErrorDetails, config: type[BaseModel], file: str, secrets: Mapping[str, tuple[str, ...]]
) -> str:
    """One mistake as a sentence: where it stands, what is wrong, how it should look.

    `secrets` are the environment variables in use and the keys they stand for.
    """
    place = tuple(str(part) for part in error["loc"] if not isinstance(part, int))
    *sections, key = place or ("",)
    where = f"[{'.'.join(sections)}] {key}" if sections else f"[{key}]"
    variable = next((name for name, at in secrets.items() if at == place), None)
    source = f"环境变量 {variable}" if variable else file
    if error["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        near = difflib.get_close_matches(key, _known(config, sections), n=1, cutoff=0.5)
        hint = f"是不是 {near[0]}？" if near else f"可用的有：{'、'.join(_known(config, sections))}。"
        return f"{source}：不认识 {where}，{hint}"
    if error["type"] == "value_error":
        wrong = str(error.get("ctx", {}).get("error", "")).rstrip("。")
    else:
        context = error.get("ctx", {})
        if "expected" in context:
            context["expected"] = (
                context["expected"].replace(" or ", "、").replace(", ", "、").replace("'", '"')
            )
        wrong = _WRONG.get(error["type"], "写法不对").format(**context)
    if wrong.startswith("["):  # the rules say themselves where it stands
        return f"{source}：{wrong}。"
    example = _example(config, place)
    return f"{source}：{where} {wrong}" + (f"，例如 {example}。" if example else "。")


_WRONG = {
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "string_type": "应是加引号的文字",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "string_too_short": "不能为空",
    "literal_error": "只能是 {expected} 之一",
    "enum": "只能是 {expected} 之一",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "time_type": "应是时刻",
    "time_parsing": "应是时刻",
    "date_type": "应是日期",
    "list_type": "应是方括号里的一列",
    "tuple_type": "应是方括号里的一列",
    "model_type": "应是一节（方括号标题下的若干行）",
    "dataclass_type": "应是一节（方括号标题下的若干行）",
    "dict_type": "应是一节（方括号标题下的若干行）",
    "missing": "没有填写",
}


def place_in(error: tomllib.TOMLDecodeError) -> str:
    """Where the file stops being TOML: 第3行第6列."""
    text = str(error)
    _, _, place = text.partition("(at ")
    words = (
        place.rstrip(")")
        .replace("line ", "第")
        .replace(", column ", "行第")
        .replace("end of document", "文件末尾")
    )
    return f"{words}列" if "行" in words else words or text


def _default(config: type[BaseModel], place: tuple[str, ...]) -> Any:  # noqa: ANN401 - whatever the key holds
    """The default at that place of the file, or None where there is no such key."""
    default: Any = config.model_construct()
    for name in place:
        default = getattr(default, name, None)
        if isinstance(default, tuple) and default and isinstance(default[0], BaseModel):
            default = default[0]  # [[…]] repeats: one of them shows how they look
    return default


def _known(config: type[BaseModel], sections: list[str]) -> list[str]:
    """The keys that a section of the file may hold."""
    section = _default(config, tuple(sections))
    if isinstance(section, BaseModel):
        return list(type(section).model_fields)
    if is_dataclass(section) and not isinstance(section, type):
        return [field.name for field in fields(section)]
    return []


def _example(config: type[BaseModel], place: tuple[str, ...]) -> str:
    """A line as it should be written; empty where the default shows nothing."""
    if place in EXAMPLES:
        return EXAMPLES[place]
    default = _default(config, place)
    if isinstance(default, SecretStr):
        default = default.get_secret_value()
    if default is None or default == "" or isinstance(default, BaseModel) or is_dataclass(default):
        return ""
    return f"{place[-1]} = {json.dumps(default, ensure_ascii=False, default=str)}"
