"""The words of a time in one spelling: whatever the signs, numerals and gaps, they look the same afterwards.

二○二六年 十二月 八日（星期二）上午 九时三十分  ->  2026年12月8日(周乙)上午9点30分
"""

import re
import unicodedata
from typing import Final

from rules import numerals
from rules.refused import Refused

LONGEST: Final = 60
"""No time takes more characters; what does is not looked at."""

YEARS: Final = range(1950, 2100)
"""No other year is meant by anybody."""

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Mn", "Me"})
_KEPT: Final = str.maketrans(dict.fromkeys("∶︰꞉ː˸", ":") | dict.fromkeys("○◯◦⚪⭕", "〇"))
"""Signs for the colon and the Chinese nought that NFKC would spoil, or that go as emoji do."""

_LOOKALIKES: Final = str.maketrans(
    dict.fromkeys("—–―‒─━〜∼→⟶➝", "~")
    | dict.fromkeys("−‐‑", "-")
    | dict(zip("點時號週禮後兩早晚", "点时号周礼后两早晚", strict=True))
    | dict(zip("【】[]〔〕", "()()()", strict=True))
)
"""Signs that stand for a dash or a bracket, and the old forms of ours."""

WEEKDAY_SIGNS: Final = "甲乙丙丁戊己庚"
"""周一 to 周日 in plain words: no numeral, so that 周三九点 does not run together."""

_DIGITS: Final = "〇一二三四五六七八九"
_FORMAL: Final = str.maketrans("零壹贰叁肆伍陆柒捌玖拾貳參陸", "〇一二三四五六七八九十二三六")
_N: Final = "〇一二三四五六七八九十"
_YEAR: Final = re.compile(
    rf"[{_DIGITS}oO0-9]{{4}}(?=年)|(?<![{_N}])[{_DIGITS}]{{2}}(?=年\d|年[{_N}])|二〇[{_DIGITS}]{{2}}(?=[-./])"
)
_NUMBER: Final = re.compile(
    rf"(?<![{_N}])[{_N}]{{1,4}}(?=[月日号点时分刻天小]|个?工作日|个?(?:月|周|星期|礼拜)[后内]|周(?:之|以)?[后内]|[./]\d|[./][{_N}])"
    rf"|(?<=[月点时初./])[{_N}]{{1,4}}(?![{_N}]|季)"
    rf"|(?<![{_N}])[{_N}]{{1,3}}(?=[至到~、-][\d{_N}]{{1,3}}[月日号])"
)
_REPLACED: Final = (
    (re.compile(r"廿"), "二十"),
    (re.compile(r"卅"), "三十"),
    (re.compile(r"(?<=\d)[Tt](?=\d)"), " "),
    (re.compile(r"(?<=[日号\d])一+(?=\d)"), "~"),  # 12月1日一3日: the numeral for a dash
    (re.compile(r"(?<=\d) ?[.·•] ?(?=\d)"), "."),
    (re.compile(r"~+"), "~"),
    (re.compile(r"-{2,}"), "~"),
    (re.compile(r"星期|礼拜"), "周"),
    (re.compile(r"周天"), "周日"),
    (re.compile(r"周([1-7])(?!\d)"), lambda found: "周" + WEEKDAY_SIGNS[int(found[1]) - 1]),
    (
        re.compile(r"周([一二三四五六日])"),
        lambda found: "周" + WEEKDAY_SIGNS["一二三四五六日".index(found[1])],
    ),
    (re.compile(r"两(?=个?[天日周月点时小分]|个?工作日)"), "二"),
)
_LATE_REPLACED: Final = (
    (re.compile(r"(?<=\d)号"), "日"),
    (re.compile(r"(?<=\d)时(?!间)"), "点"),
    (re.compile(r"点(?:钟|整|正)"), "点"),
    (re.compile(r"(?<![0-9]) | (?![0-9])"), ""),
)


class Unreadable(Refused):
    """What was written is no time; `why` says so without the example that ends the sentence."""

    def __init__(self, why: str, example: str) -> None:
        super().__init__(f"{why}，请写成“{example}”。")
        self.why = why


class NoSuchDay(Refused):
    """A day or hour that no calendar or clock has, such as 2月30日; its message is what was written."""


def clean(text: str) -> str:
    """The words in half width, without emoji, direction marks and the spaces around."""
    spelt = unicodedata.normalize("NFKC", text[: 50 * LONGEST].translate(_KEPT))
    shown = (" " if sign.isspace() else sign for sign in spelt)
    kept = "".join(sign for sign in shown if unicodedata.category(sign) not in _INVISIBLE)
    return re.sub(r"\s+", " ", kept).strip()


def plain(said: str) -> str:
    """Clean words with their numerals as digits, without gaps: 十二月 三日 两点半 -> 12月3日2点半."""
    said = said.translate(_LOOKALIKES).translate(_FORMAL)
    for pattern, put in _REPLACED:
        said = pattern.sub(put, said)
    said = re.sub(rf"(?<=[{_N}月日号点时年周:]) (?=[{_N}月日号点时年周:])", "", said)
    said = _YEAR.sub(lambda found: "".join(_digit(sign) for sign in found[0]), said)
    said = _NUMBER.sub(lambda found: str(number(found[0])), said)
    for pattern, put in _LATE_REPLACED:
        said = pattern.sub(put, said)
    return said


def _digit(sign: str) -> str:
    return str(_DIGITS.index(sign)) if sign in _DIGITS else sign.translate(str.maketrans("oO", "00"))


def number(written: str) -> int:
    """3 and 三; 0 for what is none."""
    try:
        return numerals.read(written.replace("两", "二").replace("〇", "零"))
    except ValueError:
        return 0


def clip(said: str, length: int = 16) -> str:
    """The words short enough to be quoted."""
    return said if len(said) <= length else said[: length - 1] + "…"
