"""The ledger of briefings (简报台账): its sheets, read from the database."""

from notices.briefing.ledger import ISSUES, KINDS
from notices.ledger import Wanted
from notices.spreadsheet import Worksheet
from rules.working_days import shanghai_day
from storage.queries.briefing.briefings import of_ledger
from storage.unit_of_work import UnitOfWork


async def worksheets(work: UnitOfWork, wanted: Wanted) -> list[Worksheet]:
    """简报 and 各期: what was asked for until the end of the stretch, and the issues that were sent in it."""
    found = [one async for one in of_ledger(work, wanted)]
    issues = [
        (one, issue)
        for one in found
        for issue in one.issues
        if wanted.stretch.holds(shanghai_day(issue.sent_at))
    ]
    return [KINDS.worksheet(found), ISSUES.worksheet(issues)]
