"""Whose number an account shares, and what an old account's consent is worth."""

from datetime import UTC, datetime, timedelta

import pytest

from rules.binding import BindingTerms
from rules.own_number import NumberBinding, whose
from rules.refused import Refused
from rules.roster import Official, Role, Roster, Unit, UnitKind

NOW = datetime(2026, 9, 30, 1, 0, tzinfo=UTC)
FINANCE = Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT)


def official(id: int, phone: str, role: Role = Role.UNIT_HEAD) -> Official:
    one = Official(f"某{id}", FINANCE, "局长", role, phone)
    one.id = id
    return one


HEAD, CLERK = official(1, "13800000031"), official(2, "13800000011", Role.OFFICE_STAFF)
SHARING = [official(3, "13800000044"), official(4, "13800000044")]
SEAT, NONE = official(5, "0531-88886666"), official(6, "")
ROSTER = Roster([FINANCE], [HEAD, CLERK, *SHARING, SEAT, NONE])


@pytest.mark.parametrize("shared", ["+8613800000031", "8613800000031", "+86 138-0000-0031"])
def test_a_number_is_known_however_it_is_written(shared: str) -> None:
    assert whose(ROSTER, shared) is HEAD


@pytest.mark.parametrize(
    "shared", ["+8613800000044", "+8653188886666", "053188886666", "", "+13800000031", "1"]
)
def test_a_shared_one_a_seats_and_a_foreign_one_are_nobodys(shared: str) -> None:
    assert whose(ROSTER, shared) is None


def test_who_may_decide_and_until_when() -> None:
    request, terms = NumberBinding(HEAD.id, 900, "新账号", NOW), BindingTerms()
    for by in (HEAD, CLERK):
        request.may_be_decided(by, HEAD, terms, NOW)
    with pytest.raises(Refused):
        request.may_be_decided(SEAT, HEAD, terms, NOW)
    with pytest.raises(Refused):
        request.may_be_decided(HEAD, HEAD, terms, NOW + timedelta(days=terms.code_days))
    request.bind(HEAD, NOW)
    assert HEAD.telegram_id == 900
    with pytest.raises(Refused):
        request.may_be_decided(CLERK, HEAD, terms, NOW)
    with pytest.raises(Refused):
        request.take_back(HEAD, HEAD, NOW)
    HEAD.bind(901)
    with pytest.raises(Refused):
        request.take_back(CLERK, HEAD, NOW)
