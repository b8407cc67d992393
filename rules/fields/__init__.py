"""The kinds of field a form may have: each reads an answer, stores it, and says it again.

A value lives three lives: as the person wrote it (`read`), as the procedure uses it (a date, an official),
and as the draft stores it (`pack`, `unpack`). Nothing here knows how a question looks in a chat.
"""

from rules.fields.base import Field, Json, Scene
from rules.fields.papers import Files, Paper
from rules.fields.people import Ambiguous, Candidate, OfficialField, OfficialsField, Pick
from rules.fields.times import Day, Moment, SpanField
from rules.fields.units import UnitsField
from rules.fields.words import Choice, Number, PersonName, Phone, Place, Text, reason

__all__ = [
    "Ambiguous",
    "Candidate",
    "Choice",
    "Day",
    "Field",
    "Files",
    "Json",
    "Moment",
    "Number",
    "OfficialField",
    "OfficialsField",
    "Paper",
    "PersonName",
    "Phone",
    "Pick",
    "Place",
    "Scene",
    "SpanField",
    "Text",
    "UnitsField",
    "reason",
]
