"""The office's morning card (在岗): said at 8:30 on working days, to those at the desk who are in."""

from jobs.procedures import PROCEDURES
from notices import board_morning as notices
from rules.board import Standing
from rules.working_days import shanghai_day
from storage.queries.board import absences
from storage.queries.sent import not_yet
from storage.unit_of_work import UnitOfWork


async def morning(work: UnitOfWork, _subject_id: int) -> None:
    """The card to everybody at the desk who is not away themselves, once a day; none with nothing to say."""
    today, calendar = shanghai_day(work.now), await work.calendar()
    if not calendar.is_working(today):
        return
    contributions = [contribute for each in PROCEDURES for contribute in each.morning]
    sections = [section for contribute in contributions for section in await contribute(work)]
    if not sections:
        return
    gone = [one.official for one in await absences(work, today, today) if one.standing is Standing.AWAY]
    desk = [official for official in (await work.roster()).desk if official not in gone]
    cards = [notices.card(official, today, calendar, sections) for official in desk]
    await work.send(*await not_yet(work, cards))
