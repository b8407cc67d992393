"""Lists on a form: what is right stays, and only what is wrong is asked about, one after another."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from notices import forms as pages
from rules.fields import Ambiguous, Field, Json, Pick, Scene
from rules.forms import Draft
from rules.refused import Partly, Refused, Unsure
from rules.text import clean, clip, one_line

if TYPE_CHECKING:
    from handlers.forms.reading import Reading


def row_of(written: str, refused: Refused, before: Json) -> list[Any]:
    """A problem as the draft keeps it; `before` is what stood there, for 不改."""
    first, rest, around = refused, [], None
    if isinstance(refused, Partly):
        written, first = refused.wrong[0]
        rest = [entry for entry, _ in refused.wrong[1:]]
        around = list(refused.around) if refused.around else None
    looked_for = first.name if isinstance(first, Ambiguous) else None
    meant = list(first.meant) if isinstance(first, Unsure) else []
    return [clip(one_line(clean(written)), 40), pages.said(refused), looked_for, before, meant, rest, around]


def good_of(reading: "Reading", field: Field[Any], refused: Refused, *, adding: bool) -> Json:
    """What stays in the field, as the draft stores it, while something else of the list is asked about."""
    draft = reading.draft
    good = draft.values.get(field.key) if adding or field.key in draft.problems else None
    kept = field.pack(refused.kept) if isinstance(refused, Partly) and refused.kept else None
    if kept:
        good = list(dict.fromkeys([*good, *kept])) if good and isinstance(field, Pick) else kept
    try:
        if good:
            field.hold(field.unpack(good, reading.scene), reading.scene)
    except Refused:
        return None
    return good


def put_in(reading: "Reading", field: Field[Any], value: Any, *, asked: bool) -> Any:  # noqa: ANN401 - what it holds
    """The list with what was written for it added: `asked`, or where only one entry of it was in question."""
    if not (isinstance(field, Pick) and field.many) or not (asked or field.key in reading.draft.problems):
        return value
    return list(dict.fromkeys([*(reading.scene.values.get(field.key) or []), *value]))


def ask_for(reading: "Reading", field: Field[Any], rest: Sequence[str]) -> None:
    """The next entries that were wrong, now that the one before them is settled."""
    try:
        value = reading.read(field, "、".join(rest))
    except Refused as refused:
        reading.wrong(field, rest[0], refused, restorable=False, adding=True)
        reading.look()
    else:
        reading.put(field, put_in(reading, field, value, asked=True))


def whole_of(draft: Draft, field: Field[Any], text: str, scene: Scene) -> str:
    """The whole text where what was written mends or changes one line of it; else what was written."""
    if "\n" in clean(text):
        return text
    around = draft.around(field.key)
    if around is not None:
        before, wrong, after = around
        return "\n".join(filter(None, [before, field.mended(wrong, text, scene), after]))
    return field.amended(scene.values.get(field.key), text, scene) or text


def goes_on(reading: "Reading", field: Field[Any], below: str) -> bool:
    """Whether the lines below the first belong to the list: at least one entry of theirs can be read."""
    try:
        reading.read(field, below)
    except Partly as partly:
        return bool(partly.kept)
    except Refused:
        return False
    return isinstance(field, Pick)
