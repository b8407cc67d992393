"""Countersigning: the sheet with its rounds, the units asked, their answers, and what comes of objections."""

from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.orm import Relationship, relationship

from rules.countersign.answer import Answer, AnswerStatus, CountersignPaper
from rules.countersign.consultation import Consultation
from rules.countersign.extension import Extension
from rules.countersign.matter import Countersign
from rules.countersign.objection import Mediation, Objection
from rules.countersign.round import Round
from rules.roster import Unit
from storage.mapping.base import NAMES_MANY, mapper, official, one_holder
from storage.tables.countersign import (
    consultations,
    countersign_answers,
    countersign_extensions,
    countersign_mediations,
    countersign_objections,
    countersign_papers,
    countersign_rounds,
    countersigns,
)


def _people(table: Table, *names: str) -> dict[str, Relationship[Any]]:
    """The officials that those columns name."""
    return {name: official(table.c[f"{name}_id"]) for name in names}


def _unit(column: Column[Any]) -> Relationship[Unit]:
    return relationship(Unit, foreign_keys=[column], lazy="selectin")


def _parts(cls: type[Any], order_by: Column[Any]) -> Relationship[Any]:
    return relationship(cls, lazy="selectin", order_by=order_by, cascade="all, delete-orphan")


# A paper belongs to the sheet or to one answer: having either of them is enough.
mapper.map_imperatively(CountersignPaper, countersign_papers, legacy_is_orphan=True)
mapper.map_imperatively(
    Round, countersign_rounds, properties=_people(countersign_rounds, "opened_by", "opened_for")
)
mapper.map_imperatively(
    Answer,
    countersign_answers,
    properties={
        **_people(countersign_answers, "signer", "acting_for", "drafted_by", "recorded_by"),
        "papers": _parts(CountersignPaper, countersign_papers.c.id),
    },
)
one_holder(Answer, countersign_answers.c.status, AnswerStatus.IN_FORCE)
mapper.map_imperatively(
    Extension,
    countersign_extensions,
    properties=_people(countersign_extensions, "asked_by", "decided_by", "decided_for"),
)
mapper.map_imperatively(
    Mediation,
    countersign_mediations,
    properties=_people(countersign_mediations, "mediator", "opened_by", "decided_by", "stand_in"),
)
mapper.map_imperatively(
    Objection,
    countersign_objections,
    properties={
        **_people(
            countersign_objections, "drafted_by", "replied_by", "replied_for", "settled_by", "settled_for"
        ),
        "mediation": relationship(
            Mediation, foreign_keys=[countersign_objections.c.mediation_id], lazy="selectin"
        ),
    },
)
mapper.map_imperatively(
    Consultation,
    consultations,
    properties={
        "unit": _unit(consultations.c.unit_id),
        **_people(
            consultations,
            "head",
            "stand_in",
            "delivered_to",
            "delivery_recorded_by",
            "passed_to",
            "passed_by",
        ),
        "answers": _parts(Answer, countersign_answers.c.id),
        "extensions": _parts(Extension, countersign_extensions.c.id),
        "objection": relationship(Objection, uselist=False, lazy="selectin", cascade="all, delete-orphan"),
    },
)
mapper.map_imperatively(
    Countersign,
    countersigns,
    properties={
        "lead_unit": _unit(countersigns.c.lead_unit_id),
        "reviewer": _unit(countersigns.c.reviewer_id),
        **_people(
            countersigns,
            "drafter",
            "released_by",
            "released_for",
            "ended_by",
            "ended_for",
            "stand_in",
        ),
        "consultations": _parts(Consultation, consultations.c.id),
        "rounds": _parts(Round, countersign_rounds.c.number),
        "mediations": _parts(Mediation, countersign_mediations.c.id),
        "papers": _parts(CountersignPaper, countersign_papers.c.id),
    },
)
NAMES_MANY.add(Countersign)
