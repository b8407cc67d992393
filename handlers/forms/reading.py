"""A half-filled form read: what people write, tap and send becomes values of its draft, and back again.

Nothing here asks the database or sends anything; `form_filling` does, and shows what has come of it.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from handlers.forms.kinds import GUARDS, Form
from handlers.forms.lists import ask_for, goes_on, good_of, put_in, row_of, whole_of
from handlers.forms.notes import amends
from notices import forms as pages
from rules.fields import Ambiguous, Field, Files, Moment, Paper, Pick, Scene, Text
from rules.forms import Draft, Values
from rules.labelled import Note
from rules.refused import Partly, Refused, Unsure
from rules.text import DAMAGED, clean, clip, one_line

DAMAGED_SAID = f"有的字收到时已经损坏，显示为“{DAMAGED}”，请核对、补上。"
NOTHING: Mapping[str, Any] = {}
STEPS = ("_from", "_day", "_filter")
"""Where the answer to the question now asked stands half-way."""


class Reading:
    """A draft with its form, as the person's next answer finds it.

    `message` is the id of the message now being read, 0 where it is a tap: the draft keeps which message a
    line came from, so that the line can follow when the person edits it, or be given back. `around` is what
    the fields have to know of the official's other matters (`Form.around`).
    """

    def __init__(
        self, form: Form, draft: Draft, scene: Scene, message: int = 0, around: Mapping[str, Any] = NOTHING
    ) -> None:
        self.form = form
        self.draft = draft
        self.scene = scene
        self.message = message
        self.around = around
        self.fields: list[Field[Any]] = []
        self.remarks: list[str] = []
        self.look()

    def look(self) -> None:
        """Read the draft again: which fields belong on it now, and what they hold.

        What no longer stands (a day that has gone by meanwhile, a person who left) becomes a problem.
        """
        keys = {field.key for field in self.form.fields}
        hidden = {k: v for k, v in self.draft.values.items() if k not in keys and k[0] != "_"}
        values = Values({**hidden, **self.around})
        self.scene = dataclasses.replace(self.scene, values=values)
        self.fields = []
        for field in self.form.fields:
            sent_unasked = isinstance(field, Files) and self.draft.values.get(field.key)
            if field.shown is not None and not field.shown(values) and not sent_unasked:
                continue
            self.fields.append(field)
            stored = self.draft.values.get(field.key)
            if stored is None and field.key in self.draft.values:
                values[field.key] = None
            elif stored is not None:
                try:
                    value = field.unpack(stored, self.scene)
                    field.hold(value, self.scene)
                except Partly as partly:  # some of a list have gone meanwhile
                    self.draft.keep(**{field.key: field.pack(partly.kept) if partly.kept else None})
                    self.wrong(field, "", partly, restorable=False, adding=True)
                    if self.draft.values.get(field.key):
                        values[field.key] = partly.kept
                except Refused as refused:
                    self.wrong(field, "", refused, restorable=False)
                else:
                    values[field.key] = value

    # ------------------------------------------------------------ answers

    def put(self, field: Field[Any], value: object) -> None:
        """Enter a value that stands; None skips the field."""
        packed = None if value is None else field.pack(value)
        assumed = [key for key in self.draft.assumed if key != field.key]
        self.draft.keep(
            **{field.key: packed},
            _touched=True,
            _loose=None,
            _assumed=assumed or None,
            **dict.fromkeys(STEPS),
        )
        self._came_from(field, 0)
        if not field.optional:
            self.draft.keep(_said=self.scene.now.isoformat())
        others = self.draft.still_wrong(field.key) if packed else []
        self.settle(field)
        self.look()
        if others:
            ask_for(self, field, others)

    def settle(self, field: Field[Any]) -> None:
        """Nothing is wrong with the field any more."""
        self.draft.problems = {k: v for k, v in self.draft.problems.items() if k != field.key}

    def empty(self, field: Field[Any]) -> None:
        """Take out what the field holds, to be asked again."""
        self.draft.values = {k: v for k, v in self.draft.values.items() if k != field.key}
        self.look()

    def wrong(
        self,
        field: Field[Any],
        written: str,
        refused: Refused,
        *,
        restorable: bool = True,
        adding: bool = False,
    ) -> None:
        """Keep what was written with what is wrong about it; what stood there before waits for 不改.

        What is right in a list stays; `adding`: also what stands in it already.
        """
        before = self.draft.values.get(field.key) if restorable else None
        if field.key in self.draft.problems:
            before = self.draft.problems[field.key][3]
        row, good = row_of(written, refused, before), good_of(self, field, refused, adding=adding)
        self.draft.values = {k: v for k, v in self.draft.values.items() if k != field.key}
        self.draft.problems = {**self.draft.problems, field.key: row}
        self.draft.keep(_filter=row[2], **({field.key: good} if good else {}))

    def _came_from(self, field: Field[Any], message: int) -> None:
        """Note which message the line comes from; 0, where it comes from a tap or from several messages."""
        said = {key: other for key, other in self.said.items() if key != field.key}
        if message:
            said[field.key] = message
        self.draft.keep(_sources=said or None)

    @property
    def said(self) -> dict[str, int]:
        """The message each line comes from, by field key, where it is one."""
        return dict(self.draft.values.get("_sources") or {})

    def leave_as_it_was(self, field: Field[Any]) -> None:
        """不改: what stood there before the last try stands again."""
        if field.key in self.draft.problems:
            before = self.draft.problems[field.key][3]
            self.settle(field)
            if before is not None:
                self.draft.keep(**{field.key: before})
            self.look()

    def read(self, field: Field[Any], text: str) -> Any:  # noqa: ANN401 - whatever the field holds
        """The value the text means; refused also where it belongs elsewhere."""
        if DAMAGED in clean(text) and DAMAGED_SAID not in self.remarks:
            self.remarks.append(DAMAGED_SAID)
        for guard in GUARDS:
            guard(self.form, field, text, self.scene)
        return field.read(text, self.scene)

    def write(self, field: Field[Any], text: str) -> None:
        """Enter what the person wrote for the field, right or wrong.

        Where only its first line makes sense, the lines below it were meant for something else.
        """
        try:
            self.put(field, put_in(self, field, self.read(field, text), asked=False))
        except Refused as refused:
            first, _, rest = text.partition("\n")
            if rest and not field.lines and not goes_on(self, field, rest):
                with suppress(Refused):
                    self.put(field, self.read(field, first))
                    self.not_taken([rest])
                    self._came_from(field, self.message)
                    return
            self.wrong(field, text, refused)
            self.draft.keep(_touched=True)
            self.look()
        self._came_from(field, self.message)

    def answer(self, field: Field[Any], text: str) -> bool:
        """Enter what was typed after the field's own question; False if the question stands as it is.

        Less than a whole value will do: in a pick-list it narrows the list (a whole name adds to what is
        picked), and a day alone is half a moment.
        """
        text = whole_of(self.draft, field, text, self.scene)
        try:
            value = self.read(field, text)
        except Refused as refused:
            partly = isinstance(refused, Partly) and bool(refused.kept)
            if isinstance(field, Pick) and not isinstance(refused, Ambiguous) and not partly:
                words = one_line(clean(text))
                if field.matching(self.scene, words):
                    self.draft.keep(_filter=words, _touched=True)
                    self._came_from(field, self.message)
                    return False
            unsure = isinstance(refused, Unsure)
            if isinstance(field, Moment) and not unsure and (day := field.day_alone(text, self.scene)):
                self.draft.keep(_day=day.isoformat(), _touched=True)
                self._came_from(field, self.message)
                return False
            self.wrong(field, text, refused)
            self.draft.keep(_touched=True)
            self.look()
            self._came_from(field, self.message)
            return True
        whole = put_in(self, field, value, asked=True)
        self.put(field, whole)
        self._came_from(field, self.message if whole == value else 0)
        return True

    def takes(self, text: str) -> bool:
        """Whether the text may be meant for this form: as an answer to what is asked, or as lines of it.

        Free words answer any question for words; while the whole card is shown nothing is asked.
        """
        asked = self.form.field(self.draft.asking)
        if asked is None or amends(text, self.form.fields) is not None:
            return asked is not None
        if isinstance(asked, Text) or (
            isinstance(asked, Pick) and asked.matching(self.scene, one_line(clean(text)))
        ):
            return True
        try:
            asked.read(text, self.scene)
        except (Unsure, Partly):
            return True
        except Refused:
            return isinstance(asked, Moment) and asked.day_alone(text, self.scene) is not None
        return True

    def take_note(self, note: Note) -> None:
        """Enter a pasted note: what is right is kept, what is wrong is said, what is missing is asked for."""
        for field in self.form.fields:
            if note.values.get(field.key) and field in self.fields:
                self.write(field, note.values[field.key])
        self._not_on_this_form(note)
        if note.unknown:
            self.remarks.append(pages.unknown_labels(note.unknown, self.fields))
        if note.loose:
            self.not_taken(note.loose)

    def not_taken(self, lines: Sequence[str]) -> None:
        """Say which lines belong to no field."""
        self.remarks.append(f"没有收下不带栏目的文字：{clip(one_line('；'.join(lines)), 40)}")

    def _not_on_this_form(self, note: Note) -> None:
        shown = {field.key for field in self.fields}
        missed = [f.label for f in self.form.fields if f.key in note.values and f.key not in shown]
        if missed:
            self.remarks.append(f"这次不用填{'、'.join(missed)}。")

    def take_paper(self, paper: Paper) -> Files | None:
        """Enter a file; None where the form has no place for it.

        One that may not be entered is said beside its line; one of several sent together above it, where the
        next of them does not take the sentence away.
        """
        field = self._place_for(paper)
        if field is None:
            return None
        before = self.scene.values.get(field.key) or []
        paper = _named(paper)
        try:
            papers = field.accept(paper, before)
        except Refused as refused:
            if before or paper.album or field not in self.fields:
                self.remarks.append(f"{refused}。")
            else:
                self.wrong(field, "", refused)
            self.draft.keep(_touched=True)
        else:
            self.put(field, papers)
        return field

    def accepted(self, field: Files, paper: Paper, beside: list[Paper]) -> Paper | None:
        """The file as the form keeps it beside the others; None, and a remark, where it may not be there."""
        paper = _named(paper)
        try:
            field.accept(paper, beside)
        except Refused as refused:
            self.remarks.append(f"{refused}。")
            return None
        return paper

    def remember(self, album: str) -> None:
        """Keep which files came together, and what was said of the first of them: they share one card."""
        self.draft.keep(_album=album or None, _remarks=self.remarks if album and self.remarks else None)

    def recall(self, album: str) -> bool:
        """Whether the last file came together with one that comes now; what was said of it is said again."""
        again = album != "" and self.draft.values.get("_album") == album
        if again:
            self.remarks = [*self.draft.values.get("_remarks", ()), *self.remarks]
        return again

    @property
    def papers(self) -> list[Paper]:
        """Every file on the form."""
        held = [self.draft.values.get(field.key) for field in self.form.fields if isinstance(field, Files)]
        return [Paper(**paper) for papers in held for paper in papers or ()]

    def give_back(self, messages: Iterable[int]) -> list[Paper]:
        """Take off the form whatever came with one of these messages, files and lines; gives back the files.

        A form with nothing left on it counts as untouched.
        """
        gone = set(messages)
        given = [paper for paper in self.papers if paper.message in gone]
        values, said = dict(self.draft.values), self.said
        for field in self.form.fields:
            if said.get(field.key) in gone:
                values.pop(field.key, None)
                self.settle(field)
            elif isinstance(field, Files) and values.get(field.key):
                kept = [paper for paper in values[field.key] if paper.get("message") not in gone]
                values.pop(field.key)
                if kept:
                    values[field.key] = kept
        if any(said.get(key) in gone for key in said):
            values = {key: value for key, value in values.items() if key not in STEPS}
        filled = any(values.get(field.key) is not None for field in self.form.fields)
        values["_sources"] = {key: message for key, message in said.items() if message not in gone} or None
        values["_touched"] = True if filled or self.draft.problems else None
        self.draft.values = {}
        self.draft.keep(**values)
        self.look()
        return given

    def _place_for(self, paper: Paper) -> Files | None:
        """The field the file is for: the one now asked, one that its name tells, or the first still empty."""
        places = [field for field in (*self.fields, *self.form.fields) if isinstance(field, Files)]
        asked = [field for field in places if field.key == self.draft.asking]
        told = [field for field in places if any(word in paper.name for word in field.names)]
        empty = [field for field in places if field in self.fields and not self.draft.values.get(field.key)]
        return next(iter([*asked, *told, *empty, *places]), None)


def _named(paper: Paper) -> Paper:
    return dataclasses.replace(paper, name=one_line(clean(paper.name)))
