"""Who is asked on one matter in several capacities reads first what they have said already, and in which."""

from itertools import permutations

import pytest
from markupsafe import Markup

from notices.capacity import Word, above
from notices.countersign.card import asked as asked_to_sign
from notices.countersign.mediation import asked as asked_to_mediate
from notices.invitation.card import delegate_text, leader_text
from notices.leave.card import asked_text
from notices.meeting.clearing import asked as asked_to_clear
from notices.message_text import plain
from rules.approval import Decision
from rules.countersign.answer import Answer as Given
from rules.countersign.answer import AnswerStatus, Opinion
from rules.countersign.objection import Mediation, Objection
from rules.invitation.leaders import answer, forward
from rules.invitation.request import Answer
from rules.meeting.clearance import Clearance, Step, Verdict
from rules.meeting.matter import MeetingState
from rules.periods import Periods
from rules.roster import Official
from tests.cast import THURSDAY, Cast, beijing
from tests.countersign_cast import WEDNESDAY, CountersignCast
from tests.invitation_cast import Desk
from tests.meeting_cast import District

NOON = beijing("2026-11-26 12:00")


def first(text: object) -> str:
    """What stands right below the card's first line."""
    return plain(str(text).splitlines()[1])


def test_a_leave_agreed_to_as_oneself_then_in_anothers_place() -> None:
    cast = Cast()
    leave = cast.report(cast.head, cast.deputy)
    leave.decide(cast.vice, 0, Decision.AGREE, NOON)
    said = "您已于11月26日 12:00以本人身份同意；这次请您代区长 赵天地审批。"
    assert first(asked_text(leave, cast.vice)) == said
    for other in (cast.mayor, cast.executive):
        assert first(asked_text(leave, other)).startswith("类别：出差")


def test_a_leave_agreed_to_in_anothers_place_then_as_oneself() -> None:
    cast = Cast()
    leave = cast.report(cast.head, cast.deputy)
    leave.decide(cast.mayor, 0, Decision.AGREE, NOON, stand_in=cast.mayor)
    said = "您已于11月26日 12:00代副区长 孙宇宙同意；这次请您以本人身份审批。"
    assert first(asked_text(leave, cast.mayor)) == said


def test_an_invitation_declined_for_oneself_then_asked_in_anothers_place() -> None:
    cast = Desk()
    invitation = cast.invite(cast.mayor, cast.executive)
    forward(invitation, cast.clerk, [cast.executive, cast.mayor], THURSDAY, together=True)
    executive, mayor = invitation.requests
    answer(invitation, cast.executive, 0, Answer.DECLINE, NOON)
    text = leader_text(invitation, mayor, [], cast.roster, cast.executive)
    assert first(text) == "您已于11月26日 12:00以本人身份答复不出席；这次请您代区长 赵天地答复。"
    assert first(leader_text(invitation, mayor, [], cast.roster, cast.mayor)).startswith(
        "活动：城区重点项目调研（调研）"
    )
    answer(invitation, cast.mayor, 1, Answer.DELEGATE, NOON, delegate=cast.executive)
    text = delegate_text(invitation, mayor, cast.executive, [], cast.roster)
    assert first(text) == "您已于11月26日 12:00以本人身份答复不出席；这次请您代区长 赵天地出席。"
    assert executive.done


def answered(signer: Official, opinion: Opinion) -> Given:
    return Given(opinion, WEDNESDAY, AnswerStatus.IN_FORCE, "第八条", signer=signer)


@pytest.fixture
def units() -> CountersignCast:
    return CountersignCast()


def test_one_person_signs_for_two_units(units: CountersignCast) -> None:
    sheet = units.sheet()
    finance, personnel = sheet.consultations
    both = units.head_of(units.finance)
    finance.enter(answered(both, Opinion.NO_OBJECTION))
    text = asked_to_sign(sheet, personnel, both, Periods(), signs=True).text
    assert "您已于11月25日 09:00代表财政局签署无不同意见；这次请您代表人社局签署。" in text.splitlines()[1]
    own = asked_to_sign(sheet, personnel, units.head_of(units.personnel), Periods(), signs=True).text
    assert "您已" not in own


def test_who_signed_an_objection_mediates_it(units: CountersignCast) -> None:
    sheet = units.sheet()
    finance = sheet.consultations[0]
    both = units.head_of(units.finance)
    finance.enter(answered(both, Opinion.OBJECTION))
    mediation = Mediation(units.clerk, units.head_of(units.housing), WEDNESDAY, "按现稿办理")
    mediation.id = 1
    finance.objection = Objection(WEDNESDAY, mediation=mediation)
    sheet.mediations.append(mediation)
    text = asked_to_mediate(sheet, mediation, both).text
    said = "您已于11月25日 09:00代表财政局签署有不同意见；这次请您代区政府办公室科员 王列张协调。"
    assert plain(text.splitlines()[1]) == said


def test_who_vetted_for_the_office_clears_in_anothers_place() -> None:
    district = District()
    meeting = district.meeting()
    clerk, vice = district["褚秋收"], district["孙宇宙"]
    passed = Clearance(Step.OFFICE, 0, verdict=Verdict.PASSED, decided_by=clerk, decided_at=NOON)
    step = Clearance(Step.VICE_MAYOR, 1, vice)
    meeting.clearances, meeting.state = [passed, step], MeetingState.PENDING
    said = f"您已于11月26日 12:00代表{clerk.unit.name}审核通过；这次请您代{vice.titled}审批。"
    assert first(asked_to_clear(meeting, step, clerk).text) == said
    assert "您已" not in asked_to_clear(meeting, step, vice).text


def test_only_another_capacity_is_told() -> None:
    cast = Cast()
    people: list[Official] = [cast.mayor, cast.executive, cast.vice]
    card = Markup("卡片")
    for to, place, other in permutations(people):
        same = Word(to, place, NOON, "同意")
        open_still = Word(to, other, None, "")
        others = Word(other, to, NOON, "同意")
        assert above(card, to, place, "审批", [same, open_still, others]) == card
        said = above(card, to, place, "审批", [same, Word(to, other, NOON, "同意")])
        assert (
            plain(said) == f"卡片\n您已于11月26日 12:00代{other.titled}同意；这次请您代{place.titled}审批。"
        )
    assert above(card, None, cast.mayor, "审批", [Word(None, cast.vice, NOON, "同意")]) == card
