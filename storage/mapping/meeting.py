"""A meeting with its list, topics, materials and clearances; all loaded along, since its row locks them."""

from rules.meeting.attendance import Attendee
from rules.meeting.clearance import Clearance
from rules.meeting.excuse import Excuse
from rules.meeting.matter import Meeting, MeetingPaper
from rules.meeting.topic import Gate, LateTopic, Topic
from storage.mapping.base import NAMES_MANY, map_rows, only_part, parts
from storage.tables.meeting import (
    attendees,
    late_topics,
    meeting_clearances,
    meeting_excuses,
    meeting_papers,
    meeting_topics,
    meetings,
    topic_gates,
)

map_rows(Excuse, meeting_excuses)
map_rows(Attendee, attendees, excuse=only_part(Excuse))
map_rows(Gate, topic_gates)
map_rows(LateTopic, late_topics)
map_rows(Topic, meeting_topics, admission=only_part(LateTopic), gates=parts(Gate, topic_gates.c.id))
map_rows(MeetingPaper, meeting_papers)
map_rows(Clearance, meeting_clearances)
map_rows(
    Meeting,
    meetings,
    attendees=parts(Attendee, attendees.c.position),
    topics=parts(Topic, meeting_topics.c.number),
    materials=parts(MeetingPaper, meeting_papers.c.id),
    clearances=parts(Clearance, meeting_clearances.c.position),
)
NAMES_MANY.add(Meeting)
