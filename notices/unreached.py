"""When a notice cannot reach its person: the next in line is told, and the office desk, once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from markupsafe import Markup

from notices.card import headline, introduced
from notices.notice import Notice
from rules.roster import Official

UNREACHED: Final = "unreached"
"""The timer that looks again where others of the same unit had not been told yet; its subject is the row."""
LOOK_AGAIN: Final = timedelta(seconds=20)
PATIENCE: Final = timedelta(minutes=10)
"""So long the desk's one message waits for what was written at the same time; then each is told by itself."""


def texts(missed: Sequence[Official], subjects: Sequence[str]) -> tuple[Markup, Markup]:
    """What the next in line reads, and what the office desk reads; the matters are named, never told."""
    names = "、".join(one.titled for one in missed)
    quoted = "".join(f"“{subject}”" for subject in subjects)
    short = "、".join(one.name for one in missed[:2]) + (f"等{len(missed)}人" if len(missed) > 2 else "")
    told = Markup("发给{}的{}未能送达。").format(names, quoted)
    first = (headline(short, "没有收到通知", "", wanted) for wanted in ("请转告", "请电话告知"))
    return (
        Markup("{}\n{}请转告本人尽快查看，或致电区政府办公室。").format(next(first), told),
        Markup("{}\n{}请电话告知本人：{}。").format(next(first), told, phones(missed)),
    )


def phones(people: Sequence[Official]) -> str:
    """The number of one person already named; each of several with the name."""
    return _number(people[0]) if len(people) == 1 else phones_of(people)


def phones_of(people: Sequence[Official]) -> str:
    """Each with the name, whom nobody has named yet; or that there is nobody."""
    return "；".join(f"{one.titled} {_number(one)}" for one in people) or "（花名册上没有人）"


def _number(official: Official) -> str:
    return official.phone or "（花名册未登记）"


def not_reminded(asker: Official, whom: Official) -> Notice:
    """To who tapped 催办: it reached nobody, and the office rings."""
    line = headline(introduced(whom), "没有收到催办", "", "已请区政府办公室电话联系")
    return Notice(asker, line, asks=True)
