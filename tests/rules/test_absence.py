"""Who decides while somebody is away (art. 7, 9, 10, 77), on plain objects."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.absence import Absences, article_of, starts_at
from rules.acting import ActingAnswer, AskedToAct
from rules.approval import Approval
from rules.dates.reading import Half, HalfDaySpan
from rules.delegation import Delegation, DelegationState, Scope
from rules.leave.acting import ask, cannot, unable
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.roster import Official, Role, Roster
from tests.cast import Cast, beijing

NOW = beijing("2026-12-02 10:00")


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    cast.executive.backup_id = cast.vice.id
    return cast


def on_leave(
    official: Official,
    acting: Official | None = None,
    *,
    start: tuple[date, Half] = (date(2026, 12, 1), Half.AM),
    end: date = date(2026, 12, 3),
    state: LeaveState = LeaveState.APPROVED,
) -> Leave:
    """A leave that stands, three days in December if nothing else is said."""
    leave = Leave(
        applicant=official,
        kind=LeaveKind.TRIP,
        start=start[0],
        start_half=start[1],
        end=end,
        end_half=Half.PM,
        place="济南",
        reason="开会",
        acting=acting,
        phone=official.phone,
        submitted_at=beijing("2026-11-20 09:00"),
    )
    leave.state = state
    return leave


def handed_over(principal: Official, delegate: Official, scope: Scope = Scope.ALL) -> Delegation:
    """An accepted delegation for the first three days of December."""
    return Delegation(
        principal=principal,
        delegate=delegate,
        scope=scope,
        start=date(2026, 12, 1),
        start_half=Half.AM,
        end=date(2026, 12, 3),
        end_half=Half.PM,
        offered_at=beijing("2026-11-20 09:00"),
        state=DelegationState.ACCEPTED,
    )


def decides(
    cast: Cast,
    official: Official,
    *leaves: Leave,
    applicant: Official | None = None,
    delegations: tuple[Delegation, ...] = (),
    roster: Roster | None = None,
    now: datetime = NOW,
) -> Official | None:
    """Who decides for the official; they themselves if nobody stands in."""
    absences = Absences(now, roster or cast.roster, leaves, delegations)
    stand_in = absences.decides_for(official, applicant=applicant)
    return stand_in.official if stand_in else official


def test_in_office_everybody_decides_themselves(cast: Cast) -> None:
    assert all(decides(cast, official) is official for official in cast.officials)


def test_for_the_mayor_the_executive_or_the_vice_mayor_named(cast: Cast) -> None:
    assert decides(cast, cast.mayor, on_leave(cast.mayor)) is cast.executive
    assert decides(cast, cast.mayor, on_leave(cast.mayor, cast.vice)) is cast.vice


def test_for_a_vice_mayor_the_backup(cast: Cast) -> None:
    assert decides(cast, cast.vice, on_leave(cast.vice)) is cast.executive
    cast.vice.backup_id = None
    assert decides(cast, cast.vice, on_leave(cast.vice, cast.executive)) is cast.executive


def test_for_the_office_director_a_deputy(cast: Cast) -> None:
    assert decides(cast, cast.director, on_leave(cast.director)) is cast.deputy_director
    assert decides(cast, cast.director, on_leave(cast.director, cast.clerk)) is cast.clerk


def test_for_a_unit_head_the_person_named(cast: Cast) -> None:
    assert decides(cast, cast.head, on_leave(cast.head, cast.liaison)) is cast.liaison
    assert decides(cast, cast.head, on_leave(cast.head)) is cast.deputy


def test_only_what_is_approved_and_has_begun_counts(cast: Cast) -> None:
    for state in set(LeaveState) - {LeaveState.APPROVED}:
        assert decides(cast, cast.mayor, on_leave(cast.mayor, state=state)) is cast.mayor
    leave = on_leave(cast.mayor, start=(date(2026, 12, 2), Half.PM))
    assert decides(cast, cast.mayor, leave, now=beijing("2026-12-02 11:59")) is cast.mayor
    assert decides(cast, cast.mayor, leave, now=beijing("2026-12-02 12:00")) is cast.executive
    assert starts_at(leave) == beijing("2026-12-02 12:00")
    assert decides(cast, cast.mayor, leave, now=beijing("2026-12-20 12:00")) is cast.executive  # until 销假


@pytest.mark.parametrize("half", list(Half))
def test_a_leave_covers_from_the_moment_it_has_begun(cast: Cast, half: Half) -> None:
    leave = on_leave(cast.head, start=(date(2026, 12, 2), half))
    for hour in range(24):
        now = beijing(f"2026-12-02 {hour:02}:00")
        assert leave.begun(now) == (starts_at(leave) <= now)


def test_a_stand_in_who_is_away_is_passed_over_and_named(cast: Cast) -> None:
    leaves = on_leave(cast.mayor, cast.executive), on_leave(cast.executive, cast.vice)
    stand_in = Absences(NOW, cast.roster, leaves).decides_for(cast.mayor)
    assert stand_in
    assert (stand_in.official, stand_in.away, stand_in.article) == (cast.vice, (cast.executive,), 7)


def test_two_who_stand_in_for_each_other_are_no_loop(cast: Cast) -> None:
    leaves = on_leave(cast.vice, cast.executive), on_leave(cast.executive, cast.vice)
    assert decides(cast, cast.vice, *leaves) is cast.mayor
    assert decides(cast, cast.mayor, *leaves, on_leave(cast.mayor)) is None


def test_where_it_leads_to_the_applicant_it_goes_upward(cast: Cast) -> None:
    away = on_leave(cast.head, cast.deputy)
    assert decides(cast, cast.head, away, applicant=cast.deputy) is cast.vice
    away = on_leave(cast.vice, cast.executive)
    assert decides(cast, cast.vice, away, applicant=cast.executive) is cast.mayor
    assert decides(cast, cast.mayor, on_leave(cast.mayor), applicant=cast.executive) is None


def test_who_has_left_or_declined_stands_in_for_nobody(cast: Cast) -> None:
    away = on_leave(cast.mayor, cast.vice)
    assert decides(cast, cast.mayor, away, roster=cast.without(cast.vice)) is cast.executive
    asked = AskedToAct(cast.vice, "12月1日至12月3日", NOW)
    away.asked_to_act.append(asked)
    assert decides(cast, cast.mayor, away) is cast.vice
    asked.answer = ActingAnswer.CANNOT
    assert decides(cast, cast.mayor, away) is cast.executive


def declines(leave: Leave, *officials: Official) -> Leave:
    """They have answered 无法代为主持, one after the other; nobody is named any more."""
    for official in officials:
        leave.acting = official
        leave.asked_to_act.append(AskedToAct(official, "12月1日至12月3日", NOW))
        cannot(leave, official, "同期参加党校培训", NOW)
    return leave


def test_who_cannot_act_is_not_named_again_by_any_rule(cast: Cast) -> None:
    """The usual line, the superiors and whoever acts for those pass them over (art. 7, 9, 10, 77)."""
    head, vice = declines(on_leave(cast.head), cast.deputy), declines(on_leave(cast.vice), cast.executive)
    assert decides(cast, cast.head, head) is cast.vice
    assert decides(cast, cast.vice, vice) is cast.mayor  # the 常务副区长 is the 补位 and the next superior
    assert decides(cast, cast.vice, vice, on_leave(cast.mayor)) is None  # and would preside for the mayor
    assert decides(cast, cast.head, head, vice) is cast.mayor
    assert decides(cast, cast.mayor, declines(on_leave(cast.mayor), cast.executive)) is None
    director = declines(on_leave(cast.director), cast.clerk)
    assert decides(cast, cast.director, director) is cast.deputy_director
    declines(director, cast.deputy_director)
    assert decides(cast, cast.director, director) is cast.executive


def test_what_they_declined_for_one_they_may_take_on_for_another(cast: Cast) -> None:
    vice = declines(on_leave(cast.vice), cast.executive)
    assert decides(cast, cast.mayor, vice, on_leave(cast.mayor)) is cast.executive
    vice.acting = cast.executive  # named once more, and asked once more
    assert ask(vice, "12月1日至12月4日", NOW)
    assert decides(cast, cast.vice, vice) is cast.executive


def test_a_delegation_holds_where_those_who_would_act_cannot(cast: Cast) -> None:
    other = Official("沈收藏", cast.leaders, "副区长", Role.VICE_MAYOR)
    other.id = 99
    cast.officials.append(other)
    vice = declines(on_leave(cast.vice), cast.executive)
    taken = handed_over(cast.vice, other, Scope.LEAVE)
    assert decides(cast, cast.vice, on_leave(cast.vice), delegations=(taken,)) is cast.executive
    assert decides(cast, cast.vice, vice, delegations=(taken,)) is other
    absences = Absences(NOW, cast.roster, [vice], [taken])
    for_meetings = absences.decides_for(cast.vice, "meeting")
    assert for_meetings
    assert for_meetings.official is cast.mayor
    for state in (DelegationState.DECLINED, DelegationState.ENDED, DelegationState.OFFERED):
        taken.state = state
        assert decides(cast, cast.vice, vice, delegations=(taken,)) is cast.mayor
    given_to_who_cannot = handed_over(cast.vice, cast.executive)
    assert decides(cast, cast.vice, vice, delegations=(given_to_who_cannot,)) is cast.mayor


def test_in_the_second_of_two_leaves_who_acts_by_the_second_decides(cast: Cast) -> None:
    first = on_leave(cast.head, cast.deputy)
    second = on_leave(cast.head, cast.liaison, start=(date(2026, 12, 4), Half.AM), end=date(2026, 12, 5))
    for leaves in ((first, second), (second, first)):
        assert decides(cast, cast.head, *leaves, now=beijing("2026-12-03 23:59")) is cast.deputy
        assert decides(cast, cast.head, *leaves, now=beijing("2026-12-04 00:00")) is cast.liaison
    absences = Absences(beijing("2026-12-04 00:00"), cast.roster, [first, second])
    assert absences.away(cast.head) is second
    assert absences.until(cast.head) == date(2026, 12, 5)


def test_what_was_approved_after_its_end_moves_nothing(cast: Cast) -> None:
    leave = on_leave(cast.head, cast.deputy)
    leave.decided_at = beijing("2026-12-03 23:59")
    assert decides(cast, cast.head, leave, now=beijing("2026-12-04 09:00")) is cast.deputy  # until 销假
    leave.decided_at = beijing("2026-12-04 00:00")
    assert decides(cast, cast.head, leave, now=beijing("2026-12-04 09:00")) is cast.head


def test_a_delegate_decides_on_what_was_handed_to_them(cast: Cast) -> None:
    everything, leave_only = (
        handed_over(cast.mayor, cast.vice),
        handed_over(cast.vice, cast.mayor, Scope.LEAVE),
    )
    absences = Absences(NOW, cast.roster, (), (everything, leave_only))
    for procedure, of_the_vice in (("leave", cast.mayor), ("meeting", None)):
        to_the_vice = absences.decides_for(cast.mayor, procedure)
        assert to_the_vice
        assert to_the_vice.official is cast.vice
        back = absences.decides_for(cast.vice, procedure)
        assert (back.official if back else None) is of_the_vice
    assert absences.absent == [cast.mayor, cast.vice]


def test_where_the_delegate_cannot_the_principal_does(cast: Cast) -> None:
    handed = (handed_over(cast.mayor, cast.vice),)
    assert decides(cast, cast.mayor, applicant=cast.vice, delegations=handed) is cast.mayor
    assert decides(cast, cast.mayor, on_leave(cast.vice), delegations=handed) is cast.mayor
    assert decides(cast, cast.mayor, delegations=handed, roster=cast.without(cast.vice)) is cast.mayor
    assert decides(cast, cast.mayor, on_leave(cast.mayor), delegations=handed) is cast.executive


def test_it_runs_from_its_first_day_to_the_end_of_its_last(cast: Cast) -> None:
    handed = (handed_over(cast.mayor, cast.vice),)
    for at, who in (
        ("2026-11-30 23:59", cast.mayor),
        ("2026-12-01 00:00", cast.vice),
        ("2026-12-03 23:59", cast.vice),
        ("2026-12-04 00:00", cast.mayor),
    ):
        assert decides(cast, cast.mayor, delegations=handed, now=beijing(at)) is who


def test_who_is_away_and_until_when(cast: Cast) -> None:
    leave = on_leave(cast.head)
    absences = Absences(NOW, cast.roster, [leave])
    assert absences.away(cast.head) is leave
    assert absences.until(cast.head) == date(2026, 12, 3)
    assert absences.until(cast.deputy) is None
    later = HalfDaySpan(date(2026, 12, 3), Half.PM, date(2026, 12, 4), Half.PM)
    assert absences.away_during(cast.head, later) is leave
    assert absences.away_during(cast.deputy, later) is None
    leave.state = LeaveState.RETURNED  # in the same unit of work
    assert absences.away(cast.head) is None
    assert absences.absent == []


def test_articles(cast: Cast) -> None:
    people = (cast.mayor, cast.executive, cast.vice, cast.director, cast.head, cast.liaison)
    assert [article_of(official) for official in people] == [7, 9, 9, 10, 77, None]


def test_on_a_new_desk_the_wait_begins_again(cast: Cast) -> None:
    approval = Approval(
        0, cast.mayor, asked_at=beijing("2026-11-30 09:00"), nudged_at=beijing("2026-12-01 09:00")
    )
    absences = Absences(NOW, cast.roster, [on_leave(cast.mayor)])
    approval.reassign(absences.decides_for(cast.mayor), NOW)
    assert (approval.stand_in, approval.asked_at, approval.nudged_at) == (cast.executive, NOW, None)
    assert approval.whose == "常务副区长 钱玄黄（代区长 赵天地）"
    later = beijing("2026-12-02 11:00")
    approval.reassign(absences.decides_for(cast.mayor, applicant=cast.executive), later)
    assert (approval.stand_in, approval.unattended_at) == (None, later)
    approval.reassign(None, later)
    assert (approval.holder, approval.unattended_at) == (cast.mayor, None)


# ---------------------------------------------------------------- any roster, any absences


@st.composite
def districts(draw: st.DrawFn) -> tuple[Cast, list[Leave], list[Delegation]]:
    """A district with any stand-ins, any people away and anything handed over, however absurd."""
    cast = Cast()
    anybody = st.sampled_from(cast.officials)
    for official in cast.officials:
        if official.role in (Role.VICE_MAYOR, Role.EXECUTIVE_VICE_MAYOR):
            official.backup_id = draw(st.none() | st.integers(1, len(cast.officials)))
    away = draw(st.lists(anybody, unique=True))
    leaves = [on_leave(official, draw(st.none() | anybody)) for official in away]
    for leave in leaves:
        declines(leave, *draw(st.lists(anybody, max_size=2, unique=True)))
    pairs = draw(st.lists(st.tuples(anybody, anybody), max_size=6))
    return cast, leaves, [handed_over(one, other) for one, other in pairs]


@given(districts(), st.data())
def test_never_the_applicant_never_one_away_and_always_an_answer(
    district: tuple[Cast, list[Leave], list[Delegation]], data: st.DataObject
) -> None:
    cast, leaves, delegations = district
    left = data.draw(st.lists(st.sampled_from(cast.officials), max_size=3, unique=True))
    roster = cast.without(*left)
    absences = Absences(NOW, roster, leaves, delegations)
    for asked in roster.officials:
        for applicant in cast.officials:
            stand_in = absences.decides_for(asked, applicant=applicant)
            if stand_in is None:
                assert absences.away(asked) is None
                continue
            official = stand_in.official
            assert official is not applicant
            assert stand_in.leave is None or official not in unable(stand_in.leave)
            assert official is not asked or stand_in.delegation
            assert len(set(stand_in.away)) == len(stand_in.away)
            assert all(absences.away(one) for one in stand_in.away)
            if official is not None:
                assert official in roster.officials
                assert absences.away(official) is None
                assert absences.may_decide(official, asked, applicant)
