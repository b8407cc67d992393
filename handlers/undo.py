"""[撤销…]: the decision just made is taken back by who made it (办公室规定)."""

from collections.abc import Mapping
from typing import Final

from handlers.alike import DO
from handlers.context import Route
from handlers.procedures import FINDERS, PROCEDURES
from handlers.taps import Tap, on_tap
from matters.undo import PutBack, take_back
from notices import undo as notices
from notices.undo import CODE
from rules.refused import Refused
from rules.roster import Official
from storage import copies, undo
from storage.unit_of_work import UnitOfWork

PUT_BACK: Final[Mapping[str, PutBack]] = {each.code: each.put_back for each in PROCEDURES if each.put_back}
"""What shows a matter anew, by the word that its subject begins with."""


@on_tap(f"{CODE}:<id>")
async def undone(tap: Tap[None]) -> str:
    """Only by the one who made it, in time, and until somebody has acted on it."""
    work, official = tap.work, tap.official
    together = await undo.together(work.session, tap["id"])
    if not (together and together[0].tapped.startswith(DO)):
        return await take_back(work, official, tap["id"], PUT_BACK)
    back, stand = list[str](), list[str]()
    for one in together:
        called = await _called(work, official, one.subject)
        try:
            async with undo.apart(work):
                await take_back(work, official, one.id, PUT_BACK)
            back.append(called)
        except Refused as refused:
            stand.append(f"{called}。{refused}")
    if not back:
        raise Refused(stand[0].partition("。")[2])
    await copies.edit(work, {together[0].row_id: notices.all_withdrawn(back, stand)})
    return f"已撤销{len(back)}件{f'，{len(stand)}件不能撤销' if stand else ''}。"


async def _called(work: UnitOfWork, official: Official, subject: str) -> str:
    code, _, id = subject.partition(":")
    return await FINDERS[code].called(work, official, int(id)) if code in FINDERS else "这件事"


async def subject_of(work: UnitOfWork, official: Official, id: int) -> str:
    """The matter (leave:12) of a decision that they may still take back; empty for any other, and where
    one tap decided of several."""
    mine = await undo.live(work.session, official, work.acted_at)
    several = len(await undo.together(work.session, id)) > 1
    return next((one.subject for one in mine if one.id == id and not several), "")


ROUTES: list[Route] = [undone]
