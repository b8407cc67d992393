"""What is wrong with the placeholders of a Word template, each with its place and what to do about it.

Word and WPS let people write what looks right and is not: full-width braces, one brace too few, a row taken
out with the end of its list in it. Most of it would come out on paper as it stands there, without any error.
"""

# ruff: noqa: PLC0415 - Word's libraries are loaded with the first form, not when the bot starts

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZipFile

from rules.text import flat

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FILLED: Final = (
    (re.compile(r"^word/document\d*\.xml$"), "正文"),
    (re.compile(r"^word/header\d*\.xml$"), "页眉"),
    (re.compile(r"^word/footer\d*\.xml$"), "页脚"),
    (re.compile(r"^word/footnotes\.xml$"), "脚注"),
)
_NOT_FILLED: Final = (
    (re.compile(r"^word/endnotes\.xml$"), "尾注"),
    (re.compile(r"^word/comments\w*\.xml$"), "批注"),
    (re.compile(r"^word/charts/chart\d+\.xml$"), "图表"),
    (re.compile(r"^word/diagrams/(?:data|drawing)\d+\.xml$"), "SmartArt图形"),
)
_REVISIONS: Final = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")
_MARK: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PREFIX: Final = re.compile(r"^[-+]?(?P<whole>tr|tc|p|r)?\s+", re.DOTALL)
_VALUE: Final = re.compile(r"(?P<root>[^\W\d]\w*)(?:\.(?P<part>[^\W\d]\w*))?(?:\s*\|.*)?", re.DOTALL)
_FOR: Final = re.compile(r"for\s+(?P<each>\w+)\s+in\s+(?P<list>\w+)")
_ENDS: Final = {"endfor": "for", "endif": "if", "else": "", "elif": "if"}
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|‘[^’]*’|[“”][^“”]*[“”]")
_SPOKEN: Final = {"and", "or", "not", "in", "is", "defined", "none", "None", "true", "True", "false", "False"}
_BRACES: Final = re.compile(r"[{}｛｝﹛﹜]+")
_MERGE: Final = re.compile(r"MERGEFIELD\s+\"?(?P<name>[^\s\"\\]+)")
_ALONE: Final = {"tr": "表格的一行", "p": "一段"}


@dataclass(frozen=True)
class Words:
    """What a template may use: every placeholder, and for those that are lists the words of one line."""

    placeholders: Mapping[str, str]
    lines: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class _Line:
    """One paragraph as it is read, where it stands, and its row where it stands in a table."""

    text: str
    place: str
    row: Any = None


@dataclass
class _Part:
    """One part of the file (the body, a header), its paragraphs in order, and what is open in it so far."""

    lines: list[_Line]
    words: Words
    open: list[tuple[str, str, str, str]] = field(default_factory=list)
    """What was opened and not closed: its kind, the mark as written, its place, the variable of a list."""


def faults(template: Path, words: Words) -> list[str]:
    """Each mistake as a sentence, in the order of the document; raises what reading a broken file raises."""
    from lxml import etree

    found: list[str] = []
    with ZipFile(template) as file:
        names = sorted(file.namelist(), key=lambda name: (not name.startswith("word/document"), name))
        for name in names:
            filled, other = _called(name, _FILLED), _called(name, _NOT_FILLED)
            if not filled and not other:
                continue
            root = etree.fromstring(file.read(name))
            lines = list(_lines(root, filled or other))
            if not filled:
                found += [f"{one.place}“{_clip(one.text)}”：{other}里的占位符不会填，请写到正文或表格里"
                          for one in lines if _looks_meant(one.text, words)]  # fmt: skip
                continue
            if any(next(root.iter(f"{_W}{kind}"), None) is not None for kind in _REVISIONS):
                found.append(f"{filled}里有未接受的修订，请在“审阅”中接受（或拒绝）全部修订，关闭修订后保存")
            found += _of_part(_Part(lines, words))
            found += _merge_fields(root, filled)
    return list(dict.fromkeys(found))


def lasting(template: Path | IO[bytes]) -> Iterator[tuple[str, str]]:
    """What must stand on every form, and where: each paragraph without a mark and outside every condition."""
    from lxml import etree

    with ZipFile(template) as file:
        for name in file.namelist():
            if not (part := _called(name, _FILLED)):
                continue
            depth = 0
            for line in _lines(etree.fromstring(file.read(name)), part):
                depth += len(re.findall(r"\{%[^%]*?\bif\b", line.text))
                if depth == 0 and not _MARK.search(line.text):
                    yield line.text, line.place
                depth -= len(re.findall(r"\{%[^%]*?\bendif\b", line.text))


def _called(name: str, kinds: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    return next((called for pattern, called in kinds if pattern.match(name)), "")


# ---------------------------------------------------------------- where what stands


def _lines(root: Any, part: str) -> Iterator[_Line]:  # noqa: ANN401 - lxml has no types
    """Every paragraph; what is struck out is not read, what stands in a text box is read once."""
    for kind in (f"{_W}p", f"{_A}p"):
        number = 0
        for paragraph in root.iter(kind):
            boxed = next(paragraph.iterancestors(f"{_W}txbxContent"), None) is not None
            cell = next(paragraph.iterancestors(f"{_W}tc"), None)
            number += cell is None and not boxed
            text = "".join(_texts(paragraph, kind))
            if text.strip():
                yield _Line(text, _place(root, part, number, cell, boxed=boxed), _row_of(cell))


def _texts(paragraph: Any, kind: str) -> Iterator[str]:  # noqa: ANN401
    space = kind[:-1]
    for one in paragraph.iter(f"{space}t", f"{space}br", f"{space}tab"):
        if next(one.iterancestors(kind), None) is paragraph:
            yield (one.text or "") if one.tag == f"{space}t" else " "


def _place(root: Any, part: str, number: int, cell: Any, *, boxed: bool) -> str:  # noqa: ANN401
    if boxed:
        return f"{part}的文本框"
    if cell is None:
        return f"{part}第{number}段"
    row, table = cell.getparent(), next(cell.iterancestors(f"{_W}tbl"))
    rows = list(table.iter(f"{_W}tr"))
    nth = [*root.iter(f"{_W}tbl")].index(table) + 1
    across = [one for one in row if one.tag == f"{_W}tc"]
    at = f"第{rows.index(row) + 1}行第{across.index(cell) + 1}格" if row in rows and cell in across else ""
    return f"{part}第{nth}个表格{at}"


def _row_of(cell: Any) -> Any:  # noqa: ANN401
    return None if cell is None else next(cell.iterancestors(f"{_W}tr"), None)


def _clip(text: str) -> str:
    return flat(text, 24)


# ---------------------------------------------------------------- what is wrong with it


def _of_part(part: _Part) -> Iterator[str]:
    for line in part.lines:
        marks = list(_MARK.finditer(line.text))
        ends = [0, *(edge for mark in marks for edge in mark.span()), len(line.text)]
        for first, last in list(pairwise(ends))[::2]:
            yield from _stray(line.text[first:last], line, part.words)
        for mark in marks:
            yield from _mark(part, line, mark[0])
    for kind, written, place, _ in part.open:
        sort = _PREFIX.match(written[2:-2])
        end = f"{(sort and sort['whole']) or ''} end{kind}"
        yield f"{place}“{_clip(written)}”没有结尾，请在它管到的最后一行（段）后面补上 {{%{end} %}}"


def _stray(text: str, line: _Line, words: Words) -> Iterator[str]:
    """Braces that belong to no mark: they would be printed as they stand."""
    if not _BRACES.search(text) or not _looks_meant(text, words):
        return
    shown = f"{line.place}“{_clip(text)}”"
    if re.search(r"[｛｝﹛﹜]|\{\s*[%％]|[%％]\s*\}", text) and unicodedata.normalize("NFKC", text) != text:
        half = unicodedata.normalize("NFKC", text)
        yield f"{shown}用了全角的花括号或百分号，请改为半角：{_clip(half)}"
    else:
        yield f"{shown}花括号不成对，占位符写作 {{{{ 占位符 }}}}，左右各两个，写在同一段里"


def _looks_meant(text: str, words: Words) -> bool:
    """Whether these braces are a placeholder gone wrong; others ({注}) are the office's own text."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if re.search(r"\{\{|\}\}|\{%|%\}", plain):
        return True
    known = {*words.placeholders, *(word for line in words.lines.values() for word in line)}
    inner = [*re.findall(r"\{([^{}]*)", plain), *re.findall(r"([^{}]*)\}", plain)]
    return any(one.strip(".|") in known or one.rpartition(".")[2] in known for one in inner)


def _mark(part: _Part, line: _Line, mark: str) -> Iterator[str]:
    shown = f"{line.place}“{_clip(mark)}”"
    if mark.startswith("{#"):
        return
    if any(c in mark for c in "\u200b\u200c\u200d\u2060\ufeff"):
        yield f"{shown}里有看不见的字符，请删去重新输入"
        return
    inner = mark[2:-2]
    if _MARK.search(inner) or "{{" in inner or "{%" in inner:
        yield f"{shown}花括号不成对，占位符写作 {{{{ 占位符 }}}}，左右各两个"
        return
    prefix = _PREFIX.match(inner)
    whole = prefix["whole"] if prefix else None
    body = re.sub(r"[-+]$", "", inner[prefix.end() :] if whole and prefix else inner.lstrip("-+")).strip()
    if mark.startswith("{{"):
        yield from _value(part, shown, body)
    else:
        yield from _tag(part, line, mark, body)
    if whole in _ALONE:
        yield from _takes_all(part, line, mark, str(whole))


def _value(part: _Part, shown: str, body: str, *, asked: bool = False) -> Iterator[str]:
    """What is to be printed, or only `asked` after (whether there is such a list)."""
    found = _VALUE.fullmatch(body)
    if found is None:
        plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", body)).replace("。", ".")
        if _VALUE.fullmatch(plain) and plain != body:
            yield f"{shown}里有多余的空格或全角符号，请改为 {{{{ {plain} }}}}"
        elif not body or re.fullmatch(r"[\w.\s：:，,。、；;]+", body):
            example = next(iter(part.words.placeholders))
            yield f"{shown}写法不对，花括号里只写占位符的名称，如 {{{{ {example} }}}}"
        return  # a calculation: what comes of it is seen when the form is filled
    root, inner = found["root"], found["part"]
    loop = next((one for one in reversed(part.open) if one[0] == "for" and one[3] == root), None)
    if loop is not None:
        listed = _FOR.search(loop[1])
        known = part.words.lines.get(listed["list"], {}) if listed else {}
        if inner is None:
            yield f"{shown}没有写要哪一项，请写作 {{{{ {root}.{next(iter(known), '…')} }}}}"
        elif inner not in known:
            yield f"{shown}：{unknown(inner, known)}"
    elif root in part.words.lines and not asked:
        line = next(iter(part.words.lines[root]))
        yield f"{shown}是逐行的，请写作 {{% for 项 in {root} %}}{{{{ 项.{line} }}}}{{% endfor %}}"
    elif root not in part.words.placeholders and root != "loop":
        lists = [name for name, words in part.words.lines.items() if inner in words]
        if lists:
            yield f"{shown}不在逐行的标记里，请放到 {{% for {root} in {lists[0]} %}} 和 {{% endfor %}} 之间"
        else:
            yield f"{shown}：{unknown(root, part.words.placeholders)}"


def unknown(name: str, known: Mapping[str, object]) -> str:
    """不认识占位符“姓氏”，是不是“姓名”？可用的有：…."""
    near = get_close_matches(name, known, 1, 0.5)
    guess = f"是不是“{near[0]}”？" if near else ""
    return f"不认识占位符“{name}”。{guess}可用的有：{'、'.join(known)}。"


def _tag(part: _Part, line: _Line, mark: str, body: str) -> Iterator[str]:
    shown = f"{line.place}“{_clip(mark)}”"
    plain = re.sub(r"\s+", " ", _QUOTED.sub("''", body))
    if (half := unicodedata.normalize("NFKC", plain)) != plain:
        yield f"{shown}里有全角符号，请改为半角：{{% {half} %}}"
        return
    word = plain.split(" ", 1)[0]
    if word in ("if", "elif"):
        for name in re.finditer(r"[^\W\d]\w*(?:\.\w+)*", plain[len(word) :]):
            if name[0] not in _SPOKEN:
                yield from _value(part, shown, name[0], asked=True)
    if word in ("for", "if"):
        found = _FOR.match(body)
        part.open.append((word, mark, line.place, found["each"] if found else ""))
        if word == "for" and found is None:
            yield f"{shown}写法不对，应为 {{% for 项 in {next(iter(part.words.lines), '名单')} %}}"
        elif found is not None and found["list"] not in part.words.lines:
            yield f"{shown}：{unknown(found['list'], part.words.lines)}"
    elif word in _ENDS:
        opened = part.open[-1][0] if part.open else ""
        if not opened or _ENDS[word] not in ("", opened):
            yield f"{shown}前面没有对应的开头（for 或 if），请补上开头，或删去这一处"
        elif word.startswith("end"):
            part.open.pop()
    elif word not in ("set", "colspan", "cellbg", "vm", "hm"):
        yield f"{shown}不认识“{word}”，逐行的写 for…endfor，按有无的写 if…endif"


def _takes_all(part: _Part, line: _Line, mark: str, whole: str) -> Iterator[str]:
    """{%tr …%} and {%p …%} take the row, the paragraph, they stand in: what else is in it would be lost."""
    what = _ALONE[whole]
    shown = f"{line.place}“{_clip(mark)}”"
    if whole == "tr" and line.row is None:
        yield f"{shown}不在表格里，{{%tr 只用于表格的行，请改为 {{%p 或去掉 tr"
        return
    same = [one for one in part.lines if one is line or (whole == "tr" and one.row is line.row)]
    rest = "".join(one.text for one in same).replace(mark, "", 1).strip()
    if rest:
        unit = "行" if whole == "tr" else "段"
        yield f"{shown}要独占{what}，同{unit}的“{_clip(rest)}”会丢失，请移到另一{unit}"


def _merge_fields(root: Any, part: str) -> Iterator[str]:  # noqa: ANN401
    """Word's own mail merge is another thing: its fields stay as they are."""
    codes = ["".join(one.itertext()) for one in root.iter(f"{_W}instrText")]
    codes += [one.get(f"{_W}instr") or "" for one in root.iter(f"{_W}fldSimple")]
    for code in codes:
        if found := _MERGE.search(code):
            name = found["name"]
            yield f"{part}的“«{name}»”是 Word 邮件合并的域，请删去，改写为 {{{{ {name} }}}}"
