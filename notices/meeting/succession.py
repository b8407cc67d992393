"""A meeting, or a topic of one, on the desk's card once its unit is closed (art. 10)."""

from markupsafe import Markup

from notices.notice import Button
from notices.succession import Left
from rules.meeting.matter import Meeting
from rules.meeting.succession import meeting_left, topic_left
from rules.meeting.topic import Topic


def of_meeting(meeting: Meeting) -> Left:
    return Left(
        f"meeting:{meeting.id}",
        Markup("“{}”").format(meeting.title),
        "召开单位",
        meeting.unit or meeting.called_by.unit,
        f"会议{meeting.state}。",
        (Button("取消会议", f"meeting:{meeting.id}:cancel"),),
        meeting_left(meeting),
    )


def of_topic(meeting: Meeting, topic: Topic) -> Left:
    """The topic's id is the subject's; what ends it is a change of the meeting's agenda."""
    return Left(
        f"topic:{topic.id}",
        Markup("“{}”议题《{}》").format(meeting.title, topic.title),
        "汇报单位",
        topic.unit or meeting.called_by.unit,
        "议题还在议程上，暂无单位准备和汇报。",
        (Button("变更议程", f"meeting:{meeting.id}:change"),),
        topic_left(meeting, topic),
    )
