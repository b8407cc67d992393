"""The yearly arrangement of holidays (放假安排), read from a small file or from the notice's own text.

The State Council's notice is taken as it is published, in any of the wordings used since 2019:

    一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。

So is the notice that amends one festival in mid-year (2019 劳动节), gives an extra one (3 September 2015) or
lengthens one (2020 春节); its festival stands in the title.

The file (TOML, or JSON with the same keys and dates as text) is the same in short:

    year = 2027
    source = "国办发明电〔2026〕5号"
    off = [{ name = "元旦", from = 2027-01-01, to = 2027-01-03 }, { name = "清明节", from = 2027-04-05 }]
    work = [2027-01-10]

The widespread `days = [{ name, date, isOffDay }]` is read as well. Everything wrong is a `Refused` that
quotes the line it is about; nothing is taken over in part.
"""

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from rules.refused import Refused
from rules.working_days import DAY, CalendarDay, weekday

_NAMES: Final = r"(?:元旦|春节|清明节?|劳动节|端午节?|中秋节?|国庆节?)"
_HEADING: Final = re.compile(
    rf"(?:^|(?<=[\s。;]))[-•*·]?\s*(?:[一二三四五六七八九十]+、|\d{{1,2}}[.、])?\s*"
    rf"(?P<name>{_NAMES}(?:\s*[、和与]\s*{_NAMES})*)\s*:",
    re.MULTILINE,
)
_NUMBER: Final = re.compile(r"国办?发(?:明电)?\s*[〔\[(【]\s*\d{4}\s*[〕\])】]\s*\d+\s*号")
_TITLE: Final = re.compile(r"关于(?:调整|延长)?(\d{4})年(?:部分节假日|春节|元旦|清明|劳动|端午|中秋|国庆)")
_AMENDING: Final = re.compile(
    rf"关于(?:调整|延长)(?:\d{{4}}年)?(?P<name>{_NAMES}(?:[、和与]{_NAMES})*)(?:假期|放假)"
)
_EXTRA: Final = re.compile(r"关于(?P<name>(?!\d{4}年|调整|延长)[^。]{2,40}?)(?:调休)?放假(?:安排)?的通知")
_EXTRA_NAMES: Final = {"中国人民抗日战争暨世界反法西斯战争胜利": "抗战胜利纪念日"}
_NAMED: Final = re.compile(r"国务院(?:办公厅)?关于[^。:]{2,60}?的通知")
_UNTIL: Final = re.compile(r"延长(?:\d{4}年)?(?P<name>" + _NAMES + r")?(?:放假|假期)至")
_DAY: Final = (
    r"(?:(?P<{0}year>\d{{4}})\s*年)?\s*(?:(?P<{0}month>\d{{1,2}})\s*月)?\s*(?P<{0}day>\d{{1,2}})\s*日"
    r"\s*(?:\((?P<{0}note>[^)]*)\))?"
)
_ONE: Final = re.compile(_DAY.format(""))
_RANGE: Final = re.compile(_DAY.format("from_") + r"(?:\s*(?:至|到|[-—–~])\s*" + _DAY.format("to_") + r")?")
_TOTAL: Final = re.compile(r"(?:共|放假)\s*(\d+)\s*天")
_WEEKDAY: Final = re.compile(r"(?:周|星期)([一二三四五六日天])")
_OFF: Final = re.compile(r"放假|补休|调休")
_DECIDES: Final = re.compile(r"放假|补休|调休|上班")
_NUMBERED: Final = re.compile(r"^.*?[一二三四五六七]、(?=\d{4}年|\d{1,2}月|延长)")
_ASIDE: Final = re.compile(r"鼓励|国务院办公厅|新华社|来源|发布|印发")
ITEMS_ENOUGH: Final = 2
"""So many festivals with their days, without any title, make a notice of a text."""
MAKE_UP_NEAR: Final = timedelta(days=21)
"""No make-up day has ever lain further from its festival."""


@dataclass(frozen=True)
class Lengthened:
    """A festival whose days off go on through `until`; where they begin, an earlier notice said."""

    festival: str
    until: date


@dataclass(frozen=True)
class Arrangement:
    """One year's arrangement: the days it switches off (放假) and on (补班), in order of date.

    `lengthened` has the festivals to which it only gives another end.
    """

    year: int
    source: str
    days: tuple[CalendarDay, ...]
    lengthened: tuple[Lengthened, ...] = field(default=())


def worked_for(day: date, off: Iterable[tuple[date, str]]) -> str:
    """The festival for which a day without a name is worked: the one off nearest to it, if any is near.

    A weekday is worked for none: it is only taken back.
    """
    near = [(abs(day - each), festival) for each, festival in off if abs(day - each) <= MAKE_UP_NEAR]
    return min(near)[1] if near and day.weekday() >= 5 else ""


def read_arrangement(content: str, year: int | None = None) -> Arrangement:
    """The arrangement in a TOML or JSON file or in the notice's text, told apart by what they look like.

    `year` is used when the content names none.
    """
    if content.lstrip("\ufeff \n\r\t").startswith("{"):
        try:
            return _from_table(json.loads(content.lstrip("\ufeff")), year)
        except json.JSONDecodeError as wrong:
            raise Refused(f"JSON第{wrong.lineno}行有误，请核对引号和逗号。") from wrong
    try:
        table = tomllib.loads(content.lstrip("\ufeff"))
    except tomllib.TOMLDecodeError as wrong:
        if re.search(r"^\s*(?:year|source|off|work)\s*=", content, re.MULTILINE):
            raise Refused(f"TOML格式有误：{wrong}") from wrong
        return read_notice(content, year)
    return _from_table(table, year) if table else read_notice(content, year)


def read_notice(text: str, year: int | None = None) -> Arrangement:
    """The arrangement in the text of the State Council's notice; what surrounds its items is ignored."""
    text = unicodedata.normalize("NFKC", text)
    squeezed = re.sub(r"\s", "", text)
    items = list(_items(text)) or list(_amendment(text, squeezed))
    if not items:
        raise Refused(
            "没有找到放假安排，请粘贴通知全文，或逐条粘贴，如：一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。"
        )
    title = _TITLE.search(squeezed)
    written = _year_written(text)
    year = int(title[1]) if title else written if _in_title(squeezed) else year or written
    if year is None:
        raise Refused("没有找到年份，请连同标题“国务院办公厅关于2027年部分节假日安排的通知”一起粘贴。")
    source = _NUMBER.search(squeezed) or _NAMED.search(squeezed)
    gathered = _Gathered(year, source[0] if source else f"国务院办公厅关于{year}年部分节假日安排的通知")
    for name, heading, body in items:
        _Item(gathered, name, heading).read(body)
    return gathered.arrangement()


def is_notice(text: str) -> bool:
    """Whether a text is such a notice, or its items: to be read, not to be talked about in a sentence."""
    text = unicodedata.normalize("NFKC", text)
    squeezed = re.sub(r"\s", "", text)
    if not (_DECIDES.search(squeezed) or _UNTIL.search(squeezed)) or not _ONE.search(text):
        return False
    items = [body for _, _, body in _items(text) if _DECIDES.search(body)]
    titled = "的通知" in squeezed and bool(_TITLE.search(squeezed) or _in_title(squeezed))
    return len(items) >= ITEMS_ENOUGH or (titled and bool(items or list(_amendment(text, squeezed))))


def _items(text: str) -> Iterator[tuple[str, str, str]]:
    """The numbered items: festival, heading as written, what follows it."""
    headings = list(_HEADING.finditer(text))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    for heading, end in zip(headings, ends, strict=bool(headings)):
        yield re.sub(r"\s", "", heading["name"]), heading[0].strip(), text[heading.end() : end]


def _amendment(text: str, squeezed: str) -> Iterator[tuple[str, str, str]]:
    """The one item of a notice about a single festival, from its first words on days off or on."""
    festival = _in_title(squeezed)
    if not festival:
        return
    sentences = [_NUMBERED.sub("", sentence) for sentence in _sentences(text)]
    decided = (n for n, each in enumerate(sentences) if _UNTIL.search(each) or _dated_decision(each))
    first = next(decided, len(sentences))
    yield festival, "", "。".join(sentences[first:])


def _dated_decision(sentence: str) -> bool:
    return bool(_ONE.search(sentence) and _DECIDES.search(sentence))


def _in_title(squeezed: str) -> str:
    """The one festival or occasion that a notice's title is about; nothing where it is about none."""
    if found := _AMENDING.search(squeezed):
        return found["name"]
    if found := _EXTRA.search(squeezed):
        known = (short for long, short in _EXTRA_NAMES.items() if found["name"].startswith(long))
        return next(known, found["name"])
    return ""


def _year_written(text: str) -> int | None:
    """The latest year that stands before a month, for a text without its title."""
    return max((int(found) for found in re.findall(r"(\d{4})\s*年\s*\d{1,2}\s*月", text)), default=None)


class _Gathered:
    """The days read so far; a day is entered once."""

    def __init__(self, year: int, source: str) -> None:
        self.year = year
        self.source = source
        self._days: dict[date, CalendarDay] = {}
        self._lengthened: dict[str, Lengthened] = {}

    def enter(self, day: date, working: bool, name: str, line: str) -> None:
        self._hold(day, line)
        if (before := self._days.get(day)) and before.working != working:
            raise Refused(f"“{line}”：{_said(day)}既写了放假又写了上班，请核对。")
        self._days.setdefault(day, CalendarDay(day, working, self.source, name))

    def lengthen(self, festival: str, until: date, line: str) -> None:
        self._hold(until, line)
        self._lengthened[festival] = Lengthened(festival, until)

    def _hold(self, day: date, line: str) -> None:
        if abs(day.year - self.year) > 1 or (day.year != self.year and (day.month, day.day) < (12, 20)):
            raise Refused(f"“{line}”：{day:%Y-%m-%d}不在{self.year}年的安排之内，请核对年份。")

    def arrangement(self) -> Arrangement:
        if not self._days and not self._lengthened:
            raise Refused("没有读到任何放假或上班的日期，请核对内容。")
        days = tuple(self._days[day] for day in sorted(self._days))
        lengthened = tuple(self._lengthened.values())
        return Arrangement(self.year, self.source, days, lengthened)


class _Item:
    """One numbered item of a notice: the festival's days off and the days worked for them."""

    def __init__(self, gathered: _Gathered, name: str, heading: str) -> None:
        self.gathered = gathered
        self.name = name
        self.heading = heading
        self.line = heading

    def read(self, body: str) -> None:
        """Enter what the item says, up to the first sentence that is not about days off or on.

        A dated sentence that says neither is refused; the text behind the last item is left alone.
        """
        off = False
        for sentence in _sentences(body):
            self.line = sentence if off else f"{self.heading}{sentence}"
            if off and (_ASIDE.search(sentence) or not _ONE.search(sentence)):
                break
            if longer := _UNTIL.search(sentence):
                self._lengthen(sentence, longer)
                return
            if _OFF.search(sentence):
                self._off(sentence)
                off = True
            elif "上班" in sentence:
                self._work(sentence)
            else:
                raise Refused(f"“{self.line}”：看不出哪天放假、哪天上班，请核对。")
        if not off:
            raise Refused(f"“{self.heading}”没有写哪天放假，请核对。")

    def _off(self, sentence: str) -> None:
        length = 0
        last: date | None = None
        for found in _RANGE.finditer(sentence):
            first = self._date(found, "from_", last)
            last = self._date(found, "to_", first) if found["to_day"] else first
            if last < first or (last - first).days > 15:
                raise Refused(f"“{self.line}”：{_said(first)}至{_said(last)}不像一个假期，请核对。")
            length += (last - first).days + 1
            for step in range((last - first).days + 1):
                self.gathered.enter(first + step * DAY, False, self.name, self.line)
        total = _TOTAL.search(sentence)
        if total and int(total[1]) != length:
            raise Refused(f"“{self.line}”：写的是{total[1]}天，所列日期是{length}天，请核对。")

    def _lengthen(self, sentence: str, longer: re.Match[str]) -> None:
        """The end alone; that people work from the day after it on goes without saying."""
        until = _ONE.match(sentence, longer.end())
        if until is None:
            raise Refused(f"“{self.line}”：看不出延长到哪天，请核对。")
        self.gathered.lengthen(longer["name"] or self.name, self._date(until, "", None), self.line)

    def _work(self, sentence: str) -> None:
        last: date | None = None
        for found in _ONE.finditer(sentence):
            last = self._date(found, "", last)
            if last.weekday() < 5:
                raise Refused(
                    f"“{self.line}”：{_said(last)}是{weekday(last)}，本来就上班，请核对日期和年份。"
                )
            self.gathered.enter(last, True, self.name, self.line)

    def _date(self, found: re.Match[str], part: str, before: date | None) -> date:
        """The date, its month and year taken from the one before it where they are not written."""
        month = int(found[f"{part}month"] or (before.month if before else 0))
        day = int(found[f"{part}day"])
        if written := found[f"{part}year"]:
            year = int(written)
        elif before and part == "to_":
            year = before.year + (month < before.month)
        else:  # days of December under 元旦 are those of the year before
            year = self.gathered.year - (month == 12 and "元旦" in self.name)
        try:
            result = date(year, month, day)
        except ValueError:
            raise Refused(f"“{self.line}”：没有“{found[0].strip()}”这一天，请核对。") from None
        if (word := _WEEKDAY.search(found[f"{part}note"] or "")) and word[1].replace("天", "日") != weekday(
            result
        )[1]:
            raise Refused(
                f"“{self.line}”：{year}年{_said(result)}是{weekday(result)}，不是{word[0]}，请核对。"
            )
        return result


def _sentences(body: str) -> Iterator[str]:
    """The sentences of an item, lines broken within one joined, the days worked parted from the days off."""
    for sentence in re.split(r"[。;]|(?<=[假天休班])\s*\n", body):
        whole = re.sub(r"\s", "", sentence)
        worked = re.match(r"(.*(?:放假|补休|调休|\d天|连休)),?(.*上班.*)", whole)
        yield from filter(None, worked.groups() if worked else [whole])


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _from_table(table: Mapping[str, Any], year: int | None) -> Arrangement:
    """The arrangement of a TOML or JSON table."""
    unknown = set(table) - {"year", "source", "off", "work", "days", "papers", "$schema", "$id"}
    if unknown:
        raise Refused(f"不认识“{min(unknown)}”，可写：year、source、off、work。")
    year = table.get("year", year)
    if not isinstance(year, int):
        raise Refused("请写明年份，如：year = 2027")
    papers = table.get("papers") or [f"{year}年放假安排"]
    gathered = _Gathered(year, str(table.get("source") or papers[0]))
    try:
        entries = list(_entries(table))
        for day, working, name in entries:
            off = [(one, festival) for one, on, festival in entries if not on]
            festival = name or (worked_for(day, off) if working else "")
            gathered.enter(day, working, festival, f"{day:%Y-%m-%d}")
    except (AttributeError, KeyError, TypeError) as wrong:
        raise Refused(
            '格式有误，应为：off = [{ name = "元旦", from = 2027-01-01, to = 2027-01-03 }]'
        ) from wrong
    return gathered.arrangement()


def _entries(table: Mapping[str, Any]) -> Iterator[tuple[date, bool, str]]:
    for entry in table.get("off", []):
        first = _table_date(entry["from"])
        last = _table_date(entry.get("to", first))
        if not timedelta() <= last - first <= 15 * DAY:
            raise Refused(
                f"“{entry.get('name', '')}”：{first:%Y-%m-%d}至{last:%Y-%m-%d}不像一个假期，请核对。"
            )
        for step in range((last - first).days + 1):
            yield first + step * DAY, False, str(entry.get("name", ""))
    for entry in table.get("work", []):
        yield _table_date(entry), True, ""
    for entry in table.get("days", []):
        yield _table_date(entry["date"]), not entry["isOffDay"], str(entry.get("name", ""))


def _table_date(value: object) -> date:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise Refused(f"“{value}”不是日期，请写成2027-01-01。") from None
