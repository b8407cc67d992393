"""Delegation (委托代办): offered, answered, ended; on plain objects."""

from datetime import date

import pytest

from rules.dates.reading import Half, HalfDaySpan
from rules.delegation import Delegation, DelegationState, Scope, begins_at, clash, ends_at, may_delegate
from rules.refused import Refused
from tests.cast import Cast, beijing

BEFORE = beijing("2026-11-30 09:00")
AFTER = beijing("2026-12-04 00:00")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def offer(cast: Cast) -> Delegation:
    return Delegation(
        cast.mayor,
        cast.executive,
        Scope.ALL,
        date(2026, 12, 1),
        Half.AM,
        date(2026, 12, 3),
        Half.PM,
        offered_at=BEFORE,
    )


def test_half_days_begin_and_end_at_noon_and_midnight() -> None:
    day = date(2026, 12, 1)
    assert begins_at(day, Half.AM) == beijing("2026-12-01 00:00")
    assert begins_at(day, Half.PM) == ends_at(day, Half.AM) == beijing("2026-12-01 12:00")
    assert ends_at(day, Half.PM) == beijing("2026-12-02 00:00")


def test_it_is_the_delegates_to_answer_and_once(cast: Cast, offer: Delegation) -> None:
    with pytest.raises(Refused, match="只能由本人答复"):
        offer.accept(cast.mayor, BEFORE)
    with pytest.raises(Refused, match="还没有接受"):
        offer.end_early(cast.executive, BEFORE)
    offer.accept(cast.executive, BEFORE)
    assert offer.state is DelegationState.ACCEPTED
    with pytest.raises(Refused, match="这项委托已接受，无需再答复。"):
        offer.decline(cast.executive, BEFORE)


def test_it_does_not_run_until_accepted(cast: Cast, offer: Delegation) -> None:
    during = beijing("2026-12-02 09:00")
    assert not offer.runs(during)
    offer.accept(cast.executive, during)
    assert offer.runs(during)
    assert not offer.runs(BEFORE)
    assert not offer.runs(AFTER)


def test_declined_is_declined(cast: Cast, offer: Delegation) -> None:
    offer.decline(cast.executive, BEFORE)
    assert not offer.runs(beijing("2026-12-02 09:00"))
    with pytest.raises(Refused, match="未接受"):
        offer.end_early(cast.mayor, BEFORE)


@pytest.mark.parametrize("who", ["mayor", "executive"])
def test_either_may_end_it_but_nobody_else(cast: Cast, offer: Delegation, who: str) -> None:
    offer.accept(cast.executive, BEFORE)
    with pytest.raises(Refused, match="只能由两位办理"):
        offer.end_early(cast.vice, BEFORE)
    offer.end_early(getattr(cast, who), BEFORE)
    assert (offer.state, offer.ended_at) == (DelegationState.ENDED, BEFORE)
    with pytest.raises(Refused, match="已结束"):
        offer.end_early(cast.mayor, BEFORE)


def test_too_late_is_too_late(cast: Cast, offer: Delegation) -> None:
    with pytest.raises(Refused, match="已经到期"):
        offer.accept(cast.executive, AFTER)


def test_the_same_matter_goes_to_one_only(cast: Cast, offer: Delegation) -> None:
    span = HalfDaySpan(date(2026, 12, 3), Half.PM, date(2026, 12, 8), Half.PM)
    assert clash(cast.mayor, span, Scope.LEAVE, [offer]) is offer
    assert clash(cast.vice, span, Scope.LEAVE, [offer]) is None
    later = HalfDaySpan(date(2026, 12, 4), Half.AM, date(2026, 12, 8), Half.PM)
    assert clash(cast.mayor, later, Scope.LEAVE, [offer]) is None
    offer.decline(cast.executive, BEFORE)
    assert clash(cast.mayor, span, Scope.LEAVE, [offer]) is None


def test_who_has_matters_to_hand_over(cast: Cast) -> None:
    able = [official for official in cast.officials if may_delegate(official)]
    heads = [cast.head_of(unit) for unit in (cast.housing, cast.personnel, cast.law)]
    assert able == [
        cast.mayor,
        cast.executive,
        cast.vice,
        cast.director,
        cast.head,
        cast.archivist,
        *heads,
    ]
