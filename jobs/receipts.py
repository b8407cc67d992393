"""What follows once a message with a receipt was delivered, or reached nobody: the matter is told."""

from collections.abc import Awaitable, Callable, Mapping

from jobs import countersign
from storage.receipt import Receipt, receipt
from storage.work import Work

RECEIPTS: Mapping[str, Callable[[Work, int, Receipt], Awaitable[None]]] = {
    # By the word before the colon of `Notice.receipt`, with the id after it. Whatever may have happened since
    # the message was sent, what is done here must still be right.
    "countersign": countersign.receipt,
}


async def settled(work: Work, row_id: int) -> None:
    """A timer right after the mark: pass the receipt on to its matter."""
    found = await receipt(work, row_id)
    if found is not None:
        matter, _, id = found.matter.partition(":")
        await RECEIPTS[matter](work, int(id), found)
