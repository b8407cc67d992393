"""A department's meeting, and a topic, when the unit that has it in hand is closed (art. 10, 58)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from markupsafe import Markup

from matters.meeting import clearing
from matters.meeting import topic as topic_matter
from matters.meeting.todo import to_who_is_in_charge
from matters.succession import Kind
from notices.card import under
from notices.meeting import clearing as cards
from notices.meeting import told as notices
from notices.meeting.card import titled
from notices.meeting.office import office_buttons, office_card
from notices.meeting.succession import of_meeting, of_topic
from notices.meeting.topic import topic_card
from notices.notice import Notice
from notices.succession import Left
from rules.meeting.matter import Meeting
from rules.meeting.succession import meeting_left, take_meeting, take_topic, topic_left
from rules.meeting.topic import Topic
from rules.roster import Official, Unit
from rules.succession import in_hand
from storage.queries.meeting.succession import called_by_none, reported_by_none, topic_locked
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class OfMeeting:
    """A department's meeting whose department is closed (art. 58)."""

    meeting: Meeting

    def left(self, now: datetime) -> Left:  # noqa: ARG002 - the same for every kind
        """How it stands on the desk's card."""
        return of_meeting(self.meeting)

    async def own_cards(self, work: UnitOfWork) -> tuple[Markup, Sequence[str]]:
        """That of who asked for it."""
        await clearing.bring_up_to_date(work, self.meeting)
        return cards.text(self.meeting), [cards.asker_card(self.meeting)]

    async def take_over(self, work: UnitOfWork, clerk: Official, unit: Unit, person: Official) -> None:
        """The unit calls it from now on; its clearance goes on before whoever is in charge of the unit."""
        meeting = self.meeting
        was = meeting.unit
        take_meeting(meeting, clerk, unit, person)
        why = f"{was.name if was else ''}已撤并，这次会议由{unit.name}承接。"
        await to_who_is_in_charge(work, meeting)
        await clearing.bring_up_to_date(work, meeting)
        if meeting.called_at is None:
            await work.send(cards.for_asker(meeting, why))
            return
        text = Markup("{}\n{}").format(titled(meeting, "由贵单位承接"), why)
        buttons, card = office_buttons(meeting), office_card(meeting)
        await work.send(Notice(person, text, buttons, subject="会议由贵单位承接", card=card))


@dataclass(frozen=True)
class OfTopic:
    """A topic whose reporting unit is closed."""

    meeting: Meeting
    topic: Topic

    def left(self, now: datetime) -> Left:  # noqa: ARG002 - the same for every kind
        """How it stands on the desk's card."""
        return of_topic(self.meeting, self.topic)

    async def own_cards(self, work: UnitOfWork) -> tuple[Markup, Sequence[str]]:
        """That of the unit; the office keeps its own."""
        shown = await topic_matter.topic_text(work, self.meeting, self.topic)
        return shown, [topic_card(self.meeting, self.topic, unit=True)]

    async def take_over(self, work: UnitOfWork, clerk: Official, unit: Unit, person: Official) -> None:  # noqa: ARG002
        """The unit prepares and reports it from now on."""
        meeting, topic = self.meeting, self.topic
        was = topic.unit
        take_topic(meeting, topic, clerk, unit)
        await topic_matter.redraw(work, meeting, topic)
        roster = await work.roster()
        head = roster.head_of(unit)
        why = Markup("原由{}汇报，该单位已撤并，现由贵单位准备、汇报。").format(was.name if was else "")
        text = under(why, titled(meeting, "由贵单位汇报", what=f"议题《{topic.title}》"))
        told = dict.fromkeys(one for one in (head, in_hand(unit, roster)) if one is not None)
        for one in told:
            notice = Notice(one, text, subject="议题由贵单位汇报")
            if topic.gates and not meeting.manages(one):
                # Asked for already: with what is to be done, and when.
                card = await topic_matter.card(work, meeting, topic, one)
                notice = replace(card, text=under(why, card.text))
            await work.send(notice)
        if meeting.live and head is not None and meeting.of(head) is None:
            line = f"议题“{topic.title}”改由{unit.name}汇报，其主要负责人不在名单上，需参会的请点「加单位」。"
            await work.send(*notices.to_desk(meeting, line, roster))


async def _meetings(work: UnitOfWork) -> Sequence[OfMeeting]:
    return [OfMeeting(meeting) for meeting in await called_by_none(work) if meeting_left(meeting)]


async def _meeting(work: UnitOfWork, id: int) -> OfMeeting:
    return OfMeeting(await work.lock(Meeting, id))


async def _topics(work: UnitOfWork) -> Sequence[OfTopic]:
    return [
        OfTopic(meeting, topic)
        for meeting in await reported_by_none(work)
        for topic in meeting.topics
        if topic_left(meeting, topic)
    ]


async def _topic(work: UnitOfWork, id: int) -> OfTopic:
    return OfTopic(*await topic_locked(work, id))


KINDS: Final = (Kind("meeting", _meetings, _meeting), Kind("topic", _topics, _topic))
