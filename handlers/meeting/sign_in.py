"""签到: opened and closed by who runs the meeting, tapped or scanned by the people, corrected."""

import hmac
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from markupsafe import Markup
from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.context import PRIVATE, Context, Route, sender
from handlers.forms.kinds import Form, asks
from handlers.taps import Tap, on_tap
from matters.meeting import paper
from matters.meeting import sign_in as sign_in_matter
from notices.meeting import sign_in as notices
from notices.notice import Notice, Urgency
from rules.fields import Choice, OfficialField, Scene, Text
from rules.forms import Problem, Values
from rules.meeting.attendance import Deputy
from rules.meeting.matter import Meeting
from rules.meeting.sign_in import (
    DOOR,
    Correction,
    awaited_at,
    close_sign_in,
    correct,
    may_correct,
    may_run_door,
    minutes_late,
    open_sign_in,
    sign_in,
)
from rules.refused import Refused
from rules.roster import Official
from rules.working_days import SHANGHAI
from storage.queries.meeting.meetings import count_soon
from storage.unit_of_work import UnitOfWork

SCANNED: Final = rf"^/start(?:@\w+)?\s+{notices.PAYLOAD}_(?P<id>\d{{1,9}})_(?P<code>[\w-]{{1,32}})\s*$"
_CLOCK: Final = re.compile(r"(\d{1,2})\s*[:：点时]\s*(\d{1,2}|半)?\s*分?")
CAME, LATE, SENT, ABSENT = "到会", "迟到", "他人代会", "未到"

# ---------------------------------------------------------------- opened and closed


@on_tap("meeting:<id>:door:open|close|show|code", Meeting)
async def door(tap: Tap[Meeting]) -> str:
    """[开始签到] [签到情况] [签到二维码] [结束签到]."""
    work, official, meeting = tap.work, tap.official, tap.matter
    meeting.may_manage(official)
    match tap.act:
        case notices.OPEN:
            await _open(work, meeting, official)
            await work.send(notices.code(meeting, official, tap.query.get_bot().username))
            return "签到已开启。"
        case notices.CLOSE:
            close_sign_in(meeting, official, work.now)
            await _closed(work, meeting, official)
            return "签到已结束。"
        case notices.CODE:
            if not meeting.sign_in_open:
                raise Refused("签到没有开启，二维码无效；请先点「开始签到」。")
            await work.send(notices.code(meeting, official, tap.query.get_bot().username))
        case _:
            await work.send(notices.door(meeting, official))
    return ""


async def _open(work: UnitOfWork, meeting: Meeting, official: Official) -> None:
    may_run_door(meeting, official, work.now)
    open_sign_in(meeting, official, secrets.token_urlsafe(12), work.now)
    await work.note(official, "meeting.open_sign_in", f"meeting:{meeting.id}", article=meeting.article)
    terms = work.office.settings.meeting
    await work.timer(DOOR, meeting.id, meeting.end + timedelta(minutes=terms.sign_in_minutes))
    await work.redraw(notices.offer_card(meeting), notices.offer_taken(meeting))
    await sign_in_matter.call(work, meeting)
    await sign_in_matter.send_door(work, meeting)
    await count_soon(work, meeting)


async def _closed(work: UnitOfWork, meeting: Meeting, official: Official) -> None:
    await work.drop_timers(DOOR, meeting.id)
    await work.note(official, "meeting.close_sign_in", f"meeting:{meeting.id}", article=meeting.article)
    await sign_in_matter.closed(work, meeting)


# ---------------------------------------------------------------- signing in


@on_tap("meeting:<id>:sign_in|correct|attendance", Meeting)
async def other(tap: Tap[Meeting]) -> str:
    """[签到] of a person; [更正签到] and [签到表] of the office."""
    work, official, meeting = tap.work, tap.official, tap.matter
    match tap.act:
        case notices.SIGN_IN:
            return await _sign_in(work, meeting, official, "点签")
        case notices.CORRECT:
            may_correct(meeting, official, work.acted_at)
            people = sorted(meeting.attendees, key=lambda one: one.signed_in_at is not None)
            hidden = {"meeting": meeting.id, "people": [one.official.id for one in people]}
            await tap.begin(correcting, hidden)
            return ""
        case _:
            meeting.may_manage(official)
            await work.send(*await paper.papers(work, meeting, official))
            return ""


async def _sign_in(work: UnitOfWork, meeting: Meeting, official: Official, how: str) -> str:
    place = sign_in(meeting, official, work.acted_at)
    late = minutes_late(meeting, place)
    await work.note(
        official,
        "meeting.sign_in",
        f"meeting:{meeting.id}",
        acting_for=place.official if place.came else None,
        detail={"how": how, "late": late},
    )
    await sign_in_matter.entered(work, meeting, place, official)
    if not meeting.sign_in_open:  # it was closed while the tap waited
        await sign_in_matter.redraw_door(work, meeting)
    return "已签到" + (f"，迟到{late}分钟。" if late else "。")


async def scanned(update: Update, context: Context) -> None:
    """The QR code at the door: /start with its meeting and code. A wrong or an old one says so."""
    match = context.match
    if match is None:
        return
    work, official = context.work, await sender(update, context)
    meeting = await work.lock(Meeting, int(match["id"]))
    if not meeting.sign_in_code or not hmac.compare_digest(meeting.sign_in_code, match["code"]):
        raise Refused("这个签到码已经作废，请扫会场现在的二维码。")
    said = await _sign_in(work, meeting, official, "扫码")
    text = Markup("<b>{}</b>\n{}").format(meeting.title, said)
    await work.send(Notice(official, text, subject=f"{meeting.title}签到", urgency=Urgency.ANSWER))


# ---------------------------------------------------------------- put right by the office


def _listed(scene: Scene) -> list[Official]:
    found = (scene.roster.by_id(id) for id in scene.values.get("people") or [])
    return [one for one in found if one is not None]


def _is(*words: str) -> Callable[[Values], bool]:
    return lambda values: values.get("how") in words


def _meant(meeting: Meeting, values: Values, now: datetime) -> Correction:
    """What was entered; who came without a time was there at the start."""
    if values["how"] == ABSENT:
        return Correction(None)
    came = Deputy(values["name"], values.get("post") or "") if values["how"] == SENT else None
    at = _at(meeting, values["at"]) if values["how"] == LATE else None
    return Correction(at or min(meeting.start, now), came)


def _at(meeting: Meeting, written: str) -> datetime:
    """14:45 or 14点45分 on the day of the meeting."""
    hour, minute = _clock(written)
    day = meeting.start.astimezone(SHANGHAI)
    return day.replace(hour=hour, minute=minute, second=0).astimezone(UTC)


def _clock(written: str) -> tuple[int, int]:
    found = _CLOCK.fullmatch(written)
    hour = int(found[1]) if found else 24
    minute = 30 if found and found[2] == "半" else int((found and found[2]) or 0)
    if hour > 23 or minute > 59:
        raise Refused("请写几点几分")
    return hour, minute


def _is_clock(written: str, _scene: Scene) -> None:
    _clock(written)


async def _check(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:  # noqa: ARG001
    meeting = await work.lock(Meeting, values["meeting"])
    if values["how"] != LATE:
        return []
    at, awaited = _at(meeting, values["at"]), awaited_at(meeting, meeting.place_of(values["official"]))
    if awaited is None:
        return [Problem("how", "其列席的议题没有写明何时开始，不计迟到，请改选。")]
    if at <= awaited:
        return [Problem("at", f"{values['at']}没有晚于应到会的时间，不算迟到，请核对。")]
    if at > work.acted_at:
        return [Problem("at", f"{values['at']}还没有到，请核对。")]
    return []


@asks(
    "meeting.correct",
    "更正签到",
    OfficialField("official", "人员", ask="更正谁的签到？", among=_listed),
    Choice("how", "情况", ask="实际情况是？", options=(CAME, LATE, SENT, ABSENT), columns=2),
    Text(
        "name",
        "代会人",
        ask="谁来代会？请写姓名。",
        example="姜羽翔",
        longest=20,
        shown=_is(SENT),
    ),
    Text(
        "post",
        "职务",
        ask="代会人是什么职务？",
        example="财政局副局长",
        longest=40,
        optional=True,
        shown=_is(SENT),
    ),
    Text(
        "at",
        "时间",
        ask="会议当天几点到的？",
        example="14:45",
        longest=10,
        check=_is_clock,
        shown=_is(LATE),
    ),
    check=_check,
)
async def correcting(work: UnitOfWork, official: Official, values: Values) -> Markup:
    meeting = await work.lock(Meeting, values["meeting"])
    place = meeting.place_of(values["official"])
    was = notices.signed(meeting, place)
    correct(meeting, official, place, _meant(meeting, values, work.acted_at), work.acted_at)
    now = notices.signed(meeting, place)
    await work.note(
        official,
        "meeting.correct",
        f"meeting:{meeting.id}",
        detail={"for": place.official.titled, "was": was, "now": now},
    )
    await sign_in_matter.entered(work, meeting, place)
    if not meeting.live:
        await sign_in_matter.redraw_door(work, meeting)
    if place.official is not official:
        await work.send(notices.corrected(meeting, place, official))
    return Markup("已更正：{}{}（原为{}）。").format(place.official.name, now, was)


FORMS: tuple[Form, ...] = (correcting,)
ROUTES: list[Route] = [
    MessageHandler(PRIVATE & filters.Regex(SCANNED), scanned),
    door,
    other,
]
