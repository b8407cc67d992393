"""Which button a text means: its label, or words that mean it, with a reason behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rules.sentences.expressions import Answer
from rules.sentences.pattern import Pattern
from rules.sentences.reading import plain

_MARKS: Final = Pattern(r"^✓\s*|^(?:代拟)?逾期|^代拟(?=[无有])|（代）$|（\d+件）$|：.*$")
_BEHIND: Final = Pattern(
    r"(?:了|的|吧|啊|呀|哈)?(?:$|[，。.;；:！!、~～\s]+(?:但是?)?(?:理由|原因|意见|事由)?(?:是|为)?[:，\s]*|(?=因为?|由于|理由|原因))"
)
_END: Final = Pattern(r"[。.！!~～\s]+$")
_ASKING: Final = Pattern(r"[?？]\s*$|[吗么呢]\s*[?？]?$")


@dataclass(frozen=True)
class Pressed:
    """A button as it stands under a message."""

    label: str
    data: str


@dataclass(frozen=True)
class Chosen:
    """The buttons that a text may mean, and the words behind: a reason, a remark, or nothing."""

    buttons: Sequence[Pressed] = ()
    words: str = ""


def choose(text: str, buttons: Iterable[Pressed], answers: Sequence[Answer], *, replied: bool) -> Chosen:
    """The buttons that the text means; of `replied` words only where it is a reply to what bears them.

    A label written out counts before other words for it, and the longest words count: 不同意 is no 同意. A
    question means no button.
    """
    said = plain(text)
    if _ASKING.search(said):
        return Chosen()
    best, found = (False, 0), dict[str, tuple[Pressed, str]]()
    for button in buttons:
        label = name_of(button.label)
        for words in _words_for(label, answers, replied=replied):
            behind = _behind(said, words)
            rank = (words == label, len(words))
            if behind is None or rank < best:
                continue
            if rank > best:
                best, found = rank, {}
            found[button.data] = (button, behind)
    return Chosen([button for button, _ in found.values()], next((rest for _, rest in found.values()), ""))


def button_meant(text: str, answers: Sequence[Answer]) -> str:
    """The button that the text would mean on some card, said without a reply; empty where it means none."""
    said = plain(text)
    if _ASKING.search(said):
        return ""
    meant = [
        (len(words), one.button)
        for one in answers
        for words in (one.button, *one.said)
        if _behind(said, words) is not None
    ]
    return max(meant)[1] if meant else ""


def takes_words(button: Pressed, answers: Sequence[Answer]) -> bool:
    """Whether the button asks for a line of words."""
    label = name_of(button.label)
    return any(one.words for one in answers if one.button == label)


def is_question(text: str) -> bool:
    """Whether the text asks something."""
    return _ASKING.search(plain(text)) is not None


def name_of(label: str) -> str:
    """A label without what differs from card to card: 同意（代） is 同意, 同意拟办：出席 is 同意拟办."""
    return _MARKS.sub("", _MARKS.sub("", label)).strip()


def _words_for(label: str, answers: Sequence[Answer], *, replied: bool) -> Iterable[str]:
    yield label
    for one in answers:
        if one.button == label or (
            label.startswith(one.button) and not any(a.button == label for a in answers)
        ):
            yield from (*one.said, *(one.replied if replied else ()))


def _behind(said: str, words: str) -> str | None:
    """What stands behind the words the text begins with; None where they are but part of another word."""
    if not said.startswith(words):
        return None
    rest = said[len(words) :]
    found = _BEHIND.match(rest)
    return _END.sub("", rest[found.end() :]) if found is not None else None
