"""Fields of words and numbers: free text, one of several words, a number, a telephone number."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from typing_extensions import override

from rules import numerals
from rules.fields.base import Field, Json, Scene
from rules.refused import Refused, Unsure
from rules.text import one_line

_IN_BRACKETS = re.compile(r"\s*[（(][^（()）]*[)）]$")
_DENIES = re.compile(r"[不非无否没]")


@dataclass(frozen=True)
class Text(Field[str]):
    """Free text of at most `longest` characters, on one line unless `multiline`.

    `phrases` is the kind of ready lines (rules/remarks/phrases.py) that a tap answers it with.
    """

    phrases: str = field(default="", kw_only=True)
    longest: int = field(default=100, kw_only=True)
    multiline: bool = field(default=False, kw_only=True)

    @property
    @override
    def lines(self) -> bool:
        """Whether the value keeps its line ends."""
        return self.multiline

    def offered(self, scene: Scene) -> Sequence[str]:
        """The office's ready lines for it."""
        return scene.settings.phrases.of(self.phrases)

    @override
    def limit(self, scene: Scene) -> str:
        return f"{self.longest}字以内"

    @override
    def parse(self, text: str, scene: Scene) -> str:
        """The text itself, refused when too long: nothing is cut off behind the person's back."""
        text = text if self.multiline else one_line(text)
        if len(text) > self.longest:
            raise Refused(f"写了{len(text)}个字，请压缩到{self.longest}个字以内")
        return text

    @override
    def pack(self, value: str) -> Json:
        return value

    @override
    def unpack(self, stored: Json, scene: Scene) -> str:
        return str(stored)


def reason(label: str, ask: str, example: str, hint: str = "", phrases: str = "") -> Text:
    """One line of why: 理由, 意见, 原因; kept under `reason`, with ready lines of that kind."""
    return Text("reason", label, ask=ask, hint=hint, example=example, longest=200, phrases=phrases)


@dataclass(frozen=True)
class Place(Text):
    """Where something is: a place shared from the phone's map answers it as well."""


@dataclass(frozen=True)
class PersonName(Text):
    """Somebody's name, on the roster or not: a shared contact answers it as well."""


@dataclass(frozen=True)
class Choice(Field[str]):
    """One of a few words, each a button; `synonyms` maps what people write to the word.

    `roughly` has words that no option says, with the one they would come under: that is asked, not taken.
    `options` may be the members of a StrEnum, then the value is a member; it may also depend on the scene.
    """

    options: Sequence[str] | Callable[[Scene], Sequence[str]] = field(kw_only=True)
    synonyms: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    roughly: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    columns: int = field(default=3, kw_only=True)

    def choices(self, scene: Scene) -> Sequence[str]:
        """The words now on offer."""
        return self.options(scene) if callable(self.options) else self.options

    @override
    def parse(self, text: str, scene: Scene) -> str:
        """The word written, or its synonym, or the only one that contains what was written.

        A remark in brackets behind it does not matter. Where a known word stands among others it is asked.
        """
        text = one_line(text).strip("。.，, ")
        choices = self.choices(scene)
        for written in (text, _IN_BRACKETS.sub("", text)):
            meant = self.synonyms.get(written, written)
            if meant in choices:
                return choices[choices.index(meant)]
            if written in self.roughly:
                raise Unsure(f"归入「{self.roughly[written]}」？", [self.roughly[written]])
        alike = [choice for choice in choices if text in choice]
        if len(alike) == 1:
            return alike[0]
        if among := self._among_words(text, choices):
            raise Unsure(f"是{'、'.join(f'「{word}」' for word in among)}？", among)
        raise Refused(f"请从{'、'.join(choices)}中选一项")

    def _among_words(self, text: str, choices: Sequence[str]) -> list[str]:
        """The options whose word or synonym stands somewhere in the text; none where it denies something."""
        if _DENIES.search(text):
            return []
        words = {**{str(choice): choice for choice in choices}, **self.synonyms, **self.roughly}
        named = [word for word in words if len(word) > 1 and word in text]
        found = {words[word] for word in named if not any(word in other != word for other in named)}
        return [choice for choice in choices if choice in found]

    @override
    def pack(self, value: str) -> Json:
        return str(value)

    @override
    def unpack(self, stored: Json, scene: Scene) -> str:
        choices = self.choices(scene)
        if stored not in choices:
            raise Refused(f"请从{'、'.join(choices)}中选一项")
        return choices[choices.index(stored)]


@dataclass(frozen=True)
class Number(Field[int]):
    """A whole number between `least` and `most`, in digits or in Chinese; `unit` follows it (个工作日)."""

    least: int = field(default=1, kw_only=True)
    most: int = field(default=999, kw_only=True)
    unit: str = field(default="", kw_only=True)
    offered: tuple[int, ...] = field(default=(), kw_only=True)

    @override
    def limit(self, scene: Scene) -> str:
        return f"{self.least}至{self.most}{self.unit}"

    @override
    def parse(self, text: str, scene: Scene) -> int:
        """3, ３, 三 and 3个工作日 are all three."""
        found = re.fullmatch(r"(\d{1,9}|[零〇一二两三四五六七八九十百千万]{1,9})\s*(\D{0,6})", one_line(text))
        if not found:
            raise Refused(f"请填一个数字（{self.limit(scene)}）")
        digits = found[1]
        try:
            number = numerals.read(digits)
        except ValueError:
            raise Refused(f"请填一个数字（{self.limit(scene)}）") from None
        if not self.least <= number <= self.most:
            raise Refused(f"超出范围（{self.limit(scene)}）")
        return number

    @override
    def pack(self, value: int) -> Json:
        return value

    @override
    def unpack(self, stored: Json, scene: Scene) -> int:
        return int(stored)

    @override
    def say(self, value: int, scene: Scene) -> str:
        return f"{value}{self.unit}"


@dataclass(frozen=True)
class Phone(Field[str]):
    """A telephone number: a mobile number, or a landline one with or without its area code."""

    @override
    def parse(self, text: str, scene: Scene) -> str:
        """The number, digits and one hyphen after an area code."""
        digits = re.sub(r"[\s\-－—()（）]", "", one_line(text)).removeprefix("+86")
        if not digits.isdecimal() or not digits.isascii():
            digits = "".join(str(int(d)) if d.isdecimal() else d for d in digits)
        if re.fullmatch(r"1[3-9]\d{9}", digits) or re.fullmatch(r"[2-9]\d{6,7}", digits):
            return digits
        landline = re.fullmatch(r"(0(?:10|2\d|[3-9]\d\d))([2-9]\d{6,7})", digits)
        if landline:
            return f"{landline[1]}-{landline[2]}"
        raise Refused("不像电话号码")

    @override
    def pack(self, value: str) -> Json:
        return value

    @override
    def unpack(self, stored: Json, scene: Scene) -> str:
        return str(stored)
