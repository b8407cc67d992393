"""Units come and go: what a closed one (撤并) leaves behind is laid before the office desk (art. 10)."""

from collections.abc import Sequence

from markupsafe import Markup

from matters import succession
from matters.countersign.show import bring_up_to_date
from matters.meeting.clearing import bring_up_to_date as clearings
from matters.meeting.topic import topic_text
from notices import succession as notices
from notices.board_morning import Section
from notices.countersign.card import lead_text
from notices.countersign.extension import extension_card
from notices.countersign.lead import version_card
from notices.countersign.names import late_card, lead_card, objection_card, release_card
from notices.invitation.card import own_card, own_text
from notices.meeting.clearing import asker_card
from notices.meeting.clearing import text as asker_text
from notices.meeting.topic import topic_card
from rules.countersign.matter import Countersign
from rules.invitation.matter import Invitation
from rules.meeting.matter import Meeting
from rules.succession import Review
from storage.queries.succession import Left, left_behind, locked
from storage.unit_of_work import UnitOfWork


async def on_roster(work: UnitOfWork) -> None:
    """A new roster is in force: of every matter without its unit each at the desk has one card."""
    for found in await left_behind(work):
        kind, _, id = succession.matter_of(found, work).subject.partition(":")
        left = await locked(work, kind, int(id))
        one = succession.matter_of(left, work)
        if one.left and await succession.lay_before_desk(work, left):
            await _take_away(work, left)


async def _take_away(work: UnitOfWork, left: Left) -> None:
    """The closed unit's own cards have no buttons any more; those that others hold say how it stands."""
    if isinstance(left, Countersign):
        await bring_up_to_date(work, left, *left.standing)
        shown = lead_text(left, work.office.settings.periods)
        names = [release_card(left), lead_card(left), version_card(left)]
        for one in left.consultations:
            names += [objection_card(left, one), late_card(left, one)]
            names += [extension_card(left, extension) for extension in one.extensions]
    elif isinstance(left, Meeting):
        await clearings(work, left)
        shown, names = asker_text(left), [asker_card(left)]
    elif isinstance(left, Invitation):
        shown, names = own_text(left, await work.roster()), [own_card(left)]
    elif isinstance(left, Review):  # its card lay with a unit that is asked no more
        return
    else:
        shown, names = await topic_text(work, *left), [topic_card(*left, unit=True)]
    unit = succession.matter_of(left, work).unit
    for name in names:
        await work.redraw(
            name, Markup("<b>{}已撤并，这件事由区政府办公室另行安排。</b>\n{}").format(unit.name, shown)
        )
        await work.retire(name)


async def morning(work: UnitOfWork) -> Sequence[Section]:
    """For the office's morning card: what still wants a unit."""
    left = [succession.matter_of(one, work) for one in await left_behind(work)]
    return [notices.waiting(left)] if left else []
