"""A list of matters in one message: a line and a number each, the number opens it, ‹ › turn the page."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from markupsafe import Markup

from notices.notice import Button, Notice, Rows
from rules.dates.reading import moment_words, month_day
from rules.text import clip
from rules.working_days import SHANGHAI, shanghai_day

LONGEST: Final = 70
"""Characters of a line, two lines of a phone; the rest is read under its number."""
PAGE: Final = 8
"""Lines of one page: what a phone shows at once."""
OPEN_ONE: Final = Markup("<i>点数字，看该件、办该件。</i>")
_IN_A_ROW: Final = 5
_NUMBERED: Final = re.compile(r"^\d+\. (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Line:
    """What is said of one matter, as plain text; `opens` is the data of its number, empty for none."""

    said: str
    opens: str = ""


def first_line(subject: str, text: Markup) -> str:
    """Which matter it is, and the first sentence of what is said of it."""
    first = Markup(text.split("\n", 1)[0]).striptags().rstrip("：")  # noqa: S704 - our own words
    return first if not subject or subject in first else f"{subject}：{first}"


def line_of(notice: Notice, now: datetime, opens: str) -> Line:
    """A card as a line of a list: its own first line, and until when what it asks for is wanted."""
    until = f"（{_until(notice.until, now)}）" if notice.until else ""
    mark = "【急】" if notice.urgent and "急" not in notice.text.partition("\n")[0] else ""
    return Line(clip(mark + first_line("", notice.text), LONGEST - len(until)) + until, opens)


def _until(due: datetime, now: datetime) -> str:
    """今天18:00前, 12月7日前 of what may still come on the 7th, or 已过时限."""
    local = due.astimezone(SHANGHAI)
    if now >= due:
        return "已过时限"
    if not (local.hour or local.minute):  # a day's end is the midnight behind it
        day = local.date() - timedelta(days=1)
        return "今天内" if day == shanghai_day(now) else f"{month_day(day)}前"
    return f"今天{local:%H:%M}前" if local.date() == shanghai_day(now) else f"{moment_words(due)}前"


def numbered(lines: Sequence[Line], first: int = 1) -> list[Markup]:
    """1. 杨某请假…"""
    return [Markup("{}. {}").format(number, line.said) for number, line in enumerate(lines, first)]


def said_in(text: str) -> list[str]:
    """What the lines of such a text say, without their numbers."""
    return [Markup(found).unescape() for found in _NUMBERED.findall(text)]  # noqa: S704 - only read back


def numbers(lines: Sequence[Line], first: int = 1) -> Rows:
    """A button for each that can be opened, under the line's own number."""
    keys = [Button(str(number), line.opens) for number, line in enumerate(lines, first) if line.opens]
    return tuple(tuple(keys[at : at + _IN_A_ROW]) for at in range(0, len(keys), _IN_A_ROW))


def page_of(head: str, lines: Sequence[Line], page: int, turn: Callable[[int], str]) -> tuple[Markup, Rows]:
    """One page of the list under its head; `turn` gives the data of the button that leads to another page.

    A page there is no more of is the last one.
    """
    pages = max(1, -(-len(lines) // PAGE))
    page = min(page, pages - 1)
    first, shown = page * PAGE + 1, lines[page * PAGE : (page + 1) * PAGE]
    text = Markup("\n").join([Markup("<b>{}</b>").format(head), *numbered(shown, first), OPEN_ONE])
    around = (
        Button("‹", turn((page - 1) % pages)),
        Button(f"{page + 1}/{pages}", turn(page)),
        Button("›", turn((page + 1) % pages)),
    )
    return text, (*numbers(shown, first), *((around,) if pages > 1 else ()))
