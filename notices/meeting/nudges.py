"""What those hear who have not answered a call to a meeting: the person, their unit's group, the office."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from notices.meeting.card import RECORD, titled
from notices.notice import Button, Notice, Reminder, Rows
from rules.articles import cite
from rules.meeting.attendance import Attendee
from rules.meeting.count import by_group
from rules.meeting.excusing import article_of
from rules.meeting.matter import Meeting
from rules.meeting.nudges import names_of
from rules.roster import Official, Unit
from rules.working_days import SHANGHAI, Calendar


def soon(meeting: Meeting, calendar: Calendar) -> str:
    """Above their card, the afternoon before: by when; a make-up Saturday is called one."""
    local = meeting.reply_by.astimezone(SHANGHAI)
    day = f"{local.month}月{local.day}日（{calendar.label(local.date())}）"
    return f"会议回执{day}{local:%H:%M}截止，请您答复。"


REPORT_WANTED = f"您的书面请假报告还没有交，收到后才能准假。{cite(55)}"
"""Above their card: the excuse waits for the written report."""
UNDECIDED = "会议回执已经截止，这件请假还没有审批。"
"""Above the card of who decides, at the deadline."""


def reminder(meeting: Meeting) -> Reminder:
    """What a card that presses for an answer to the call stands for in the books (art. 55)."""
    return Reminder("meeting.remind", f"meeting:{meeting.id}", article_of(meeting))


def group(meeting: Meeting, unit: Unit, people: Sequence[Attendee]) -> Notice | None:
    """One line to the unit's group: who has not answered, nothing else."""
    if unit.group_chat_id is None:
        return None
    line = titled(meeting, f"{names_of(people)}未回复，请提醒")
    return Notice(unit.group_chat_id, line)


def call_list(meeting: Meeting, people: Sequence[Attendee], to: Official) -> Notice:
    """To the office: whom to telephone, with the number; what is heard is entered at once."""
    record: Rows = ((Button("登记答复", f"meeting:{meeting.id}:{RECORD}"),),)
    lines = Markup("\n").join(_calls(meeting, people))
    return Notice(to, lines, record, subject=f"{meeting.title}未回复名单")


def _calls(meeting: Meeting, people: Sequence[Attendee]) -> Iterator[Markup]:
    yield titled(meeting, f"{len(people)}人未回复，请电话催问")
    for name, some in by_group(people).items():
        yield Markup("<b>{}</b>").format(name)
        for one in some:
            phone = one.official.phone or "（花名册未登记电话）"
            yield Markup("{}：{}").format(one.official.titled, phone)
