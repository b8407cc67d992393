"""A mediation (art. 53), as what waits on a desk.

The units' own cards lie with a seat, not with a person: see jobs/countersign/following.py.
"""

from collections.abc import Iterable

from matters.countersign.show import bring_up_to_date
from matters.todo import Kind
from notices.countersign import mediation as notices
from notices.notice import Notice
from rules.countersign.matter import Countersign
from rules.countersign.objection import Mediation
from rules.countersign.settling import parties
from storage.queries.countersign.settling import involved, mediated
from storage.queries.countersign.sheets import PROCEDURE
from storage.unit_of_work import UnitOfWork


async def _asked(_work: UnitOfWork, sheet: Countersign, mediation: Mediation, why: str) -> Iterable[Notice]:
    return [notices.asked(sheet, mediation, mediation.holder, why)]


async def _papers(_work: UnitOfWork, sheet: Countersign, mediation: Mediation) -> Iterable[Notice]:
    return notices.beside(sheet, mediation, mediation.holder)


MEDIATION = Kind[Countersign, Mediation](
    matter=Countersign,
    code=PROCEDURE,
    open=mediated,
    waiting=lambda sheet: [one for one in sheet.mediations if one.open],
    applicant=involved,
    called=lambda sheet, _mediation: f"{sheet.lead_unit.name}的{sheet.matter}协调",
    card=lambda sheet, mediation, _holder: notices.mediation_card(sheet, mediation),
    text=lambda sheet, mediation, _roster: notices.mediation_text(sheet, mediation),
    asked=_asked,
    papers=_papers,
    redraw=lambda work, sheet, mediation: bring_up_to_date(work, sheet, *parties(sheet, mediation)),
    urgent=lambda sheet: sheet.urgent,
)
