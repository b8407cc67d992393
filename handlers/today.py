"""Numbers of the desk's card 今日要办: a matter is opened, and whoever opens it first is on it."""

from dataclasses import replace
from typing import Final

from markupsafe import Markup

from handlers.context import Route
from handlers.procedures import PROCEDURES
from handlers.taps import Tap, on_tap
from notices import today as notices
from notices.notice import Notice, Urgency
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official
from storage.desk import REDRAW
from storage.queries import desk
from storage.unit_of_work import UnitOfWork

_GONE: Final = "这件事已办结，请看最新的“今日要办”。"


@on_tap(f"{notices.OPEN}:{notices.REST}")
async def unfold(tap: Tap[None]) -> str:
    """What has not changed since yesterday."""
    _require_desk(tap.official)
    lines = await desk.folded(tap.work)
    if not lines:
        raise Refused(_GONE)
    await tap.work.send(notices.rest(tap.official, lines))
    return ""


@on_tap(f"{notices.OPEN}:{notices.DROP}:*matter")
async def let_go(tap: Tap[None]) -> str:
    """They are not on it any more; somebody else may be."""
    _require_desk(tap.official)
    await desk.let_go(tap.work, tap.words["matter"], tap.official)
    await tap.work.timer(REDRAW, 0, tap.work.now)
    return "已放下。"


@on_tap(f"{notices.OPEN}:*matter")
async def open_one(tap: Tap[None]) -> str:
    """The first who opens it is on it; whoever comes later sees who that is, and the matter all the same."""
    work, official, matter = tap.work, tap.official, tap.words["matter"]
    _require_desk(official)
    on_it = await desk.claim(work, matter, official)
    card = await _card(work, official, matter)
    if on_it is official:
        text = Markup("{}\n<i>已记为您在办。</i>").format(card.text)
        card = replace(card, text=text, buttons=(*card.buttons, *notices.claimed(matter)))
        await work.timer(REDRAW, 0, work.now)
    await work.send(replace(card, urgency=Urgency.ANSWER))
    return "" if on_it in (None, official) else f"{on_it.name}在办。"


async def _card(work: UnitOfWork, official: Official, matter: str) -> Notice:
    """What of it waits for the official, else the matter as 查找 shows it."""
    code, id = matter.split(":")[:2] if ":" in matter else (matter, "")
    for each in PROCEDURES:
        if each.code == code:
            waiting = [card for cards in each.todo for card in await cards(work, official)]
            live = next((one for one in waiting if f"{one.of}:".startswith(f"{matter}:")), None)
            if live is not None:
                return live
            if each.finder is not None and id.isdecimal():
                return await each.finder.card(work, official, int(id))
    raise Refused(_GONE)


def _require_desk(official: Official) -> None:
    if official.role not in OFFICE_DESK:
        raise Refused("这张卡片由区政府办公室办理。")


ROUTES: list[Route] = [unfold, let_go, open_one]
