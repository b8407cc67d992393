"""Countersigning among what /find finds: by title, units, who drafted it, kind, state and time.

The lead unit's people find all of theirs, the units asked what has gone out to them, the leaders whatever has
gone out, the office everything.
"""

from handlers.countersign import entry as countersign
from notices.countersign.card import consulted_text, files_button, lead_text
from notices.countersign.card import papers as sent_round
from notices.countersign.extension import extension_card
from notices.countersign.names import draft_card, lead_card, sign_card
from notices.countersign.told import at_desk
from notices.countersign.words import progress, said
from notices.notice import Notice
from rules.countersign.consultation import Consultation
from rules.countersign.extension import Extension
from rules.countersign.matter import Countersign, CountersignState
from rules.find import Found, Words
from rules.refused import Refused
from rules.remarks.remark import Hearers
from rules.roster import LEADERS, OFFICE_DESK, Official
from storage.queries.countersign.find import found_by
from storage.queries.countersign.people import leading
from storage.unit_of_work import UnitOfWork


async def find(work: UnitOfWork, official: Official, words: Words, limit: int) -> list[Found]:
    """The newest sheets that the words fit and the official may see."""
    found = await found_by(work, official, words, limit)
    return [Found(f"countersign:{sheet.id}", sheet.prepared_at, _line(sheet, official)) for sheet in found]


async def card(work: UnitOfWork, official: Official, id: int) -> Notice:
    """The sheet as this official may see it: their live card where one is theirs, else how it stands."""
    sheet, periods = await work.lock(Countersign, id), work.office.settings.periods
    own = [*await countersign.todo(work, official), *await countersign.mine(work, official)]
    live = next((each for each in own if each.card.startswith(f"countersign:{id}:")), None)
    if live is not None:
        return live
    if official.role in OFFICE_DESK and sheet.released_at is not None:
        return at_desk(sheet, official, periods)
    asked = _asked_of(sheet, official)
    if _leads(sheet, official) or (official.role in OFFICE_DESK):
        return Notice(official, lead_text(sheet, periods), files_button(sheet))
    if asked is not None:
        return Notice(official, consulted_text(sheet, asked, periods), files_button(sheet))
    if official.role in LEADERS and sheet.released_at is not None:
        return Notice(official, lead_text(sheet, periods))
    raise Refused("这份会签不在您可以查看的范围内。")


async def called(work: UnitOfWork, _official: Official, id: int) -> str:
    """《城市更新管理办法》的会签."""
    return f"《{(await work.lock(Countersign, id)).title}》的会签"


async def hears(work: UnitOfWork, official: Official, id: int, of: str) -> Hearers:
    """Of the lead unit those who have not answered, or who asks for time; of others the lead unit."""
    sheet, roster = await work.lock(Countersign, id), await work.roster()
    if _leads(sheet, official):
        if about := _about(sheet, of):
            one, extension = about
            head = roster.head_of(one.unit)
            people = [extension.asked_by, *([head] if head else [])]
            return Hearers(people, [of, sign_card(sheet, one), draft_card(sheet, one)], of)
        heads = [roster.head_of(one.unit) for one in sheet.consultations if one.waiting]
        return Hearers([one for one in heads if one is not None], [f"countersign:{id}"])
    return Hearers(await leading(work, sheet), [lead_card(sheet)])


async def papers(work: UnitOfWork, to: Official, id: int) -> list[Notice]:
    """The version that goes round."""
    return sent_round(await work.lock(Countersign, id), to)


def _about(sheet: Countersign, of: str) -> tuple[Consultation, Extension] | None:
    """The unit and its request for more time, where that is the card's."""
    asked = ((one, each) for one in sheet.current for each in one.extensions)
    return next(((one, each) for one, each in asked if extension_card(sheet, each) == of), None)


def _line(sheet: Countersign, official: Official) -> str:
    """会签：《…》（文稿）住建局 · 会签中，答复 1/3; for a unit that was asked, how it stands itself."""
    how, asked = "", _asked_of(sheet, official)
    if sheet.state is CountersignState.OPEN:
        how = f"，{progress(sheet)}"
        if asked is not None and not _sees_all(sheet, official):
            due = f"，期限{asked.due_label}" if asked.waiting and asked.delivered_at else ""
            how = f"，{asked.unit.name}{said(asked)}{due}"
    return f"会签：《{sheet.title}》（{sheet.kind}）{sheet.lead_unit.name} · {sheet.state}{how}"


def _sees_all(sheet: Countersign, official: Official) -> bool:
    return _leads(sheet, official) or official.role in OFFICE_DESK or official.role in LEADERS


def _leads(sheet: Countersign, official: Official) -> bool:
    return official.unit is sheet.lead_unit or official in (sheet.drafter, sheet.stand_in)


def _asked_of(sheet: Countersign, official: Official) -> Consultation | None:
    """The latest place of their unit, or of the one they stand in or draft for, once it has gone out."""
    theirs = [
        one
        for one in sheet.consultations
        if one.asked_at and (one.unit is official.unit or official in (one.stand_in, one.passed_to))
    ]
    return max(theirs, key=lambda one: one.round, default=None)
