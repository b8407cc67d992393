"""The clock comes back to sheets on which something is let lie after the answers (art. 53, 61, 63)."""

from collections import defaultdict
from collections.abc import Sequence

from notices.board_morning import Section
from notices.countersign import stall as notices
from notices.countersign.stall import Case
from rules.countersign.matter import Countersign
from rules.countersign.stall import STALLED, Pending, lying, pending, remind_and_escalate
from rules.roster import Official
from storage.queries.countersign.people import People
from storage.queries.countersign.sheets import drafting, open_with_stalls
from storage.queries.countersign.stall import desk_of, head_of, set_timer
from storage.unit_of_work import UnitOfWork


async def look(work: UnitOfWork, sheet_id: int) -> None:
    """Nudge who has been silent for a working day, tell who was so for a second one; all looked at afresh."""
    sheet = await work.lock(Countersign, sheet_id)
    calendar, hours = await work.calendar(), work.office.settings.hours
    opening = hours.next_opening(calendar, work.now)
    if opening > work.now:  # days have changed, or after a stop
        await work.timer(STALLED, sheet.id, opening)
        return
    waiting = pending(sheet)
    if not waiting:
        return
    people = await People.of(work)
    desks = {one.key: desk_of(sheet, one, people.absences) for one in waiting}
    ids = {key: official.id if official else None for key, official in desks.items()}
    nudged, told = remind_and_escalate(sheet, ids, work.now, calendar, hours)
    by_desk: dict[Official, list[Pending]] = defaultdict(list)
    for one in nudged:
        if (official := desks[one.key]) is not None:
            by_desk[official].append(one)
    for official, those in by_desk.items():
        await _nudge(work, sheet, those, official, people)
    if told:
        await _tell(work, sheet, [_case(sheet, one, people) for one in told], people)
    await set_timer(work, sheet)


def _case(sheet: Countersign, one: Pending, people: People) -> Case:
    desk, own = desk_of(sheet, one, people.absences), head_of(sheet, one, people.roster)
    return one, desk, own if own is not desk else None


async def _nudge(
    work: UnitOfWork, sheet: Countersign, those: Sequence[Pending], to: Official, people: People
) -> None:
    _, _, absent = _case(sheet, those[0], people)
    periods = work.office.settings.periods
    await work.note(
        None,
        "countersign.remind",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        detail={"to": to.titled, "what": [notices.to_do(sheet, one) for one in those]},
    )
    await work.send(*notices.nudge(sheet, those, to, absent, periods))


async def _tell(work: UnitOfWork, sheet: Countersign, cases: Sequence[Case], people: People) -> None:
    await work.note(
        None,
        "countersign.stalled",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        detail={
            "with": [official.titled if official else "" for _, official, _ in cases],
            "what": [notices.to_do(sheet, one) for one, _, _ in cases],
        },
    )
    there = sheet.drafter in people.roster.of(sheet.lead_unit)
    following = [sheet.drafter] if there else drafting(sheet.lead_unit, people.roster)
    await work.send(*notices.told(sheet, cases, following, people.roster.desk))


async def morning(work: UnitOfWork) -> Sequence[Section]:
    """For the office's morning card: a section, if anything has been let lie."""
    sheets = await open_with_stalls(work)
    if not sheets:
        return []
    people, calendar, hours = await People.of(work), await work.calendar(), work.office.settings.hours
    cases = [
        (sheet, _case(sheet, one, people), stall.since)
        for sheet in sheets
        for one, stall in lying(sheet, work.now, calendar, hours)
    ]
    return [notices.stalled(cases)] if cases else []
