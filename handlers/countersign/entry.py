"""Countersigning (会签) in the chat: where it begins, and what 待办 and 我的 list (art. 53, 63)."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from telegram import Update

from handlers.context import Context, Route, opening, own_chat, sender
from handlers.countersign import answer as countersign_answer
from handlers.countersign import extension as countersign_extension
from handlers.countersign import lead as countersign_lead
from handlers.countersign import mediation as countersign_mediation
from handlers.countersign import objection as countersign_objection
from handlers.countersign import office as countersign_office
from handlers.countersign import release as countersign_release
from handlers.countersign import round as countersign_round
from handlers.countersign.form import COUNTERSIGN
from handlers.forms.entry import begin
from handlers.forms.kinds import Destination, Form
from notices.countersign import told as notices
from notices.countersign.card import asked, lead
from notices.countersign.extension import extension_asked
from notices.notice import Notice
from rules.countersign.kinds import STARTERS
from rules.countersign.life import may_renew
from rules.countersign.matter import CountersignState
from rules.forms import ABOUT
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official
from rules.text import clip
from storage.queries.countersign import sheets as stored
from storage.queries.countersign.people import leading
from storage.unit_of_work import UnitOfWork

_NEAREST: Final = 5
"""So many of the sheets that wait for their unit's answer are offered to files, the earliest end first."""


async def start(update: Update, context: Context) -> None:
    """/countersign: the form for a unit's people, the list for the office desk."""
    work = context.work
    official = await sender(update, context)
    if official.role in OFFICE_DESK:
        await countersign_office.listed(work, official)
        return
    if official.role not in STARTERS:
        raise Refused("会签由各单位主要负责人或联络员发起；等您办理的，请发「待办」。", 63)
    await begin(work, official, own_chat(official), COUNTERSIGN)


# ---------------------------------------------------------------- for /todo and /mine


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """What waits to be released or signed by them, and what they are to draft; the earliest end first."""
    periods = work.office.settings.periods
    signing = await stored.signs_for(work, official)
    waiting = [
        notices.to_release(sheet, official, periods).wanted(None, urgent=sheet.urgent)
        for sheet in await stored.to_release(work, signing)
    ]
    drafts = official in await stored.liaisons(work, official.unit)
    units = [*signing, official.unit] if drafts else signing
    pairs = await stored.awaiting(work, units, official)
    answers = [
        asked(sheet, one, official, periods, signs=one.unit in signing).wanted(
            one.closes_at, urgent=sheet.urgent
        )
        for sheet, one in pairs
        if one.unit in signing or one.draft is None  # what they have drafted waits for the head
    ]
    unsigned = [
        asked(sheet, one, official, periods).wanted(one.closes_at, urgent=sheet.urgent)
        for sheet, one in await stored.unsigned(work, signing)
    ]
    extending = [
        notice
        for sheet, one in await stored.extending(work, units)
        if one.extension is not None
        for notice in extension_asked(sheet, one, one.extension, [official])
    ]
    back = [
        lead(sheet, official, periods)
        for sheet in await stored.led_by(work, official.unit)
        if sheet.state is CountersignState.SENT_BACK and sheet.drafter is official
    ]
    settling = [
        *await countersign_mediation.todo(work, official),
        *await countersign_round.todo(work, official),
        *await countersign_objection.todo(work, official),
    ]
    return waiting + answers + unsigned + extending + settling + back


async def mine(work: UnitOfWork, official: Official) -> list[Notice]:
    """How far the sheets have got that they follow: as the lead unit's head or who stands in, as drafter."""
    units = dict.fromkeys([official.unit, *await stored.signs_for(work, official)])
    return [
        lead(sheet, official, work.office.settings.periods)
        for unit in units
        for sheet in await stored.led_by(work, unit)
        if official in await leading(work, sheet) or official is (await work.roster()).head_of(unit)
    ]


async def takes_files(work: UnitOfWork, official: Official) -> Sequence[Destination]:
    """The sheets on which they speak for a unit: what the lead unit adds is a new version, with new periods
    (art. 63); what a unit that is asked adds goes with its objection."""
    units = list(dict.fromkeys([official.unit, *await stored.signs_for(work, official)]))
    found = list[Destination]()
    for unit in units:
        seat = await stored.seat(work, unit)
        for sheet in await stored.led_by(work, unit):
            with suppress(Refused):
                may_renew(sheet, official, seat)
                label = f"会签新稿《{clip(sheet.title, 10)}》"
                values = {**countersign_round.renewed(sheet), ABOUT: sheet.matter}
                found.append(Destination(label, countersign_round.RENEWING, values))
    for sheet, one in (await stored.awaiting(work, units, official))[:_NEAREST]:
        with suppress(Refused):
            if not (await stored.seat(work, one.unit)).holds(official):
                one.may_draft(official, await stored.liaisons(work, one.unit))
            label = f"不同意见《{clip(sheet.title, 10)}》"
            values = {**countersign_answer.asked_of(sheet, one), ABOUT: sheet.matter}
            found.append(Destination(label, countersign_answer.objecting, values))
    return found


FORMS: tuple[Form, ...] = (
    COUNTERSIGN,
    *countersign_release.FORMS,
    *countersign_answer.FORMS,
    *countersign_extension.FORMS,
    *countersign_office.FORMS,
    *countersign_objection.FORMS,
    *countersign_lead.FORMS,
    *countersign_round.FORMS,
    *countersign_mediation.FORMS,
)
ROUTES: list[Route] = [
    *opening("countersign", "会签", start),
    *countersign_release.ROUTES,
    *countersign_answer.ROUTES,
    *countersign_extension.ROUTES,
    *countersign_office.ROUTES,
    *countersign_objection.ROUTES,
    *countersign_lead.ROUTES,
    *countersign_round.ROUTES,
    *countersign_mediation.ROUTES,
]
