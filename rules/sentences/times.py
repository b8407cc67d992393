"""The words of a sentence that say when: found here as they are written, read by rules.dates.reading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rules.dates.reading import Half, HalfDaySpan, parse_span
from rules.refused import Refused
from rules.sentences.pattern import Pattern
from rules.working_days import Calendar

_N: Final = r"[\d〇零一二两三四五六七八九十廿卅]"
_DATE: Final = (
    rf"(?:(?:{_N}{{4}}|{_N}{{2}})年|[今明后去]年)?{_N}{{1,3}}月份?(?:{_N}{{1,3}}[日号]?|[上中下]旬|[初底末])?"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}[日号]?|(?<![\d.])\d{1,2}[./]\d{1,2}[日号]?(?![\d.])"
)
_WEEKDAY: Final = r"(?:[上下]{1,2}|本|这)?(?:个|一个)?(?:周|星期|礼拜)(?:[一二三四五六日天]|末)"
_RELATIVE: Final = (
    r"大?[前后]天|[昨今明][天日]|[今明昨](?=[早晚晨上中下])|次日|翌日|当天|当日|即日"
    rf"|{_N}{{1,3}}个?(?:天|周|星期|礼拜|月|工作日)(?:之|以)?后"
)
_LONG: Final = (
    r"(?:[上下]{1,2}|本|这)个?(?:周|星期|礼拜)(?![一二三四五六日天末])|[上下本这]个?月(?:[上中下]旬|[初底末])?|[月年]底"
    r"|(?:元旦|春节|清明|五一|端午|中秋|国庆|除夕)(?:节|假期|期间|长假)*"
)
_DAY_ONLY: Final = rf"{_N}{{1,3}}[日号]"
_PART: Final = (
    r"凌晨|清晨|早晨|早上|一早|上午|中午|下午|傍晚|晚上|夜里|全天|一整天|半天"
    r"|[早晚](?=[\d一二三四五六七八九十])"
)
_CLOCK: Final = rf"\d{{1,2}}[:：]\d{{2}}|{_N}{{1,3}}[点时](?:钟|整|半|[一二三123]刻|{_N}{{1,3}}分?)?"
_UNIT: Final = rf"(?:{_DATE}|{_WEEKDAY}|{_RELATIVE}|{_LONG}|{_DAY_ONLY}|{_PART}|{_CLOCK})"
_JOIN: Final = r"\s*(?:至|到|[-~～—–、]+|直到|一直到)\s*"
_TAIL: Final = rf"(?:[起止]|开始|(?:[,，]?\s*(?:共|计|为期)?)?(?:{_N}{{1,3}}|半)天半?(?!后))"
_WEEKDAY_BESIDE: Final = r"[(（](?:周|星期)[一二三四五六日天][)）]"
_TIME: Final = Pattern(
    rf"(?:从|自|于)?(?P<time>{_UNIT}(?:[的,，]?\s*(?:{_PART}|{_CLOCK})|{_UNIT}|{_WEEKDAY_BESIDE})*"
    rf"(?:{_JOIN}(?:{_UNIT}|{_N}{{1,3}}(?![\d.月个天点位名家件份]))(?:{_PART}|{_CLOCK}|{_WEEKDAY_BESIDE})*)*"
    rf"{_TAIL}*)"
)
_LENGTH: Final = Pattern(
    rf"(?P<length>(?:{_N}{{1,3}}|半)天半?)(?:的?(?=[假年病事婚])|时间|左右|$|(?=[,，。\s]))"
)
_BACK: Final = Pattern(r"\s*(?:就|才|再|晚上|下午)?(?:回来|返回|返岗|回单位|上班|回(?=$|[,，。\s]))")


@dataclass(frozen=True)
class Times:
    """The times of a sentence in their order, as they are written, and the sentence with a sign for each.

    `until` says that the last of them is when somebody is back; `length` is how long, where it stands apart.
    """

    found: Sequence[str]
    gaps: str
    until: bool = False
    length: str = ""

    @property
    def without(self) -> str:
        """The sentence with a blank for each time."""
        return self.gaps.replace(_GAP, " ")

    @property
    def closed(self) -> str:
        """The sentence closed up where its times stood: 区长下周三有空吗 is 区长有空吗."""
        return re.sub(r"\s+", " ", self.gaps.replace(_GAP, "")).strip()

    @property
    def whole(self) -> str:
        """All of it as one time to be read; empty where there is none, or several that are not one."""
        if not self.found or len(self.found) > 2 or (len(self.found) == 2 and not self.until):
            return ""
        first, *back = self.found
        if _IS_WHOLE.search(first):
            return first
        if back:
            return f"{first}至{back[0]}"
        return f"{_FROM.sub('', first)}起{self.length}" if self.length.strip("半天") else first

    def days(self, today: date) -> HalfDaySpan | None:
        """The days that are meant, today's where only an hour is named; None where that is not certain."""
        if _PARTS_ONLY.fullmatch(self.whole):
            return HalfDaySpan(today, Half.AM, today, Half.PM)
        try:
            return parse_span(self.whole, today, Calendar()) if self.whole else None
        except Refused:
            return None


_FROM: Final = Pattern(r"起$|开始$")
_GAP: Final = "\x1f"
_PARTS_ONLY: Final = Pattern(rf"(?:{_PART}|{_CLOCK})+")
_IS_WHOLE: Final = Pattern(rf"{_N}天(?!后)|至|到|[-~～—–]")


def times_in(text: str) -> Times:
    """Find the times of a sentence."""
    found: list[str] = []
    rest, last, until = "", 0, False
    for each in _TIME.finditer(text):
        time = each["time"].rstrip("、,， ")
        if not time or time in ("半天", "全天"):
            continue
        back = _BACK.match(text, each.end())
        found.append(time)
        rest += text[last : each.start()] + _GAP
        last = back.end() if back and len(found) > 1 else each.start("time") + len(time)
        until = bool(back) and len(found) > 1
    rest += text[last:]
    length = ""
    if (apart := _LENGTH.search(rest)) is not None:
        length = apart["length"]
        rest = rest[: apart.start("length")] + _GAP + rest[apart.end("length") :]
    return Times(found, rest, until, length)
