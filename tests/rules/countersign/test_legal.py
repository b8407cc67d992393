"""The legal review (art. 21, 24, 53): silence is never consent, and nothing is closed without its word."""

import pytest

from notices.countersign.words import ground, wants
from rules.articles import cite
from rules.countersign.answer import Answer, AnswerStatus, CountersignPaper, Opinion, Source
from rules.countersign.clock import Step, escalates, next_look, step_due
from rules.countersign.consultation import Consultation
from rules.countersign.legal import Nature
from rules.countersign.life import always_again, close, may_close, new_round, obstacles, unreviewed
from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.countersign.objection import Mediation, MediationDecision, Reply, Stand
from rules.hours import OfficeHours
from rules.refused import Refused
from tests.cast import beijing
from tests.countersign_cast import CALENDAR, WEDNESDAY, CountersignCast

HOURS = OfficeHours()
OVERDUE = beijing("2026-12-01 08:30")  # received on Wednesday the 25th, due on Monday the 30th
NEEDS_IT = "司法局的“视为无不同意见”不能代替合法性审查，请其补签意见（第二十一条）"


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


def reviewed(
    cast: CountersignCast, kind: CountersignKind = CountersignKind.DRAFT
) -> tuple[Countersign, Consultation]:
    """城市更新办法, sent by 住建局 to 财政局 and, for review, to 司法局, who have both received it."""
    sheet = Countersign(cast.housing, cast.liaison_of(cast.housing), kind, "城市更新办法", WEDNESDAY)
    sheet.id, sheet.nature, sheet.reviewer = 12, Nature.NORMATIVE, cast.law
    sheet.consult({unit: cast.head_of(unit) for unit in (cast.finance, cast.law)})
    sheet.release(cast.head_of(cast.housing), cast.seat(cast.housing), WEDNESDAY)
    for one in sheet.consultations:
        cast.deliver(sheet, one, WEDNESDAY)
    return sheet, sheet.consultations[1]


def agree(cast: CountersignCast, sheet: Countersign, one: Consultation, text: str = "") -> Answer:
    """Its head signs: an objection where there is a text."""
    opinion = Opinion.OBJECTION if text else Opinion.NO_OBJECTION
    return sheet.sign(cast.head_of(one.unit), one, opinion, OVERDUE, seat=cast.seat(one.unit), text=text)


def deem(one: Consultation) -> None:
    """As it was entered before this was mended."""
    one.enter(Answer(Opinion.DEEMED, OVERDUE, AnswerStatus.IN_FORCE, source=Source.SILENCE))


def test_the_others_lapse_the_reviewer_does_not(cast: CountersignCast) -> None:
    sheet, law = reviewed(cast)
    assert [sheet.lapse(one, OVERDUE) for one in sheet.consultations] == [True, False]
    assert law.waiting
    with pytest.raises(Refused, match="还不能办结：司法局尚未答复。"):
        may_close(sheet, cast.head_of(cast.housing), cast.seat(cast.housing))


@pytest.mark.parametrize(
    ("nature", "article", "what"),
    [
        (Nature.NORMATIVE, "第二十一条", "规范性文件"),
        (Nature.CONTRACT, "第二十四条", "合同、协议、备忘录"),
    ],
)
def test_it_is_reviewed_under_the_article_of_what_was_said_whatever_its_title(
    cast: CountersignCast, nature: Nature, article: str, what: str
) -> None:
    sheet, law = reviewed(cast)
    sheet.title, sheet.nature = "《政府采购合同》示范文本管理规定与补充协议", nature
    assert ground(sheet, law) == (
        f"{what}须经合法性审查，不得以会签代替（国办发〔2018〕115号），逾期不回复不视为同意，请签署意见。"
        f"（依据《工作规则》{article}）"
    )
    assert wants(sheet, law) == f"{article}规定须经合法性审查，不因逾期视为同意"
    assert cite(sheet.article_of(law)) == f"（依据《工作规则》{article}）"


def test_its_silence_is_told_further_up_each_working_morning(cast: CountersignCast) -> None:
    sheet, law = reviewed(cast)
    assert escalates(sheet, law)
    assert not escalates(sheet, sheet.consultations[0])
    steps = []
    morning = OVERDUE
    for _ in range(5):
        step = step_due(sheet, law, morning, CALENDAR, HOURS)
        assert step is not None
        steps.append((f"{morning:%m-%d}", step))
        law.escalated(morning, step)
        following = next_look(sheet, law, morning, CALENDAR, HOURS)
        assert following is not None
        morning = following
    assert steps == [
        ("12-01", Step.HEAD),
        ("12-02", Step.VICE_MAYOR),
        ("12-03", Step.OFFICE),
        ("12-04", Step.OFFICE),
        ("12-07", Step.OFFICE),  # a Monday
    ]


@pytest.mark.parametrize(
    ("reviewer", "lapses"), [("law", False), ("finance", True), (None, True)], ids=["司法局", "财政局", "无"]
)
def test_only_its_own_place_is_the_reviewers(
    cast: CountersignCast, reviewer: str | None, *, lapses: bool
) -> None:
    sheet, law = reviewed(cast)
    sheet.reviewer = getattr(cast, reviewer) if reviewer else None
    assert sheet.lapses(law) is lapses


def test_silence_entered_before_is_made_good_by_its_own_word(cast: CountersignCast) -> None:
    sheet, law = reviewed(cast)
    agree(cast, sheet, sheet.consultations[0])
    deem(law)
    with pytest.raises(Refused, match=NEEDS_IT):
        may_close(sheet, cast.head_of(cast.housing), cast.seat(cast.housing))
    answer = agree(cast, sheet, law)
    assert (answer.status, law.answer, law.late) == (AnswerStatus.IN_FORCE, answer, None)
    close(sheet, cast.head_of(cast.housing), OVERDUE, cast.seat(cast.housing))
    assert sheet.state is CountersignState.CLOSED


def test_an_opinion_that_came_late_before_counts_once_it_is_taken_in(cast: CountersignCast) -> None:
    sheet, law = reviewed(cast)
    agree(cast, sheet, sheet.consultations[0])
    deem(law)
    law.answers.append(
        Answer(Opinion.NO_OBJECTION, OVERDUE, AnswerStatus.LATE, signer=cast.head_of(cast.law))
    )
    assert unreviewed(sheet, law) == "司法局逾期的合法性审查意见尚未重开（第二十一条）"
    sheet.reopen(cast.head_of(cast.housing), law, cast.seat(cast.housing))
    assert unreviewed(sheet, law) == ""


def test_a_word_by_phone_is_no_review(cast: CountersignCast) -> None:
    sheet, law = reviewed(cast)
    agree(cast, sheet, sheet.consultations[0])
    given = WEDNESDAY.date()
    sheet.record(
        cast.clerk,
        law,
        Opinion.NO_OBJECTION,
        OVERDUE,
        source=Source.PHONE,
        source_note="华局长",
        given_on=given,
    )
    with pytest.raises(Refused, match="司法局系电话答复，主要负责人尚未签字"):
        may_close(sheet, cast.head_of(cast.housing), cast.seat(cast.housing))
    agree(cast, sheet, law)
    may_close(sheet, cast.head_of(cast.housing), cast.seat(cast.housing))


def test_an_objection_of_the_reviewer_is_overcome_by_its_own_word_alone(cast: CountersignCast) -> None:
    sheet, law = reviewed(cast)
    agree(cast, sheet, sheet.consultations[0])
    agree(cast, sheet, law, "第五条设定处罚，没有依据。")
    assert law.objection is not None
    law.objection.reply, law.objection.stand = Reply.NOT_ADOPTED, Stand.KEPT
    mediation = Mediation(cast.head_of(cast.finance), cast.head_of(cast.housing), OVERDUE, "依据充分")
    mediation.decision, mediation.decided_at = MediationDecision.AS_LEAD, OVERDUE
    law.objection.mediation = mediation
    with pytest.raises(Refused, match="司法局合法性审查没有同意，请按其意见送新稿（第二十一条）"):
        may_close(sheet, cast.head_of(cast.housing), cast.seat(cast.housing))
    law.objection.stand = Stand.DROPPED
    may_close(sheet, cast.head_of(cast.housing), cast.seat(cast.housing))


def test_each_new_version_is_reviewed_anew(cast: CountersignCast) -> None:
    sheet, _ = reviewed(cast)
    for one in sheet.consultations:
        agree(cast, sheet, one)
    assert always_again(sheet) == [cast.law]
    new_round(
        sheet,
        cast.head_of(cast.housing),
        cast.seat(cast.housing),
        OVERDUE,
        papers=[CountersignPaper("f2", "办法（第二稿）.docx")],
        note="改了第五条",
        again=[],
        heads={},
    )
    assert [one.unit for one in sheet.waiting] == [cast.law]


def test_a_topic_is_not_ready_while_the_reviewers_silence_stands_for_its_word(cast: CountersignCast) -> None:
    sheet, law = reviewed(cast, CountersignKind.TOPIC)
    agree(cast, sheet, sheet.consultations[0])
    deem(law)
    assert obstacles(sheet) == [NEEDS_IT]
    agree(cast, sheet, law)
    assert obstacles(sheet) == []


def test_a_reviewer_that_is_no_more_cannot_be_waited_for(cast: CountersignCast) -> None:
    sheet, law = reviewed(cast)
    agree(cast, sheet, sheet.consultations[0])
    law.waiting, law.unit.closed_at = False, OVERDUE
    assert unreviewed(sheet, law) == "司法局已撤并，待区政府办公室明确合法性审查单位（第二十一条）"
