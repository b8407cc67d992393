"""Being asked to act, answering, and being replaced (art. 77)."""

import pytest

from rules.approval import Decision
from rules.leave.acting import (
    ask,
    aware,
    cannot,
    declined,
    latest_of,
    may_answer,
    name_another,
    needs_another,
)
from rules.leave.matter import Leave, LeaveState
from rules.refused import Refused
from rules.roster import Official
from tests.cast import THURSDAY, Cast

DATES = "12月1日（周二）至12月3日（周四），共3天"


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def leave(cast: Cast) -> Leave:
    leave = cast.report(cast.head, cast.deputy)
    assert ask(leave, DATES, THURSDAY) is not None
    return leave


def who_acts(leave: Leave) -> Official | None:
    return leave.acting


def test_asked_once_for_the_same_days(leave: Leave) -> None:
    assert ask(leave, DATES, THURSDAY) is None
    again = ask(leave, "12月2日（周三），共1天", THURSDAY)
    assert again is not None
    assert again.official is leave.acting


def test_nobody_is_asked_where_nobody_acts_or_nothing_stands(cast: Cast) -> None:
    assert ask(cast.report(cast.liaison), DATES, THURSDAY) is None
    leave = cast.report(cast.head, cast.deputy)
    leave.state = LeaveState.WITHDRAWN
    assert ask(leave, DATES, THURSDAY) is None


def test_aware_once(cast: Cast, leave: Leave) -> None:
    aware(leave, cast.deputy, THURSDAY)
    with pytest.raises(Refused, match="您已知悉，无需再点。"):
        aware(leave, cast.deputy, THURSDAY)


def test_one_who_cannot_is_replaced_by_the_applicant(cast: Cast, leave: Leave) -> None:
    aware(leave, cast.deputy, THURSDAY)
    cannot(leave, cast.deputy, "住院", THURSDAY)
    assert who_acts(leave) is None
    assert needs_another(leave)
    assert [(one.official, one.reason) for one in declined(leave)] == [(cast.deputy, "住院")]
    with pytest.raises(Refused, match="只能由本人办理"):
        name_another(leave, cast.liaison, cast.liaison)
    name_another(leave, cast.head, cast.liaison)
    assert who_acts(leave) is cast.liaison
    assert not needs_another(leave)
    fresh = ask(leave, DATES, THURSDAY)
    assert fresh is latest_of(leave)
    with pytest.raises(Refused, match="不需要另定"):
        name_another(leave, cast.head, cast.liaison)


def test_who_may_not_answer(cast: Cast, leave: Leave) -> None:
    with pytest.raises(Refused, match="没有请您代为主持"):
        may_answer(leave, cast.clerk)
    leave.acting = cast.liaison  # changed by the applicant before they answered
    with pytest.raises(Refused, match="已改由其他同志代为主持"):
        may_answer(leave, cast.deputy)
    leave.acting = cast.deputy
    leave.decide(cast.vice, 0, Decision.DECLINE, THURSDAY)
    with pytest.raises(Refused, match="不同意，您无需再办"):
        may_answer(leave, cast.deputy)


def test_the_same_person_may_be_asked_again_after_they_could_not(cast: Cast, leave: Leave) -> None:
    cannot(leave, cast.deputy, "住院", THURSDAY)
    leave.acting = cast.deputy
    again = ask(leave, DATES, THURSDAY)
    assert again is not None
    assert may_answer(leave, cast.deputy) is again
