"""What follows once a message with a receipt was delivered, or reached nobody: the matter is told.

A reminder counts by this too: it stands in the audit once Telegram has taken it, and not before.
"""

from typing import Final

from jobs.procedures import PROCEDURES
from notices import unreached
from storage.receipt import receipt, reminded
from storage.unit_of_work import UnitOfWork

RECEIPTS: Final = {each.code: each.receipt for each in PROCEDURES if each.receipt}
"""By the word before the colon of `Notice.receipt`, with the id after it."""


async def settled(work: UnitOfWork, row_id: int) -> None:
    """A timer right after the mark: pass the receipt on to its matter."""
    await _remind(work, row_id)
    found = await receipt(work, row_id)
    if found is not None:
        matter, _, id = found.matter.partition(":")
        await RECEIPTS[matter](work, int(id), found)


async def _remind(work: UnitOfWork, row_id: int) -> None:
    """Put down a reminder that arrived; who asked for one that did not is told who will see to it."""
    fate = await reminded(work, row_id)
    if fate is None:
        return
    roster, one = await work.roster(), fate.reminder
    whom = roster.by_id(fate.official_id)
    if whom is not None and fate.taken:
        detail = {"to": whom.titled}
        await work.note(None, one.action, one.subject, article=one.article, detail=detail)
    elif whom is not None and (asker := roster.by_id(one.by)) is not None:
        await work.send(unreached.not_reminded(asker, whom))
