"""What is let lie after the answers: nudged once, told once, never after the deed, never on an off-day."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.countersign.answer import Opinion
from rules.countersign.life import close, withdraw
from rules.countersign.matter import Countersign, CountersignKind
from rules.countersign.objection import MediationDecision, Reply, Stand
from rules.countersign.settling import mediate, open_mediation, reply_to_objection, take_stand
from rules.countersign.stall import Step, due, keep, lying, pending, remind_and_escalate, stalls_of, to_revise
from rules.hours import OfficeHours
from rules.working_days import shanghai_day
from tests.cast import beijing
from tests.countersign_cast import CALENDAR, WEDNESDAY, CountersignCast

HOURS = OfficeHours()
DESK = 1


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


def objected(cast: CountersignCast, kind: CountersignKind = CountersignKind.DRAFT) -> Countersign:
    """财政局 objects, 人社局 agrees, on Wednesday at 9:00."""
    sheet = cast.sheet(kind)
    finance, personnel = sheet.current
    own, other = cast.seat(cast.finance), cast.seat(cast.personnel)
    sheet.sign(cast.head_of(cast.finance), finance, Opinion.OBJECTION, WEDNESDAY, seat=own, text="资金未明确")
    sheet.sign(cast.head_of(cast.personnel), personnel, Opinion.NO_OBJECTION, WEDNESDAY, seat=other)
    return sheet


def replied(cast: CountersignCast, sheet: Countersign, now: datetime = WEDNESDAY) -> None:
    lead, seat = cast.head_of(cast.housing), cast.seat(cast.housing)
    reply_to_objection(sheet, lead, sheet.current[0], Reply.NOT_ADOPTED, "已列入预算", now, seat)


def steps(sheet: Countersign) -> list[Step]:
    return [one.step for one in pending(sheet)]


def desks(sheet: Countersign, official: int | None = DESK) -> dict[str, int | None]:
    return {one.key: official for one in pending(sheet)}


def pressed(sheet: Countersign, at: str | datetime, official: int | None = DESK) -> tuple[int, int]:
    now = beijing(at) if isinstance(at, str) else at
    nudged, told = remind_and_escalate(sheet, desks(sheet, official), now, CALENDAR, HOURS)
    return len(nudged), len(told)


def test_what_waits_for_whom_from_the_objection_to_the_end(cast: CountersignCast) -> None:
    sheet = objected(cast)
    one = sheet.current[0]
    lead, seat = cast.head_of(cast.housing), cast.seat(cast.housing)
    assert steps(sheet) == [Step.REPLY]
    replied(cast, sheet)
    assert steps(sheet) == [Step.STAND]
    take_stand(sheet, cast.head_of(cast.finance), one, Stand.KEPT, WEDNESDAY, cast.seat(cast.finance))
    assert steps(sheet) == [Step.CLOSE]
    vice = cast.clerk
    mediation = open_mediation(sheet, lead, vice, "已列入预算", WEDNESDAY, seat)
    assert steps(sheet) == [Step.MEDIATE]
    mediate(sheet, vice, mediation, MediationDecision.AS_CONSULTED, "", WEDNESDAY)
    assert steps(sheet) == [Step.REVISE]
    assert to_revise(sheet) == [one]
    sheet.new_version = {"papers": [], "note": "改", "again": [], "by": 1}
    assert steps(sheet) == [Step.VERSION]
    close(sheet, lead, WEDNESDAY, seat)
    assert steps(sheet) == []


@pytest.mark.parametrize("kind", CountersignKind)
def test_nobody_is_asked_to_help_the_vacant_post_of_a_unit_that_is_no_more(
    cast: CountersignCast, kind: CountersignKind
) -> None:
    """Its word is left out, or its sheet is the office desk's to hand on: nothing is told of its silence."""
    sheet = objected(cast, kind)
    replied(cast, sheet)
    keep(sheet, desks(sheet, None), WEDNESDAY)
    cast.finance.closed_at = WEDNESDAY
    keep(sheet, desks(sheet, None), WEDNESDAY)
    assert [one.consultation for one in pending(sheet) if one.step is not Step.CLOSE] == []
    cast.housing.closed_at = WEDNESDAY
    assert (steps(sheet), pressed(sheet, WEDNESDAY + timedelta(days=5), None)) == ([], (0, 0))


def test_objections_are_answered_when_the_round_has_ended(cast: CountersignCast) -> None:
    """The lead unit's wait begins with the last answer, not with the first objection."""
    sheet = cast.sheet(CountersignKind.DRAFT)
    finance, personnel = sheet.current
    own, other = cast.seat(cast.finance), cast.seat(cast.personnel)
    sheet.sign(cast.head_of(cast.finance), finance, Opinion.OBJECTION, WEDNESDAY, seat=own, text="资金未明确")
    assert (steps(sheet), keep(sheet, {}, WEDNESDAY), due(sheet, CALENDAR, HOURS)) == ([], False, None)
    later = WEDNESDAY + timedelta(days=2)
    sheet.sign(cast.head_of(cast.personnel), personnel, Opinion.NO_OBJECTION, later, seat=other)
    assert keep(sheet, desks(sheet), later)
    assert [(stall.key.split(":")[0], stall.since) for stall in stalls_of(sheet)] == [("REPLY", later)]


def test_a_topic_decided_for_either_side_waits_for_the_signature(cast: CountersignCast) -> None:
    sheet = objected(cast, CountersignKind.TOPIC)
    replied(cast, sheet)
    mediation = open_mediation(
        sheet, cast.head_of(cast.housing), cast.clerk, "已列入预算", WEDNESDAY, cast.seat(cast.housing)
    )
    mediate(sheet, cast.clerk, mediation, MediationDecision.AS_CONSULTED, "", WEDNESDAY)
    assert steps(sheet) == [Step.STAND]
    assert to_revise(sheet) == []


def test_a_working_day_is_nudged_a_second_told_and_then_there_is_peace(cast: CountersignCast) -> None:
    sheet = objected(cast)
    keep(sheet, desks(sheet), WEDNESDAY)
    assert due(sheet, CALENDAR, HOURS) == beijing("2026-11-26 08:30")
    assert pressed(sheet, "2026-11-26 08:29") == (0, 0)
    assert lying(sheet, beijing("2026-11-26 08:29"), CALENDAR, HOURS) == []
    assert pressed(sheet, "2026-11-26 08:30") == (1, 0)
    assert len(lying(sheet, beijing("2026-11-26 08:30"), CALENDAR, HOURS)) == 1
    assert pressed(sheet, "2026-11-26 17:00") == (0, 0)
    assert pressed(sheet, "2026-11-27 08:30") == (0, 1)
    assert due(sheet, CALENDAR, HOURS) is None
    assert pressed(sheet, "2026-12-07 08:30") == (0, 0)


def test_what_is_urgent_is_nudged_after_half_a_day(cast: CountersignCast) -> None:
    sheet = objected(cast)
    sheet.urgent = True
    keep(sheet, desks(sheet), WEDNESDAY)
    assert due(sheet, CALENDAR, HOURS) == beijing("2026-11-25 15:00")
    assert pressed(sheet, "2026-11-25 15:00") == (1, 0)
    assert due(sheet, CALENDAR, HOURS) == beijing("2026-11-26 09:30")
    assert pressed(sheet, "2026-11-26 09:30") == (0, 1)


def test_on_another_desk_the_wait_begins_again_but_nobody_is_nudged_twice(cast: CountersignCast) -> None:
    sheet = objected(cast)
    keep(sheet, desks(sheet), WEDNESDAY)
    assert pressed(sheet, "2026-11-26 08:30") == (1, 0)
    assert pressed(sheet, "2026-11-27 08:30", official=7) == (0, 0)
    assert pressed(sheet, "2026-11-30 08:30", official=7) == (1, 0)
    assert pressed(sheet, "2026-12-01 08:30") == (0, 0)  # back with the first
    assert pressed(sheet, "2026-12-02 08:30") == (0, 0)
    assert pressed(sheet, "2026-12-03 08:30") == (0, 1)


def test_where_there_is_nobody_it_is_told_at_once(cast: CountersignCast) -> None:
    sheet = objected(cast)
    keep(sheet, desks(sheet, None), WEDNESDAY)
    assert pressed(sheet, "2026-11-26 08:30", official=None) == (0, 1)
    assert pressed(sheet, "2026-11-27 08:30", official=None) == (0, 0)
    assert pressed(sheet, "2026-11-30 08:30") == (0, 0)  # somebody has come: their wait begins
    assert pressed(sheet, "2026-12-01 08:30") == (1, 0)


def test_a_reply_given_anew_is_waited_for_anew(cast: CountersignCast) -> None:
    sheet = objected(cast)
    replied(cast, sheet)
    keep(sheet, desks(sheet), WEDNESDAY)
    assert pressed(sheet, "2026-11-26 08:30") == (1, 0)
    replied(cast, sheet, beijing("2026-11-26 10:00"))
    assert keep(sheet, desks(sheet), beijing("2026-11-26 10:00"))
    assert not keep(sheet, desks(sheet), beijing("2026-11-26 11:00"))
    assert pressed(sheet, "2026-11-26 16:00") == (0, 0)
    assert pressed(sheet, "2026-11-27 08:30") == (1, 0)


@given(
    looks=st.lists(st.integers(0, 14 * 24 * 4), min_size=1, max_size=40, unique=True),
    done=st.integers(0, 14 * 24 * 4),
    urgent=st.booleans(),
)
def test_never_after_the_deed_never_twice_never_on_an_off_day(
    looks: list[int], done: int, *, urgent: bool
) -> None:
    cast = CountersignCast()
    sheet = objected(cast)
    sheet.urgent = urgent
    keep(sheet, desks(sheet), WEDNESDAY)
    over, nudges, tells = WEDNESDAY + timedelta(minutes=15 * done), 0, 0
    for look in sorted(looks):
        now = WEDNESDAY + timedelta(minutes=15 * look)
        if now >= over and pending(sheet):
            withdraw(sheet, cast.head_of(cast.housing), "另报", over, cast.seat(cast.housing))
        nudged, told = pressed(sheet, now)
        if nudged or told:
            assert now < over
            assert CALENDAR.is_working(shanghai_day(now))
            assert HOURS.is_open(CALENDAR, now)
            assert not (nudged and told)
            assert nudges or nudged  # nobody is told of who was not nudged before
        following = due(sheet, CALENDAR, HOURS)
        assert following is None or not HOURS.is_open(CALENDAR, now) or following > now
        nudges, tells = nudges + nudged, tells + told
    assert nudges <= 1
    assert tells <= 1
