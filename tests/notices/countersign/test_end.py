"""What is read of objections, mediation, new versions and the end, whole texts (art. 53, 59, 63)."""

import pytest

from notices.countersign import end
from notices.countersign import mediation as settling
from notices.countersign.card import consulted_text, late_buttons, lead_buttons, lead_text, objection_buttons
from notices.countersign.lead import late_buttons as reopen
from notices.countersign.lead import opinion_text, version_buttons
from notices.notice import Rows
from rules.countersign.answer import CountersignPaper, Opinion
from rules.countersign.consultation import Consultation
from rules.countersign.life import mark_ready, new_round, withdraw
from rules.countersign.matter import Countersign, CountersignKind
from rules.countersign.objection import Mediation, MediationDecision, Reply, Stand
from rules.countersign.round import NewVersion
from rules.countersign.settling import mediate, open_mediation, reply_to_objection, take_stand
from rules.periods import Periods
from rules.roster import Official
from tests.cast import beijing
from tests.countersign_cast import CountersignCast

PERIODS = Periods()
TEN, ELEVEN, NOON = (beijing(f"2026-11-25 {hour}:00") for hour in (10, 11, 12))


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


@pytest.fixture
def vice(cast: CountersignCast) -> Official:
    return cast.vice


def labels(rows: Rows) -> list[list[str]]:
    return [[button.label for button in row] for row in rows]


def objected(
    cast: CountersignCast, kind: CountersignKind = CountersignKind.TOPIC
) -> tuple[Countersign, Consultation]:
    """财政局 objects at 10:00, 人社局 agrees."""
    sheet = cast.sheet(kind)
    finance, personnel = sheet.current
    own, other = cast.seat(cast.finance), cast.seat(cast.personnel)
    head = cast.head_of(cast.finance)
    sheet.sign(head, finance, Opinion.OBJECTION, TEN, seat=own, text="资金<来源>未明确")
    sheet.sign(cast.head_of(cast.personnel), personnel, Opinion.NO_OBJECTION, TEN, seat=other)
    return sheet, finance


def replied(cast: CountersignCast, sheet: Countersign, one: Consultation) -> None:
    lead, seat = cast.head_of(cast.housing), cast.seat(cast.housing)
    reply_to_objection(sheet, lead, one, Reply.NOT_ADOPTED, "已列入预算", ELEVEN, seat)


def mediated(cast: CountersignCast, sheet: Countersign, vice: Official) -> Mediation:
    mediation = open_mediation(
        sheet, cast.head_of(cast.housing), vice, "预算已审定", ELEVEN, cast.seat(cast.housing)
    )
    mediation.id = 5
    return mediation


OPINION = "财政局局长 冯寒来于11月25日 10:00签署有不同意见\n资金&lt;来源&gt;未明确\n"


def test_an_objection_with_a_drafted_reply_is_read_by_the_lead_unit_only(cast: CountersignCast) -> None:
    sheet, one = objected(cast)
    liaison, seat = cast.liaison_of(cast.housing), cast.seat(cast.housing)
    reply_to_objection(sheet, liaison, one, Reply.PARTLY, "补充说明", ELEVEN, seat)
    assert one.answer is not None
    assert opinion_text(sheet, one, one.answer) == (
        "<b>财政局对议题《城市更新办法》会签有不同意见，请答复</b>\n"
        "意见：财政局局长 冯寒来于11月25日 10:00签署有不同意见\n"
        "资金&lt;来源&gt;未明确\n"
        "进度：答复 2/2，不同意见 1\n"
        "拟答复（住建局科员 苏平章，待主要负责人定）：部分采纳：补充说明"
    )
    assert labels(objection_buttons(sheet, one)) == [
        ["按拟稿答复：部分采纳"],
        ["采纳", "部分采纳", "不采纳"],
        ["发送新稿"],
    ]
    assert "拟答复" not in consulted_text(sheet, one, PERIODS)
    assert "补充说明" not in lead_text(sheet, PERIODS)


def test_the_reply_as_the_objecting_unit_reads_it(cast: CountersignCast) -> None:
    sheet, one = objected(cast)
    replied(cast, sheet, one)
    assert settling.reply_text(sheet, one) == (
        "<b>住建局议题《城市更新办法》会签，请您签署</b>\n"
        "住建局答复了贵单位的不同意见：不采纳。\n"
        "贵单位意见：财政局局长 冯寒来于11月25日 10:00签署有不同意见\n"
        "资金&lt;来源&gt;未明确\n"
        "主办答复：不采纳：已列入预算（住建局局长 章问道，11月25日 11:00）\n"
        "请主要负责人签署：同意的点「无不同意见」，仍不同意的点「保留意见」。（依据《工作规则》第五十三条）"
    )
    assert labels(settling.reply_buttons(sheet, one)) == [["无不同意见", "保留意见"]]
    assert labels(settling.reply_buttons(sheet, one, acting=True)) == [["无不同意见（代）", "保留意见（代）"]]
    take_stand(sheet, cast.head_of(cast.finance), one, Stand.KEPT, NOON, cast.seat(cast.finance))
    assert labels(settling.reply_buttons(sheet, one)) == [["无不同意见"]]
    take_stand(sheet, cast.head_of(cast.finance), one, Stand.DROPPED, NOON, cast.seat(cast.finance))
    assert labels(settling.reply_buttons(sheet, one)) == []


def test_both_sides_grounds_before_the_vice_mayor(cast: CountersignCast, vice: Official) -> None:
    sheet, one = objected(cast)
    replied(cast, sheet, one)
    mediation = mediated(cast, sheet, vice)
    assert settling.mediation_text(sheet, mediation) == (
        "<b>住建局议题《城市更新办法》会签提请协调，待定</b>\n"
        "主办单位：住建局（住建局局长 章问道，11月25日 11:00提请）\n"
        "<b>主办单位理据</b>\n"
        "<blockquote expandable>预算已审定</blockquote>\n"
        "<b>财政局理据</b>\n"
        "<blockquote expandable>资金&lt;来源&gt;未明确（财政局局长 冯寒来）</blockquote>\n"
        "主办答复：不采纳：已列入预算\n"
        "（依据《工作规则》第五十三条）"
    )
    assert labels(settling.mediation_buttons(sheet, mediation)) == [
        ["按主办意见", "按会签单位意见"],
        ["另行研究", "召集专题会议", "征求意见"],
    ]
    mediate(sheet, vice, mediation, MediationDecision.AS_CONSULTED, "列入预算", NOON)
    assert settling.mediation_text(sheet, mediation) == (
        "<b>住建局议题《城市更新办法》会签提请协调，按会签单位意见</b>\n"
        "主办单位：住建局（住建局局长 章问道，11月25日 11:00提请）\n"
        "<b>主办单位理据</b>\n"
        "<blockquote expandable>预算已审定</blockquote>\n"
        "<b>财政局理据</b>\n"
        "<blockquote expandable>资金&lt;来源&gt;未明确（财政局局长 冯寒来）</blockquote>\n"
        "主办答复：不采纳：已列入预算\n"
        "协调结果：按会签单位意见：列入预算（副区长 孙宇宙，11月25日 12:00）"
    )
    assert labels(settling.mediation_buttons(sheet, mediation)) == []
    told = settling.decided_for_lead(sheet, mediation, [cast.head_of(cast.housing)], PERIODS)
    assert told[0].text.startswith(
        "<b>议题《城市更新办法》会签，已答复2/2，请办结</b>\n"
        "<i>协调结果：按会签单位意见：列入预算（副区长 孙宇宙，11月25日 12:00）。"
        "请按会签单位意见修改后送新稿。（依据《工作规则》第五十三条）</i>"
    )
    seat = cast.seat(cast.finance)
    sign, known = settling.decided_for_unit(sheet, mediation, one, seat, [cast.liaison_of(cast.finance)])
    assert (sign.to, labels(sign.buttons)) == (cast.head_of(cast.finance), [["无不同意见", "保留意见"]])
    assert (known.to, known.buttons) == (cast.liaison_of(cast.finance), ())


def test_what_the_lead_unit_may_do_at_each_step(cast: CountersignCast, vice: Official) -> None:
    sheet = cast.sheet(CountersignKind.TOPIC)
    assert labels(lead_buttons(sheet)) == [["催办", "发送新稿"], ["撤回"]]
    sheet, one = objected(cast)
    assert labels(lead_buttons(sheet)) == [["发送新稿"], ["报请上会"], ["撤回"]]
    replied(cast, sheet, one)
    assert labels(lead_buttons(sheet)) == [["发送新稿", "发起协调"], ["报请上会"], ["撤回"]]
    mediated(cast, sheet, vice)
    assert labels(lead_buttons(sheet)) == [["发送新稿"], ["报请上会"], ["撤回"]]
    take_stand(sheet, cast.head_of(cast.finance), one, Stand.DROPPED, NOON, cast.seat(cast.finance))
    assert labels(lead_buttons(sheet)) == [["发送新稿"], ["报请上会"], ["办结", "撤回"]]
    mark_ready(sheet, cast.head_of(cast.housing), cast.seat(cast.housing), NOON)
    assert labels(lead_buttons(sheet)) == [["发送新稿"], ["办结", "撤回"]]
    withdraw(sheet, cast.head_of(cast.housing), "另作修改", NOON, cast.seat(cast.housing))
    assert labels(lead_buttons(sheet)) == [["照原内容再报"]]


def test_a_late_opinion_may_be_taken_in(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one, late = sheet.current[0], beijing("2026-12-01 09:00")
    sheet.lapse(one, beijing("2026-12-01 00:00"))
    sheet.sign(
        cast.head_of(cast.finance), one, Opinion.OBJECTION, late, seat=cast.seat(cast.finance), text="晚了"
    )
    assert one.late is not None
    assert opinion_text(sheet, one, one.late) == (
        "<b>财政局对文稿《城市更新办法》会签逾期提出意见，可以重开</b>\n"
        "意见：财政局局长 冯寒来于12月1日 09:00签署有不同意见\n"
        "晚了\n"
        "进度：答复 1/2，到期 11月30日(周一)\n"
        "该单位已视为无不同意见，不因此改变；要采纳的，可以重开。（依据《工作规则》第六十三条）"
    )
    assert labels(late_buttons(sheet, one)) == labels(reopen(sheet, one)) == [["重开"]]


def test_a_new_version_before_and_after_it_goes_out(cast: CountersignCast) -> None:
    sheet, finance = objected(cast, CountersignKind.DRAFT)
    version = NewVersion([CountersignPaper("f2", "二稿.docx")], "第八条改为<列入>预算", [], 3)
    sheet.new_version = version.pack()
    assert NewVersion.unpack(sheet.new_version).note == version.note
    assert end.version_text(sheet, version, [cast.finance]) == (
        "<b>文稿《城市更新办法》会签，请审核并送出第2稿</b>\n"
        "改动：第八条改为&lt;列入&gt;预算\n"
        "重新会签：财政局\n"
        "文件：《二稿.docx》\n"
        "送会签须由主要负责人审核把关。（依据《工作规则》第六十三条）"
    )
    assert labels(version_buttons(sheet)) == [["送会签", "退回修改"]]
    new_round(
        sheet,
        cast.head_of(cast.housing),
        cast.seat(cast.housing),
        NOON,
        papers=list(version.papers),
        note=version.note,
        again=[],
        heads={},
    )
    fresh = next(one for one in sheet.current if one.unit is cast.finance)
    assert consulted_text(sheet, fresh, PERIODS) == (
        "<b>住建局文稿《城市更新办法》会签，请代拟意见</b>\n"
        "第2稿改动：第八条改为&lt;列入&gt;预算\n"
        "您单位对第1稿：财政局局长 冯寒来于11月25日 10:00签署有不同意见\n"
        "资金&lt;来源&gt;未明确\n"
        "主办：住建局（经办：住建局科员 苏平章）\n"
        "会签单位：财政局、人社局\n"
        "文件：《二稿.docx》\n"
        "期限：请于收到后3个工作日内回复\n"
        "逾期不回复的，视为无不同意见。（依据《工作规则》第六十三条）"
    )
    assert "已送第2稿，请在新卡片上答复。" in consulted_text(sheet, finance, PERIODS)
    personnel = next(one for one in sheet.current if one.unit is cast.personnel)
    told = end.still_counts(sheet, personnel, [cast.head_of(cast.personnel)])
    assert told[0].text == (
        "<b>住建局文稿《城市更新办法》会签，已送第2稿</b>\n"
        "改动：第八条改为&lt;列入&gt;预算\n"
        "贵单位对第1稿的答复（无不同意见）继续有效，不必重新答复。"
    )
    assert labels(version_buttons(sheet)) == []


def test_withdrawn_the_reason_is_for_the_people_and_not_for_the_group(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    withdraw(sheet, cast.liaison_of(cast.housing), "另作<修改>", TEN, cast.seat(cast.housing))
    people = end.ended_for_unit(sheet, [cast.head_of(cast.finance)])
    assert people[0].text == (
        "<b>住建局文稿《城市更新办法》会签，已撤回，无需再办</b>\n理由：另作&lt;修改&gt;"
    )
    group = end.ended_for_group(sheet, cast.finance)
    assert [(one.to, one.text) for one in group] == [
        (cast.finance.group_chat_id, "<b>住建局文稿《城市更新办法》会签，已撤回，无需再办</b>")
    ]
