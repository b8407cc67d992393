"""What whoever runs the bot is told about its calendar."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from markupsafe import Markup

from notices.notice import Button, Notice, Urgency
from rules.holiday_change import HolidayChange
from rules.holiday_notice import Arrangement
from rules.roster import Official
from rules.working_days import DAY, changed_days

ENTER: Final = Button("录入放假安排", "menu:holidays")
MOVED_AT_ONCE: Final = 10
"""So many matters that moved are named one by one; of the rest only the number is said."""


def year_missing(year: int, this_year: int, to: Sequence[Official]) -> list[Notice]:
    """To whoever runs the bot: deadlines that reach into the year are 暂定 until its notice is loaded.

    That is the coming year, or this one where it has begun without its notice.
    """
    rests = (
        Markup("今年的期限目前都标“暂定”，调休、补班没有算进去。请尽快录入：\n")
        if year == this_year
        else Markup(
            "跨入{}年的期限、今年12月25日至31日的期限，目前都标“暂定”。\n国务院办公厅通知公布后，"
        ).format(year)
    )
    text = (
        Markup("📅 <b>{}年放假安排尚未录入</b>\n").format(year)
        + rests
        + Markup("把通知全文复制、粘贴到这里发出即可；核对无误点「提交」才录入。")
    )
    return [
        Notice(one, text, buttons=((ENTER,),), subject=f"{year}年放假安排尚未录入", urgency=Urgency.NOTICE)
        for one in to
    ]


def preview(arrangement: Arrangement, change: HolidayChange) -> Markup:
    """Under the card: every festival with its days, what differs from now, and what submitting does."""
    differing = changed_days(change.before, change.after)
    lines = [*_festivals(arrangement)]
    lines += [f"{each.festival}：假期延长至{_day(each.until)}" for each in arrangement.lengthened]
    if change.missing:
        lines.append(f"⚠️ 没有{'、'.join(change.missing)}的安排，{arrangement.year}年仍按暂定计算。")
    lines.append(
        f"与现在所用的相比，{len(differing)}天不同；提交后，随之变动的期限逐项告知本人。"
        if differing
        else "与现在所用的完全一样；提交后，“暂定”的期限转为确定。"
    )
    return Markup("<b>{}年</b>\n").format(arrangement.year) + Markup("\n").join(lines)


def entered(arrangement: Arrangement, change: HolidayChange, moved: Sequence[str]) -> Markup:
    """In place of the card, to who entered it."""
    year, differing = arrangement.year, changed_days(change.before, change.after)
    said = [
        f"{year}年放假安排已录入（{arrangement.source}），{len(differing)}天与此前不同。",
        *([f"还没有{'、'.join(change.missing)}的安排，{year}年仍按暂定计算。"] if change.missing else []),
        f"随之改动的有{len(moved)}项，已告知本人：" if moved else "没有事项随之改动。",
        *moved[:MOVED_AT_ONCE],
        *([f"另有{len(moved) - MOVED_AT_ONCE}项。"] if len(moved) > MOVED_AT_ONCE else []),
    ]
    return Markup("\n").join(said)


def entered_by(official: Official, arrangement: Arrangement, to: Sequence[Official]) -> list[Notice]:
    """To the others who run the bot: they need not do it any more."""
    text = Markup("📅 {}年放假安排已由{}录入（{}）。").format(
        arrangement.year, official.titled, arrangement.source
    )
    return [
        Notice(one, text, subject=f"{arrangement.year}年放假安排已录入") for one in to if one is not official
    ]


def _festivals(arrangement: Arrangement) -> Iterator[str]:
    names = dict.fromkeys(day.festival for day in arrangement.days)
    for name in names:
        off = [day.date for day in arrangement.days if day.festival == name and not day.working]
        on = [day.date for day in arrangement.days if day.festival == name and day.working]
        parts = [f"{'、'.join(_stretches(off))}放假"] if off else []
        parts += [f"{'、'.join(_day(day) for day in on)}上班"] if on else []
        yield f"{name or '单独调整'}：{'，'.join(parts)}"


def _stretches(days: Sequence[date]) -> Iterator[str]:
    """Days that follow one another as one: 1月1日至1月3日."""
    for _, group in groupby(enumerate(days), key=lambda one: one[1] - one[0] * DAY):
        run = [day for _, day in group]
        yield _day(run[0]) if len(run) == 1 else f"{_day(run[0])}至{_day(run[-1])}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
