"""What the office owes the district committee of a leader's leave: its card shown as it stands."""

from notices.leave.filing import buttons_of, due, filing_card, text_of, to_file
from rules.leave.filing import bring_in_line
from rules.leave.matter import Leave, filed_with_committee
from storage.unit_of_work import UnitOfWork


async def keep_filing(work: UnitOfWork, leave: Leave) -> None:
    """Open, change or drop the item so that it says what now holds, and keep every copy of it true."""
    if not filed_with_committee(leave.applicant):
        return
    fresh = bring_in_line(leave.filings, due(leave), work.now)
    await work.flush()
    for filing in leave.filings:
        if filing is not fresh:
            await work.redraw(filing_card(leave, filing), text_of(leave, filing), buttons_of(leave, filing))
    if fresh is not None:
        await work.send(*to_file(leave, fresh, await work.roster()))
