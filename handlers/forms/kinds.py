"""What a procedure declares to have a form: its fields, what it checks, shows and does in the end."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, Protocol

from markupsafe import Markup
from telegram import Update

from handlers.context import Context
from rules.fields import Field, Files, Paper, Scene
from rules.forms import Problem, Values
from rules.roster import Official
from storage.unit_of_work import UnitOfWork

Check = Callable[[UnitOfWork, Official, Values], Awaitable[list[Problem] | None]]
Preview = Callable[[UnitOfWork, Official, Values], Awaitable[Markup]]
Forbid = Callable[[UnitOfWork, Official, Values], Awaitable[Markup | None]]
Around = Callable[[UnitOfWork, Official], Awaitable[Mapping[str, Any]]]
FromMatter = Callable[[Official, Any], Mapping[str, Any]]
Submit = Callable[[UnitOfWork, Official, Values], Awaitable[Markup | None]]


@dataclass(frozen=True)
class Form:
    """A kind of form, e.g. the leave report.

    `name` is what drafts store, `title` heads the card, `word` (and `aliases`) open a pasted note; without
    a word the form only begins from a button. Once every field stands, `check` may find what is wrong
    between them, and `preview` adds lines under the card (who will approve, what to mind). `submit` does
    the deed, in the same transaction that closes the draft; what it returns replaces the card (the card
    with 已提交 if it returns None). Whatever it refuses is said, and the form stays open; with `refusal_ends`
    that ends the form, for the matter was decided, moved or withdrawn while the person was writing, and
    nothing on the form can mend it; where only some of its forms have such a matter, their values say so.
    `around` gives what the fields have to know of the official's other matters; it is read anew each time,
    stands among the values, and is not kept.
    `forbids` is asked after every answer: what it returns ends the form at once, and nothing of it is kept.
    `from_matter` gives what an ended `matter` of theirs said: a new form begins with it (照原内容再报), and
    asks anew what no longer holds. It refuses whoever may not, and a matter that has not come to nothing.
    With `confirm=False` the last answer submits: for one-question forms. Those are in time or late by that
    answer, not by what may be left out after it; so is one with a card that is `said`. A form that
    `becomes` another once it is whole only finds out which one is meant; the files on it go along.
    """

    name: str
    title: str
    fields: tuple[Field[Any], ...]
    submit: Submit
    _: KW_ONLY
    word: str = ""
    aliases: tuple[str, ...] = ()
    check: Check | None = None
    preview: Preview | None = None
    forbids: Forbid | None = None
    around: Around | None = None
    matter: type[Any] | None = None
    from_matter: FromMatter | None = None
    confirm: bool = True
    said: bool = False
    refusal_ends: bool | Callable[[Values], bool] = False
    becomes: Callable[[Values], "Destination"] | None = None

    @property
    def takes_files(self) -> bool:
        """Whether a file has a place on it."""
        return any(isinstance(field, Files) for field in self.fields)

    def ends_on_refusal(self, values: Values) -> bool:
        """Whether what `submit` refuses ends the form with these values."""
        return self.refusal_ends if isinstance(self.refusal_ends, bool) else self.refusal_ends(values)

    def stored(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values of fields (a date, an Official) and hidden ones (JSON), as a draft keeps them."""
        fields = {key: self.field(key) for key in values}
        return {
            key: of.pack(value) if (of := fields[key]) is not None and value is not None else value
            for key, value in values.items()
        }

    def field(self, key: str | None) -> Field[Any] | None:
        """The field of that key, or None."""
        return next((field for field in self.fields if field.key == key), None)


@dataclass(frozen=True)
class Destination:
    """A form that files may go to, with the values it begins with: 会签, 附到12月8日的请假."""

    label: str
    form: Form
    values: Mapping[str, Any] = field(default_factory=dict)


def asks(
    name: str, title: str, *fields: Field[Any], check: Check | None = None, preview: Preview | None = None
) -> Callable[[Submit], Form]:
    """The form behind a button: a reason, whom else to ask. The function under it is what the answer does.

    The last answer submits, unless a `preview` shows first what will be; what is refused then ends the form.
    """

    def form(submit: Submit) -> Form:
        shown = preview is not None
        return Form(
            name,
            title,
            fields,
            submit,
            check=check,
            preview=preview,
            confirm=shown,
            refusal_ends=True,
            said=shown,
        )

    return form


Guard = Callable[[Form, Field[Any], str, Scene], None]
"""Raises `Refused` where what was written for that field of that form belongs elsewhere."""
Aside = Callable[[UnitOfWork, Official, Form | None, str, Paper | None], Awaitable[bool]]
"""Looks at a text beside the form it was written for, or that no form took, with the file that no form took;
True where it has answered it."""


class Hearer(Protocol):
    """Answers a text that no form has taken; False, which is only while one is `lying`, where it has not."""

    async def __call__(
        self, update: Update, context: Context, official: Official, text: str, *, lying: bool
    ) -> bool: ...


Orders = Callable[[Context, Official, str], Awaitable[str]]
"""What a sentence certainly asks for, in the bot's own words; empty where it asks for nothing of ours."""
Destinations = Callable[[UnitOfWork, Official], Awaitable[Sequence[Destination]]]
"""What of the official's own matters a file may go to now."""

GUARDS: list[Guard] = []
ASIDES: list[Aside] = []
HEARERS: list[Hearer] = []
ORDERS: list[Orders] = []
DESTINATIONS: list[Destinations] = []
"""All are entered by `handlers.routes`."""

FORMS: dict[str, Form] = {}
"""Every form by name; `handlers.routes` enters them from each procedure's FORMS."""


def enter(*forms: Form) -> None:
    """Make forms known; two of one name or word are a mistake of ours."""
    for form in forms:
        words = {word for other in FORMS.values() for word in (other.word, *other.aliases) if word}
        if FORMS.get(form.name) is form:
            continue
        if form.name in FORMS or words & {form.word, *form.aliases}:
            msg = f"two forms are called {form.name} or {form.word}"
            raise ValueError(msg)
        FORMS[form.name] = form
