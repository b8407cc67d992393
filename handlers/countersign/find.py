"""Countersigning among what /find finds: by title, units, who drafted it, kind, state and time.

The lead unit's people find all of theirs, the units asked what has gone out to them, the leaders whatever has
gone out, the office everything.
"""

from collections.abc import Iterator
from datetime import datetime, time

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from handlers.countersign import entry as countersign
from notices.countersign.card import consulted_text, files_button, lead_text
from notices.countersign.told import at_desk
from notices.countersign.words import progress, said
from notices.notice import Notice
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.find import Found, Words
from rules.refused import Refused
from rules.roster import LEADERS, OFFICE_DESK, Official
from rules.working_days import DAY, SHANGHAI
from storage.spelling import holds
from storage.tables import consultations, countersigns, officials, units
from storage.work import Work

_OWN_WORDS = "会签单"
_asked = units.alias()


async def find(work: Work, official: Official, words: Words, limit: int) -> list[Found]:
    """The newest sheets that the words fit and the official may see."""
    conditions = [_sees(official), *_within(words, work.now), *(_holds(term) for term in words.terms)]
    found = await work.session.scalars(
        select(Countersign)
        .join(units, units.c.id == countersigns.c.lead_unit_id)
        .join(officials, officials.c.id == countersigns.c.drafter_id)
        .where(*conditions)
        .order_by(countersigns.c.prepared_at.desc(), countersigns.c.id.desc())
        .limit(limit)
    )
    return [Found(f"countersign:{sheet.id}", sheet.prepared_at, _line(sheet, official)) for sheet in found]


async def card(work: Work, official: Official, id: int) -> Notice:
    """The sheet as this official may see it: his own live card where one is his, else how it stands."""
    sheet, periods = await work.get(Countersign, id), work.office.settings.periods
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
    """The latest place of his unit, or of the one he stands in or drafts for, once it has gone out."""
    theirs = [
        one
        for one in sheet.consultations
        if one.asked_at and (one.unit is official.unit or official in (one.stand_in, one.passed_to))
    ]
    return max(theirs, key=lambda one: one.round, default=None)


# ---------------------------------------------------------------- the same, as questions to the tables


def _sees(official: Official) -> ColumnElement[bool]:
    if official.role in OFFICE_DESK:
        return true()
    asked = exists().where(
        consultations.c.countersign_id == countersigns.c.id,
        consultations.c.asked_at.is_not(None),
        or_(
            consultations.c.unit_id == official.unit.id,
            consultations.c.stand_in_id == official.id,
            consultations.c.passed_to_id == official.id,
        ),
    )
    leads = or_(
        countersigns.c.lead_unit_id == official.unit.id,
        countersigns.c.drafter_id == official.id,
        countersigns.c.stand_in_id == official.id,
    )
    gone_out = countersigns.c.released_at.is_not(None) if official.role in LEADERS else false()
    return or_(leads, asked, gone_out)


def _within(words: Words, now: datetime) -> Iterator[ColumnElement[bool]]:
    """Prepared, going round or ended within the stretch."""
    stretch = words.stretch
    if stretch is not None and stretch.last is not None:
        yield countersigns.c.prepared_at < datetime.combine(stretch.last + DAY, time(), SHANGHAI)
    if stretch is not None and stretch.first is not None:
        first = datetime.combine(stretch.first, time(), SHANGHAI)
        still_open = countersigns.c.ended_at.is_(None) if first <= now else false()
        yield or_(still_open, countersigns.c.ended_at >= first)


def _holds(term: str) -> ColumnElement[bool]:
    if term in _OWN_WORDS:
        return true()
    asked = exists().where(
        consultations.c.countersign_id == countersigns.c.id,
        consultations.c.unit_id == _asked.c.id,
        or_(
            holds(_asked.c.name, term),
            holds(_asked.c.full_name, term),
        ),
    )
    kinds = [kind for kind in CountersignKind if term in kind]
    states = [state for state in CountersignState if term in state]
    return or_(
        holds(countersigns.c.title, term),
        holds(units.c.name, term),
        holds(units.c.full_name, term),
        holds(officials.c.name, term),
        countersigns.c.kind.in_(kinds) if kinds else false(),
        countersigns.c.state.in_(states) if states else false(),
        and_(countersigns.c.released_at.is_not(None), asked),
    )
