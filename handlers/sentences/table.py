"""Every expression there is, and every word for a button: of each procedure what it has itself entered."""

from collections.abc import Mapping, Sequence
from typing import Final

from handlers.procedures import PROCEDURES
from notices.undo import CODE
from rules.sentences.expressions import Answer, Expressions
from rules.sentences.general import ANSWERS_OF_UNDO, FIRST, LAST

TABLE: Final[Sequence[Expressions]] = (*FIRST, *(one for each in PROCEDURES for one in each.said), *LAST)
"""In the order in which questions are tried: what is the person's own before what anybody may ask."""
ANSWERS: Final[Mapping[str, Sequence[Answer]]] = {
    **{each.code: each.answers for each in PROCEDURES if each.answers},
    CODE: ANSWERS_OF_UNDO,
}
"""By the word that begins the data of a procedure's buttons."""
ALL_ANSWERS: Final[Sequence[Answer]] = tuple(one for answers in ANSWERS.values() for one in answers)
