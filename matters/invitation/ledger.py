"""The ledger of invitations (活动邀请台账): its sheets, read from the database."""

from notices.invitation.ledger import ASKED, BY_KIND, BY_LEADER, BY_ORGANISER, DETAIL
from notices.ledger import Wanted
from notices.spreadsheet import Worksheet
from rules.invitation.ledger import by_kind, by_leader, by_organiser, line
from storage.queries.invitation.ledger import of_ledger
from storage.unit_of_work import UnitOfWork


async def worksheets(work: UnitOfWork, wanted: Wanted) -> list[Worksheet]:
    """明细, 按领导, and the sums of what `wanted` asks for; its `advance` is told how far the reading is."""
    calendar, periods = await work.calendar(), work.office.settings.periods
    lines = [line(each, calendar, periods) async for each in of_ledger(work, wanted)]
    found = [DETAIL.worksheet(lines, wanted.reader)]
    if wanted.unit is None:  # how the leaders spend their days is not the unit's business
        found.append(ASKED.worksheet(asked for each in lines for asked in each.asked))
        found.append(BY_LEADER.worksheet(by_leader(lines)))
    return [*found, BY_ORGANISER.worksheet(by_organiser(lines)), BY_KIND.worksheet(by_kind(lines))]
