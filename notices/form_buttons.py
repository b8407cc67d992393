"""The buttons under a form's question: words, a month, times of day, paged pick-lists.

Every button's data names the draft, the card's turn, the field and the answer, so that a second tap on it
changes nothing: f:<draft>:<turn>:<field>.<what>.<argument>.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import Any

from notices.notice import Button, Rows
from rules.fields import Choice, Day, Field, Files, Moment, Number, Pick, Scene, SpanField, Text
from rules.fields.times import WEEKDAYS
from rules.forms import Draft
from rules.working_days import Calendar

AGAIN = "again"
MONTHS_AHEAD = 24
"""How far the month calendar pages; a later day can still be typed."""
NOTHING = "·"
"""The label where there is nothing to tap; Telegram wants one on every button."""
PEOPLE_A_PAGE = 8
UNITS_A_PAGE = 14
SPAN_HALVES = (("上午", "下午"), ("下午", "下午"), ("上午", "上午"), ("下午", "上午"))
"""First and last half of a span, in the order of the buttons."""


@dataclass(frozen=True)
class View:
    """What part of a long list or of the calendar is looked at; None is where the value lies, or today."""

    page: int | None = None
    month: date | None = None


def tap(draft: Draft, what: str) -> str:
    """The data of a button on the draft's live card."""
    return f"f:{draft.id}:{draft.turn}:{what}"


def report_again(form: str, id: int) -> Rows:
    """[照原内容再报] under a matter that came to nothing: a new form with what it said."""
    return ((Button("照原内容再报", f"{AGAIN}:{form}:{id}"),),)


def rows_of(buttons: Sequence[Button], columns: int) -> Rows:
    """The buttons in rows."""
    return tuple(tuple(buttons[start : start + columns]) for start in range(0, len(buttons), columns))


@singledispatch
def answers(field: Field[Any], draft: Draft, scene: Scene, view: View) -> Rows:  # noqa: ARG001
    """The buttons that answer the field's question; none for a field that wants text."""
    return ()


@answers.register
def _(field: Choice, draft: Draft, scene: Scene, view: View) -> Rows:  # noqa: ARG001
    chosen = draft.values.get(field.key)
    buttons = [
        Button(f"✓ {word}" if word == chosen else str(word), tap(draft, f"{field.key}.c.{place}"))
        for place, word in enumerate(field.choices(scene))
    ]
    return rows_of(buttons, field.columns)


@answers.register
def _(field: Text, draft: Draft, scene: Scene, view: View) -> Rows:  # noqa: ARG001
    return tuple(
        (Button(line, tap(draft, f"{field.key}.w.{place}")),)
        for place, line in enumerate(field.offered(scene))
    )


@answers.register
def _(field: Number, draft: Draft, scene: Scene, view: View) -> Rows:  # noqa: ARG001
    buttons = [Button(field.say(n, scene), tap(draft, f"{field.key}.n.{n}")) for n in field.offered]
    return rows_of(buttons, 4)


@answers.register
def _(field: Files, draft: Draft, scene: Scene, view: View) -> Rows:  # noqa: ARG001
    if not draft.values.get(field.key):
        return ()
    done = Button("发完了", tap(draft, f"{field.key}.ok"))
    return ((done, Button("重新发", tap(draft, f"{field.key}.clear"))),)


@answers.register
def _(field: Day, draft: Draft, scene: Scene, view: View) -> Rows:
    chosen = _day(draft.values.get(field.key))
    first = date.min if field.past else scene.today
    return month(draft, scene, view.month or chosen or scene.today, f"{field.key}.d", first, {chosen})


@answers.register
def _(field: Moment, draft: Draft, scene: Scene, view: View) -> Rows:
    day = _day(draft.values.get("_day"))
    if day and view.month is None:
        times = [Button(time, tap(draft, f"{field.key}.t.{time.replace(':', '')}")) for time in field.offered]
        return rows_of(times, 5)
    chosen = day or _day(draft.values.get(field.key))
    first = date.min if field.past else scene.today
    return month(draft, scene, view.month or chosen or scene.today, f"{field.key}.d", first, {chosen})


@answers.register
def _(field: SpanField, draft: Draft, scene: Scene, view: View) -> Rows:
    start, held = _day(draft.values.get("_from")), str(draft.values.get(field.key) or "")
    if start:
        return month(draft, scene, view.month or start, f"{field.key}.e", start, {start})
    chosen = {_day(part) for part in held.split("至")}
    shown = view.month or _day(held) or scene.today
    days = month(draft, scene, shown, f"{field.key}.s", date.min if field.past else scene.today, chosen)
    return (*(_halves(field, draft, held) if field.halves and held else ()), *days)


def _halves(field: SpanField, draft: Draft, held: str) -> Rows:
    """Half days of the span that stands there, the way it is now marked."""
    first, last = held.split("至")
    now = SPAN_HALVES.index((first[10:], last[10:]))
    start, end = f"{int(first[8:10])}日", f"{int(last[8:10])}日"
    labels = ("都是全天", f"{start}下午起", f"{end}上午止", f"{start}下午起，{end}上午止")
    if first[:10] == last[:10]:
        labels = ("全天", "下午", "上午", "")
    buttons = [
        Button(f"✓ {label}" if place == now else label, tap(draft, f"{field.key}.h.{place}"))
        for place, label in enumerate(labels)
        if label
    ]
    return rows_of(buttons, 3)


@answers.register
def _(field: Pick, draft: Draft, scene: Scene, view: View) -> Rows:  # type: ignore[type-arg]
    words = str(draft.values.get("_filter") or "")
    found = field.matching(scene, words)
    chosen = draft.values.get(field.key)
    picked = set(chosen if isinstance(chosen, list) else [chosen])
    size, columns = (UNITS_A_PAGE, 2) if all(len(c.label) <= 8 for c in found) else (PEOPLE_A_PAGE, 1)
    pages = max(1, -(-len(found) // size))
    page = min(view.page or 0, pages - 1)
    rows = rows_of(
        [
            Button(f"✓ {c.label}" if c.id in picked else c.label, tap(draft, f"{field.key}.o.{c.id}.{page}"))
            for c in found[page * size : (page + 1) * size]
        ],
        columns,
    )
    if not words:
        rows = (*_groups(field, draft, scene, picked), *rows)
    if pages > 1:
        rows += (_pager(draft, field.key, page, pages),)
    if words:
        rows += ((Button("显示全部", tap(draft, f"{field.key}.all")),),)
    if field.many and chosen:
        rows += ((Button(f"选好了（{len(picked)}）", tap(draft, f"{field.key}.ok")),),)
    return rows


def _groups(field: Pick[Any], draft: Draft, scene: Scene, picked: set[int]) -> Rows:
    """Several at one tap: a group that is picked already is taken out again."""
    buttons = [
        Button(f"✓ {word}" if set(ids) <= picked else word, tap(draft, f"{field.key}.g.{place}"))
        for place, (word, ids) in enumerate(field.groups(scene).items())
    ]
    return rows_of(buttons, 4)


def _pager(draft: Draft, key: str, page: int, pages: int) -> tuple[Button, ...]:
    return (
        Button("‹", tap(draft, f"{key}.p.{(page - 1) % pages}")),
        Button(f"{page + 1}/{pages}", tap(draft, "x")),
        Button("›", tap(draft, f"{key}.p.{(page + 1) % pages}")),
    )


def month(draft: Draft, scene: Scene, shown: date, what: str, first: date, chosen: set[date | None]) -> Rows:
    """One month as buttons, Monday first; days before `first` cannot be tapped.

    Telegram has no colours: 休 marks a day off, 班 a make-up working day, [ ] today, ✓ what is chosen.
    """
    blank = Button(NOTHING, tap(draft, "x"))
    rows: list[tuple[Button, ...]] = [_month_head(draft, scene, shown, what, first)]
    rows.append(tuple(Button(name, tap(draft, "x")) for name in WEEKDAYS))
    for week in calendar.Calendar().monthdatescalendar(shown.year, shown.month):
        row = []
        if all(day < first for day in week):
            continue
        for day in week:
            if day.month != shown.month:
                row.append(blank)
            elif day < first:
                row.append(Button(NOTHING, tap(draft, "x")))
            else:
                label = "✓" + str(day.day) if day in chosen else day_label(day, scene.today, scene.calendar)
                row.append(Button(label, tap(draft, f"{what}.{day:%Y%m%d}")))
        rows.append(tuple(row))
    return tuple(rows)


def day_label(day: date, today: date, days: Calendar) -> str:
    """The day's number with its mark: 1休, 10班, [23]."""
    weekend = day.weekday() >= calendar.SATURDAY
    label = str(day.day)
    if not days.is_working(day):
        label += "休"
    elif weekend:
        label += "班"
    return f"[{label}]" if day == today else label


def _month_head(draft: Draft, scene: Scene, shown: date, what: str, first: date) -> tuple[Button, ...]:
    key = what.partition(".")[0]
    page = [Button(NOTHING, tap(draft, "x"))] * 2
    for place, step in enumerate((-1, 1)):
        there = _months_on(shown, step)
        latest = _months_on(scene.today, MONTHS_AHEAD)
        if (first.year, first.month) <= (there.year, there.month) and there <= latest:
            page[place] = Button("‹›"[place], tap(draft, f"{key}.m.{there:%Y%m}"))
    return (page[0], Button(f"{shown.year}年{shown.month}月", tap(draft, "x")), page[1])


def _months_on(day: date, months: int) -> date:
    """The first of the month that lies so many months on."""
    year, month_before = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month_before + 1, 1)


def _day(stored: object) -> date | None:
    """The day at the head of a stored value."""
    return date.fromisoformat(stored[:10]) if isinstance(stored, str) and stored else None
