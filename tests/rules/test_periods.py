"""The numbers of the Work Rules."""

import pytest

from rules.periods import Periods, quorum


def test_the_numbers_are_those_of_the_articles() -> None:
    assert vars(Periods()) == {
        "topic_materials": 10,
        "mayor_report": 5,
        "committee_filing": 3,
        "issue_document": 5,
        "revise_document": 10,
        "countersign_reply": 3,
        "leave_notice_days": 3,
        "leave_papers_over_days": 3,
        "invitation": 5,
        "receipt_cut_off": "",
    }


def test_three_days_need_no_papers_and_half_a_day_more_does() -> None:
    periods = Periods()
    assert [periods.needs_papers(days) for days in (2.5, 3, 3.5, 4)] == [False, False, True, True]


def test_a_period_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="invitation 至少为1"):
        Periods(invitation=0)


@pytest.mark.parametrize(("expected", "needed"), [(1, 1), (2, 2), (8, 5), (9, 5), (10, 6)])
def test_quorum_is_more_than_half(expected: int, needed: int) -> None:
    assert quorum(expected) == needed
