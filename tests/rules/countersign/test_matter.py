"""A sheet's life on plain objects: who releases, who signs, and what silence is taken for."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.countersign.answer import AnswerStatus, Opinion, Source
from rules.countersign.consultation import Consultation, Delivery, Seat
from rules.countersign.due import due_after
from rules.countersign.life import ask_extension, decide_extension, obstacles, obstacles_to_closing, pass_on
from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.countersign.objection import Mediation, MediationDecision, Reply
from rules.periods import Periods
from rules.refused import Refused
from rules.roster import Role
from tests.cast import beijing
from tests.countersign_cast import CALENDAR, WEDNESDAY, CountersignCast
from tests.rules.countersign.play import sign

LAST_MOMENT = beijing("2026-11-30 23:59:59")
MIDNIGHT = beijing("2026-12-01 00:00:00")
REASON = "资金来源未明确"


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


# ---------------------------------------------------------------- release


def test_only_the_head_releases(cast: CountersignCast) -> None:
    sheet = Countersign(
        cast.housing, cast.liaison_of(cast.housing), CountersignKind.DRAFT, "城市更新办法", WEDNESDAY
    )
    sheet.consult({cast.finance: cast.head_of(cast.finance)})
    seat = cast.seat(cast.housing)
    for other in (cast.liaison_of(cast.housing), cast.one(cast.housing, Role.DEPUTY_HEAD), cast.clerk):
        with pytest.raises(Refused, match="须由住建局主要负责人审核把关"):
            sheet.release(other, seat, WEDNESDAY)
    sheet.release(cast.head_of(cast.housing), seat, WEDNESDAY)
    assert sheet.state is CountersignState.OPEN
    with pytest.raises(Refused, match="已由住建局局长 章问道于11月25日 09:00送出，不必再送"):
        sheet.release(cast.head_of(cast.housing), seat, WEDNESDAY)


def test_a_stand_in_releases_in_the_heads_name(cast: CountersignCast) -> None:
    deputy = cast.one(cast.housing, Role.DEPUTY_HEAD)
    sheet = Countersign(cast.housing, deputy, CountersignKind.DRAFT, "城市更新办法", WEDNESDAY)
    sheet.consult({cast.finance: cast.head_of(cast.finance)})
    sheet.release(deputy, Seat(cast.head_of(cast.housing), deputy), WEDNESDAY)
    assert sheet.released_for is cast.head_of(cast.housing)


def test_the_period_begins_with_the_units_own_first_delivery(cast: CountersignCast) -> None:
    sheet = cast.sheet(delivered=False)
    first, second = sheet.current
    assert cast.deliver(sheet, first, WEDNESDAY)
    assert not cast.deliver(sheet, first, WEDNESDAY + timedelta(days=2))
    assert cast.deliver(sheet, second, WEDNESDAY + timedelta(days=2))
    assert (first.due_label, second.due_label) == ("11月30日(周一)", "12月2日(周三)")


def test_silence_is_consent_only_after_the_last_day(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    first = sheet.current[0]
    assert not sheet.lapse(first, LAST_MOMENT)
    assert sheet.lapse(first, MIDNIGHT)
    assert first.deemed
    assert first.answer is not None
    assert first.answer.signer is None
    assert first.answer.evidence["delivered_to"] == "财政局局长 冯寒来"
    assert first.answer.evidence["explained"] == first.due_explained
    assert not sheet.lapse(first, MIDNIGHT)


def test_without_proof_of_delivery_silence_is_nothing(cast: CountersignCast) -> None:
    sheet = cast.sheet(delivered=False)
    assert not sheet.lapse(sheet.current[0], WEDNESDAY + timedelta(days=100))


@pytest.mark.parametrize("kind", [CountersignKind.TOPIC, CountersignKind.REQUEST])
def test_a_topic_and_a_request_are_never_taken_for_agreed(
    cast: CountersignCast, kind: CountersignKind
) -> None:
    sheet = cast.sheet(kind)
    assert not sheet.lapse(sheet.current[0], MIDNIGHT)
    sign(cast, sheet, now=MIDNIGHT)
    assert sheet.current[0].opinion is Opinion.NO_OBJECTION


# ---------------------------------------------------------------- answers


def test_a_second_answer_is_refused_with_the_first(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    sign(cast, sheet, now=WEDNESDAY)
    said = "财政局已答复：财政局局长 冯寒来于11月25日 09:00签署无不同意见，不能重复答复"
    with pytest.raises(Refused, match=said):
        sign(cast, sheet, Opinion.OBJECTION, now=WEDNESDAY)


def test_an_objection_needs_its_grounds(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    with pytest.raises(Refused, match="请写明有哪些不同意见和理由"):
        sheet.sign(
            cast.head_of(cast.finance),
            sheet.current[0],
            Opinion.OBJECTION,
            WEDNESDAY,
            seat=cast.seat(cast.finance),
        )


def test_the_liaison_drafts_and_the_head_signs_what_they_saw(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one, liaison, head = sheet.current[0], cast.liaison_of(cast.finance), cast.head_of(cast.finance)
    first = sheet.draft(liaison, one, Opinion.OBJECTION, WEDNESDAY, liaisons=[liaison], text=REASON)
    first.id = 1
    assert one.waiting
    second = sheet.draft(liaison, one, Opinion.NO_OBJECTION, WEDNESDAY, liaisons=[liaison])
    second.id = 2
    with pytest.raises(Refused, match="会签意见须由财政局主要负责人签字"):
        sheet.sign_draft(liaison, one, 2, WEDNESDAY, seat=cast.seat(cast.finance))
    with pytest.raises(Refused, match="代拟意见已有变化"):
        sheet.sign_draft(head, one, 1, WEDNESDAY, seat=cast.seat(cast.finance))
    sheet.sign_draft(head, one, 2, WEDNESDAY, seat=cast.seat(cast.finance))
    assert one.answer is second
    assert (second.drafted_by, second.signer) == (liaison, head)
    assert first.status is AnswerStatus.DROPPED


def test_only_liaisons_and_the_one_it_was_passed_to_draft(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one, deputy = sheet.current[0], cast.one(cast.finance, Role.DEPUTY_HEAD)
    with pytest.raises(Refused, match="联络员或受转交的同志代拟"):
        sheet.draft(deputy, one, Opinion.NO_OBJECTION, WEDNESDAY, liaisons=[cast.liaison_of(cast.finance)])
    pass_on(sheet, cast.head_of(cast.finance), one, deputy, cast.seat(cast.finance))
    sheet.draft(deputy, one, Opinion.NO_OBJECTION, WEDNESDAY, liaisons=[cast.liaison_of(cast.finance)])
    assert one.draft is not None
    with pytest.raises(Refused, match="只能转交给财政局的同志"):
        pass_on(sheet, cast.head_of(cast.finance), one, cast.clerk, cast.seat(cast.finance))


def test_a_tap_after_midnight_is_late_even_if_the_clock_has_not_come_round(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    sign(cast, sheet, now=LAST_MOMENT, at=0)
    assert sheet.current[0].opinion is Opinion.NO_OBJECTION
    sign(cast, sheet, Opinion.OBJECTION, now=MIDNIGHT, at=1)
    second = sheet.current[1]
    assert second.deemed
    assert second.late is not None
    assert second.late.text == REASON
    with pytest.raises(Refused, match="逾期意见已收到"):
        sign(cast, sheet, now=MIDNIGHT, at=1)


def test_while_an_outage_is_not_added_back_nobody_is_late(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one = sheet.current[0]
    seat = cast.seat(cast.finance)
    sheet.sign(cast.head_of(cast.finance), one, Opinion.NO_OBJECTION, MIDNIGHT, seat=seat, judged=False)
    assert one.opinion is Opinion.NO_OBJECTION
    assert one.late is None


def test_a_late_opinion_counts_once_the_lead_unit_takes_it_in(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    sign(cast, sheet, Opinion.OBJECTION, now=MIDNIGHT)
    one = sheet.current[0]
    with pytest.raises(Refused, match="由住建局主办"):
        sheet.reopen(cast.head_of(cast.finance), one, cast.seat(cast.housing))
    sheet.reopen(cast.liaison_of(cast.housing), one, cast.seat(cast.housing))
    assert one.objects
    assert [answer.status for answer in one.answers] == [AnswerStatus.REPLACED, AnswerStatus.IN_FORCE]
    with pytest.raises(Refused, match="没有待采纳的逾期意见"):
        sheet.reopen(cast.liaison_of(cast.housing), one, cast.seat(cast.housing))


def recorded(cast: CountersignCast, sheet: Countersign, given_on: date, now: datetime) -> None:
    sheet.record(
        cast.clerk,
        sheet.current[0],
        Opinion.OBJECTION,
        now,
        source=Source.PHONE,
        source_note="财政局局长来电",
        given_on=given_on,
        text=REASON,
    )


def test_what_was_phoned_in_in_time_counts_though_recorded_later(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one = sheet.current[0]
    sheet.lapse(one, MIDNIGHT)
    recorded(cast, sheet, date(2026, 11, 30), MIDNIGHT + timedelta(hours=9))
    assert one.objects
    assert one.answer is not None
    assert one.answer.by == "办公室代录（电话，财政局局长来电）"


def test_what_was_phoned_in_too_late_is_a_late_opinion(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    recorded(cast, sheet, date(2026, 12, 1), MIDNIGHT + timedelta(hours=9))
    assert sheet.current[0].deemed
    assert sheet.current[0].late is not None


def test_a_topic_answered_by_phone_still_wants_the_heads_signature(cast: CountersignCast) -> None:
    sheet = cast.sheet(CountersignKind.TOPIC)
    sign(cast, sheet, now=WEDNESDAY, at=1)
    sheet.record(
        cast.clerk,
        sheet.current[0],
        Opinion.NO_OBJECTION,
        WEDNESDAY,
        source=Source.PHONE,
        source_note="财政局局长来电",
        given_on=date(2026, 11, 25),
    )
    assert obstacles(sheet) == ["财政局系电话答复，主要负责人尚未签字"]
    sign(cast, sheet, now=WEDNESDAY)
    assert obstacles(sheet) == []


def test_only_the_office_records_for_others(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    with pytest.raises(Refused, match="由区政府办公室办理"):
        sheet.record(
            cast.liaison_of(cast.housing),
            sheet.current[0],
            Opinion.NO_OBJECTION,
            WEDNESDAY,
            source=Source.PAPER,
            source_note="",
            given_on=date(2026, 11, 25),
        )


# ---------------------------------------------------------------- any order


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["deliver", "sign", "object", "draft", "lapse", "ask", "agree", "refuse", "reopen"]),
        st.integers(0, 1),
        st.integers(0, 36),
    ),
    max_size=24,
)


@settings(max_examples=150, deadline=None)
@given(kind=st.sampled_from(CountersignKind), events=EVENTS)
def test_in_any_order_there_is_one_decision_and_no_consent_without_proof(
    kind: CountersignKind, events: list[tuple[str, int, int]]
) -> None:
    cast = CountersignCast()
    sheet = cast.sheet(kind, delivered=False)
    now = WEDNESDAY
    for what, at, hours in events:
        now += timedelta(hours=hours)
        one = sheet.current[at]
        before = one.answer
        try:
            _happen(cast, sheet, one, what, now)
        except Refused:
            assert one.answer is before or one.deemed
        for each in sheet.current:
            in_force = [answer for answer in each.answers if answer.status is AnswerStatus.IN_FORCE]
            assert len(in_force) <= 1
            assert each.waiting == (not in_force)
            for answer in each.answers:
                if answer.opinion is Opinion.DEEMED:
                    assert kind is CountersignKind.DRAFT
                    assert each.delivered_at is not None
                    assert answer.at >= datetime.fromisoformat(answer.evidence["closes_at"])
                    assert answer.signer is None


def _happen(cast: CountersignCast, sheet: Countersign, one: Consultation, what: str, now: datetime) -> None:
    head, liaison, seat = cast.head_of(one.unit), cast.liaison_of(one.unit), cast.seat(one.unit)
    lead, lead_seat = cast.liaison_of(cast.housing), cast.seat(cast.housing)
    match what:
        case "deliver":
            due = due_after(now, sheet.limit, CALENDAR, Periods())
            sheet.start(one, Delivery(now, head, 7), due)
        case "sign":
            sheet.sign(head, one, Opinion.NO_OBJECTION, now, seat=seat)
        case "object":
            sheet.sign(head, one, Opinion.OBJECTION, now, seat=seat, text=REASON)
        case "draft":
            sheet.draft(liaison, one, Opinion.NO_OBJECTION, now, liaisons=[liaison])
        case "lapse":
            sheet.lapse(one, now)
        case "ask":
            until = CALENDAR.after(now.date(), 6).day
            extension = ask_extension(
                sheet, liaison, one, until, REASON, now, seat=seat, liaisons=[liaison], calendar=CALENDAR
            )
            extension.id = len(one.extensions)
        case "agree" | "refuse":
            decide_extension(
                sheet,
                lead,
                one,
                len(one.extensions),
                now,
                agree=what == "agree",
                seat=lead_seat,
                calendar=CALENDAR,
            )
        case "reopen":
            sheet.reopen(lead, one, lead_seat)


# ---------------------------------------------------------------- people who move on


def test_who_drafted_it_and_has_moved_on_speaks_for_the_lead_unit_no_more(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    drafter, seat = sheet.drafter, cast.seat(cast.housing)
    assert sheet.of_lead(drafter, seat)
    drafter.unit = cast.personnel
    with pytest.raises(Refused, match="由住建局主办，您不能办理"):
        sheet.may_lead(drafter, seat)


def test_who_moved_to_another_unit_drafts_no_more_what_was_passed_to_them(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one, deputy = sheet.current[0], cast.one(cast.finance, Role.DEPUTY_HEAD)
    pass_on(sheet, cast.head_of(cast.finance), one, deputy, cast.seat(cast.finance))
    one.may_draft(deputy, [])
    deputy.unit = cast.personnel
    with pytest.raises(Refused, match="您不能办理"):
        one.may_draft(deputy, [])


def test_a_request_is_not_closed_on_a_word_by_phone(cast: CountersignCast) -> None:
    sheet = cast.sheet(CountersignKind.REQUEST)
    sign(cast, sheet, now=WEDNESDAY, at=1)
    sheet.record(
        cast.clerk,
        sheet.current[0],
        Opinion.NO_OBJECTION,
        WEDNESDAY,
        source=Source.PHONE,
        source_note="来电",
        given_on=date(2026, 11, 25),
    )
    assert not sheet.waiting
    assert obstacles_to_closing(sheet) == ["财政局系电话答复，主要负责人尚未签字"]
    sign(cast, sheet, now=WEDNESDAY)
    assert obstacles_to_closing(sheet) == []


def test_of_a_unit_that_is_no_more_nobody_need_sign_what_was_mediated(cast: CountersignCast) -> None:
    sheet = cast.sheet(CountersignKind.TOPIC)
    sign(cast, sheet, Opinion.OBJECTION, now=WEDNESDAY)
    sign(cast, sheet, now=WEDNESDAY, at=1)
    one = sheet.current[0]
    objection = one.objection
    assert objection
    objection.reply, objection.replied_at = Reply.NOT_ADOPTED, WEDNESDAY
    assert obstacles_to_closing(sheet) == ["财政局对主办单位的答复尚未表态"]
    cast.finance.closed_at = WEDNESDAY
    assert obstacles_to_closing(sheet) == []
    assert obstacles(sheet) == ["财政局有不同意见，尚未协调一致"]
    objection.mediation = Mediation(
        cast.clerk, cast.clerk, WEDNESDAY, "", MediationDecision.AS_LEAD, decided_at=WEDNESDAY
    )
    assert obstacles(sheet) == []
