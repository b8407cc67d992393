"""Which moment is which time ago, and what is for ever."""

from datetime import timedelta

import pytest

from rules.retention.terms import RetentionTerms
from tests.cast import THURSDAY


def test_each_ledger_has_its_own_years_and_none_is_for_ever() -> None:
    terms = RetentionTerms(years=10, ledgers={"briefing": 3, "leave": 0}, message_days=30, left_days=60)
    assert terms.before("briefing", THURSDAY) == THURSDAY - timedelta(days=365.25 * 3)
    assert terms.before("meeting", THURSDAY) == THURSDAY - timedelta(days=3652.5)
    assert terms.before("leave", THURSDAY) is None
    assert terms.shortest(THURSDAY) == THURSDAY - timedelta(days=30)
    assert RetentionTerms(0, {}, 0, 0, 0).shortest(THURSDAY) is None


@pytest.mark.parametrize("wrong", [{"years": -1}, {"ledgers": {"leave": -1}}, {"parked_days": -1}])
def test_there_is_no_time_before_nothing(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="至少为0"):
        RetentionTerms(**wrong)  # type: ignore[arg-type]  # one of several fields
