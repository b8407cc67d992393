"""撤销 in words: the button, what is left of what was told, and who has to know that it does not hold."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from notices.card import headline
from notices.message_text import named_in
from notices.notice import Button, Notice
from rules.dates.reading import moment_words
from rules.roster import Official
from rules.undo.decided import Decided

CODE = "undo"


def button(id: int, what: str) -> Button:
    """[撤销同意]."""
    return Button(f"撤销{what}", f"{CODE}:{id}")


def withdrawn(decided: Decided, by: Official, now: datetime, told: str) -> Markup:
    """What is left of a message that told of it, in one line."""
    line = Markup("〔{}已于{}撤销“{}”〕{}")
    return line.format(by.titled, moment_words(now), decided.what, named_in(told))


def all_withdrawn(back: Sequence[str], stand: Sequence[str]) -> dict[str, Any]:
    """What becomes of the answer to 全部同意: what was taken back, and what could not be, with why."""
    lines = [headline("", f"已撤销{len(back)}件", wanted=f"{len(stand)}件不能撤销" if stand else "")]
    lines += [Markup("〔已撤销〕{}").format(one) for one in back]
    lines += [Markup("不能撤销：{}").format(one) for one in stand]
    return {"text": str(Markup("\n").join(lines)), "keyboard": []}


def no_longer(decided: Decided, by: Official, to: Official, told: str) -> Notice:
    """For whoever was told of it as of something that stands."""
    first = headline("", named_in(told), wanted=f"{by.name}撤销了“{decided.what}”")
    return Notice(
        to,
        first + Markup("\n{}").format(decided.then),
        subject=f"撤销{decided.what}",
        matter=decided.subject,
        news=True,
    )


def live(decided: Decided, to: Official, together: int) -> Notice:
    """The button once more, for who answers in words; `together` are those it takes back at once."""
    said = Markup("{}：“{}”，{}前可以撤销。").format(
        moment_words(decided.at), decided.what, moment_words(decided.until)
    )
    return Notice(
        to,
        said,
        ((button(decided.id, decided.what),),),
        subject=f"刚才一并办的{together}件" if together > 1 else "",
        card=f"{decided.subject}:{CODE}",
    )
