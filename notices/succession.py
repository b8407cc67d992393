"""What the office desk is told of a matter whose unit is closed, and its card: who takes over, or the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from notices.board_morning import Section
from notices.card import headline
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.roster import Official, Unit
from rules.succession import ARTICLE

TAKE_OVER: Final = "由其他单位承接"


@dataclass(frozen=True)
class Left:
    """A matter as its card needs it: `subject` reads as in the audit, with the id of a topic for a topic.

    `still` says what stands still meanwhile, `ends` are the buttons that end it, `left` whether it still
    wants a unit.
    """

    subject: str
    what: Markup
    role: str
    unit: Unit
    still: str
    ends: tuple[Button, ...]
    left: bool

    @property
    def plain(self) -> str:
        """What it is, with the unit that is no more: 文稿《…》会签（主办单位住建局已撤并）."""
        return f"{self.what.unescape()}（{self.role}{self.unit.name}已撤并）"

    @property
    def card(self) -> str:
        """The name of its card at the desk."""
        return f"succession:{self.subject}"


def text(one: Left, outcome: Markup | str = "") -> Markup:
    """What has lost its unit, what stands still, and what the desk is asked to do; or what became of it."""
    head = headline(one.unit.name, "已撤并", "", "请明确承接单位" if one.left and not outcome else "")
    head += Markup("\n{}（{}）").format(one.what, one.role)
    if outcome:
        return Markup("{}\n{}").format(head, outcome)
    if not one.left:
        return Markup("{}\n已办结或取消，不必再明确承接单位。").format(head)
    by = "由区政府办公室了结" if one.ends else "由主办单位撤回"
    return Markup("{}\n{}请明确由哪个单位承接；不再办理的，{}。{}").format(head, one.still, by, cite(ARTICLE))


def buttons(one: Left) -> Rows:
    """[由其他单位承接], and below it what ends the matter."""
    if not one.left:
        return ()
    take_over = (Button(TAKE_OVER, f"succession:{one.subject}"),)
    return (take_over, one.ends) if one.ends else (take_over,)


def card(one: Left, to: Official) -> Notice:
    """The desk's card."""
    return Notice(to, text(one), buttons(one), subject=f"{one.role}撤并", card=one.card)


def waiting(those: Sequence[Left]) -> Section:
    """For the office's morning card."""
    return Section(
        f"单位撤并、待明确承接单位{len(those)}件",
        [Markup("{}，原{}{}").format(one.what, one.role, one.unit.name) for one in those],
        [one.subject for one in those],
    )
