"""A meeting or topic whose unit is closed (撤并): whether it wants one, and who takes over (art. 10, 58)."""

from rules.meeting.matter import BEFOREHAND, Meeting, MeetingState
from rules.meeting.topic import Topic
from rules.roster import Official, Unit
from rules.succession import may_assign


def meeting_left(meeting: Meeting) -> bool:
    """Whether a department's meeting that is still to come has lost its department (art. 58)."""
    to_come = meeting.state in BEFOREHAND or meeting.state is MeetingState.CALLED
    return meeting.orphaned and to_come


def topic_left(meeting: Meeting, topic: Topic) -> bool:
    """Whether a topic of a meeting to come has lost the unit that reports it."""
    to_come = meeting.state in BEFOREHAND or meeting.state is MeetingState.CALLED
    return topic.unit is not None and topic.unit.closed_at is not None and to_come


def take_meeting(meeting: Meeting, clerk: Official, unit: Unit, person: Official) -> None:
    """The department's meeting is the unit's now, and `person` the one who calls it (art. 58)."""
    may_assign(clerk, meeting.unit, over=not meeting_left(meeting))
    meeting.unit, meeting.called_by = unit, person


def take_topic(meeting: Meeting, topic: Topic, clerk: Official, unit: Unit) -> None:
    """The unit reports the topic from now on."""
    may_assign(clerk, topic.unit, over=not topic_left(meeting, topic))
    topic.unit = unit
