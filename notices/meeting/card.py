"""A meeting's cards: each person's own, and the head that all of them share.

Nobody sees more than concerns them: who is there for their topic only reads that topic and about when it
comes.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from notices.calendar_file import Appointment, entry
from notices.card import files, headline, labelled, under
from notices.meeting import excuse as meeting_excuse
from notices.notice import Attachment, Button, Notice, Rows
from rules.articles import cite
from rules.dates.reading import moment_words, say_moment
from rules.meeting.attendance import Attendee, Part, Reply
from rules.meeting.matter import Meeting, MeetingPaper, MeetingState
from rules.meeting.sign_in import minutes_late
from rules.meeting.topic import Topic, starts_at
from rules.roster import Official
from rules.working_days import SHANGHAI

COME, EXCUSE, DEPUTY, CONFIRM, LEAVE = "come", "excuse", "deputy", "confirm", "leave"
PAPERS, CHANGE, CANCEL, LIST, RECORD = "papers", "change", "cancel", "list", "record"

# ---------------------------------------------------------------- the head


def sitting(meeting: Meeting, now: datetime | None = None) -> str:
    """When it is: 12月8日（周二）14:30至16:30; over midnight both days are written."""
    first, last = (moment.astimezone(SHANGHAI) for moment in (meeting.start, meeting.end))
    end = f"{last:%H:%M}" if first.date() == last.date() else say_moment(meeting.end, now)
    return f"{say_moment(meeting.start, now)}至{end}"


def titled(meeting: Meeting, wanted: object = "", who: object = "", what: str = "") -> Markup:
    """The first line of all that is said of it: title and beginning, and what is wanted of the reader."""
    first = meeting.start.astimezone(SHANGHAI)
    when = f"{first.month}月{first.day}日 {first:%H:%M}"
    return headline(who, f"“{meeting.title}”{what}" if who else meeting.title + what, when, wanted)


def head(meeting: Meeting, *, state: object = "") -> Markup:
    """Title, time, place and who presides; the year where it is not that of the call."""
    lines = [
        titled(meeting, state),
        Markup("时间：{}").format(sitting(meeting, meeting.created_at)),
        Markup("地点：{}").format(meeting.place),
    ]
    lines += labelled("主持", meeting.chair and meeting.chair.titled)
    if meeting.chair_reason:
        lines.append(Markup("{}").format(meeting.chair_reason))
    return Markup("\n").join(lines)


def agenda(topics: Iterable[Topic]) -> list[Markup]:
    """The topics, a line each."""
    lines = [Markup("{}").format(topic.numbered) for topic in topics]
    return [Markup("议题："), *lines] if lines else []


def topic_time(meeting: Meeting, topic: Topic) -> str:
    """About when the topic comes, where every topic before it says how long it takes; else how long it is."""
    start = starts_at(topic, meeting.topics, meeting.start)
    if topic.minutes and start is not None:
        end = start + timedelta(minutes=topic.minutes)
        return f"预计{start.astimezone(SHANGHAI):%H:%M}至{end.astimezone(SHANGHAI):%H:%M}"
    return f"约{topic.minutes}分钟" if topic.minutes else ""


# ---------------------------------------------------------------- the person's own card


def own_card(meeting: Meeting, official: Official) -> str:
    """The name of their card."""
    return f"meeting:{meeting.id}:own:{official.id}"


def state_words(meeting: Meeting, attendee: Attendee, now: datetime) -> str:
    """Where it stands for them, in a few words."""
    if meeting.state is not MeetingState.CALLED:
        return str(meeting.state)
    if attendee.unasked:
        return "由您主持"
    if attendee.reply is not None:
        return f"已答复{attendee.answered}"
    if now >= meeting.reply_by:
        return "回执已截止"
    until = meeting.reply_by.astimezone(SHANGHAI)
    wanted = "请您确认" if attendee.on_leave or attendee.prepared else "请您答复"
    return f"{wanted}，{until.month}月{until.day}日 {until:%H:%M}前"


def own_text(meeting: Meeting, attendee: Attendee, now: datetime) -> Markup:
    """Time, place, topics, their part, and what is asked of them."""
    lines = [head(meeting, state=state_words(meeting, attendee, now)), *_his_part(meeting, attendee)]
    lines += labelled("入场", meeting.entrance)
    if meeting.materials and attendee.part is not Part.TOPIC:
        names = "、".join(f"《{paper.name}》" for paper in meeting.materials)
        lines.append(Markup("材料：{}").format(names))
    if meeting.state is MeetingState.CANCELLED:
        lines.append(Markup("会议已取消：{}").format(meeting.cancel_reason))
        return Markup("\n").join(lines)
    lines += _answer(attendee)
    lines += _signed(meeting, attendee)
    lines += meeting_excuse.own_lines(meeting, attendee)
    lines += _asked(meeting, attendee, now)
    return Markup("\n").join(lines)


def his_agenda(meeting: Meeting, attendee: Attendee) -> list[Markup]:
    """The topics as far as they are theirs: all, or those they are there for, with about when they come."""
    if attendee.part is not Part.TOPIC:
        return agenda(meeting.topics)
    lines = []
    for topic in meeting.topics_of(attendee.official):
        when = topic_time(meeting, topic)
        lines.append(Markup("{}{}").format(topic.numbered, f"，{when}" if when else ""))
    return lines


def _his_part(meeting: Meeting, attendee: Attendee) -> Iterator[Markup]:
    if attendee.part is Part.TOPIC:
        yield Markup("您：列席下列议题，其余议题不用参加")
    else:
        presides = "，主持会议" if attendee.official is meeting.chair else ""
        yield Markup("您：{}{}").format(attendee.part, presides)
    yield from his_agenda(meeting, attendee)


def _answer(attendee: Attendee) -> Iterator[Markup]:
    if attendee.reply is not None and attendee.replied_at is not None:
        by = attendee.replied_by
        how = ""
        if by is not None and by is not attendee.official:
            how = f"，{by.titled}{f'据{attendee.source}' if attendee.source else ''}登记"
        said = f"{attendee.answered}（{moment_words(attendee.replied_at)}{how}）"
        yield Markup("回执：{}").format(said)


def _signed(meeting: Meeting, attendee: Attendee) -> Iterator[Markup]:
    if attendee.signed_in_at is not None:
        late = minutes_late(meeting, attendee)
        said = f"{moment_words(attendee.signed_in_at)}" + (f"，迟到{late}分钟" if late else "")
        yield Markup("签到：{}{}").format(said, f"，{attendee.came}代会" if attendee.came else "")


def _asked(meeting: Meeting, attendee: Attendee, now: datetime) -> Iterator[Markup]:
    """What they are to do, and by when."""
    if not meeting.live:
        return
    if now >= meeting.reply_by:
        if now < meeting.start and attendee.reply is None:
            yield Markup("回执已截止。能参加的，请即点「参加」；不能参加的，请电话报区政府办公室。")
        elif now < meeting.start:
            yield Markup("回执已截止，变更请与区政府办公室联系。")
        return
    until = say_moment(meeting.reply_by, meeting.created_at)
    if attendee.unasked:
        yield Markup("您主持会议，不用回执；不能出席的，请于{}前点「请假」。").format(until)
        return
    if attendee.prepared is not None and attendee.prepared_by is not None:
        yield Markup("{}代拟：{}，请您确认。").format(attendee.prepared_by.titled, prepared_words(attendee))
    if attendee.on_leave and attendee.reply is None:
        yield Markup("您{}已批准请假，请确认不能参加；能参加的，请点「参加」。").format(attendee.away)
    elif attendee.reply is None:
        must = f"，不能参加须请假。{cite(55)}" if meeting.formal else "。"
        yield Markup("请于{}前答复{}").format(until, must)
    else:
        if attendee.on_leave and not attendee.stays_away:
            yield Markup("您{}已批准请假：不能参加的，请点「确认请假」。").format(attendee.away)
        yield Markup("{}前可以改。").format(until)


def prepared_words(attendee: Attendee) -> str:
    """What was prepared for them, in words."""
    if attendee.prepared is Reply.DEPUTY:
        return f"派员（{attendee.prepared_post} {attendee.prepared_name}）"
    if attendee.prepared is Reply.EXCUSED:
        return f"请假（{attendee.prepared_reason}）"
    return str(attendee.prepared)


def own_buttons(meeting: Meeting, attendee: Attendee, now: datetime) -> Rows:
    """[参加] [请假], [派员列席] where allowed, one tap for what was prepared or for their leave; [材料]."""
    rows: list[tuple[Button, ...]] = []
    if meeting.sign_in_open and attendee.signed_in_at is None and not attendee.granted:
        rows.append((_button(meeting, "签到", "sign_in"),))
    if meeting.live and now < meeting.reply_by:
        if attendee.prepared is not None:
            rows.append((_button(meeting, f"确认{attendee.prepared}", CONFIRM),))
        rows.append(tuple(_button(meeting, word, act) for word, act in _answers(meeting, attendee)))
    elif meeting.live and now < meeting.start and (attendee.reply is None or attendee.denied):
        rows.append((_button(meeting, "参加", COME),))
    if meeting.live:
        rows += meeting_excuse.own_buttons(meeting, attendee)
    return (*rows, *papers_button(meeting, attendee))


def _answers(meeting: Meeting, attendee: Attendee) -> Iterator[tuple[str, str]]:
    if attendee.on_leave and not attendee.granted:
        yield "确认请假", LEAVE
    if not attendee.unasked:
        yield "参加", COME
    if not attendee.on_leave and not attendee.granted:
        yield "请假", EXCUSE
    if meeting.deputy_allowed(attendee):
        yield "派员列席", DEPUTY


def papers_button(meeting: Meeting, attendee: Attendee) -> Rows:
    """[材料] to have them sent once more; not for who is there for their topic only."""
    if not meeting.materials or attendee.part is Part.TOPIC or meeting.state is MeetingState.CANCELLED:
        return ()
    return ((_button(meeting, "材料", PAPERS),),)


def _button(meeting: Meeting, word: str, act: str) -> Button:
    return Button(word, f"meeting:{meeting.id}:{act}")


def own(meeting: Meeting, attendee: Attendee, now: datetime, why: str = "") -> Notice:
    """Their card; `why` stands above it (a change, a reminder)."""
    text = own_text(meeting, attendee, now)
    return Notice(
        attendee.official,
        under(why, text),
        own_buttons(meeting, attendee, now),
        subject=f"{meeting.title}会议通知",
        card=own_card(meeting, attendee.official),
        quiet=attendee.unasked,
        until=meeting.reply_by,
    )


def papers(meeting: Meeting, to: Official, some: Sequence[MeetingPaper] | None = None) -> list[Notice]:
    """The materials as files, all or `some`."""
    held = meeting.materials if some is None else some
    caption, subject = f"“{meeting.title}”会议材料", f"{meeting.title}会议材料"
    return files(to, ((caption, paper) for paper in held), subject=subject, matter=f"meeting:{meeting.id}")


def calendar_entry(meeting: Meeting, attendee: Attendee, now: datetime, *, off: bool = False) -> Attachment:
    """The .ics for their phone: only the topics they are there for, if any; `off` takes it out again."""
    topics = meeting.topics_of(attendee.official) if attendee.part is Part.TOPIC else meeting.topics
    text = "\n".join([*(topic.numbered for topic in topics), meeting.entrance]).strip()
    organiser = meeting.called_by.unit.full_name
    what = Appointment(meeting.title, meeting.start, meeting.end, meeting.place, text, organiser)
    off = off or meeting.state is MeetingState.CANCELLED
    unsaid = attendee.reply is None and not attendee.denied  # moved: they are asked anew
    return entry(meeting, what, attendee.official, now=now, off=off, tentative=unsaid)


# ---------------------------------------------------------------- their liaison's card


def liaison_card(meeting: Meeting, attendee: Attendee) -> str:
    """The name of the card by which their liaison prepares an answer."""
    return f"meeting:{meeting.id}:liaison:{attendee.official.id}"


def liaison_text(meeting: Meeting, attendee: Attendee, now: datetime) -> Markup:
    """Who is called to what; reasons are the person's own."""
    who = attendee.official.titled
    lines = [
        head(meeting, state=_for_liaison(meeting, attendee, now)),
        Markup("{}：{}").format(who, attendee.part),
        *agenda(meeting.topics_of(attendee.official) if attendee.part is Part.TOPIC else meeting.topics),
    ]
    if attendee.reply is not None:
        lines.append(Markup("已答复：{}").format(attendee.reply))
    elif attendee.prepared is not None:
        lines.append(Markup("已代拟：{}，待本人确认。").format(attendee.prepared))
    elif meeting.live and now < meeting.reply_by:
        until = say_moment(meeting.reply_by, meeting.created_at)
        lines.append(Markup("可代拟回执，由本人于{}前确认。").format(until))
    return Markup("\n").join(lines)


def _for_liaison(meeting: Meeting, attendee: Attendee, now: datetime) -> str:
    who = attendee.official.name
    if not meeting.live:
        return str(meeting.state)
    if attendee.reply is not None:
        return f"{who}已答复"
    return f"{who}待确认" if attendee.prepared or now >= meeting.reply_by else f"可为{who}代拟回执"


def liaison_buttons(meeting: Meeting, attendee: Attendee, now: datetime) -> Rows:
    """[代拟参加] [代拟请假] [代拟派员], until they have answered."""
    if not meeting.live or now >= meeting.reply_by or attendee.reply is not None:
        return ()
    words = [("代拟参加", COME), ("代拟请假", EXCUSE)]
    if meeting.deputy_allowed(attendee):
        words.append(("代拟派员", DEPUTY))
    return (tuple(Button(word, f"meeting:{meeting.id}:prepare:{attendee.id}:{act}") for word, act in words),)


def to_liaison(meeting: Meeting, attendee: Attendee, liaison: Official, now: datetime) -> Notice:
    """The card for one liaison of their unit."""
    return Notice(
        liaison,
        liaison_text(meeting, attendee, now),
        liaison_buttons(meeting, attendee, now),
        subject=f"{meeting.title}会议通知",
        card=liaison_card(meeting, attendee),
    )
