"""What waits for somebody once units object: the lead unit's reply, the unit's stand, the mediation.

Asked of the open sheets only, as everything in storage/queries/countersign/sheets.py.
"""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.sql.elements import ColumnElement

from rules.absence import Absences, StandIn
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign, CountersignState
from rules.countersign.objection import Mediation
from rules.countersign.settling import parties, sides_of
from rules.countersign.stall import unanswered, unsaid
from rules.roster import LEADERS, Official, Unit
from storage.queries.countersign.sheets import PROCEDURE, seat_of
from storage.tables.countersign import (
    consultations,
    countersign_mediations,
    countersign_objections,
    countersigns,
)
from storage.unit_of_work import UnitOfWork

_OPEN = countersigns.c.state == CountersignState.OPEN


async def to_reply(work: UnitOfWork, units: Collection[Unit]) -> list[tuple[Countersign, Consultation]]:
    """Objections to these units' sheets that have had no reply, the oldest first."""
    sheets = await _objected(work, countersigns.c.lead_unit_id.in_([unit.id for unit in units]))
    return [(sheet, one) for sheet in sheets for one in sheet.current if unanswered(one)]


async def to_stand(work: UnitOfWork, units: Collection[Unit]) -> list[tuple[Countersign, Consultation]]:
    """Replies to these units, or decisions on a topic of theirs, that their heads have not said a word to."""
    sheets = await _objected(work, consultations.c.unit_id.in_([unit.id for unit in units]))
    return [
        (sheet, one)
        for sheet in sheets
        for one in sheet.current
        if one.unit in units and one.objection is not None and unsaid(sheet, one)
    ]


async def to_mediate(
    work: UnitOfWork, mediators: Collection[Official]
) -> list[tuple[Countersign, Mediation]]:
    """Mediations that wait for a decision of these, the oldest first."""
    found = await work.session.scalars(
        select(Countersign)
        .join(countersign_mediations, countersign_mediations.c.countersign_id == countersigns.c.id)
        .where(
            _OPEN,
            countersign_mediations.c.decision.is_(None),
            countersign_mediations.c.moot_at.is_(None),
            countersign_mediations.c.mediator_id.in_([official.id for official in mediators]),
        )
        .order_by(countersigns.c.id)
    )
    return [
        (sheet, mediation)
        for sheet in found.unique()
        for mediation in sheet.mediations
        if mediation.open and mediation.mediator in mediators
    ]


def mediates_for(sheet: Countersign, mediation: Mediation, now: Absences) -> StandIn | None:
    """Who decides in the mediator's place now; None: they themselves. Never one who has signed for a side."""
    return now.decides_for(mediation.mediator, PROCEDURE, applicant=involved(sheet, mediation, now))


def involved(sheet: Countersign, mediation: Mediation, now: Absences) -> Official | None:
    """The leader who has signed for one of the sides, or may now, and so cannot mediate."""
    sides = sides_of(sheet, parties(sheet, mediation), seat_of(sheet.lead_unit, now.roster, now))
    return next((one for one in sides if one.role in LEADERS), None)


async def mediated(work: UnitOfWork) -> list[Countersign]:
    """All sheets with a mediation that waits for a decision."""
    found = await work.session.scalars(
        select(Countersign)
        .join(countersign_mediations, countersign_mediations.c.countersign_id == countersigns.c.id)
        .where(_OPEN, countersign_mediations.c.decision.is_(None), countersign_mediations.c.moot_at.is_(None))
        .order_by(countersigns.c.id)
    )
    return list(found.unique())


async def _objected(work: UnitOfWork, condition: ColumnElement[bool]) -> list[Countersign]:
    found = await work.session.scalars(
        select(Countersign)
        .join(consultations, consultations.c.countersign_id == countersigns.c.id)
        .join(countersign_objections, countersign_objections.c.consultation_id == consultations.c.id)
        .where(_OPEN, condition)
        .order_by(countersigns.c.id)
    )
    return list(found.unique())
