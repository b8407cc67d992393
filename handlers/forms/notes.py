"""What a person's words are for: which form they begin, which lines of an open one they amend."""

import re
from collections.abc import Sequence
from typing import Any

from telegram import Update

from handlers.context import Context
from handlers.forms.kinds import ASIDES, FORMS, HEARERS, Form
from rules.fields import Field, Paper
from rules.labelled import Note, read_note
from rules.roster import Official
from rules.text import clean
from storage.unit_of_work import UnitOfWork

LABELS_ENOUGH = 2
"""So many labelled lines tell which form is meant when the opening word was left out."""


def opened_by(text: str) -> Form | None:
    """The form whose word (or title) stands on the first line."""
    first = re.sub(r"[:：。!！\s]+$", "", clean(text).split("\n")[0]).lstrip("/")
    for form in FORMS.values():
        if form.word and first in (form.word, form.title, *form.aliases):
            return form
    return None


def guessed(text: str) -> Form | None:
    """The form a note without its opening word must mean: two labels or more fit it, and no other so well."""
    fits = {
        form.name: len(note.values)
        for form in FORMS.values()
        if form.word and (note := amends(text, form.fields)) is not None
    }
    best = max(fits.values(), default=0)
    likely = [name for name, fit in fits.items() if fit == best]
    return FORMS[likely[0]] if best >= LABELS_ENOUGH and len(likely) == 1 else None


def speaks_of_another(text: str, lying: Form) -> Form | None:
    """The form that a note without its opening word fits, and fits better than the one that lies open."""
    other = guessed(text)
    if other is None or other is lying:
        return None
    own, theirs = amends(text, lying.fields), amends(text, other.fields)
    return other if theirs and (own is None or len(own.values) < len(theirs.values)) else None


def amends(text: str, fields: Sequence[Field[Any]]) -> Note | None:
    """The labelled lines, if the text begins with one of the form's own labels."""
    note = read_note(text, fields)
    first_line = read_note(clean(text).split("\n")[0], fields)
    return note if first_line.values else None


async def heard(update: Update, context: Context, official: Official, text: str, *, lying: bool) -> bool:
    """Whether anybody answers a text that no form has taken; `lying`: one is open that may want it."""
    for hear in HEARERS:
        if await hear(update, context, official, text, lying=lying):
            return True
    return False


async def beside(
    work: UnitOfWork, official: Official, form: Form | None, text: str, paper: Paper | None = None
) -> bool:
    """Whether something beside the forms has answered the text, or the file that came with it."""
    answered = [await look(work, official, form, text, paper) for look in ASIDES]
    return any(answered)
