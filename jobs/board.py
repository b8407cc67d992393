"""The desk's card 今日要办: sent and pinned at 8:30 on working days, drawn anew through the day."""

from collections.abc import Sequence

from jobs.procedures import PROCEDURES
from notices import today as notices
from notices.board_morning import Section
from rules.board import Whereabouts
from rules.working_days import shanghai_day
from storage import pins
from storage.queries import desk
from storage.queries.board import absences
from storage.queries.sent import not_yet
from storage.unit_of_work import UnitOfWork


async def _sections(work: UnitOfWork) -> list[Section]:
    contributions = [contribute for each in PROCEDURES for contribute in each.morning]
    return [section for contribute in contributions for section in await contribute(work)]


async def _drawn(work: UnitOfWork, sections: Sequence[Section]) -> list[notices.Line]:
    """All lines as they stand by now, written down for who unfolds or claims one."""
    await work.alone(notices.OPEN)
    today, before = shanghai_day(work.now), await desk.known(work)
    lines = notices.lines(sections, before, today)
    await desk.keep(work, lines, before, today)
    return lines


async def morning(work: UnitOfWork, _subject_id: int) -> None:
    """The card to everybody at the desk who is not away themselves, once a day; none with nothing to say."""
    today, calendar = shanghai_day(work.now), await work.calendar()
    if not calendar.is_working(today):
        return
    for name in await desk.earlier(work, today):
        await work.redraw(name, notices.over(name))
        await pins.unpin(work, name)
        await work.retire(name)
    sections = await _sections(work)
    lines = await _drawn(work, sections)
    if not sections:
        return
    text, buttons = notices.page(lines, sections, today, calendar)
    gone = [one.official for one in await absences(work, today, today) if one.whereabouts is Whereabouts.AWAY]
    there = [official for official in (await work.roster()).desk if official not in gone]
    matters = [one.matter for one in lines]
    cards = [notices.card(official, text, buttons, today, matters) for official in there]
    await work.send(*await not_yet(work, cards))


async def redraw(work: UnitOfWork, _subject_id: int) -> None:
    """Something was decided or has come: the card shows it, where it looks otherwise now."""
    today, calendar = shanghai_day(work.now), await work.calendar()
    name = notices.card_name(today)
    before = await desk.shown(work, name)
    if before is None:
        return
    sections = await _sections(work)
    text, buttons = notices.page(await _drawn(work, sections), sections, today, calendar)
    if str(text) != before:
        await work.redraw(name, text, buttons)
