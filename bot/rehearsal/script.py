"""Reads a rehearsal: plain text in, a `Script` of scenes out. `docs/rehearsals.zh.md` describes the form.

Nothing here knows who the people are or what the bot does; a line that cannot be read raises `Unreadable`
with its number, so that the one who wrote it can put it right.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.rehearsal.scene import Event, Expected, Happening, Kind, Preparation, Say, Scene, Script, Tap, Turn
from rules.working_days import SHANGHAI

WEEKDAYS = "一二三四五六日"
ANYTHING = "…"
BOT = "机器人"
EITHER = "之一"
"""区长、常务副区长之一: towards one of them, whichever it turns out to be."""


class Unreadable(Exception):  # noqa: N818 - said to the writer in their own words
    """A line of the rehearsal cannot be understood; `str()` names file, line and reason."""

    def __init__(self, reason: str, line: int, path: str = "") -> None:
        super().__init__(f"{path or '演练'} 第{line}行：{reason}")


_TIME = re.compile(
    r"【(?:(?P<date>\d{4}-\d{1,2}-\d{1,2})\s*)?(?:(?:周|星期)(?P<weekday>[一二三四五六日天])\s*)?"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?】\s*(?P<rest>.*)"
)
_PLACE = r"(?P<who>\S+)(?:\s+在\s+(?P<group>\S+群(?:「[^」]+」)?))?"
_SAY = re.compile(rf"{_PLACE}(?:\s+回复「(?P<answers>[^」]+)」)?\s*→\s*{BOT}(?:\s+(?P<text>.*))?")
_TAP = re.compile(
    rf"{_PLACE}\s+(?P<together>同时)?点(?P<stale>旧卡)?「(?P<label>[^」]+)」(?:（(?P<which>[^）]+)）)?"
)
_FORGED = re.compile(rf"{_PLACE}\s+伪造「(?P<label>[^」]+)」")
_BOT = re.compile(
    rf"{BOT}\s*(?:(?P<kind>改卡|撤下|回应)?\s*→\s*(?P<to>\S+)|(?P<hint>提示|弹窗)\s+(?P<shown>\S+))(?:\s+(?P<text>.*))?"
)
_HAPPENING = re.compile(
    rf"(?:(?P<who>\S+)\s+(?P<event>{Event.BLOCK}|{Event.UNBLOCK}|{Event.UPGRADE}|{Event.REMOVE}"
    rf"|{Event.MUTE}|{Event.UNMUTE}|{Event.CLOSE_TOPIC}|{Event.REOPEN_TOPIC}|{Event.DELETE_TOPIC})"
    rf"|(?P<founder>\S+)\s+{Event.FOUND}\s+(?P<group>\S+群)"
    rf"|(?P<own>{Event.RESTART}|{Event.STOP}|{Event.START}))"
)
_NTH = re.compile(r"第(\d+)张")
_FILE = re.compile(r"附件[：:]\s*(\S.*)")
_CONTACT = re.compile(r"名片[：:]\s*(\S+)")
_SIZE = re.compile(r"(?P<name>.+?)\s*（(?P<size>\d{1,4})\s*MB）")
_BUTTONS = re.compile(rf"(?:\s*［[^［］]*］(?:\s*{ANYTHING}(?=\s*(?:［|$)))?)+\s*$")
_MANY = re.compile(r"〔(\d{1,5})个[“\"「](.+?)[”\"」]〕")

NOTHING_ELSE = "（无消息）"
_LEFT_OUT = re.compile(r"（对(?P<whom>.+)从略）")
_REST_OMITTED = re.compile(r"（其余.*从略）")


@dataclass
class _Line:
    """A line at the margin with the indented ones below it."""

    number: int
    text: str
    below: list[str]
    source: list[str]


def read(path: Path) -> Script:
    """The rehearsal of that file (UTF-8)."""
    return parse(path.read_text(encoding="utf-8-sig"), str(path))


def parse(text: str, path: str = "") -> Script:
    """The rehearsal written in `text`; `path` is only named in what is said of it."""
    reader = _Reader(path, text.splitlines())
    for line in _logical_lines(text.splitlines()):
        reader.take(line)
    if not reader.scenes:
        raise Unreadable("没有写明时间，例如【2026-09-30 周三 17:00】", 1, path)
    return Script(path, reader.title, reader.preparation, reader.scenes, tuple(reader.head))


def moment(at: datetime) -> str:
    """A Beijing time as the rehearsals write it: 【2026-09-30 周三 17:00】, and its second if any."""
    at = at.astimezone(SHANGHAI)
    clock = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    return f"【{at:%Y-%m-%d} 周{WEEKDAYS[at.weekday()]} {clock}】"


def _logical_lines(lines: list[str]) -> Iterator[_Line]:
    """Lines at the margin, each with its indented continuation; a blank line inside a message is kept."""
    current: _Line | None = None
    blanks: list[str] = []
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            blanks.append("")
        elif raw[0].isspace() and current and not current.text.startswith("#"):
            current.below += [*blanks, raw]
            current.source += [*blanks, raw]
            blanks = []
        else:
            if current:
                yield current
            if blanks and current:
                yield _Line(number - len(blanks), "", [], blanks)
            current, blanks = _Line(number, raw.strip(), [], [raw]), []
    if current:
        yield current


class _Reader:
    """Takes the lines one by one and knows the time and the scene they belong to."""

    def __init__(self, path: str, lines: list[str]) -> None:
        self.path, self.lines = path, lines
        self.title = ""
        self.preparation = Preparation()
        self.scenes: list[Scene] = []
        self.head: list[str] = []
        self.now: datetime | None = None

    def take(self, line: _Line) -> None:
        """Enters one line."""
        if not line.text or line.text.startswith("#"):
            self._remark(line)
        elif line.text.startswith("准备"):
            self._prepare(line)
        elif match := _TIME.fullmatch(line.text):
            self._turn(line, match)
        elif line.text == NOTHING_ELSE:
            self._scene(line)
        elif match := _LEFT_OUT.fullmatch(line.text):
            self._scene(line).left_out += names(match["whom"])
        elif _REST_OMITTED.fullmatch(line.text):
            raise self._wrong(line, "从略要写明对谁，例如（对办公室、财政局群从略）")
        elif match := _BOT.fullmatch(line.text):
            self._expect(line, match)
        else:
            self._act(line)

    def _remark(self, line: _Line) -> None:
        if line.text and not self.title:
            self.title = line.text.lstrip("# ").strip()
        if self.scenes:
            self.scenes[-1].tail += line.source
        else:
            self.head += line.source

    def _prepare(self, line: _Line) -> None:
        if self.scenes:
            raise self._wrong(line, "“准备”要写在第一个时间之前")
        self.head += line.source
        first = line.text.removeprefix("准备").lstrip("：: ")
        for item in [first, *line.below]:
            key, _, value = re.sub("：", ":", item.strip(), count=1).partition(":")
            value = value.strip()
            if not item.strip():
                continue
            if key == "未绑定" and value:
                self.preparation.unbound += names(value)
            elif key == "设置" and "=" in value:
                name, _, setting = value.partition("=")
                self.preparation.settings[name.strip()] = setting.strip()
            else:
                raise self._wrong(line, f"不认识的准备“{item.strip()}”，可写：未绑定：…　设置：键 = 值")

    def _turn(self, line: _Line, match: re.Match[str]) -> None:
        if line.below:
            raise self._wrong(line, "时间下面不要缩进")
        at = self._time(line, match)
        if self.now and at < self.now:
            raise self._wrong(line, f"时间倒退了，上一段是{moment(self.now)}")
        self.now = at
        self.scenes.append(Scene(Turn(at), at, line.number, (line.source[0].split("】")[0] + "】",)))
        if rest := match["rest"].strip():
            self.take(_Line(line.number, rest, [], [rest]))

    def _time(self, line: _Line, match: re.Match[str]) -> datetime:
        if match["date"] is None and self.now is None:
            raise self._wrong(line, "第一个时间要写日期，例如【2026-09-30 周三 17:00】")
        day = match["date"] or f"{self.now:%Y-%m-%d}"
        try:
            year, month, date = (int(part) for part in day.split("-"))
            hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
            at = datetime(year, month, date, hour, minute, second, tzinfo=SHANGHAI)
        except ValueError:
            raise self._wrong(line, f"没有这个时间：{line.text}") from None
        weekday = (match["weekday"] or "").replace("天", "日")
        if weekday and weekday != WEEKDAYS[at.weekday()]:
            raise self._wrong(line, f"{day}是周{WEEKDAYS[at.weekday()]}，不是周{weekday}")
        return at

    def _expect(self, line: _Line, match: re.Match[str]) -> None:
        kind = Kind(match["kind"] or match["hint"] or Kind.MESSAGE)
        first = (match["text"] or "").strip()
        below = [part.strip() for part in line.below]
        file = _FILE.fullmatch(first) if kind is Kind.MESSAGE else None
        text = squeeze(" ".join(below if file else [first, *below]))
        buttons: tuple[str, ...] | None = ()
        if kind in (Kind.TOAST, Kind.ALERT):
            text = text[1:-1] if text.startswith("「") and text.endswith("」") else text
        elif found := _BUTTONS.search(text):
            buttons = tuple(re.findall(rf"［([^［］]*)］|{ANYTHING}", found[0]))
            buttons = tuple(label.strip() or ANYTHING for label in buttons)
            text = text[: found.start()].rstrip()
        elif text.endswith(ANYTHING) or kind is Kind.REMOVAL:
            buttons = None
        if not text and not file and not buttons:
            raise self._wrong(line, f"没有写{BOT}说了什么（什么都可以时写…）")
        written = match["to"] or match["shown"]
        to = (written,) if written.endswith(EITHER) else tuple(names(written))
        expected = Expected(
            kind, to, text, buttons, file[1].strip() if file else "", tuple(line.source), line.number
        )
        self._scene(line).expected.append(expected)

    def _act(self, line: _Line) -> None:
        act = self._say(line) or self._tap(line) or self._happening(line)
        if act is None:
            raise self._wrong(line, f"看不懂“{line.text}”")
        if self.now is None:
            raise self._wrong(line, "之前没有写明时间，例如【2026-09-30 周三 17:00】")
        if line.below and not isinstance(act, Say) and not getattr(act, "text", ""):
            raise self._wrong(line, "这一行下面不要缩进")
        self.scenes.append(Scene(act, self.now, line.number, tuple(line.source)))

    def _say(self, line: _Line) -> Say | None:
        match = _SAY.fullmatch(line.text)
        if match is None:
            return None
        first = (match["text"] or "").strip()
        below = _dedent(line.below)
        if contact := _CONTACT.fullmatch(first):
            return Say(match["who"], "", contact=contact[1])
        file = _FILE.fullmatch(first)
        more = [found[1] for line in below if file and (found := _FILE.fullmatch(line))]
        below = below[len(more) :]
        text = "\n".join(below if file or not first else [first, *below])
        if not text and not file:
            raise self._wrong(line, "没有写说了什么")
        name, size = _sized(file[1].strip()) if file else ("", None)
        answers = match["answers"] or ""
        return Say(match["who"], _many(text), match["group"] or "", name, size, answers, more=tuple(more))

    def _tap(self, line: _Line) -> Tap | None:
        if match := _FORGED.fullmatch(line.text):
            return Tap(match["who"], match["label"], match["group"] or "", forged=True)
        match = _TAP.fullmatch(line.text)
        if match is None:
            return None
        which = match["which"] or ""
        nth = _NTH.fullmatch(which)
        return Tap(
            match["who"],
            match["label"],
            match["group"] or "",
            nth=int(nth[1]) if nth else 1,
            words="" if nth else which,
            stale=bool(match["stale"]),
            together=bool(match["together"]),
        )

    def _happening(self, line: _Line) -> Happening | None:
        if line.text in (Event.ROSTER, Event.CALENDAR):
            if not line.below:
                raise self._wrong(line, "下面要缩进写明内容")
            return Happening(Event(line.text), text="\n".join(_dedent(line.below)))
        match = _HAPPENING.fullmatch(line.text)
        if match is None:
            return None
        if match["founder"]:
            return Happening(Event.FOUND, match["founder"], match["group"])
        return Happening(Event(match["event"] or match["own"]), match["who"] or "")

    def _scene(self, line: _Line) -> Scene:
        if not self.scenes:
            raise self._wrong(line, "之前没有写明时间，例如【2026-09-30 周三 17:00】")
        return self.scenes[-1]

    def _wrong(self, line: _Line, reason: str) -> Unreadable:
        return Unreadable(reason, line.number, self.path)


def leaving_out(called: Sequence[str]) -> list[str]:
    """The line that leaves out what is done towards these, none for nobody: （对办公室、财政局群从略）."""
    return [f"（对{'、'.join(called)}从略）"] if called else []


def names(text: str) -> list[str]:
    """People or units listed with 、 between them."""
    return [name.strip() for name in re.split("[、，,]", text) if name.strip()]


def squeeze(text: str) -> str:
    """The text with every run of blanks and line breaks made one blank: so are texts compared."""
    return " ".join(text.split())


def _dedent(lines: list[str]) -> list[str]:
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [line[margin:].rstrip() for line in lines]


def _sized(file: str) -> tuple[str, int | None]:
    """稿.docx（21 MB） as name and bytes."""
    match = _SIZE.fullmatch(file)
    return (match["name"], int(match["size"]) * 1024 * 1024) if match else (file, None)


def _many(text: str) -> str:
    """〔5000个“很”〕 written out."""
    return _MANY.sub(lambda match: match[2] * int(match[1]), text)
