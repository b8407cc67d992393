"""What comes of an objection: the lead unit's reply, the unit's stand, a mediation (art. 53, 59, 63)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.countersign.answer import Opinion
from rules.countersign.consultation import Seat
from rules.countersign.life import (
    always_again,
    close,
    obstacles,
    obstacles_to_closing,
    withdraw,
)
from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.countersign.objection import MediationDecision, Reply, Stand
from rules.countersign.settling import (
    call_meeting,
    draft_stamp,
    mediate,
    mediator_of,
    open_mediation,
    reply_as_drafted,
    reply_to_objection,
    take_stand,
)
from rules.refused import Refused
from rules.roster import Official, Role, Roster
from tests.countersign_cast import WEDNESDAY, CountersignCast
from tests.rules.countersign.play import LATER, mediated, objected, renew, reply, stand


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


# ---------------------------------------------------------------- the lead unit's reply


def test_what_is_not_taken_over_whole_needs_its_reason(cast: CountersignCast) -> None:
    sheet, one = objected(cast)
    lead, seat = cast.head_of(cast.housing), cast.seat(cast.housing)
    for what in (Reply.PARTLY, Reply.NOT_ADOPTED):
        with pytest.raises(Refused, match=f"{what}的，请写明理由"):
            reply_to_objection(sheet, lead, one, what, " ", WEDNESDAY, seat)
    reply_to_objection(sheet, lead, one, Reply.ADOPTED, "", WEDNESDAY, seat)
    assert one.objection is not None
    assert one.objection.reply is Reply.ADOPTED


def test_the_liaison_drafts_the_reply_and_the_head_gives_the_one_they_saw(cast: CountersignCast) -> None:
    sheet, one = objected(cast)
    liaison, head, seat = cast.liaison_of(cast.housing), cast.head_of(cast.housing), cast.seat(cast.housing)
    objection = reply_to_objection(sheet, liaison, one, Reply.NOT_ADOPTED, "已列入预算", WEDNESDAY, seat)
    assert obstacles_to_closing(sheet) == ["财政局的不同意见尚未答复"]
    seen = draft_stamp(objection)
    with pytest.raises(Refused, match="答复不同意见须由住建局主要负责人办理"):
        reply_as_drafted(sheet, liaison, one, seen, LATER, seat)
    reply_to_objection(sheet, liaison, one, Reply.PARTLY, "补充说明", LATER, seat)
    with pytest.raises(Refused, match="代拟答复已有变化"):
        reply_as_drafted(sheet, head, one, seen, LATER, seat)
    reply_as_drafted(sheet, head, one, draft_stamp(objection), LATER, seat)
    assert (objection.reply, objection.reply_text, objection.replied_by) == (Reply.PARTLY, "补充说明", head)
    assert objection.draft_reply is None


def test_nobody_outside_the_lead_unit_replies(cast: CountersignCast) -> None:
    sheet, one = objected(cast)
    with pytest.raises(Refused, match="由住建局主办，您不能办理"):
        reply_to_objection(
            sheet, cast.head_of(cast.law), one, Reply.ADOPTED, "", WEDNESDAY, cast.seat(cast.housing)
        )


def test_a_stand_in_replies_in_the_heads_name(cast: CountersignCast) -> None:
    sheet, one = objected(cast)
    deputy = cast.one(cast.housing, Role.DEPUTY_HEAD)
    seat = Seat(cast.head_of(cast.housing), deputy)
    objection = reply_to_objection(sheet, deputy, one, Reply.ADOPTED, "", WEDNESDAY, seat)
    assert objection.replier == "住建局副局长 云垂拱（代住建局局长 章问道）"


# ---------------------------------------------------------------- the unit's stand


def test_the_head_agrees_after_all_or_keeps_their_objection(cast: CountersignCast) -> None:
    sheet, one = objected(cast)
    with pytest.raises(Refused, match="主办单位尚未答复"):
        stand(cast, sheet, Stand.KEPT)
    reply(cast, sheet)
    stand(cast, sheet, Stand.KEPT)
    assert obstacles(sheet) == ["财政局有不同意见，尚未协调一致"]
    with pytest.raises(Refused, match="已记录保留意见"):
        stand(cast, sheet, Stand.KEPT)
    stand(cast, sheet, Stand.DROPPED)
    assert not one.objects
    with pytest.raises(Refused, match="已签署无不同意见"):
        stand(cast, sheet, Stand.KEPT)


def test_only_the_head_signs_their_stand(cast: CountersignCast) -> None:
    sheet, one = objected(cast)
    reply(cast, sheet)
    with pytest.raises(Refused, match="须由财政局主要负责人签字"):
        take_stand(
            sheet, cast.liaison_of(cast.finance), one, Stand.DROPPED, WEDNESDAY, cast.seat(cast.finance)
        )


def test_a_second_reply_wants_a_stand_of_its_own(cast: CountersignCast) -> None:
    sheet, one = objected(cast)
    reply(cast, sheet)
    stand(cast, sheet, Stand.KEPT)
    reply(cast, sheet, Reply.PARTLY)
    assert one.objection is not None
    assert one.objection.stand is None


# ---------------------------------------------------------------- mediation


def test_a_mediation_needs_the_reply_first_and_the_head(cast: CountersignCast) -> None:
    sheet, _ = objected(cast)
    vice, seat = cast.vice, cast.seat(cast.housing)
    with pytest.raises(Refused, match="请先答复财政局的不同意见"):
        open_mediation(sheet, cast.head_of(cast.housing), vice, "已列入预算", WEDNESDAY, seat)
    reply(cast, sheet)
    with pytest.raises(Refused, match="发起协调须由住建局主要负责人办理"):
        open_mediation(sheet, cast.liaison_of(cast.housing), vice, "已列入预算", WEDNESDAY, seat)
    with pytest.raises(Refused, match="请写明主办单位的理据"):
        open_mediation(sheet, cast.head_of(cast.housing), vice, "", WEDNESDAY, seat)
    open_mediation(sheet, cast.head_of(cast.housing), vice, "已列入预算", WEDNESDAY, seat)
    with pytest.raises(Refused, match="已提请协调，不必重复发起"):
        open_mediation(sheet, cast.head_of(cast.housing), vice, "已列入预算", WEDNESDAY, seat)
    with pytest.raises(Refused, match="已提请副区长 孙宇宙协调"):
        reply(cast, sheet)


def test_the_vice_mayor_in_charge_decides_once(cast: CountersignCast) -> None:
    sheet, one = objected(cast, CountersignKind.DRAFT)
    reply(cast, sheet)
    mediation, vice = mediated(cast, sheet)
    with pytest.raises(Refused, match="这项协调由副区长 孙宇宙主持"):
        mediate(sheet, cast.head_of(cast.housing), mediation, MediationDecision.AS_LEAD, "", WEDNESDAY)
    call_meeting(sheet, vice, mediation, "12月3日专题会议")
    assert mediation.open
    backup = cast.executive
    mediate(sheet, backup, mediation, MediationDecision.AS_LEAD, "按预算办", LATER, backup)
    assert mediation.by == "常务副区长 钱玄黄（代副区长 孙宇宙）"
    assert not one.objects
    assert obstacles_to_closing(sheet) == []
    with pytest.raises(Refused, match="这项协调已由常务副区长 钱玄黄（代副区长 孙宇宙）定：按主办意见"):
        mediate(sheet, vice, mediation, MediationDecision.LATER, "", LATER)


def test_looked_into_further_the_objection_stays_and_may_be_mediated_again(cast: CountersignCast) -> None:
    sheet, one = objected(cast)
    reply(cast, sheet)
    mediated(cast, sheet, MediationDecision.LATER)
    assert one.objects
    again, _ = mediated(cast, sheet)
    assert again.open


def test_who_mediates(cast: CountersignCast) -> None:
    sheet, one = objected(cast)
    vice, seat = cast.vice, cast.seat(cast.housing)
    executive = cast.executive
    none = "花名册中没有住建局的分管副区长，由常务副区长 钱玄黄协调。"
    assert mediator_of(sheet, [one], seat, cast.roster) == (executive, none)
    cast.housing.portfolio_id = vice.id
    assert mediator_of(sheet, [one], seat, cast.roster) == (vice, "")
    for_head = Seat(cast.head_of(cast.housing), vice)
    signed = "副区长 孙宇宙已代一方签署，由常务副区长 钱玄黄协调。"
    assert mediator_of(sheet, [one], for_head, cast.roster) == (executive, signed)
    assert one.answer is not None
    one.answer.signer = executive
    assert mediator_of(sheet, [one], for_head, cast.roster)[0] is cast.mayor
    alone = Roster(cast.units, [o for o in cast.officials if o not in (cast.mayor, executive)])
    with pytest.raises(Refused, match="也没有其他领导可以协调"):
        mediator_of(sheet, [one], for_head, alone)


@pytest.mark.parametrize("what", ["agreed", "version", "withdrawn"])
def test_a_mediation_is_overtaken_where_nothing_is_left_to_decide(cast: CountersignCast, what: str) -> None:
    sheet, _ = objected(cast)
    reply(cast, sheet)
    mediation, vice = mediated(cast, sheet)
    match what:
        case "agreed":
            stand(cast, sheet, Stand.DROPPED, LATER)
        case "version":
            renew(cast, sheet, now=LATER)
        case _:
            withdraw(sheet, cast.liaison_of(cast.housing), "另作修改", LATER, cast.seat(cast.housing))
    assert mediation.moot_at == LATER
    with pytest.raises(Refused, match="无需"):
        mediate(sheet, vice, mediation, MediationDecision.AS_LEAD, "", LATER)


# ---------------------------------------------------------------- any order

_DEEDS = st.sampled_from(
    ["agree", "object", "adopt", "refuse", "drop", "keep", "mediate", "lead", "later", "renew", "close"]
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(list(CountersignKind)), st.lists(st.tuples(_DEEDS, st.integers(0, 1)), max_size=25))
def test_in_any_order_nothing_is_lost_and_no_topic_slips_through(
    kind: CountersignKind, deeds: list[tuple[str, int]]
) -> None:
    cast = CountersignCast()
    sheet, vice = cast.sheet(kind), cast.vice
    for minute, (deed, at) in enumerate(deeds):
        said = [answer for one in sheet.consultations for answer in one.answers]
        ended = sheet.state
        try:
            _do(cast, sheet, vice, deed, at, WEDNESDAY + timedelta(minutes=minute))
        except Refused:
            assert sheet.state is ended
        still = [answer for one in sheet.consultations for answer in one.answers]
        assert all(answer in still for answer in said)
        if ended is CountersignState.CLOSED:
            assert sheet.state is CountersignState.CLOSED
            assert still == said
        assert {one.unit for one in sheet.current} == {cast.finance, cast.personnel}
        assert all(one.round == sheet.round for one in sheet.waiting)
        if sheet.state is CountersignState.CLOSED:
            assert not sheet.waiting
            assert not any(mediation.open for mediation in sheet.mediations)
        if kind is CountersignKind.TOPIC and not obstacles(sheet):
            for one in sheet.current:
                agreed = one.opinion is Opinion.NO_OBJECTION
                assert agreed or (one.objection is not None and one.objection.dropped)
        assert set(always_again(sheet)) >= {one.unit for one in sheet.current if one.objects or one.waiting}


def _do(cast: CountersignCast, sheet: Countersign, vice: Official, deed: str, at: int, now: datetime) -> None:
    one = next(one for one in sheet.current if one.unit is (cast.finance, cast.personnel)[at])
    head, seat, lead, of_lead = (
        cast.head_of(one.unit),
        cast.seat(one.unit),
        cast.head_of(cast.housing),
        cast.seat(cast.housing),
    )
    match deed:
        case "agree":
            sheet.sign(head, one, Opinion.NO_OBJECTION, now, seat=seat)
        case "object":
            sheet.sign(head, one, Opinion.OBJECTION, now, seat=seat, text="不同意")
        case "adopt" | "refuse":
            what = Reply.ADOPTED if deed == "adopt" else Reply.NOT_ADOPTED
            reply_to_objection(sheet, lead, one, what, "理由", now, of_lead)
        case "drop" | "keep":
            take_stand(sheet, head, one, Stand.DROPPED if deed == "drop" else Stand.KEPT, now, seat)
        case "mediate":
            open_mediation(sheet, lead, vice, "理据", now, of_lead)
        case "lead" | "later":
            if sheet.mediations:
                how = MediationDecision.AS_LEAD if deed == "lead" else MediationDecision.LATER
                mediate(sheet, vice, sheet.mediations[-1], how, "", now)
        case "renew":
            renew(cast, sheet, (one.unit,), now)
        case _:
            close(sheet, lead, now, of_lead)
