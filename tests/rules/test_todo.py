"""One question on one person's desk: where it lies, whose it is, who may answer it, since when it waits."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from rules.absence import StandIn
from rules.refused import Refused
from rules.roster import Official
from rules.todo import Question, Refusals, Todo
from tests.cast import Cast, beijing

ASKED, LATER, LAST = (beijing(f"2026-11-2{day} 09:30") for day in (4, 5, 6))


@dataclass(eq=False)
class Wish(Todo[Official]):
    """A yes/no question of no procedure at all."""

    refusals: ClassVar = Refusals(
        own="本人的事不能由本人办。",
        done="{of}的事{done}，不能重复办理。",
        others="这件事由{whose}办理（{owner}），您不能代为办理。",
        early="还没有轮到您。",
        article=77,
    )
    mayor: Official
    granted: bool = False

    @property
    def owner(self) -> Official:
        """The mayor."""
        return self.mayor

    @property
    def outcome(self) -> str:
        """同意 once granted."""
        return "同意" if self.granted else ""


@dataclass(eq=False)
class AnyClerks(Question[Official | None]):
    """A question to the office desk, nobody's alone."""

    refusals: ClassVar = Refusals(done="{done}。", others="由{whose}办理。")
    said: str = ""

    @property
    def owner(self) -> None:
        """Nobody's alone."""
        return

    @property
    def outcome(self) -> str:
        """What was said."""
        return self.said


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_the_owner_or_who_stands_in_and_nobody_else(cast: Cast) -> None:
    wish = Wish(cast.mayor, asked_at=ASKED)
    wish.require(cast.mayor, cast.executive, of=cast.head)
    wish.require(cast.executive, cast.executive, of=cast.head)
    with pytest.raises(Refused) as others:
        wish.require(cast.vice, cast.executive, of=cast.head)
    assert str(others.value) == (
        "这件事由区长 赵天地办理（区长 赵天地），您不能代为办理。（依据《工作规则》第七十七条）"
    )
    with pytest.raises(Refused, match="本人的事不能由本人办"):
        wish.require(cast.head, of=cast.head)
    wish.reassign(StandIn(cast.mayor, cast.executive), LATER)
    with pytest.raises(Refused, match="由常务副区长 钱玄黄（代区长 赵天地）办理（区长 赵天地）"):
        wish.require(cast.vice)


def test_what_is_decided_is_decided_once_and_says_by_whom(cast: Cast) -> None:
    wish = Wish(cast.mayor, asked_at=ASKED)
    assert (wish.by, wish.settled, wish.done, wish.acting_for) == ("", "", "", None)
    wish.granted, wish.decided_by, wish.decided_at = True, cast.executive, LATER
    assert wish.done == "已由常务副区长 钱玄黄（代区长 赵天地）于11月25日 09:30同意"
    assert wish.acting_for is cast.mayor
    with pytest.raises(Refused) as twice:
        wish.require(cast.mayor, of=cast.head)
    assert str(twice.value) == f"{cast.head.titled}的事{wish.done}，不能重复办理。"
    wish.decided_by = cast.mayor
    assert [wish.settled, wish.acting_for] == ["区长 赵天地于11月25日 09:30同意", None]


def test_before_its_turn_it_is_nobodys(cast: Cast) -> None:
    wish = Wish(cast.mayor)
    with pytest.raises(Refused, match="还没有轮到您"):
        wish.require_turn()
    wish.reassign(StandIn(cast.mayor, cast.executive), LATER)
    assert (wish.holder, wish.asked_at) == (cast.executive, None)  # on another desk, and not asked yet
    wish.ask(LAST)
    wish.require_turn()


def test_it_lies_on_one_desk_and_the_wait_begins_anew_on_the_next(cast: Cast) -> None:
    wish = Wish(cast.mayor, asked_at=ASKED, reminded_at=LATER, escalated_at=LATER)
    assert not wish.is_on_wrong_desk(None)
    stand_in, nobody = StandIn(cast.mayor, cast.executive), StandIn(cast.mayor, None)
    assert wish.is_on_wrong_desk(stand_in)
    assert wish.is_on_wrong_desk(nobody)
    wish.reassign(nobody, LATER)  # it stays with the mayor, and goes on waiting
    assert (wish.holder, wish.unattended_at) == (cast.mayor, LATER)
    assert (wish.asked_at, wish.reminded_at, wish.escalated_at) == (ASKED, LATER, LATER)
    wish.reassign(nobody, LAST)
    assert wish.unattended_at == LATER  # since when
    assert not wish.is_on_wrong_desk(nobody)
    assert wish.is_on_wrong_desk(None)
    wish.reassign(stand_in, LAST)
    assert [wish.holder, wish.unattended_at] == [cast.executive, None]
    assert (wish.asked_at, wish.reminded_at, wish.escalated_at) == (LAST, None, None)
    assert not wish.is_on_wrong_desk(stand_in)


def test_another_owner_has_nobody_standing_in_yet(cast: Cast) -> None:
    wish = Wish(cast.mayor, asked_at=ASKED, reminded_at=LATER, stand_in=cast.executive)
    wish.mayor = cast.vice
    wish.has_new_owner(LAST)
    assert (wish.holder, wish.asked_at, wish.reminded_at) == (cast.vice, LAST, None)


def test_what_is_nobodys_alone_is_the_offices(cast: Cast) -> None:
    asked = AnyClerks()
    assert (asked.holder, asked.whose) == (None, "区政府办公室")
    asked.said, asked.decided_by, asked.decided_at = "通过", cast.director, LATER
    assert asked.done == f"已由{cast.director.titled}于11月25日 09:30通过"
    asked.decided_by = None
    assert asked.done == "已通过"  # nobody had to decide
