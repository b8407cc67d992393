"""签到 as people see it: the card to tap, the QR code at the door, the office's live card of who is there.

Who is expected and does not come is named to the office desk only.
"""

# ruff: noqa: PLC0415 - segno is loaded with the first code, not when the bot starts

import io
from collections.abc import Iterable, Iterator
from typing import Final

from markupsafe import Markup

from notices.meeting.card import sitting, titled
from notices.notice import Attachment, Button, Notice, Rows, Urgency
from rules.articles import cite
from rules.dates.reading import moment_words
from rules.meeting.attendance import Attendee, Group
from rules.meeting.count import Quorum, by_group, signed_in
from rules.meeting.matter import Meeting, MeetingState
from rules.meeting.presence import Presence, outcomes, presence, there
from rules.meeting.sign_in import minutes_late, missing
from rules.roster import OFFICE_DESK, Official

OPEN, CLOSE, SHOW, CODE = "open", "close", "show", "code"
SIGN_IN, CORRECT, ATTENDANCE = "sign_in", "correct", "attendance"
PAYLOAD: Final = "qd"
_SCALE: Final = 12
"""Pixels to a module: readable on a wall and printed."""


# ---------------------------------------------------------------- the code at the door


def payload(meeting: Meeting) -> str:
    """What follows start= in the deep link."""
    return f"{PAYLOAD}_{meeting.id}_{meeting.sign_in_code}"


def picture(meeting: Meeting, bot_name: str) -> bytes:
    """The QR code as a PNG."""
    import segno

    written = io.BytesIO()
    link = f"https://t.me/{bot_name}?start={payload(meeting)}"
    segno.make(link, error="m", micro=False).save(written, kind="png", scale=_SCALE, border=4)
    return written.getvalue()


def code(meeting: Meeting, to: Official, bot_name: str) -> Notice:
    """The picture to be printed or shown at the door."""
    text = Markup(
        "<b>{}签到二维码</b>\n请打印张贴或在会场投屏。名单内的同志扫码后点「开始」即签到；结束签到后此码作废。"
    ).format(meeting.title)
    return Notice(
        to,
        text,
        subject=f"{meeting.title}签到二维码",
        attachment=Attachment("签到二维码.png", picture(meeting, bot_name), photo=True),
        urgency=Urgency.ANSWER,
    )


# ---------------------------------------------------------------- who signs in


def here_card(meeting: Meeting, official: Official) -> str:
    """The name of the card by which they sign in."""
    return f"meeting:{meeting.id}:here:{official.id}"


def ask(meeting: Meeting, official: Official, for_whom: Official | None = None) -> Notice:
    """[签到], when it opens; to who was sent for another it says for whom."""
    whose = Markup("\n您受派代{}参会。").format(for_whom.titled) if for_whom else Markup("")
    text = Markup("{}\n时间：{}\n地点：{}{}\n到会后请点「签到」，或扫会场的二维码。").format(
        titled(meeting, "请您签到"), sitting(meeting, meeting.created_at), meeting.place, whose
    )
    button = Button("签到", f"meeting:{meeting.id}:{SIGN_IN}")
    return Notice(
        official, text, ((button,),), subject=f"{meeting.title}签到", card=here_card(meeting, official)
    )


def here(meeting: Meeting, attendee: Attendee) -> Markup:
    """What the card becomes once they have signed in, or once it is too late."""
    if attendee.signed_in_at is None:
        why = (
            "会议已取消"
            if meeting.state is MeetingState.CANCELLED
            else "签到已结束，已到会的请与会务人员联系"
        )
        return Markup("{}\n{}。").format(titled(meeting, "未签到"), why)
    return Markup("{}\n{}").format(titled(meeting, "已签到"), signed(meeting, attendee))


def signed(meeting: Meeting, attendee: Attendee) -> str:
    """12月8日14:41签到，迟到11分钟；财政局副局长 某某代会."""
    if attendee.signed_in_at is None:
        return str(presence(meeting, attendee))
    said = f"{moment_words(attendee.signed_in_at)}签到{_late(meeting, attendee)}"
    return said + (f"；{attendee.came}代会" if attendee.came else "")


def corrected(meeting: Meeting, attendee: Attendee, by: Official) -> Notice:
    """To the person: the office has put their sign-in right."""
    now = signed(meeting, attendee)
    text = Markup("{}\n{}更正为：{}。如有不符，请与区政府办公室联系。")
    first = titled(meeting, "您的签到已更正")
    return Notice(attendee.official, text.format(first, by.titled, now), subject="签到更正")


# ---------------------------------------------------------------- the office's card of the door


def door_card(meeting: Meeting, official: Official) -> str:
    """The name of the live card; who is not at the office desk has one without those missing."""
    return f"meeting:{meeting.id}:door" + ("" if official.role in OFFICE_DESK else ":caller")


def door_text(meeting: Meeting, *, desk: bool) -> Markup:
    """Who is there: members and others, the line of art. 49, who came for whom, and who is missing."""
    members = [one for one in meeting.attendees if one.member]
    others = [one for one in meeting.attendees if not one.member]
    lines = [
        titled(meeting, "签到中" if meeting.sign_in_open else "签到已结束"),
        Markup("时间：{}").format(sitting(meeting, meeting.created_at)),
        Markup("<b>到会{}/应到{}人</b>").format(there(outcomes(meeting, members)), len(members)),
    ]
    if others:
        lines.append(Markup("列席到会{}/{}人").format(there(outcomes(meeting, others)), len(others)))
    quorum = signed_in(meeting)
    if quorum:
        lines.append(quorum_line(quorum))
    late = [one for one in meeting.attendees if presence(meeting, one) is Presence.LATE]
    lines += _named("迟到", (f"{one.official.name}{minutes_late(meeting, one)}分钟" for one in late))
    came = [one for one in meeting.attendees if presence(meeting, one) is Presence.DEPUTY]
    lines += _named("代会", (f"{one.came}（代{one.official.name}{_late(meeting, one)}）" for one in came))
    if desk:
        lines += list(_missing(meeting))
    return Markup("\n").join(lines)


def quorum_line(quorum: Quorum) -> Markup:
    """Whether more than half of those expected are there (art. 49)."""
    if quorum.holds:
        return Markup("✅ 到会{}人，已过半数（须{}人以上）。{}").format(
            quorum.certain, quorum.needed, cite(49)
        )
    return Markup("⚠️ 到会{}人，未过半数，还差{}人。{}").format(
        quorum.certain, quorum.needed - quorum.certain, cite(49)
    )


def _late(meeting: Meeting, one: Attendee) -> str:
    return f"，迟到{minutes}分钟" if (minutes := minutes_late(meeting, one)) else ""


def _named(heading: str, names: Iterable[str]) -> list[Markup]:
    said = "、".join(names)
    return [Markup("{}：{}").format(heading, said)] if said else []


def _missing(meeting: Meeting) -> Iterator[Markup]:
    """For the office desk only."""
    found: dict[Group, list[Attendee]] = by_group(missing(meeting))
    if found:
        word = presence(meeting, next(iter(found.values()))[0])
        yield Markup("<b>{}（仅办公室可见）</b>").format(word)
    for group, people in found.items():
        yield Markup("{}：{}").format(group, "、".join(one.official.name for one in people))


def door_buttons(meeting: Meeting, *, desk: bool) -> Rows:
    """[签到二维码] [结束签到] while it is open; [更正签到] [签到表] also after."""
    rows: list[tuple[Button, ...]] = []
    if meeting.sign_in_open:
        rows.append((_door(meeting, "签到二维码", CODE), _door(meeting, "结束签到", CLOSE)))
    elif meeting.live:
        rows.append((_door(meeting, "重新开启签到", OPEN),))
    correct = [Button("更正签到", f"meeting:{meeting.id}:{CORRECT}")] if desk else []
    return (*rows, (*correct, Button("签到表", f"meeting:{meeting.id}:{ATTENDANCE}")))


def _door(meeting: Meeting, word: str, act: str) -> Button:
    return Button(word, f"meeting:{meeting.id}:door:{act}")


def door(meeting: Meeting, to: Official) -> Notice:
    """The card for one of those who run the meeting."""
    desk = to.role in OFFICE_DESK
    return Notice(
        to,
        door_text(meeting, desk=desk),
        door_buttons(meeting, desk=desk),
        subject=f"{meeting.title}签到",
        card=door_card(meeting, to),
    )


# ---------------------------------------------------------------- when it begins


def offer_card(meeting: Meeting) -> str:
    """The name of the card that offers 开始签到."""
    return f"meeting:{meeting.id}:offer"


def offer(meeting: Meeting, to: Official) -> Notice:
    """Shortly before the start, to the office: shall people sign in?"""
    text = Markup("{}\n时间：{}\n地点：{}\n开会以后签到的记为迟到。").format(
        titled(meeting, "即将召开，请开启签到"), sitting(meeting, meeting.created_at), meeting.place
    )
    return Notice(
        to,
        text,
        ((_door(meeting, "开始签到", OPEN),),),
        subject=f"{meeting.title}签到",
        card=offer_card(meeting),
        until=meeting.start,
    )


def offer_taken(meeting: Meeting) -> Markup:
    """What that card becomes."""
    word = "签到已开启" if meeting.sign_in_at else str(meeting.state)
    return titled(meeting, word)


def at_the_start(meeting: Meeting, quorum: Quorum, people: Iterable[Official]) -> list[Notice]:
    """To the office and who presides: how many are there, over half or not (art. 49)."""
    text = Markup("{}\n应到{}人\n{}").format(
        titled(meeting, "到会情况"), quorum.expected, quorum_line(quorum)
    )
    return [Notice(one, text, subject=f"{meeting.title}到会情况") for one in people]


def door_button(meeting: Meeting) -> Rows:
    """[开始签到], or how it stands; after a meeting without one, what the paper list says."""
    if meeting.sign_in_at is not None and meeting.state is not MeetingState.CANCELLED:
        return ((_door(meeting, "签到情况", SHOW),),)
    if meeting.live:
        return ((_door(meeting, "开始签到", OPEN),),)
    if meeting.state is MeetingState.OVER:
        return ((Button("补登签到", f"meeting:{meeting.id}:{CORRECT}"),),)
    return ()
