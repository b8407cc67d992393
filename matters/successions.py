"""Every kind of matter that a unit has in hand, in the order in which the desk sees what was left behind."""

from collections.abc import Sequence
from typing import Final

from matters.countersign import succession as countersign
from matters.invitation import succession as invitation
from matters.meeting import succession as meeting
from matters.succession import Kind, Matter
from storage.unit_of_work import UnitOfWork

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind for each in (countersign, meeting, invitation) for kind in each.KINDS
}


async def left_behind(work: UnitOfWork) -> Sequence[Matter]:
    """All that closed units have left behind, the oldest of each kind first."""
    return [matter for kind in KINDS.values() for matter in await kind.left_behind(work)]


async def locked(work: UnitOfWork, subject: str) -> Matter:
    """The matter of a subject ("countersign:12"), its row locked; refused where there is none any more."""
    name, _, id = subject.partition(":")
    return await KINDS[name].locked(work, int(id))
