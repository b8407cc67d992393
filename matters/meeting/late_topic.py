"""A late topic (临时议题, art. 54): laid before who decides, and shown as it stands."""

from notices.card import under
from notices.meeting.late_topic import late_buttons, late_card, late_text
from notices.notice import Notice
from rules.meeting.gates import behind
from rules.meeting.matter import Meeting
from rules.meeting.topic import Topic
from rules.roster import Official
from storage.queries.meeting.topics import sheet_behind
from storage.unit_of_work import UnitOfWork


async def to_mayor(work: UnitOfWork, meeting: Meeting, topic: Topic, to: Official, why: str = "") -> Notice:
    """The card for who decides now; `why` stands above it."""
    shown = late_text(meeting, topic, behind(topic, await sheet_behind(work, topic)))
    return Notice(
        to,
        under(why, shown),
        late_buttons(meeting, topic, to),
        subject=f"{meeting.title}临时议题待审定",
        card=late_card(meeting, topic, to),
    )


async def redraw_late(work: UnitOfWork, meeting: Meeting, topic: Topic, *holders: Official | None) -> None:
    """The cards of the mayor and who stood in, as it stands now."""
    shown = late_text(meeting, topic, behind(topic, await sheet_behind(work, topic)))
    for holder in dict.fromkeys(holders):
        if holder is not None:
            await work.redraw(late_card(meeting, topic, holder), shown, late_buttons(meeting, topic, holder))


async def late_gone(work: UnitOfWork, meeting: Meeting, topic: Topic, ended: str) -> None:
    """Nobody is asked about it any more; `ended` says why."""
    for holder in (None, topic.admission.stand_in if topic.admission else None):
        name = late_card(meeting, topic, holder)
        await work.retire(name, late_text(meeting, topic, (), ended))
