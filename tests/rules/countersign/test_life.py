"""What a sheet comes to: ready for a meeting, a new version, its end (art. 53, 59, 61)."""

from datetime import timedelta

import pytest

from rules.countersign.answer import CountersignPaper, Opinion
from rules.countersign.life import (
    close,
    mark_ready,
    new_round,
    obstacles,
    obstacles_to_closing,
    withdraw,
)
from rules.countersign.matter import CountersignKind
from rules.countersign.objection import MediationDecision, Reply, Stand
from rules.countersign.settling import (
    mediate,
)
from rules.refused import Refused
from tests.countersign_cast import WEDNESDAY, CountersignCast
from tests.rules.countersign.play import LATER, mediated, objected, renew, reply, sign, stand

MIDNIGHT = WEDNESDAY + timedelta(days=10)


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


# ---------------------------------------------------------------- ready for a meeting


def test_a_topic_is_ready_once_everybody_has_signed(cast: CountersignCast) -> None:
    sheet = cast.sheet(CountersignKind.TOPIC)
    head, seat = cast.head_of(cast.housing), cast.seat(cast.housing)
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
        mark_ready(sheet, cast.liaison_of(cast.housing), seat, LATER)
    mark_ready(sheet, head, seat, LATER)
    with pytest.raises(Refused, match="已报区政府办公室"):
        mark_ready(sheet, head, seat, LATER)


def test_who_keeps_their_objection_after_the_mediation_keeps_the_topic_out_of_the_meeting(
    cast: CountersignCast,
) -> None:
    sheet, _ = objected(cast)
    reply(cast, sheet)
    mediated(cast, sheet, MediationDecision.AS_LEAD)
    stand(cast, sheet, Stand.KEPT, LATER + timedelta(minutes=1))
    assert obstacles(sheet) == ["财政局有不同意见，尚未协调一致"]
    assert obstacles_to_closing(sheet) == []


def test_a_stand_taken_before_the_decision_is_none_on_it_whenever_it_came_in(cast: CountersignCast) -> None:
    sheet, _ = objected(cast)
    reply(cast, sheet)
    mediated(cast, sheet, MediationDecision.AS_LEAD)
    stand(cast, sheet, Stand.KEPT, LATER - timedelta(minutes=1))
    assert obstacles_to_closing(sheet) == ["财政局经协调后，主要负责人尚未在会签意见上签字"]
    stand(cast, sheet, Stand.KEPT, LATER + timedelta(minutes=1))
    assert obstacles_to_closing(sheet) == []


def test_a_document_is_no_topic(cast: CountersignCast) -> None:
    assert obstacles(cast.sheet()) == ["《城市更新办法》是文稿，不是议题"]


# ---------------------------------------------------------------- a new version


def test_a_new_version_asks_those_who_object_again(cast: CountersignCast) -> None:
    sheet, old = objected(cast, CountersignKind.DRAFT)
    with pytest.raises(Refused, match="送新稿须由住建局主要负责人办理"):
        new_round(
            sheet,
            cast.liaison_of(cast.housing),
            cast.seat(cast.housing),
            WEDNESDAY,
            papers=[CountersignPaper("file", "二稿.docx")],
            note="",
            again=[],
            heads={},
        )
    renew(cast, sheet)
    assert [(one.unit.name, one.round, one.waiting) for one in sheet.current] == [
        ("财政局", 2, True),
        ("人社局", 1, False),
    ]
    with pytest.raises(Refused, match="已送第2稿，请在新卡片上答复"):
        sheet.sign(
            cast.head_of(cast.finance), old, Opinion.NO_OBJECTION, WEDNESDAY, seat=cast.seat(cast.finance)
        )
    assert not sheet.lapse(old, MIDNIGHT)
    assert old.answer is not None
    assert old.answer.text == "资金来源未明确"
    assert [paper.round for paper in sheet.papers_now] == [2]


def test_without_anybody_to_answer_again_there_is_no_new_version(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    sign(cast, sheet, at=0)
    sign(cast, sheet, at=1)
    with pytest.raises(Refused, match="请选定由哪些单位重新会签"):
        renew(cast, sheet)
    renew(cast, sheet, (cast.personnel,))
    assert [one.unit.name for one in sheet.waiting] == ["人社局"]


def test_a_new_version_makes_a_topic_unready(cast: CountersignCast) -> None:
    sheet = cast.sheet(CountersignKind.TOPIC)
    sign(cast, sheet, at=0)
    sign(cast, sheet, at=1)
    mark_ready(sheet, cast.head_of(cast.housing), cast.seat(cast.housing), WEDNESDAY)
    renew(cast, sheet, (cast.finance,))
    assert sheet.ready_at is None
    assert obstacles(sheet) == ["财政局尚未答复"]


# ---------------------------------------------------------------- the end


def test_it_ends_once_all_are_in(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    head, seat = cast.head_of(cast.housing), cast.seat(cast.housing)
    sign(cast, sheet, Opinion.OBJECTION, at=0)
    assert obstacles_to_closing(sheet) == ["人社局尚未答复", "财政局的不同意见尚未答复"]
    with pytest.raises(Refused, match="办结须由住建局主要负责人办理"):
        close(sheet, cast.liaison_of(cast.housing), WEDNESDAY, seat)
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


def test_withdrawn_nothing_is_asked_any_more(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    withdraw(sheet, cast.liaison_of(cast.housing), "文稿另作修改", WEDNESDAY, cast.seat(cast.housing))
    assert not sheet.waiting
    assert not sheet.lapse(sheet.current[0], MIDNIGHT)
    with pytest.raises(Refused, match="已由主办单位撤回，无需答复"):
        sign(cast, sheet)
