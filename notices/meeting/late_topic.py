"""A topic proposed too late (临时议题, art. 54): the mayor decides whether it is heard all the same."""

from collections.abc import Sequence

from markupsafe import Markup

from notices.card import DESK, DONE, Step, headline, progress, step_of
from notices.meeting.count import keepers
from notices.meeting.excuse import which
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.dates.reading import moment_words
from rules.meeting.matter import Meeting
from rules.meeting.topic import LateState, LateTopic, Topic
from rules.roster import Official, Role, Roster

LAY, YES, NO = "late_lay", "late_yes", "late_no"


def settled(topic: Topic) -> str:
    """区长同意列入，钱玄黄（代区长）于12月1日 09:00; empty while it waits."""
    late = topic.admission
    if late is None or late.decided_by is None or late.decided_at is None:
        return ""
    word = "同意列入" if late.state is LateState.APPROVED else "不同意列入"
    by = (
        late.decided_by.titled
        if late.decided_by.role is Role.MAYOR
        else f"{late.decided_by.titled}（代区长）"
    )
    return f"{by}于{moment_words(late.decided_at)}{word}"


def way(topic: Topic) -> str:
    """✓办公室 → ●赵, once the office has laid it before the mayor."""
    late = topic.admission
    if late is None or late.owner is None:
        return ""
    return progress([Step(DONE, DESK), step_of(late, "", waits=True)])


def people_of(topic: Topic, roster: Roster) -> list[Official]:
    """Who sees to it for the reporting unit: its head and its liaisons."""
    if topic.unit is None:
        return []
    head = roster.head_of(topic.unit)
    return list(dict.fromkeys([*([head] if head else []), *roster.of(topic.unit, Role.LIAISON)]))


def button(meeting: Meeting, topic: Topic, word: str, act: str) -> Button:
    """A button about one topic."""
    return Button(word, f"meeting:{meeting.id}:{act}:{topic.id}")


def late_card(meeting: Meeting, topic: Topic, holder: Official | None = None) -> str:
    """The name of the mayor's card; a stand-in's copies have a name of their own."""
    name = f"meeting:{meeting.id}:late:{topic.id}"
    return name if holder is None or holder.role is Role.MAYOR else f"{name}:{holder.id}"


def first_line(topic: Topic, wanted: str) -> Markup:
    """Whose late topic it is, and what is wanted of the reader."""
    return headline(topic.unit.name if topic.unit else "", f"临时议题“{topic.title}”", "", wanted)


def late_text(meeting: Meeting, topic: Topic, against: Sequence[str], ended: str = "") -> Markup:
    """The late topic as the mayor reads it."""
    lines = [
        first_line(topic, ended or ("已审定" if settled(topic) else "请您审定")),
        *([Markup("{}").format(settled(topic))] if settled(topic) else []),
        Markup("会议：{}").format(which(meeting)),
        Markup("理由：{}").format(topic.admission.reason if topic.admission else ""),
    ]
    if against and not ended and topic.late is LateState.PENDING:
        lines.append(Markup("⚠️ 会签：{}").format("；".join(against)))
    lines.append(Markup("会前10个工作日以内提出，除特殊情况外，会前一般不临时受理议题。{}").format(cite(54)))
    return Markup("\n").join(lines)


def late_buttons(meeting: Meeting, topic: Topic, holder: Official) -> Rows:
    """[同意列入] [不同意列入], a stand-in's marked 代."""
    if topic.late is not LateState.PENDING or not meeting.live:
        return ()
    mark = "" if holder.role is Role.MAYOR else "（代）"
    words = (("同意列入", YES), ("不同意列入", NO))
    return (tuple(button(meeting, topic, word + mark, act) for word, act in words),)


def outcome(meeting: Meeting, topic: Topic, roster: Roster) -> list[Notice]:
    """To the office and the reporting unit: what the mayor has decided."""
    agreed = topic.late is LateState.APPROVED
    text = Markup("{}\n{}\n会议：{}{}").format(
        first_line(topic, "同意列入" if agreed else "不同意列入，已删去"),
        settled(topic),
        which(meeting),
        cite(54),
    )
    people = dict.fromkeys([*keepers(meeting, roster), *people_of(topic, roster)])
    return [Notice(one, text, subject="临时议题审定", news=True) for one in people]


def silent(meeting: Meeting, topic: Topic, late: LateTopic, roster: Roster) -> list[Notice]:
    """To the desk, but for whoever keeps silent: nothing has been decided for two working days."""
    holder = late.holder
    text = Markup("{}\n报{}审定已两个工作日，尚未审定。{}\n会议：{}\n电话：{}").format(
        first_line(topic, "久未审定，请协助提醒"),
        late.whose,
        cite(54),
        which(meeting),
        (holder.phone if holder else "") or "花名册未载",
    )
    return [Notice(one, text, subject="临时议题久未审定") for one in roster.desk if one is not holder]
