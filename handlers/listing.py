"""The two lists, 待办 and 我的: what stands on them, and by what a number finds its card again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from handlers.manifest import Cards
from handlers.procedures import PROCEDURES
from notices.notice import Notice
from rules.roster import Official
from storage.unit_of_work import UnitOfWork

TODO, MINE = "todo", "mine"
_LAST: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Kind:
    """One of the two lists: its cards, its head, and what is said where there are none."""

    name: str
    head: str
    sources: Sequence[Cards]
    none: str
    sorted: bool = False


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(
            TODO,
            "等您办理的",
            [cards for each in PROCEDURES for cards in each.todo],
            "您现在没有待办事项。",
            sorted=True,
        ),
        Kind(
            MINE,
            "您在办的",
            [cards for each in PROCEDURES for cards in each.mine],
            "您现在没有在办的事项。",
        ),
    )
}

Item = Sequence[Notice]
"""One thing on the list: its card, with the files that follow it."""


async def items_of(work: UnitOfWork, official: Official, kind: Kind) -> list[Item]:
    """What stands on it; 待办 with what is urgent first, then what is overdue, then what is due soonest."""
    items: dict[str, list[Notice]] = {}
    last = ""
    for card in [card for source in kind.sources for card in await source(work, official)]:
        follows = bool(card.attachment or card.files) and not (card.card or card.buttons)
        key = last if follows and last else key_of(card)
        if key == last:
            items[key].append(card)
        elif key not in items:
            items[key], last = [card], key
    if not kind.sorted:
        return list(items.values())
    return sorted(items.values(), key=lambda item: (not item[0].urgent, item[0].until or _LAST))


def key_of(card: Notice) -> str:
    """By what a number of the list finds its card again."""
    return card.card or card.of
