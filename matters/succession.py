"""What a closed unit (撤并) leaves behind, laid before the office desk (art. 10)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from markupsafe import Markup

from notices.succession import Left, buttons, card, text
from rules.roster import Official, Unit
from rules.succession import ARTICLE
from storage.unit_of_work import UnitOfWork


class Matter(Protocol):
    """A matter that has lost its unit, as its procedure knows it."""

    def left(self, now: datetime) -> Left:
        """How it stands on the desk's card."""

    async def own_cards(self, work: UnitOfWork) -> tuple[Markup, Sequence[str]]:
        """The closed unit's own cards, and how the matter stands, to be said on them; others' are edited."""

    async def take_over(self, work: UnitOfWork, clerk: Official, unit: Unit, person: Official) -> None:
        """The unit has it from now on, in the hands of `person`, and all who have to do with it hear of it.

        Refused where the clerk may not say so, or it needs no unit any more.
        """


@dataclass(frozen=True)
class Kind:
    """One kind of matter that a unit has in hand: all that were left behind, and one by its id, locked.

    `name` begins the subject of its card.
    """

    name: str
    left_behind: Callable[[UnitOfWork], Awaitable[Sequence[Matter]]]
    locked: Callable[[UnitOfWork, int], Awaitable[Matter]]


async def lay_before_desk(work: UnitOfWork, one: Left) -> bool:
    """A card for each at the desk who has none yet; gives whether nobody had one."""
    held = await work.holders(one.card)
    if not held:
        detail = {"unit": one.unit.name, "role": one.role}
        kind = one.subject.partition(":")[0]
        await work.note(None, f"{kind}.left_behind", one.subject, article=ARTICLE, detail=detail)
    desk = (await work.roster()).desk
    await work.send(*(card(one, official) for official in desk if official.id not in held))
    return not held


async def bring_up_to_date(work: UnitOfWork, one: Left) -> None:
    """Edit the desk's copies after the matter has changed."""
    await work.redraw(one.card, text(one), buttons(one))


async def settle(work: UnitOfWork, one: Left, outcome: Markup) -> None:
    """A unit has taken it over: no copy at the desk has buttons any more."""
    await work.retire(one.card, text(one, outcome))
