"""The desk's card 今日要办: what is new or due today with a number each, the rest folded, who is on it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from markupsafe import Markup

from notices.board_morning import Section
from notices.notice import Button, Notice, Rows, Urgency
from rules.roster import Official
from rules.working_days import DAY, Calendar, shanghai_day

OPEN: Final = "today"
REST: Final = "rest"
DROP: Final = "drop"
MOST: Final = 20
"""Numbers of one card; what stands behind is folded as well."""
_IN_A_ROW: Final = 5
_COUNT: Final = re.compile(r"\d+")
_AWAY: Final = 12
"""Lines of what is only to be known; the rest is counted, and found under [在岗]."""


@dataclass(frozen=True)
class Known:
    """What is kept of a matter on the card: since which day it stands there, and who of the desk is on it."""

    since: date
    claimed_by: Official | None = None


@dataclass(frozen=True)
class Line:
    """One case with its matter; `folded` where it stood there before and is not due today or tomorrow."""

    heading: str
    text: Markup
    matter: str
    at: datetime | None
    folded: bool

    @property
    def key(self) -> str:
        """What it is known by from day to day: the matter, and what is wanted of it."""
        return key(self.heading, self.matter)

    @property
    def button_data(self) -> str:
        """What its number says when it is tapped."""
        return f"{OPEN}:{self.matter}"


def key(heading: str, matter: str) -> str:
    """The matter and the heading without its count: a report that is overdue now is new as such."""
    return f"{matter}#{_COUNT.sub('', heading)}"[:64]


def lines(sections: Sequence[Section], known: Mapping[str, Known], today: date) -> list[Line]:
    """All cases that may be opened: first what is on today's clock, by the hour, then as they come."""
    found = [line for section in sections if section.matters for line in _lines(section, known, today)]
    hours: dict[str, datetime] = {}
    for one in found:
        if one.at is not None and shanghai_day(one.at) == today:
            hours[one.heading] = min(one.at, hours.get(one.heading, one.at))
    order = {section.heading: place for place, section in enumerate(sections)}

    def place(one: Line) -> tuple[bool, float, int, float]:
        hour, at = hours.get(one.heading), one.at.timestamp() if one.at else 0.0
        return hour is None, hour.timestamp() if hour else 0.0, order[one.heading], at

    found.sort(key=place)
    shown = [one for one in found if not one.folded][:MOST]
    return [one if one in shown else Line(one.heading, one.text, one.matter, one.at, True) for one in found]


def _lines(section: Section, known: Mapping[str, Known], today: date) -> Iterator[Line]:
    times: Sequence[datetime | None] = section.at or [None] * len(section.lines)
    for text, matter, at in zip(section.lines, section.matters, times, strict=True):
        of = known.get(key(section.heading, matter), Known(today))
        due = at is not None and today <= shanghai_day(at) <= today + DAY
        on_it = Markup("（{}在办）").format(of.claimed_by.name) if of.claimed_by else Markup("")
        folded = of.since < today and not due and of.claimed_by is None
        yield Line(section.heading, text + on_it, matter, at, folded)


def card_name(today: date) -> str:
    """The name of that day's card, of which everybody at the desk has a copy."""
    return f"{OPEN}:{today:%Y%m%d}"


def page(
    every: Sequence[Line], sections: Sequence[Section], today: date, calendar: Calendar
) -> tuple[Markup, Rows]:
    """The card's text and buttons."""
    shown, folded = [one for one in every if not one.folded], [one for one in every if one.folded]
    text = [Markup("<b>今日要办 · {}月{}日（{}）</b>").format(today.month, today.day, calendar.label(today))]
    text += _numbered(shown)
    if not shown:
        text.append(Markup("没有新的，也没有今天到点的。") if folded else Markup("没有要办的。"))
    for section in sections:
        if not section.matters:
            text += [Markup("<b>{}</b>").format(section.heading), *section.lines[:_AWAY]]
            if len(section.lines) > _AWAY:
                text.append(Markup("……另有{}项").format(len(section.lines) - _AWAY))
    unfold = (Button(f"另有{len(folded)}件同昨天", f"{OPEN}:{REST}"),) if folded else ()
    rows = (*_numbers(shown), (*unfold, Button("在岗", "menu:board")))
    return Markup("\n").join(text), rows


def card(to: Official, text: Markup, buttons: Rows, today: date, matters: Collection[str]) -> Notice:
    """The copy of one at the desk, once a day; nothing of its matters is told beside it."""
    return Notice(
        to,
        text,
        buttons,
        subject="今日要办",
        card=card_name(today),
        once=f"{OPEN}:{today}:{to.id}",
        asks=True,
        again=True,
        whole=True,
        pinned=True,
        covers=tuple(sorted(set(matters))),
    )


def over(name: str) -> Markup:
    """What yesterday's card becomes."""
    return Markup("今日要办 · {}月{}日（已过，请看最新一张）").format(int(name[-4:-2]), int(name[-2:]))


def rest(to: Official, folded: Sequence[Line]) -> Notice:
    """What is folded, to who unfolds it."""
    text = Markup("\n").join([Markup("<b>同昨天的{}件</b>").format(len(folded)), *_numbered(folded[:MOST])])
    return Notice(to, text, _numbers(folded[:MOST]), urgency=Urgency.ANSWER)


def claimed(matter: str) -> Rows:
    """Under the matter that was opened: let it go again."""
    return ((Button("放下，由别人办", f"{OPEN}:{DROP}:{matter}"),),)


def _numbered(every: Sequence[Line]) -> Iterator[Markup]:
    heading = ""
    for number, one in enumerate(every, 1):
        if one.heading != heading:
            heading = one.heading
            yield Markup("<b>{}</b>").format(heading)
        yield Markup("{}. {}").format(number, one.text)


def _numbers(every: Sequence[Line]) -> Rows:
    keys = [Button(str(number), one.button_data) for number, one in enumerate(every, 1)]
    return tuple(tuple(keys[at : at + _IN_A_ROW]) for at in range(0, len(keys), _IN_A_ROW))
