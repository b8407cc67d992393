"""Which question comes next, and which came before."""

from typing import Any

from handlers.forms.reading import STEPS, Reading
from rules.fields import Field


class Steps(Reading):
    """A draft with its form, asked step by step."""

    def advance(self) -> None:
        """Ask for what is wrong or missing next; nothing, if the form is whole.

        What a pasted note leaves out, and what is not asked, is its default or nothing; what follows from
        the rest follows it anew, as long as nobody has written something else there.
        """
        self.draft.keep(_from=None, _day=None, _editing=None)
        if assumed := self.draft.assumed:
            self.draft.values = {k: v for k, v in self.draft.values.items() if k not in assumed}
            self.draft.keep(_assumed=None)
            self.look()
        while (field := self._open) is not None:
            if field.key in self.draft.problems or not self._assume(field):
                break
        self.draft.asking = field.key if field else None
        if field is not None and field.key in self.draft.problems:
            looked_for = self.draft.problems[field.key][2]
            self.draft.keep(_filter=self.draft.values.get("_filter") or looked_for)

    @property
    def _open(self) -> Field[Any] | None:
        """The first line that is wrong or empty; one entered on the way may have called for it."""
        return next(
            (f for f in self.fields if f.key in self.draft.problems or f.key not in self.draft.values), None
        )

    def _assume(self, field: Field[Any]) -> bool:
        """Enter what stands without a question; False where it has to be asked."""
        pasted = self.draft.values.get("_pasted")
        if not pasted and field.is_asked(self.scene.values):
            return False
        default = field.default(self.scene) if field.default else None
        if default is None and not (field.optional and (pasted or field.default is None)):
            return False
        packed = None if default is None else field.pack(default)
        self.draft.keep(**{field.key: packed}, _assumed=[*self.draft.assumed, field.key])
        self.look()
        return True

    # ------------------------------------------------------------ going back

    def turn_to(self, field: Field[Any]) -> None:
        """Ask for a field again; what stands there is kept until another answer comes."""
        self.draft.asking = field.key
        self.draft.keep(**dict.fromkeys(STEPS), _editing=field.key)

    @property
    def changes_one(self) -> bool:
        """Whether the whole form stands, and only the line now asked for is to be changed."""
        others = [field.key for field in self.fields if field.key != self.draft.asking]
        return self.draft.values.get("_editing") is not None and all(
            key in self.draft.values for key in others
        )

    @property
    def can_step_back(self) -> bool:
        """Whether there is a step before this one: half of this answer, or a question answered before."""
        half = self.draft.values.get("_from") or self.draft.values.get("_day")
        return bool(half) or (self._answered_before is not None and not self.changes_one)

    @property
    def _answered_before(self) -> Field[Any] | None:
        """The last answer before the question now asked, or before the card."""
        keys = [field.key for field in self.fields]
        place = keys.index(self.draft.asking) if self.draft.asking in keys else len(keys)
        given = self.draft.values.keys() - set(self.draft.assumed)
        return next((field for field in reversed(self.fields[:place]) if field.key in given), None)

    def step_back(self) -> bool:
        """上一步: to the day picked half-way, or to what was answered last; False where there is nothing."""
        if self.draft.values.get("_from") or self.draft.values.get("_day"):
            self.draft.keep(_from=None, _day=None)
            return True
        asked = self.form.field(self.draft.asking)
        if asked is not None and asked.key in self.draft.problems:
            self.leave_as_it_was(asked)
        if self.changes_one:
            self.advance()
            return True
        before = self._answered_before
        if before is None:
            return False
        self.turn_to(before)
        return True
