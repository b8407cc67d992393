"""The ledger of meetings (会议台账): its sheets, read from the database."""

from notices.ledger import Wanted
from notices.meeting.ledger import BY_PERSON, BY_UNIT, MEETINGS, PLACES
from notices.spreadsheet import Worksheet
from rules.meeting.ledger import by_person, by_unit, places
from storage.queries.meeting.ledger import of_ledger
from storage.unit_of_work import UnitOfWork


async def worksheets(work: UnitOfWork, wanted: Wanted) -> list[Worksheet]:
    """会议, 参会明细 and the sums of what `wanted` asks for; its `advance` is told how far the reading is."""
    found = [each async for each in of_ledger(work, wanted)]
    listed = [
        place
        for each in found
        for place in places(each)
        if wanted.unit is None or place.attendee.official.unit is wanted.unit
    ]
    detail = PLACES.worksheet(listed, wanted.reader)
    if wanted.unit is not None:
        return [detail]
    return [
        MEETINGS.worksheet(found),
        detail,
        BY_PERSON.worksheet(by_person(listed)),
        BY_UNIT.worksheet(by_unit(listed)),
    ]
