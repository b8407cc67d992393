"""Countersigning: the sheet with its rounds, the units asked, their answers, and what comes of objections."""

from sqlalchemy.orm import relationship

from rules.countersign.answer import Answer, AnswerStatus, CountersignPaper
from rules.countersign.consultation import Consultation
from rules.countersign.extension import Extension
from rules.countersign.matter import Countersign
from rules.countersign.objection import Mediation, Objection
from rules.countersign.round import Round
from storage.mapping.base import NAMES_MANY, map_rows, mapper, one_holder, only_part, parts
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

# A paper belongs to the sheet or to one answer: having either of them is enough.
mapper.map_imperatively(CountersignPaper, countersign_papers, legacy_is_orphan=True)
map_rows(Round, countersign_rounds)
map_rows(Answer, countersign_answers, papers=parts(CountersignPaper, countersign_papers.c.id))
one_holder(Answer, countersign_answers.c.status, AnswerStatus.IN_FORCE)
map_rows(Extension, countersign_extensions)
map_rows(Mediation, countersign_mediations)
map_rows(
    Objection,
    countersign_objections,
    mediation=relationship(Mediation, foreign_keys=[countersign_objections.c.mediation_id], lazy="selectin"),
)
map_rows(
    Consultation,
    consultations,
    answers=parts(Answer, countersign_answers.c.id),
    extensions=parts(Extension, countersign_extensions.c.id),
    objection=only_part(Objection),
)
map_rows(
    Countersign,
    countersigns,
    consultations=parts(Consultation, consultations.c.id),
    rounds=parts(Round, countersign_rounds.c.number),
    mediations=parts(Mediation, countersign_mediations.c.id),
    papers=parts(CountersignPaper, countersign_papers.c.id),
)
NAMES_MANY.add(Countersign)
