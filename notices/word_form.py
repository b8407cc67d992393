"""Forms in Word: a template that the office may change, filled with what a matter says.

A placeholder is a Chinese word in double braces. A form knows all there are; another word in a template is a
mistake that `banjie check` names, since the form would come out with a hole in it.
"""

# ruff: noqa: PLC0415 - Word's libraries are loaded with the first form, not when the bot starts

import io
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from notices import word_check
from notices.spreadsheet import legal
from rules.settings import Settings


class BadTemplate(Exception):  # noqa: N818 - told to the office, in one sentence
    """The template cannot be used; `str()` says which it is, what is wrong, and what to do."""


@dataclass(frozen=True)
class WordForm:
    """One kind of form: its title, its name on a button, the setting of [papers] that names the office's own.

    `placeholders` has every word a template may use and what it stands for; `lines` those of them that are
    lists, each with the words of one line.
    """

    title: str
    button: str
    setting: str
    placeholders: Mapping[str, str]
    lines: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def shipped(self) -> Path:
        """The template that comes with the program."""
        return Path(__file__).parent / "templates" / f"{self.title}.docx"

    def template(self, settings: Settings) -> Path:
        """The office's own template, or the one that comes with the program."""
        return Path(settings.papers.of(self.setting) or self.shipped)

    def render(self, template: Path, values: Mapping[str, Any]) -> bytes:
        """The template with its placeholders filled, as the bytes of a .docx; raises BadTemplate."""
        from docx.opc.exceptions import PackageNotFoundError
        from docxtpl import DocxTemplate
        from jinja2 import StrictUndefined, TemplateError
        from jinja2.sandbox import SandboxedEnvironment
        from lxml.etree import XMLSyntaxError

        if not template.is_file():
            raise BadTemplate(f"找不到模板 {template}。请核对 [papers] {self.setting} 的路径。")
        environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
        written = io.BytesIO()
        try:
            document = DocxTemplate(template)
            self._know_all(document.get_undeclared_template_variables(environment))
            document.render(_legal(values), environment, autoescape=True)
            document.save(written)
        except (BadZipFile, PackageNotFoundError, KeyError) as error:
            raise BadTemplate(f"{template.name} 不是 Word 的 .docx 文件，请用 Word 另存为 .docx。") from error
        except _Unknown as unknown:
            raise BadTemplate(f"{template.name}：{unknown}") from None
        except TemplateError as error:
            raise BadTemplate(f"{template.name}：{self._wrong_placeholder(error)}") from error
        except (OSError, ValueError, TypeError, XMLSyntaxError) as error:
            raise BadTemplate(f"{template.name} 填不成：{error}。请对照手册核对占位符。") from error
        return written.getvalue()

    def faults(self, template: Path) -> list[str]:
        """Everything that is wrong with it, a sentence each with its place; then whether it can be filled."""
        from lxml.etree import XMLSyntaxError

        found: list[str] = []
        if template.is_file():
            with suppress(BadZipFile, XMLSyntaxError, OSError):  # said below
                found = word_check.faults(template, word_check.Words(self.placeholders, self.lines))
        if found:
            return [f"{template.name}：{one}" for one in found]
        try:
            self._try(template)
        except BadTemplate as bad:
            return [str(bad)]
        return []

    def check(self, template: Path) -> None:
        """Raises BadTemplate with everything that is wrong with it."""
        if found := self.faults(template):
            raise BadTemplate("；".join(found))

    def _try(self, template: Path) -> None:
        """Fill it with the names of its placeholders, and see that what it says besides is still there."""
        words: dict[str, Any] = {name: name for name in self.placeholders}
        for name, line in self.lines.items():
            words[name] = [{word: word for word in line}]
        filled = io.BytesIO(self.render(template, words))
        printed = {text for text, _ in word_check.lasting(filled)}
        for text, place in word_check.lasting(template):
            if text not in printed:
                said = f"{place}“{text.strip()[:24]}”填好以后不见了，请检查它前后的标记"
                raise BadTemplate(f"{template.name}：{said}")

    def _know_all(self, names: set[str]) -> None:
        """Whatever the template asks for, also where nothing of it would show in this form."""
        for name in sorted(names - self.placeholders.keys()):
            raise _Unknown(name, self.placeholders)

    def _wrong_placeholder(self, error: Exception) -> str:
        if found := re.search(r"has no attribute '([^']+)'", str(error)):
            known = {word: what for line in self.lines.values() for word, what in line.items()}
            return str(_Unknown(found[1], known))
        return (
            f"占位符写法不对（{error}）。占位符写作 {{{{ {next(iter(self.placeholders))} }}}}，"
            "花括号成对，逐行的标记各占表格一行。"
        )


class _Unknown(Exception):  # noqa: N818 - becomes a BadTemplate
    """A placeholder that does not exist, in a sentence with those that do."""

    def __init__(self, name: str, known: Mapping[str, str]) -> None:
        super().__init__(f"不认识占位符“{name}”。可用的有：{'、'.join(known)}。")


def _legal(value: Any) -> Any:  # noqa: ANN401 - strings, and lists of mappings of strings
    """Without characters that Word's XML cannot hold, whatever people have written."""
    match value:
        case str():
            return legal(value).replace("\r\n", "\n")
        case list():
            return [_legal(each) for each in value]
        case _:
            return {key: _legal(each) for key, each in value.items()}
