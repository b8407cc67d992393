"""A form as paper: the half-filled draft, what is wrong on it, and how long it may lie.

The fields that may stand on it are in `rules.fields`; who asks and who answers is the handlers' business.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from rules.refused import Refused

FORM_PATIENCE = timedelta(minutes=30)
"""A form untouched for so long offers 继续 / 先放着 / 放弃, once."""
KEPT_ASIDE: Final = timedelta(days=15)
"""A form that was put aside is kept so long; then its person is told that it is gone."""


@dataclass(frozen=True)
class KeptFiles:
    """办公室规定: files that came without a word are let go after `keep_hours`; the sender is told once."""

    keep_hours: int = 2

    @property
    def patience(self) -> timedelta:
        """How long they lie."""
        return timedelta(hours=self.keep_hours)


class Values(dict[str, Any]):
    """What a form holds, by field key: dates, spans, officials, units, text; None where a field was skipped.

    A key without a field is a hidden value (such as the id of the leave a reason belongs to). A field
    that is not filled yet, or whose value no longer holds, is absent.
    """


@dataclass(frozen=True)
class Problem:
    """Something a form as a whole does not allow.

    `key` names the field it is said beside ("" for the whole form); the form cannot be submitted until
    it is mended.
    """

    key: str
    message: str
    article: int | None = None


ABOUT: Final = "_about"
"""The key under which a form is given what it is about, to be shown below its title."""


@dataclass(eq=False)
class Draft:
    """One half-filled form of one official in one chat; one of them is open at a time, others may lie aside.

    `values` holds what is filled, as JSON that reads the same tomorrow (2026-12-01, never 明天), with keys
    that begin with "_" for where the filling stands. `problems` holds, by field key, what was written there
    and why it is wrong. `asking` is the key of the field now asked, None while the whole card is shown.
    `turn` counts the cards sent: only the newest one is live. `aside_at` is when it was put aside; None for
    the one that is open. Instants are aware UTC.
    """

    official_id: int
    chat_id: int
    procedure: str
    title: str
    updated_at: datetime
    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, Any] = field(default_factory=dict)
    asking: str | None = None
    turn: int = 0
    aside_at: datetime | None = None
    closed_at: datetime | None = None
    id: int = field(init=False)

    @property
    def card(self) -> str:
        """The key of the live card; copies from earlier turns have keys of their own."""
        return f"form:{self.id}:{self.turn}"

    @property
    def about(self) -> str:
        """What its question is about, in a few words, where that stands on another card; empty otherwise."""
        return str(self.values.get(ABOUT, ""))

    @property
    def touched(self) -> bool:
        """Whether the person has put anything on it (what only lies hidden does not count)."""
        return bool(self.values.get("_touched") or self.problems)

    def meant(self, key: str) -> list[str]:
        """What was understood of the field's doubtful answer: each a button, and an answer as it stands."""
        return self.problems[key][4] if len(self.problems.get(key, ())) > 4 else []

    @property
    def waiting(self) -> dict[str, Any]:
        """The form begun over this one, until the person has chosen between them; empty if there is none."""
        return dict(self.values.get("_next") or {})

    @property
    def assumed(self) -> list[str]:
        """The keys of what was entered without a question, and may be changed on the card."""
        return list(self.values.get("_assumed") or ())

    @property
    def idle(self) -> bool:
        """Whether it lay so long that the person was asked whether to go on."""
        return bool(self.values.get("_idle"))

    @property
    def loose(self) -> list[dict[str, Any]]:
        """Files sent since the last answer that have no place on it: a note that begins a form finds them."""
        return list(self.values.get("_loose") or ())

    def still_wrong(self, key: str) -> list[str]:
        """Other entries of a list that are to be asked about once the one in question is settled."""
        return self.problems[key][5] if len(self.problems.get(key, ())) > 5 else []

    def around(self, key: str) -> list[str] | None:
        """What stands before the line in question, that line, and what stands after it."""
        return self.problems[key][6] if len(self.problems.get(key, ())) > 6 else None

    def keep(self, **values: Any) -> None:  # noqa: ANN401 - JSON
        """Set values by key; None under a "_" key removes it."""
        merged: Mapping[str, Any] = {**self.values, **values}
        self.values = {k: v for k, v in merged.items() if not (k.startswith("_") and v is None)}

    def put_aside(self, now: datetime) -> datetime:
        """It is taken up again another day; gives back until when it is kept.

        What was written on it then counts from when it is handed in: until then it was told to nobody.
        """
        self.aside_at = now
        self.keep(_idle=None, _next=None, _said=None)
        return now + KEPT_ASIDE

    def take_up(self, now: datetime) -> None:
        """It is the open one again."""
        self.aside_at, self.updated_at = None, now

    def close(self, now: datetime, files: Mapping[str, str] | None = None) -> None:
        """Submitted or given up: what was on it is not kept.

        Of one that was submitted the `files` are: Telegram's handle of each, and the message it came in. A
        mark on what was sent together with it may become known only then (art. 79).
        """
        self.closed_at = now
        self.asking = None
        self.values = {"_handed_in": dict(files)} if files else {}
        self.problems = {}


def may_repeat(state: str, ended: Collection[str], *, own: bool) -> None:
    """Whether somebody may report a matter again with what it said: their own, once it came to nothing."""
    if not own:
        raise Refused("这不是您报的，不能照原内容再报。")
    if state not in ended:
        raise Refused(f"这件事{state}，不能照原内容再报。")
