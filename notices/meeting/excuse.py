"""What is said of staying away from a meeting (art. 55): to the person, to whoever decides, to the office.

The reason goes to the person, to who decides, to the mayor and to the office only.
"""

from collections.abc import Iterable

from markupsafe import Markup

from notices.card import asks, beside, headline, introduced, labelled, mark_of, named, under
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.dates.reading import moment_words, say_moment
from rules.meeting.attendance import Attendee, Reply
from rules.meeting.count import Quorum, quorum_of
from rules.meeting.excuse import Excuse, ExcuseState
from rules.meeting.excusing import article_of
from rules.meeting.matter import HELD, Meeting, MeetingState
from rules.meeting.nudges import occasion
from rules.roster import LEADERS, OFFICE_DESK, Official, Role, Roster

GRANT, DENY, RATIFY, VOID = "grant", "deny", "ratify", "void"
REPORT, PAPER, SHOW, REPORTS = "report", "paper", "show", "reports"


def which(meeting: Meeting) -> str:
    """The meeting in one line: 区政府常务会议，12月8日（周二）14:30."""
    return f"{meeting.title}，{say_moment(meeting.start, meeting.created_at)}"


# ---------------------------------------------------------------- on the person's own card


def own_lines(meeting: Meeting, attendee: Attendee) -> list[Markup]:
    """Where their excuse stands, on the person's own card."""
    excuse = attendee.excuse
    if excuse is None:
        return []
    if excuse.by_leave:
        return [Markup("{}").format(excuse.reason)]
    lines = [Markup("请假事由：{}").format(excuse.reason)]
    if excuse.state is ExcuseState.PENDING:
        waits = "会议已开，待{}追认" if occasion(meeting).overtook(excuse) else "待{}审批"
        lines.append(Markup("{}").format(waits.format(excuse.whose)))
        lines += _report_line(excuse, "未交，请尽快补交，收到前不予准假。" + cite(55))
    elif excuse.done and excuse.decided_by:
        lines.append(Markup("{}").format(excuse.done))
    if excuse.state is ExcuseState.DENIED:
        lines.append(Markup("请按时参加。{}").format(cite(article_of(meeting))))
    return lines


def own_buttons(meeting: Meeting, attendee: Attendee) -> Rows:
    """[写请假报告] as long as the excuse waits; a later report replaces the first."""
    excuse = attendee.excuse
    if excuse is None or not excuse.written or excuse.state is not ExcuseState.PENDING:
        return ()
    word = "写请假报告" if excuse.report_missing else "重写请假报告"
    return ((_button(meeting, word, REPORT, attendee),),)


def _report_line(excuse: Excuse, missing: str) -> list[Markup]:
    if not excuse.written:
        return []
    if excuse.report_missing:
        return [Markup("书面请假报告：{}").format(missing)]
    at = f"（{moment_words(excuse.reported_at)}）" if excuse.reported_at else ""
    return [Markup("书面请假报告：已交{}").format(at)]


# ---------------------------------------------------------------- the card of whoever decides


def excuse_card(meeting: Meeting, attendee: Attendee, holder: Official | None = None) -> str:
    """The name of the card; a stand-in's copies have a name of their own."""
    name = f"meeting:{meeting.id}:excuse:{attendee.id}"
    excuse = attendee.excuse
    own = holder is None or (excuse is not None and holder is excuse.decider)
    return name if own or holder is None else f"{name}:{holder.id}"


def _first(attendee: Attendee, meeting: Meeting, wanted: object, late: str = "") -> Markup:
    """The first line: who asks to stay away from which meeting, and what is wanted of the reader."""
    return headline(introduced(attendee.official), f"{late}请假不参加“{meeting.title}”", "", wanted)


def text(
    meeting: Meeting, attendee: Attendee, excuse: Excuse, state: str = "", *, wanted: str = ""
) -> Markup:
    """The excuse as who decides reads it, with where it stands, or what is `wanted` of them."""
    late = "补报" if excuse.raised_at >= meeting.reply_by else ""
    lines = [
        _first(attendee, meeting, state or wanted or _state_words(meeting, excuse), late),
        Markup("会议：{}").format(which(meeting)),
        Markup("{}：{}").format(attendee.official.titled, attendee.part),
        Markup("事由：{}").format(excuse.reason),
    ]
    if attendee.source and attendee.replied_by is not None and attendee.reply is Reply.EXCUSED:
        lines.append(Markup("{}据{}登记").format(attendee.replied_by.titled, attendee.source))
    lines += _report_line(excuse, "未交，收到后方可准假。")
    if excuse.state is not ExcuseState.PENDING:
        lines += [Markup("{}").format(excuse.done)] if excuse.decided_by else []
        lines += labelled("附言" if excuse.decided_by else "说明", excuse.comment)
        return Markup("\n").join(lines)
    quorum = _quorum(meeting, attendee, excuse)
    if quorum and not state:
        short = "⚠️ " if quorum.possible < quorum.needed else ""
        line = Markup("{}应到{}人，须{}人以上出席；除已请假的，最多可到{}人。")
        lines.append(line.format(short, quorum.expected, quorum.needed, quorum.possible))
    articles = [49, 55] if quorum else [article_of(meeting)]
    lines.append(Markup("{}").format(cite(*articles)))
    return Markup("\n").join(lines)


def _quorum(meeting: Meeting, attendee: Attendee, excuse: Excuse) -> Quorum | None:
    """What is left of it, where this member's staying away still counts for it."""
    return quorum_of(meeting) if attendee.member and not occasion(meeting).overtook(excuse) else None


def _state_words(meeting: Meeting, excuse: Excuse) -> str:
    if excuse.state is not ExcuseState.PENDING:
        return str(excuse.state)
    if occasion(meeting).overtook(excuse):
        return f"会议已开，待{excuse.whose}追认"
    if excuse.unattended_at:
        return "待批，暂无人代为审批"
    return f"待{named(excuse.holder)}审批"


def buttons(meeting: Meeting, attendee: Attendee, holder: Official) -> Rows:
    """[准假] [不准假], a stand-in's marked 代; the report, or that the office has it on paper.

    Once the meeting has begun [追认] [作废].
    """
    excuse = attendee.excuse
    if excuse is None or meeting.state not in HELD:
        return ()
    rows: list[tuple[Button, ...]] = []
    if excuse.state is ExcuseState.PENDING:
        mark = mark_of(excuse.decider, holder)
        past = occasion(meeting).overtook(excuse)
        decide = (("追认", RATIFY), ("作废", VOID)) if past else (("准假", GRANT), ("不准假", DENY))
        rows.append(tuple(_button(meeting, word + mark, act, attendee) for word, act in decide))
        if not past:
            rows.append(beside(rows[0][0], GRANT, excuse_card(meeting, attendee)))
        if excuse.report_missing and holder.role in OFFICE_DESK:
            rows.append((_button(meeting, "已收纸质报告", PAPER, attendee),))
    if excuse.written and not excuse.report_missing:
        rows.append((_button(meeting, "看请假报告", SHOW, attendee),))
    return tuple(rows)


def _button(meeting: Meeting, word: str, act: str, attendee: Attendee) -> Button:
    return Button(word, f"meeting:{meeting.id}:{act}:{attendee.id}")


def to_decide(meeting: Meeting, attendee: Attendee, excuse: Excuse, to: Official, why: str = "") -> Notice:
    """The card for who decides now; `why` stands above it."""
    quorum = _quorum(meeting, attendee, excuse)
    return Notice(
        to,
        under(why, text(meeting, attendee, excuse, wanted=asks("审批", to, excuse.decider))),
        buttons(meeting, attendee, to),
        subject=f"{attendee.official.titled}的会议请假待审批",
        card=excuse_card(meeting, attendee, to),
        warns=quorum is not None and quorum.possible < quorum.needed,
        until=meeting.start,
    )


def silent(meeting: Meeting, attendee: Attendee, excuse: Excuse, roster: Roster) -> list[Notice]:
    """To the desk, but for whoever keeps silent: nothing has been decided for two working days."""
    holder = excuse.holder
    phone = holder.phone if holder else ""
    text = Markup("{}\n送{}审批已两个工作日，尚未审批。{}\n会议：{}\n电话：{}").format(
        _first(attendee, meeting, "久未审批，请协助提醒"),
        excuse.whose,
        cite(article_of(meeting)),
        which(meeting),
        phone or "花名册未载",
    )
    told, matter = [one for one in roster.desk if one is not holder], excuse_card(meeting, attendee)
    return [Notice(one, text, subject="会议请假久未审批", matter=matter, on_card=True) for one in told]


def holders(excuse: Excuse) -> list[Official]:
    """Everybody who may have its card."""
    people = dict.fromkeys([excuse.decider, excuse.stand_in, excuse.decided_by])
    return [one for one in people if one is not None]


def ended(meeting: Meeting, attendee: Attendee, excuse: Excuse) -> str:
    """Why nobody has to decide any more."""
    if meeting.state is MeetingState.CANCELLED:
        return "会议已取消"
    if attendee.official.left_at is not None:
        return "本人已离任"
    if attendee not in meeting.attendees or attendee.excuse is excuse:
        return "已不在参会名单"
    if attendee.excuse is not None and attendee.excuse.by_leave:
        return "请假报告已批准，不再另行请假"
    words = {Reply.COMING: "改为参加", Reply.DEPUTY: "改为派员", Reply.EXCUSED: "已重新请假"}
    return words[attendee.reply] if attendee.reply else "会议时间有变，重新答复"


# ---------------------------------------------------------------- the person


def granted(meeting: Meeting, attendee: Attendee, excuse: Excuse) -> Notice:
    """They may stay away."""
    first = headline("", f"您请假不参加“{meeting.title}”", "", f"{named(excuse.decided_by)}已准假")
    line = Markup("{}\n会议：{}").format(first, which(meeting))
    line = Markup("\n").join([line, *labelled("附言", excuse.comment)])
    return Notice(attendee.official, line, subject="会议请假已准", matter=f"meeting:{meeting.id}", news=True)


def denied(meeting: Meeting, excuse: Excuse) -> str:
    """Above their own card: they are expected."""
    return f"{excuse.by}不准假，请按时参加，并点「参加」确认。{cite(article_of(meeting))}"


# ---------------------------------------------------------------- the office and the mayor


def told_card(meeting: Meeting, attendee: Attendee) -> str:
    """The name of the office's line on a leader's excuse, kept up to date."""
    return f"meeting:{meeting.id}:told:{attendee.id}"


def told_text(meeting: Meeting, attendee: Attendee, excuse: Excuse, state: str = "") -> Markup:
    """What the office is told of a leader's excuse (并告知区政府办公室, art. 55)."""
    who = introduced(attendee.official)
    if attendee.official.role is Role.MAYOR:
        first = headline(who, f"不能出席“{meeting.title}”", "", state)
    else:
        first = _first(attendee, meeting, state or str(excuse.state))
    lines = [first, Markup("会议：{}").format(which(meeting)), Markup("事由：{}").format(excuse.reason)]
    if not state and excuse.decided_by:
        lines.append(Markup("{}").format(excuse.done))
    return Markup("\n").join([*lines, Markup("{}").format(cite(article_of(meeting)))])


def told(meeting: Meeting, attendee: Attendee, excuse: Excuse, desk: Iterable[Official]) -> list[Notice]:
    """To the desk: a leader has asked to stay away."""
    shown = told_text(meeting, attendee, excuse)
    card = told_card(meeting, attendee)
    return [
        Notice(one, shown, subject="区领导会议请假", card=card)
        for one in desk
        if one is not attendee.official and one not in holders(excuse)
    ]


def leads(official: Official) -> bool:
    """Whether their excuse is told to the office at once (art. 55)."""
    return official.role in LEADERS


def added(meeting: Meeting, attendee: Attendee, excuse: Excuse, to: Official) -> Notice:
    """To the mayor, after the summary: one more (补报)."""
    who = f"由{excuse.whose}审批。" if excuse.state is ExcuseState.PENDING else f"{excuse.state}。"
    lines = [
        _first(attendee, meeting, "", "补报"),
        Markup("会议：{}").format(which(meeting)),
        Markup("{}，事由：{}").format(attendee.part, excuse.reason),
        Markup("{}{}").format(who, cite(55)),
    ]
    return Notice(to, Markup("\n").join(lines), subject="会议请假补报")


def chair_passed(meeting: Meeting, title: str, why: str, told: Iterable[Official]) -> list[Notice]:
    """Who presides now, or that nobody can."""
    shown = Markup("{}\n会议：{}\n{}").format(headline("", f"“{meeting.title}”{title}"), which(meeting), why)
    return [Notice(one, shown, subject=title) for one in told]
