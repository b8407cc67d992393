"""What comes of an objection, of a new version, and at the end (art. 53, 59, 61, 63)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.countersign.answer import CountersignPaper, Opinion
from rules.countersign.consultation import Consultation, Seat
from rules.countersign.life import (
    always_again,
    close,
    mark_ready,
    new_round,
    obstacles,
    obstacles_to_closing,
    withdraw,
)
from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.countersign.objection import Mediation, MediationDecision, Reply, Stand
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
from rules.roster import Official, Role, Roster, Unit, UnitKind
from tests.countersign_cast import WEDNESDAY, Cast

LATER = WEDNESDAY + timedelta(hours=1)
MIDNIGHT = WEDNESDAY + timedelta(days=10)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def vice_of(cast: Cast, post: str = "副区长", role: Role = Role.VICE_MAYOR) -> Official:
    leaders = Unit("区政府", "千文区人民政府", UnitKind.LEADERS)
    vice = Official(f"某{post}", leaders, post, role)
    vice.id = 90 + len(cast.officials)
    cast.officials.append(vice)
    return vice


def sign(cast: Cast, sheet: Countersign, opinion: Opinion = Opinion.NO_OBJECTION, at: int = 0) -> None:
    one = sheet.standing[at]
    text = "资金来源未明确" if opinion is Opinion.OBJECTION else ""
    sheet.sign(cast.head(one.unit), one, opinion, WEDNESDAY, seat=cast.seat(one.unit), text=text)


def objected(cast: Cast, kind: CountersignKind = CountersignKind.TOPIC) -> tuple[Countersign, Consultation]:
    """财政局 objects, 人社局 agrees."""
    sheet = cast.sheet(kind)
    sign(cast, sheet, Opinion.OBJECTION, at=0)
    sign(cast, sheet, at=1)
    return sheet, sheet.standing[0]


def reply(cast: Cast, sheet: Countersign, what: Reply = Reply.NOT_ADOPTED, now: datetime = WEDNESDAY) -> None:
    one = sheet.standing[0]
    reply_to_objection(
        sheet, cast.head(cast.housing), one, what, "资金已列入预算", now, cast.seat(cast.housing)
    )


def mediated(
    cast: Cast, sheet: Countersign, decision: MediationDecision | None = None
) -> tuple[Mediation, Official]:
    vice = vice_of(cast)
    lead, seat = cast.head(cast.housing), cast.seat(cast.housing)
    mediation = open_mediation(sheet, lead, vice, "已列入预算", WEDNESDAY, seat)
    if decision is not None:
        mediate(sheet, vice, mediation, decision, "按预算办", LATER)
    return mediation, vice


def stand(cast: Cast, sheet: Countersign, what: Stand, now: datetime = WEDNESDAY) -> None:
    one = sheet.standing[0]
    take_stand(sheet, cast.head(one.unit), one, what, now, cast.seat(one.unit))


def renew(
    cast: Cast, sheet: Countersign, again: tuple[Unit, ...] = (), now: datetime = WEDNESDAY, note: str = ""
) -> None:
    new_round(
        sheet,
        cast.head(cast.housing),
        cast.seat(cast.housing),
        now,
        papers=[CountersignPaper("file", "二稿.docx")],
        note=note or "补充资金来源",
        again=again,
        heads={},
    )


# ---------------------------------------------------------------- the lead unit's reply


def test_what_is_not_taken_over_whole_needs_its_reason(cast: Cast) -> None:
    sheet, one = objected(cast)
    lead, seat = cast.head(cast.housing), cast.seat(cast.housing)
    for what in (Reply.PARTLY, Reply.NOT_ADOPTED):
        with pytest.raises(Refused, match=f"{what}的，请写明理由"):
            reply_to_objection(sheet, lead, one, what, " ", WEDNESDAY, seat)
    reply_to_objection(sheet, lead, one, Reply.ADOPTED, "", WEDNESDAY, seat)
    assert one.objection is not None
    assert one.objection.reply is Reply.ADOPTED


def test_the_liaison_drafts_the_reply_and_the_head_gives_the_one_he_saw(cast: Cast) -> None:
    sheet, one = objected(cast)
    liaison, head, seat = cast.liaison(cast.housing), cast.head(cast.housing), cast.seat(cast.housing)
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


def test_nobody_outside_the_lead_unit_replies(cast: Cast) -> None:
    sheet, one = objected(cast)
    with pytest.raises(Refused, match="由住建局主办，您不能办理"):
        reply_to_objection(
            sheet, cast.head(cast.law), one, Reply.ADOPTED, "", WEDNESDAY, cast.seat(cast.housing)
        )


def test_a_stand_in_replies_in_the_heads_name(cast: Cast) -> None:
    sheet, one = objected(cast)
    deputy = cast.one(cast.housing, Role.DEPUTY_HEAD)
    seat = Seat(cast.head(cast.housing), deputy)
    objection = reply_to_objection(sheet, deputy, one, Reply.ADOPTED, "", WEDNESDAY, seat)
    assert objection.replier == "住建局副局长 住副局长（代住建局局长 住局长）"


# ---------------------------------------------------------------- the unit's stand


def test_the_head_agrees_after_all_or_keeps_his_objection(cast: Cast) -> None:
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


def test_only_the_head_signs_his_stand(cast: Cast) -> None:
    sheet, one = objected(cast)
    reply(cast, sheet)
    with pytest.raises(Refused, match="须由财政局主要负责人签字"):
        take_stand(sheet, cast.liaison(cast.finance), one, Stand.DROPPED, WEDNESDAY, cast.seat(cast.finance))


def test_a_second_reply_wants_a_stand_of_its_own(cast: Cast) -> None:
    sheet, one = objected(cast)
    reply(cast, sheet)
    stand(cast, sheet, Stand.KEPT)
    reply(cast, sheet, Reply.PARTLY)
    assert one.objection is not None
    assert one.objection.stand is None


# ---------------------------------------------------------------- mediation


def test_a_mediation_needs_the_reply_first_and_the_head(cast: Cast) -> None:
    sheet, _ = objected(cast)
    vice, seat = vice_of(cast), cast.seat(cast.housing)
    with pytest.raises(Refused, match="请先答复财政局的不同意见"):
        open_mediation(sheet, cast.head(cast.housing), vice, "已列入预算", WEDNESDAY, seat)
    reply(cast, sheet)
    with pytest.raises(Refused, match="发起协调须由住建局主要负责人办理"):
        open_mediation(sheet, cast.liaison(cast.housing), vice, "已列入预算", WEDNESDAY, seat)
    with pytest.raises(Refused, match="请写明主办单位的理据"):
        open_mediation(sheet, cast.head(cast.housing), vice, "", WEDNESDAY, seat)
    open_mediation(sheet, cast.head(cast.housing), vice, "已列入预算", WEDNESDAY, seat)
    with pytest.raises(Refused, match="已提请协调，不必重复发起"):
        open_mediation(sheet, cast.head(cast.housing), vice, "已列入预算", WEDNESDAY, seat)
    with pytest.raises(Refused, match="已提请副区长 某副区长协调"):
        reply(cast, sheet)


def test_the_vice_mayor_in_charge_decides_once(cast: Cast) -> None:
    sheet, one = objected(cast, CountersignKind.DRAFT)
    reply(cast, sheet)
    mediation, vice = mediated(cast, sheet)
    with pytest.raises(Refused, match="这项协调由副区长 某副区长主持"):
        mediate(sheet, cast.head(cast.housing), mediation, MediationDecision.AS_LEAD, "", WEDNESDAY)
    call_meeting(sheet, vice, mediation, "12月3日专题会议", WEDNESDAY)
    assert mediation.open
    backup = vice_of(cast, "常务副区长", Role.EXECUTIVE_VICE_MAYOR)
    mediate(sheet, backup, mediation, MediationDecision.AS_LEAD, "按预算办", LATER, backup)
    assert mediation.by == "常务副区长 某常务副区长（代副区长 某副区长）"
    assert not one.objects
    assert obstacles_to_closing(sheet) == []
    with pytest.raises(
        Refused, match="这项协调已由常务副区长 某常务副区长（代副区长 某副区长）定：按主办意见"
    ):
        mediate(sheet, vice, mediation, MediationDecision.LATER, "", LATER)


def test_looked_into_further_the_objection_stays_and_may_be_mediated_again(cast: Cast) -> None:
    sheet, one = objected(cast)
    reply(cast, sheet)
    mediated(cast, sheet, MediationDecision.LATER)
    assert one.objects
    again, _ = mediated(cast, sheet)
    assert again.open


def test_who_mediates(cast: Cast) -> None:
    sheet, one = objected(cast)
    vice, seat = vice_of(cast), cast.seat(cast.housing)
    executive = vice_of(cast, "常务副区长", Role.EXECUTIVE_VICE_MAYOR)
    mayor = vice_of(cast, "区长", Role.MAYOR)
    none = "花名册中没有住建局的分管副区长，由常务副区长 某常务副区长协调。"
    assert mediator_of(sheet, [one], seat, cast.roster) == (executive, none)
    cast.housing.portfolio_id = vice.id
    assert mediator_of(sheet, [one], seat, cast.roster) == (vice, "")
    for_him = Seat(cast.head(cast.housing), vice)
    signed = "副区长 某副区长已代一方签署，由常务副区长 某常务副区长协调。"
    assert mediator_of(sheet, [one], for_him, cast.roster) == (executive, signed)
    assert one.answer is not None
    one.answer.signer = executive
    assert mediator_of(sheet, [one], for_him, cast.roster)[0] is mayor
    alone = Roster(cast.units, [o for o in cast.officials if o not in (mayor, executive)])
    with pytest.raises(Refused, match="也没有其他领导可以协调"):
        mediator_of(sheet, [one], for_him, alone)


@pytest.mark.parametrize("what", ["agreed", "version", "withdrawn"])
def test_a_mediation_is_overtaken_where_nothing_is_left_to_decide(cast: Cast, what: str) -> None:
    sheet, _ = objected(cast)
    reply(cast, sheet)
    mediation, vice = mediated(cast, sheet)
    match what:
        case "agreed":
            stand(cast, sheet, Stand.DROPPED, LATER)
        case "version":
            renew(cast, sheet, now=LATER)
        case _:
            withdraw(sheet, cast.liaison(cast.housing), "另作修改", LATER, cast.seat(cast.housing))
    assert mediation.moot_at == LATER
    with pytest.raises(Refused, match="无需"):
        mediate(sheet, vice, mediation, MediationDecision.AS_LEAD, "", LATER)


# ---------------------------------------------------------------- ready for a meeting


def test_a_topic_is_ready_once_everybody_has_signed(cast: Cast) -> None:
    sheet = cast.sheet(CountersignKind.TOPIC)
    head, seat = cast.head(cast.housing), cast.seat(cast.housing)
    assert obstacles(sheet) == ["财政局尚未答复", "人社局尚未答复"]
    sign(cast, sheet, Opinion.OBJECTION, at=0)
    sign(cast, sheet, at=1)
    assert obstacles(sheet) == ["财政局有不同意见，尚未协调一致"]
    with pytest.raises(Refused, match=r"还不能提交会议：财政局有不同意见，尚未协调一致。（依据.*第五十三条"):
        mark_ready(sheet, head, seat, WEDNESDAY)
    reply(cast, sheet)
    stand(cast, sheet, Stand.KEPT)
    mediated(cast, sheet, MediationDecision.AS_LEAD)
    unsigned = ["财政局经协调后，主要负责人尚未在会签意见上签字"]
    assert obstacles(sheet) == obstacles_to_closing(sheet) == unsigned
    stand(cast, sheet, Stand.DROPPED, LATER + timedelta(minutes=1))
    assert obstacles(sheet) == []
    with pytest.raises(Refused, match="报请上会须由住建局主要负责人办理"):
        mark_ready(sheet, cast.liaison(cast.housing), seat, LATER)
    mark_ready(sheet, head, seat, LATER)
    with pytest.raises(Refused, match="已报区政府办公室"):
        mark_ready(sheet, head, seat, LATER)


def test_who_keeps_his_objection_after_the_mediation_keeps_the_topic_out_of_the_meeting(cast: Cast) -> None:
    sheet, _ = objected(cast)
    reply(cast, sheet)
    mediated(cast, sheet, MediationDecision.AS_LEAD)
    stand(cast, sheet, Stand.KEPT, LATER + timedelta(minutes=1))
    assert obstacles(sheet) == ["财政局有不同意见，尚未协调一致"]
    assert obstacles_to_closing(sheet) == []


def test_a_stand_taken_before_the_decision_is_none_on_it_whenever_it_came_in(cast: Cast) -> None:
    sheet, _ = objected(cast)
    reply(cast, sheet)
    mediated(cast, sheet, MediationDecision.AS_LEAD)
    stand(cast, sheet, Stand.KEPT, LATER - timedelta(minutes=1))
    assert obstacles_to_closing(sheet) == ["财政局经协调后，主要负责人尚未在会签意见上签字"]
    stand(cast, sheet, Stand.KEPT, LATER + timedelta(minutes=1))
    assert obstacles_to_closing(sheet) == []


def test_a_document_is_no_topic(cast: Cast) -> None:
    assert obstacles(cast.sheet()) == ["《城市更新办法》是文稿，不是议题"]


# ---------------------------------------------------------------- a new version


def test_a_new_version_asks_those_who_object_again(cast: Cast) -> None:
    sheet, old = objected(cast, CountersignKind.DRAFT)
    with pytest.raises(Refused, match="送新稿须由住建局主要负责人办理"):
        new_round(
            sheet,
            cast.liaison(cast.housing),
            cast.seat(cast.housing),
            WEDNESDAY,
            papers=[CountersignPaper("file", "二稿.docx")],
            note="",
            again=[],
            heads={},
        )
    renew(cast, sheet)
    assert [(one.unit.name, one.round, one.waiting) for one in sheet.standing] == [
        ("财政局", 2, True),
        ("人社局", 1, False),
    ]
    with pytest.raises(Refused, match="已送第2稿，请在新卡片上答复"):
        sheet.sign(
            cast.head(cast.finance), old, Opinion.NO_OBJECTION, WEDNESDAY, seat=cast.seat(cast.finance)
        )
    assert not sheet.lapse(old, MIDNIGHT)
    assert old.answer is not None
    assert old.answer.text == "资金来源未明确"
    assert [paper.round for paper in sheet.papers_now] == [2]


def test_without_anybody_to_answer_again_there_is_no_new_version(cast: Cast) -> None:
    sheet = cast.sheet()
    sign(cast, sheet, at=0)
    sign(cast, sheet, at=1)
    with pytest.raises(Refused, match="请选定由哪些单位重新会签"):
        renew(cast, sheet)
    renew(cast, sheet, (cast.personnel,))
    assert [one.unit.name for one in sheet.waiting] == ["人社局"]


def test_a_new_version_makes_a_topic_unready(cast: Cast) -> None:
    sheet = cast.sheet(CountersignKind.TOPIC)
    sign(cast, sheet, at=0)
    sign(cast, sheet, at=1)
    mark_ready(sheet, cast.head(cast.housing), cast.seat(cast.housing), WEDNESDAY)
    renew(cast, sheet, (cast.finance,))
    assert sheet.ready_at is None
    assert obstacles(sheet) == ["财政局尚未答复"]


# ---------------------------------------------------------------- the end


def test_it_ends_once_all_are_in(cast: Cast) -> None:
    sheet = cast.sheet()
    head, seat = cast.head(cast.housing), cast.seat(cast.housing)
    sign(cast, sheet, Opinion.OBJECTION, at=0)
    assert obstacles_to_closing(sheet) == ["人社局尚未答复", "财政局的不同意见尚未答复"]
    with pytest.raises(Refused, match="办结须由住建局主要负责人办理"):
        close(sheet, cast.liaison(cast.housing), WEDNESDAY, seat)
    with pytest.raises(Refused, match="还不能办结：人社局尚未答复；财政局的不同意见尚未答复"):
        close(sheet, head, WEDNESDAY, seat)
    sign(cast, sheet, at=1)
    reply(cast, sheet, Reply.ADOPTED)
    assert obstacles_to_closing(sheet) == ["财政局对主办单位的答复尚未表态"]
    mediation, vice = mediated(cast, sheet)
    assert obstacles_to_closing(sheet) == ["财政局的不同意见正在协调"]
    mediate(sheet, vice, mediation, MediationDecision.AS_LEAD, "", LATER)
    close(sheet, head, LATER, seat)
    with pytest.raises(Refused, match="会签已办结，无需答复"):
        sign(cast, sheet)
    with pytest.raises(Refused, match="这份会签办结，不能撤回"):
        withdraw(sheet, head, "另作修改", LATER, seat)


def test_withdrawn_nothing_is_asked_any_more(cast: Cast) -> None:
    sheet = cast.sheet()
    withdraw(sheet, cast.liaison(cast.housing), "文稿另作修改", WEDNESDAY, cast.seat(cast.housing))
    assert not sheet.waiting
    assert not sheet.lapse(sheet.standing[0], MIDNIGHT)
    with pytest.raises(Refused, match="已由主办单位撤回，无需答复"):
        sign(cast, sheet)


# ---------------------------------------------------------------- any order

_DEEDS = st.sampled_from(
    ["agree", "object", "adopt", "refuse", "drop", "keep", "mediate", "lead", "later", "renew", "close"]
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(list(CountersignKind)), st.lists(st.tuples(_DEEDS, st.integers(0, 1)), max_size=25))
def test_in_any_order_nothing_is_lost_and_no_topic_slips_through(
    kind: CountersignKind, deeds: list[tuple[str, int]]
) -> None:
    cast = Cast()
    sheet, vice = cast.sheet(kind), vice_of(cast)
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
        assert {one.unit for one in sheet.standing} == {cast.finance, cast.personnel}
        assert all(one.round == sheet.round for one in sheet.waiting)
        if sheet.state is CountersignState.CLOSED:
            assert not sheet.waiting
            assert not any(mediation.open for mediation in sheet.mediations)
        if kind is CountersignKind.TOPIC and not obstacles(sheet):
            for one in sheet.standing:
                agreed = one.opinion is Opinion.NO_OBJECTION
                assert agreed or (one.objection is not None and one.objection.dropped)
        assert set(always_again(sheet)) >= {one.unit for one in sheet.standing if one.objects or one.waiting}


def _do(cast: Cast, sheet: Countersign, vice: Official, deed: str, at: int, now: datetime) -> None:
    one = next(one for one in sheet.standing if one.unit is (cast.finance, cast.personnel)[at])
    head, seat, lead, of_lead = (
        cast.head(one.unit),
        cast.seat(one.unit),
        cast.head(cast.housing),
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
