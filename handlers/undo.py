"""[撤销…]: the decision just made is taken back by who made it (办公室规定)."""

from collections.abc import Mapping
from typing import Final

from handlers.context import Route
from handlers.procedures import PROCEDURES
from handlers.taps import Tap, on_tap
from matters.undo import PutBack, take_back
from notices.undo import CODE
from rules.roster import Official
from storage import undo
from storage.unit_of_work import UnitOfWork

PUT_BACK: Final[Mapping[str, PutBack]] = {each.code: each.put_back for each in PROCEDURES if each.put_back}
"""What shows a matter anew, by the word that its subject begins with."""


@on_tap(f"{CODE}:<id>")
async def undone(tap: Tap[None]) -> str:
    """Only by the one who made it, in time, and until somebody has acted on it."""
    return await take_back(tap.work, tap.official, tap["id"], PUT_BACK)


async def subject_of(work: UnitOfWork, official: Official, id: int) -> str:
    """The matter (leave:12) of a decision that the official may still take back; empty for any other."""
    mine = await undo.live(work.session, official, work.acted_at)
    return next((one.subject for one in mine if one.id == id), "")


ROUTES: list[Route] = [undone]
