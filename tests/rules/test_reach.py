"""请回电: who may ask whom, what a tap means when, and how it ends (art. 77)."""

from datetime import timedelta

import pytest

from rules.approval import Decision
from rules.reach import CallRequest, Ending, ask
from rules.reach_terms import ReachTerms
from rules.refused import Refused
from tests.cast import Cast, beijing

NIGHT = beijing("2026-12-02 23:50")
DUE = beijing("2026-12-03 00:20")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def call(cast: Cast) -> CallRequest:
    return ask(cast.clerk, cast.head, leave=None, before=None, terms=ReachTerms(), now=NIGHT)


def test_half_an_hour_by_night_as_by_day(call: CallRequest) -> None:
    assert (call.asked_at, call.due_at) == (NIGHT, DUE)
    assert (call.phone, call.article, call.open, call.missing) == ("13800000007", None, True, False)


def test_the_office_sets_the_time_itself(cast: Cast) -> None:
    call = ask(cast.clerk, cast.head, leave=None, before=None, terms=ReachTerms(10), now=NIGHT)
    assert call.due_at - call.asked_at == timedelta(minutes=10)
    with pytest.raises(ValueError, match=r"\[reach\] answer_minutes 至少为1，现为0。"):
        ReachTerms(0)


def test_on_leave_the_number_of_the_report_and_the_article(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    leave.phone = "13900001111"
    leave.decide(cast.vice, 0, Decision.AGREE, NIGHT)
    call = ask(cast.clerk, cast.head, leave=leave, before=None, terms=ReachTerms(), now=NIGHT)
    assert (call.phone, call.article, call.leave_id) == ("13900001111", 77, 12)
    own_custom = cast.report(cast.liaison)
    call = ask(cast.clerk, cast.liaison, leave=own_custom, before=None, terms=ReachTerms(), now=NIGHT)
    assert call.article is None  # art. 77 does not speak of them


def test_only_the_office_asks_and_nobody_themselves(cast: Cast) -> None:
    def asks(by: str, whom: str) -> str:
        with pytest.raises(Refused) as refused:
            ask(
                getattr(cast, by),
                getattr(cast, whom),
                leave=None,
                before=None,
                terms=ReachTerms(),
                now=NIGHT,
            )
        return str(refused.value)

    assert asks("mayor", "head") == "“请回电”由区政府办公室发出，请与办公室联系。"
    assert asks("clerk", "clerk") == "不能请自己回电。"
    cast.head.left_at = NIGHT
    assert asks("clerk", "head") == "财政局局长 冯寒来已离任。"


def test_a_tap_in_time_and_only_by_themselves(cast: Cast, call: CallRequest) -> None:
    with pytest.raises(Refused, match="由本人点"):
        call.answer(cast.deputy, NIGHT)
    call.answer(cast.head, DUE - timedelta(seconds=1))
    assert (call.open, call.late) == (False, None)
    assert not call.run_out(DUE)
    with pytest.raises(Refused, match="您已于12月3日 00:19回应"):
        call.answer(cast.head, DUE)


def test_no_tap_is_found_once_and_a_late_one_is_entered_as_late(cast: Cast, call: CallRequest) -> None:
    assert not call.run_out(DUE - timedelta(seconds=1))
    assert call.run_out(DUE)
    assert not call.run_out(DUE)
    assert call.missing
    call.answer(cast.head, DUE + timedelta(minutes=25))
    assert (call.late, call.missing) == (timedelta(minutes=25), False)


def test_what_telegram_would_not_take_is_known_at_once(call: CallRequest) -> None:
    assert call.not_delivered(NIGHT)
    assert not call.not_delivered(NIGHT)
    assert call.missing


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (Ending.PHONED, "区政府办公室已与您电话联系上，不必再点。"),
        (Ending.WITHDRAWN, "区政府办公室已撤回，不必再回电。"),
        (Ending.REPEATED, "已重新请您回电，请点最新的一张。"),
    ],
)
def test_what_the_office_entered_stands(cast: Cast, call: CallRequest, ending: Ending, said: str) -> None:
    call.end(cast.director, ending, DUE)
    assert not call.open
    with pytest.raises(Refused, match=said):
        call.answer(cast.head, DUE)
    with pytest.raises(Refused, match=rf"{ending}（12月3日 00:20由区政府办公室主任 吴盈昃登记）。"):
        call.end(cast.clerk, Ending.PHONED, DUE)
    assert not call.run_out(DUE)
    assert not call.not_delivered(DUE)
    assert not call.lapse(DUE)


def test_only_the_office_enters_and_not_about_itself(cast: Cast, call: CallRequest) -> None:
    with pytest.raises(Refused, match="由区政府办公室登记"):
        call.end(cast.head, Ending.PHONED, DUE)
    own = ask(cast.clerk, cast.director, leave=None, before=None, terms=ReachTerms(), now=NIGHT)
    with pytest.raises(Refused, match="由办公室其他同志登记"):
        own.end(cast.director, Ending.PHONED, DUE)
    call.answer(cast.head, NIGHT)
    with pytest.raises(Refused, match="已于12月2日 23:50回应，不必再登记"):
        call.end(cast.clerk, Ending.PHONED, DUE)


def test_not_asked_twice_within_the_time_but_again_after_it(cast: Cast, call: CallRequest) -> None:
    with pytest.raises(Refused) as refused:
        ask(cast.director, cast.head, leave=None, before=call, terms=ReachTerms(), now=NIGHT)
    assert str(refused.value) == (
        "区政府办公室科员 王列张已于12月2日 23:50请冯寒来回电；"
        "到12月3日 00:20仍未回应的，机器人会告知办公室。"
    )
    call.run_out(DUE)
    again = ask(cast.director, cast.head, leave=None, before=call, terms=ReachTerms(), now=DUE)
    assert (call.ending, call.ended_by) == (Ending.REPEATED, cast.director)
    assert again.open


def test_who_has_left_is_asked_no_more(call: CallRequest) -> None:
    assert call.lapse(DUE)
    assert (call.ending, call.ended_by, call.open) == (Ending.WITHDRAWN, None, False)
