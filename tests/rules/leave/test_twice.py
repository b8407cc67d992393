"""Nobody is asked twice for one matter: one tap counts in both capacities of a person (art. 7, 9)."""

import pytest

from rules.approval import Decision
from rules.leave.matter import Leave, LeaveState
from rules.roster import Official
from tests.cast import Cast, beijing

NOON = beijing("2026-11-26 12:00")


@pytest.fixture
def cast() -> Cast:
    return Cast()


def agreed_twice(cast: Cast) -> Leave:
    """The vice mayor in charge, who presides for the absent mayor too, has tapped 同意 once."""
    leave = cast.report(cast.head, cast.deputy)
    first = leave.decide(cast.vice, 0, Decision.AGREE, NOON)
    again = leave.also_of(cast.vice, first, cast.vice)
    assert again is not None
    leave.decide(cast.vice, again.position, Decision.AGREE, NOON, stand_in=cast.vice)
    return leave


def test_both_capacities_are_on_record(cast: Cast) -> None:
    leave = agreed_twice(cast)
    assert leave.state is LeaveState.APPROVED
    assert [approval.by for approval in leave.approvals] == [
        "副区长 孙宇宙",
        "副区长 孙宇宙（代区长 赵天地）",
    ]


@pytest.mark.parametrize(("stand_in", "asked"), [(None, None), ("executive", None), ("vice", "mayor")])
def test_only_who_would_be_asked_again_decides_for_both(
    cast: Cast, stand_in: str | None, asked: str | None
) -> None:
    leave = cast.report(cast.head, cast.deputy)
    first = leave.decide(cast.vice, 0, Decision.AGREE, NOON)
    other: Official | None = getattr(cast, stand_in) if stand_in else None
    again = leave.also_of(cast.vice, first, other)
    assert (again.approver if again else None) is (getattr(cast, asked) if asked else None)


def test_a_refusal_asks_nobody_else(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    refused = leave.decide(cast.vice, 0, Decision.DECLINE, NOON, "不同意")
    assert leave.also_of(cast.vice, refused, cast.vice) is None
