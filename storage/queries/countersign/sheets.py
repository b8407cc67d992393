"""Countersigning out of the database: the sheets, what waits for whom, and who signs for a unit now.

Done sheets are counted in millions, open ones in thousands: every question here is put to the open ones, for
which there are indexes of their own.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, exists, func, or_, select, text
from sqlalchemy.sql.elements import ColumnElement

from rules.absence import Absences
from rules.countersign.answer import AnswerStatus, Source
from rules.countersign.consultation import Consultation, Seat
from rules.countersign.extension import ExtensionState
from rules.countersign.matter import Countersign, CountersignState
from rules.roster import Official, Role, Roster, Unit
from storage.queries.absence import absences
from storage.tables import units
from storage.tables.countersign import (
    STILL_OPEN,
    consultations,
    countersign_answers,
    countersign_extensions,
    countersigns,
)
from storage.unit_of_work import UnitOfWork

PROCEDURE = "countersign"
"""What delegations and absences call it."""
WAITING = text("consultations.waiting")
"""As the partial indexes have it, word for word: for SQLite a boolean is written `waiting = 1`, and it does
not see that this is the same."""
_OPEN = text(f"countersigns.{STILL_OPEN}")


def seat_of(unit: Unit, roster: Roster, now: Absences) -> Seat:
    """Who signs for the unit at this moment."""
    head = roster.head_of(unit)
    if head is None:
        return Seat(None)
    stand_in = now.decides_for(head, PROCEDURE)
    if stand_in is None:
        return Seat(head)
    return Seat(head, stand_in.official, nobody=stand_in.official is None)


def drafting(unit: Unit, roster: Roster) -> list[Official]:
    """Who drafts for the unit by their role: its liaisons; for an office without one, its staff."""
    return roster.of(unit, Role.LIAISON) or roster.of(unit, Role.OFFICE_STAFF)


async def seat(work: UnitOfWork, unit: Unit) -> Seat:
    """The same for one unit."""
    return seat_of(unit, await work.roster(), await absences(work))


async def consulted_last(work: UnitOfWork, official: Official) -> Sequence[int]:
    """The ids of the units that the last sheet of this drafter went to."""
    last = (
        select(countersigns.c.id)
        .where(countersigns.c.lead_unit_id == official.unit.id, countersigns.c.drafter_id == official.id)
        .order_by(countersigns.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = await work.session.scalars(
        select(consultations.c.unit_id)
        .where(consultations.c.countersign_id == last)
        .order_by(consultations.c.id)
    )
    return list(dict.fromkeys(found))


async def signs_for(work: UnitOfWork, official: Official) -> list[Unit]:
    """The units for which they sign now: their own as its head, and those whose head they stand in for."""
    roster, now = await work.roster(), await absences(work)
    units = [official.unit] if roster.head_of(official.unit) is official else []
    units += [
        absent.unit
        for absent in now.absent
        if roster.head_of(absent.unit) is absent and seat_of(absent.unit, roster, now).stand_in is official
    ]
    return list(dict.fromkeys(units))


async def liaisons(work: UnitOfWork, unit: Unit) -> list[Official]:
    """Who drafts for the unit by their role."""
    return drafting(unit, await work.roster())


async def sheet_of(work: UnitOfWork, consultation_id: int) -> int | None:
    """The id of the sheet that the consultation belongs to."""
    found: int | None = await work.session.scalar(
        select(consultations.c.countersign_id).where(consultations.c.id == consultation_id)
    )
    return found


async def find(work: UnitOfWork, consultation_id: int) -> tuple[Countersign, Consultation] | None:
    """The consultation with its sheet, the sheet's row locked until the end."""
    id = await sheet_of(work, consultation_id)
    if id is None:
        return None
    sheet = await work.lock(Countersign, id)
    return sheet, sheet.consultation(consultation_id)


async def led_by(work: UnitOfWork, unit: Unit) -> list[Countersign]:
    """The unit's own sheets that are not at their end, the oldest first."""
    return await _sheets(work, countersigns.c.lead_unit_id == unit.id)


async def open_sheets(work: UnitOfWork) -> list[Countersign]:
    """Everybody's sheets that are going round, the oldest first."""
    return await _sheets(work, countersigns.c.state == CountersignState.OPEN)


async def to_release(work: UnitOfWork, units: Collection[Unit]) -> list[Countersign]:
    """Sheets of these units that wait for 送会签."""
    return await _sheets(
        work,
        countersigns.c.lead_unit_id.in_([unit.id for unit in units]),
        countersigns.c.state == CountersignState.PREPARED,
    )


async def prepared(work: UnitOfWork) -> list[Countersign]:
    """Everybody's sheets that wait for 送会签."""
    return await _sheets(work, countersigns.c.state == CountersignState.PREPARED)


async def not_yet_sent(work: UnitOfWork) -> list[Countersign]:
    """Everybody's sheets that have not gone out, those sent back to be mended among them."""
    return await _sheets(work, countersigns.c.state != CountersignState.OPEN)


async def with_closed_units(work: UnitOfWork) -> Sequence[int]:
    """The ids of everybody's sheets not at their end that ask, or are to ask, a unit that is closed."""
    return await work.find_all(
        select(countersigns.c.id)
        .join(consultations, consultations.c.countersign_id == countersigns.c.id)
        .join(units, units.c.id == consultations.c.unit_id)
        .where(_OPEN, units.c.closed_at.is_not(None))
        .distinct()
        .order_by(countersigns.c.id)
    )


async def open_with_stalls(work: UnitOfWork) -> list[Countersign]:
    """Everybody's sheets of which something waits for somebody besides the units' answers."""
    return await _sheets(work, countersigns.c.stalls.is_not(None))


async def renewing(work: UnitOfWork) -> list[Countersign]:
    """Everybody's sheets with a new version that waits for 送会签."""
    found = await _sheets(
        work, countersigns.c.state == CountersignState.OPEN, countersigns.c.new_version.is_not(None)
    )
    return [sheet for sheet in found if sheet.new_version is not None]


async def awaiting(
    work: UnitOfWork, units: Collection[Unit], passed_to: Official | None = None
) -> list[tuple[Countersign, Consultation]]:
    """What these units have to answer, and what was passed to that official; the earliest end first."""
    theirs: ColumnElement[bool] = consultations.c.unit_id.in_([unit.id for unit in units])
    if passed_to is not None:
        theirs = or_(theirs, consultations.c.passed_to_id == passed_to.id)
    found = await work.session.scalars(
        select(Countersign)
        .join(consultations, consultations.c.countersign_id == countersigns.c.id)
        .where(WAITING, theirs)
        .order_by(countersigns.c.id)
    )
    wanted = {unit.id for unit in units}
    pairs = [
        (sheet, one)
        for sheet in found.unique()
        for one in sheet.waiting
        if one.unit.id in wanted or (passed_to is not None and one.passed_to is passed_to)
    ]
    return sorted(pairs, key=lambda pair: (pair[1].closes_at is None, pair[1].closes_at or work.now))


async def unsigned(work: UnitOfWork, units: Collection[Unit]) -> list[tuple[Countersign, Consultation]]:
    """Answers of these units given by phone, where their heads have to sign (art. 53, 59)."""
    by_phone = exists().where(
        consultations.c.countersign_id == countersigns.c.id,
        consultations.c.unit_id.in_([unit.id for unit in units]),
        countersign_answers.c.consultation_id == consultations.c.id,
        countersign_answers.c.source == Source.PHONE,
        countersign_answers.c.status == AnswerStatus.IN_FORCE,
    )
    found = await _sheets(work, countersigns.c.state == CountersignState.OPEN, by_phone)
    return [
        (sheet, one) for sheet in found for one in sheet.current if one.unit in units and sheet.unsigned(one)
    ]


async def extending(work: UnitOfWork, units: Collection[Unit]) -> list[tuple[Countersign, Consultation]]:
    """Who waits for more time on these units' sheets; the lead unit has not answered."""
    asked_for = exists().where(
        consultations.c.countersign_id == countersigns.c.id,
        countersign_extensions.c.consultation_id == consultations.c.id,
        countersign_extensions.c.state == ExtensionState.ASKED,
    )
    found = await _sheets(work, countersigns.c.lead_unit_id.in_([unit.id for unit in units]), asked_for)
    return [(sheet, one) for sheet in found for one in sheet.current if one.extension is not None]


async def troubled(work: UnitOfWork) -> list[tuple[Countersign, Consultation]]:
    """Who has still to answer on sheets where a unit is overdue, was not reached, or waits for more time."""
    asked_for = exists().where(
        countersign_extensions.c.consultation_id == consultations.c.id,
        countersign_extensions.c.state == ExtensionState.ASKED,
    )
    ids = await work.session.scalars(
        select(consultations.c.countersign_id).where(
            WAITING,
            or_(consultations.c.delivered_at.is_(None), consultations.c.closes_at <= work.now, asked_for),
        )
    )
    found = await _sheets(
        work, countersigns.c.state == CountersignState.OPEN, countersigns.c.id.in_(set(ids))
    )
    return [(sheet, one) for sheet in found for one in sheet.waiting]


async def idle_requests(work: UnitOfWork, today: date) -> list[int]:
    """Open sheets with a request for more time that silence went over and whose day is over."""
    ids = await work.session.scalars(
        select(consultations.c.countersign_id)
        .join(countersign_extensions, countersign_extensions.c.consultation_id == consultations.c.id)
        .where(
            countersign_extensions.c.state == ExtensionState.LAPSED,
            countersign_extensions.c.decided_at.is_(None),
            countersign_extensions.c.until < today,
            consultations.c.countersign_id.in_(
                select(countersigns.c.id).where(countersigns.c.state == CountersignState.OPEN)
            ),
        )
    )
    return sorted(set(ids))


async def count_awaiting(work: UnitOfWork, unit: Unit) -> int:
    """How many sheets wait for the unit's answer."""
    count = await work.session.scalar(
        select(func.count()).select_from(consultations).where(WAITING, consultations.c.unit_id == unit.id)
    )
    return count or 0


async def _sheets(work: UnitOfWork, *conditions: ColumnElement[bool]) -> list[Countersign]:
    found = await work.session.scalars(
        select(Countersign).where(and_(_OPEN, *conditions)).order_by(countersigns.c.id)
    )
    return list(found)


async def lying(work: UnitOfWork) -> Sequence[Row[Any, Any, Any, Any, Any, Any, Any]]:
    """On whose desk each waiting place of a sheet lies: (countersign_id, unit_id, head_id, stand_in_id,
    unattended_at, unreachable_at, urgent); columns, for there are thousands.
    """
    place = consultations.c
    found = await work.session.execute(
        select(
            place.countersign_id,
            place.unit_id,
            place.head_id,
            place.stand_in_id,
            place.unattended_at,
            place.unreachable_at,
            countersigns.c.urgent,
        )
        .join(countersigns, countersigns.c.id == place.countersign_id)
        .where(WAITING, place.asked_at.is_not(None))
        .order_by(place.countersign_id)
    )
    return found.all()


async def passed_on(work: UnitOfWork) -> Sequence[Row[Any, Any, Any]]:
    """The waiting places that were passed to somebody: (countersign_id, unit_id, passed_to_id)."""
    place = consultations.c
    found = await work.session.execute(
        select(place.countersign_id, place.unit_id, place.passed_to_id).where(
            WAITING, place.passed_to_id.is_not(None)
        )
    )
    return found.all()
