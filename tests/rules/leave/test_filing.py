"""What the office owes the district committee, through everything that may become of a leave (art. 77)."""

import pytest

from rules.leave.filing import CANCELLED, CommitteeFiling, bring_in_line
from rules.refused import Refused
from tests.cast import Cast, beijing

NOW, LATER = beijing("2026-11-26 09:00"), beijing("2026-11-26 10:30")
THREE_DAYS, ONE_DAY = "12月1日至12月3日", "12月1日"


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_opened_once_and_open_until_ticked(cast: Cast) -> None:
    filings: list[CommitteeFiling] = []
    assert bring_in_line(filings, None, NOW) is None
    item = bring_in_line(filings, THREE_DAYS, NOW)
    assert item is not None
    assert bring_in_line(filings, THREE_DAYS, LATER) is None
    assert item.open
    item.tick(cast.clerk, cast.vice, LATER)
    assert (item.filed_by, item.filed_at, item.open) == (cast.clerk, LATER, False)
    assert bring_in_line(filings, THREE_DAYS, LATER) is None
    with pytest.raises(Refused, match="已由区政府办公室科员 王列张于11月26日 10:30登记，无需再办。"):
        item.tick(cast.director, cast.vice, LATER)


def test_only_the_desk_and_nobody_their_own(cast: Cast) -> None:
    item = CommitteeFiling(THREE_DAYS, NOW)
    with pytest.raises(Refused, match="区委报备由区政府办公室登记"):
        item.tick(cast.vice, cast.vice, NOW)
    with pytest.raises(Refused, match="本人的报备由办公室其他同志登记"):
        item.tick(cast.director, cast.director, NOW)


def test_other_dates_before_and_after_the_tick(cast: Cast) -> None:
    filings: list[CommitteeFiling] = []
    bring_in_line(filings, THREE_DAYS, NOW)
    assert bring_in_line(filings, ONE_DAY, LATER) is None
    assert [filing.what for filing in filings] == [ONE_DAY]
    filings[0].tick(cast.clerk, cast.vice, LATER)
    assert bring_in_line(filings, THREE_DAYS, LATER) is filings[1]
    assert bring_in_line(filings, ONE_DAY, LATER) is None  # back to what the committee knows
    assert not filings[1].open
    with pytest.raises(Refused, match="这一项已无需报备"):
        filings[1].tick(cast.clerk, cast.vice, LATER)


def test_a_trip_that_is_off(cast: Cast) -> None:
    filings: list[CommitteeFiling] = []
    assert bring_in_line(filings, CANCELLED, NOW) is None  # withdrawn before it was ever approved
    bring_in_line(filings, THREE_DAYS, NOW)
    assert bring_in_line(filings, CANCELLED, LATER) is None
    assert not filings[0].open
    filings = [CommitteeFiling(THREE_DAYS, NOW, filed_at=NOW, filed_by=cast.clerk)]
    off = bring_in_line(filings, CANCELLED, LATER)
    assert off is not None
    assert off.what == CANCELLED
