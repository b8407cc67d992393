"""The office's live card of a meeting: the text of the count with what those who run it may do now."""

from notices.meeting import sign_in, topic
from notices.meeting.card import CANCEL, CHANGE, LIST, RECORD
from notices.meeting.count import office_text
from notices.meeting.excuse import REPORTS
from notices.notice import Button, Notice, Rows
from rules.meeting.matter import Meeting, MeetingKind, MeetingState
from rules.roster import Official


def office_card(meeting: Meeting) -> str:
    """The name of the live card of those who run it."""
    return f"meeting:{meeting.id}:office"


def office(meeting: Meeting, to: Official) -> Notice:
    """The card for one at the desk."""
    return Notice(
        to, office_text(meeting), office_buttons(meeting), subject=meeting.title, card=office_card(meeting)
    )


def office_buttons(meeting: Meeting) -> Rows:
    """The list and its changes, then the written reports, the topics and the sign-in where there are any."""
    return (
        *_list_buttons(meeting),
        *reports_button(meeting),
        *topic.topics_button(meeting),
        *sign_in.door_button(meeting),
    )


def _list_buttons(meeting: Meeting) -> Rows:
    if meeting.state is MeetingState.OVER:
        return ((_button(meeting, "名单", LIST),),)
    if not meeting.live:
        return ()
    rows = (
        (_button(meeting, "名单", LIST), _button(meeting, "登记答复", RECORD)),
        (_button(meeting, "变更", CHANGE), _button(meeting, "取消会议", CANCEL)),
    )
    if meeting.kind is MeetingKind.DISTRICT:  # its list was cleared
        return rows
    added = (("加单位", "units_add"), ("加人", "people_add"), ("减人", "people_drop"))
    return (*rows, tuple(_button(meeting, word, act) for word, act in added))


def reports_button(meeting: Meeting) -> Rows:
    """[书面报告（2份）], if any are in."""
    handed_in = sum(
        one.excuse is not None and one.excuse.written and not one.excuse.report_missing
        for one in meeting.attendees
    )
    return ((_button(meeting, f"书面报告（{handed_in}份）", REPORTS),),) if handed_in else ()


def _button(meeting: Meeting, word: str, act: str) -> Button:
    return Button(word, f"meeting:{meeting.id}:{act}")
