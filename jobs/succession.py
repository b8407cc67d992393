"""Units come and go: what a closed one (撤并) leaves behind is laid before the office desk (art. 10)."""

from collections.abc import Sequence

from markupsafe import Markup

from matters.succession import lay_before_desk
from matters.successions import left_behind, locked
from notices import succession as notices
from notices.board_morning import Section
from storage.unit_of_work import UnitOfWork


async def on_roster(work: UnitOfWork) -> None:
    """A new roster is in force: of every matter without its unit each at the desk has one card.

    The closed unit's own cards have no buttons any more; those that others hold say how it stands.
    """
    for found in await left_behind(work):
        matter = await locked(work, found.left(work.now).subject)
        one = matter.left(work.now)
        if not one.left or not await lay_before_desk(work, one):
            continue
        shown, names = await matter.own_cards(work)
        gone = Markup("<b>{}已撤并，这件事由区政府办公室另行安排。</b>\n{}").format(one.unit.name, shown)
        for name in names:
            await work.retire(name, gone)


async def morning(work: UnitOfWork) -> Sequence[Section]:
    """For the office's morning card: what still wants a unit."""
    left = [matter.left(work.now) for matter in await left_behind(work)]
    return [notices.waiting(left)] if left else []
