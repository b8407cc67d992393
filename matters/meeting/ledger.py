"""The ledger of meetings (会议台账): its sheets, read from the database."""

from notices.ledger import Wanted
from notices.meeting.ledger import MEETINGS, PLACES, SUMS, meeting_row, people, place_row, units
from notices.spreadsheet import Column, Sheet
from rules.meeting.ledger import by_person, by_unit, places
from storage.queries.meeting.ledger import of_ledger
from storage.unit_of_work import UnitOfWork


async def sheets(work: UnitOfWork, wanted: Wanted) -> list[Sheet]:
    """会议, 参会明细 and the sums of what `wanted` asks for; its `advance` is told how far the reading is."""
    found = [each async for each in of_ledger(work, wanted)]
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
