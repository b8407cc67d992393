"""The ledger of meetings (会议台账): its sheets, read from the database."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, time

from sqlalchemy import ColumnElement, exists, func, select

from notices.ledger import Wanted
from notices.meeting.ledger import MEETINGS, PAGE, PLACES, SUMS, meeting_row, people, place_row, units
from notices.spreadsheet import Column, Sheet
from rules.meeting.ledger import LISTED, by_person, by_unit, places
from rules.meeting.matter import Meeting
from rules.stretch import Stretch
from rules.working_days import DAY, SHANGHAI
from storage.tables import attendees, meetings, officials
from storage.work import Work


async def sheets(work: Work, wanted: Wanted) -> list[Sheet]:
    """会议, 参会明细 and the sums of what `wanted` asks for; its `advance` is told how far the reading is."""
    found = [each async for each in _read(work, wanted)]
    about = f"会议台账　{wanted.stretch}"
    if wanted.unit:
        about += f"　{wanted.unit.name}"
    listed = [
        place
        for each in found
        for place in places(each)
        if wanted.unit is None or place.attendee.official.unit is wanted.unit
    ]
    detail = Sheet("参会明细", PLACES, [place_row(place, wanted) for place in listed], about)
    if wanted.unit is not None:
        return [detail]
    return [
        Sheet("会议", MEETINGS, [meeting_row(each) for each in found], about),
        detail,
        Sheet("按人员", (Column("姓名", 4), Column("职务", 8), *SUMS), people(by_person(listed)), about),
        Sheet("按单位", (Column("单位", 8), *SUMS), units(by_unit(listed)), about),
    ]


async def _read(work: Work, wanted: Wanted) -> AsyncIterator[Meeting]:
    """Those that begin in the stretch, the earliest first, page by page."""
    chosen = [meetings.c.state.in_(LISTED), *_within(wanted.stretch)]
    if wanted.unit:
        chosen.append(
            exists().where(
                attendees.c.meeting_id == meetings.c.id,
                attendees.c.official_id == officials.c.id,
                officials.c.unit_id == wanted.unit.id,
            )
        )
    total = await work.session.scalar(select(func.count()).select_from(meetings).where(*chosen)) or 0
    found = select(Meeting).where(*chosen).order_by(meetings.c.start, meetings.c.id)
    for offset in range(0, total, PAGE):
        page = await work.session.scalars(found.offset(offset).limit(PAGE))
        for each in page:
            yield each
        wanted.advance(min(offset + PAGE, total), total)


def _within(stretch: Stretch) -> Iterator[ColumnElement[bool]]:
    if stretch.first is not None:
        yield meetings.c.start >= datetime.combine(stretch.first, time(), SHANGHAI)
    if stretch.last is not None:
        yield meetings.c.start < datetime.combine(stretch.last + DAY, time(), SHANGHAI)
