"""What every field of a form has in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any, Generic, TypeVar

from rules.forms import Values
from rules.refused import Refused
from rules.roster import Official, Roster
from rules.settings import Settings
from rules.text import clean
from rules.working_days import DAY, SHANGHAI, Calendar

T = TypeVar("T")
Json = Any
"""What a draft may store: text, numbers, and lists and dictionaries of them."""


@dataclass(frozen=True)
class Scene:
    """What a field may look at while it reads an answer: who fills the form, when, and what is filled so far.

    `now` is aware UTC.
    """

    now: datetime
    official: Official
    roster: Roster
    calendar: Calendar
    settings: Settings
    values: Values = field(default_factory=Values)

    @property
    def today(self) -> date:
        """The date in Shanghai."""
        return self.now.astimezone(SHANGHAI).date()


@dataclass(frozen=True)
class Field(ABC, Generic[T]):
    """One line of a form.

    `key` is its name in `Values`, `label` the Chinese word before the colon, `aliases` other words people
    write there. `ask` is the question of the step by step way, `hint` a line under it, `example` what is
    shown there and beside a mistake, its days as `sample` fills them in. An `optional` field may be skipped,
    its value is then None. `default` is offered as a button, and stands in a pasted note that leaves the
    field out. An `unasked` one is not asked where it has a default, or has none and may be left empty: it
    stands on the card, to be changed there. `shown` says, from what is filled so far, whether the field
    belongs on the form at all; `check` raises `Refused` on a value that may not stand there.
    """

    key: str
    label: str
    _: KW_ONLY
    ask: str = ""
    hint: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    optional: bool = False
    default: Callable[[Scene], T | None] | None = None
    unasked: bool | Callable[[Values], bool] = False
    shown: Callable[[Values], bool] | None = None
    check: Callable[[T, Scene], None] | None = None

    @property
    def question(self) -> str:
        """What the person is asked, without the hint."""
        return self.ask or f"请填写{self.label}。"

    def asked(self, scene: Scene) -> str:  # noqa: ARG002 - for fields that look at it
        """The question as it stands on the form; one that says of how many it asks looks at the scene."""
        return self.question

    def is_asked(self, values: Values) -> bool:
        """Whether the step by step way asks for it, as far as it can do without."""
        return not (self.unasked(values) if callable(self.unasked) else self.unasked)

    def sample(self, scene: Scene) -> str:
        """The example, its days filled in: {day} and, two days on, {end}; {soon} before them; {today}.

        All but the last are working days that are still to come.
        """
        if "{" not in self.example:
            return self.example
        days = scene.calendar
        day = next(
            day
            for day in _days_from(scene.today, 8)
            if days.is_working(day) and days.is_working(day + 2 * DAY)
        )
        soon = next(day for day in _days_from(scene.today, 3) if days.is_working(day))
        written = {"day": day, "end": day + 2 * DAY, "soon": soon, "today": scene.today}
        return self.example.format(**{name: f"{each.month}月{each.day}日" for name, each in written.items()})

    def limit(self, scene: Scene) -> str:  # noqa: ARG002 - for those that depend on the roster
        """What an answer may be at most, to be said with the question; empty where nothing limits it."""
        return ""

    @property
    def lines(self) -> bool:
        """Whether the value keeps its line ends."""
        return False

    def read(self, text: str, scene: Scene) -> T:
        """The value that the person's text means; raises `Refused` with one sentence where it means none."""
        text = clean(text)
        if not text:
            raise Refused("没有内容")
        value = self.parse(text, scene)
        self.hold(value, scene)
        return value

    def hold(self, value: T, scene: Scene) -> None:
        """Raise `Refused` where the value may not stand (any more)."""
        if self.check is not None:
            self.check(value, scene)

    def amended(self, before: T, text: str, scene: Scene) -> str | None:  # noqa: ARG002 - for fields of lines
        """The whole anew, where the text changes only a part of what stood before; None where it does not."""
        return None

    def mended(self, wrong: str, text: str, scene: Scene) -> str:  # noqa: ARG002 - see above
        """The line that was wrong, as the answer about it mends it."""
        return text

    @abstractmethod
    def parse(self, text: str, scene: Scene) -> T:
        """The value of cleaned, non-empty text."""

    @abstractmethod
    def pack(self, value: T) -> Json:
        """The value as a draft stores it: reads the same on any later day."""

    @abstractmethod
    def unpack(self, stored: Json, scene: Scene) -> T:
        """The stored value again; raises `Refused` where it has gone (such as a person who left)."""

    def say(self, value: T, scene: Scene) -> str:  # noqa: ARG002 - the scene is for those that need the year
        """The value as the card shows it."""
        return str(value)


def _days_from(today: date, days: int) -> Iterator[date]:
    """Every day from so many days after today on."""
    return (today + number * DAY for number in count(days))
