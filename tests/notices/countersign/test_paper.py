"""The 会签单: what stands on it, read back from Word; and the template as it is drawn (art. 53, 59, 63)."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word

from matters.countersign.paper import fields
from notices.countersign.paper import (
    FORM,
    MEDIATION_PLACEHOLDERS,
    OPINION_PLACEHOLDERS,
    PAPER_PLACEHOLDERS,
    PLACEHOLDERS,
)
from notices.templates.countersign import draw
from notices.word_form import BadTemplate
from rules.countersign.answer import CountersignPaper, Opinion, Source
from rules.countersign.clock import Nudge
from rules.countersign.consultation import Seat
from rules.countersign.life import close, new_round
from rules.countersign.matter import Countersign, CountersignKind
from rules.countersign.objection import MediationDecision, Reply, Stand
from rules.countersign.settling import mediate, open_mediation, reply_to_objection, take_stand
from rules.roster import Official, Role, Unit, UnitKind
from rules.settings import Settings
from storage.digest import Digest
from tests.cast import beijing
from tests.countersign_cast import WEDNESDAY, CountersignCast

NOW = beijing("2026-12-03 09:00")
DIGESTS = {"f1": Digest("f1", "ab" * 32), "f2": Digest("f2", "cd" * 32)}
HANDBOOK = Path(__file__).parents[3] / "docs" / "handbook.zh.md"


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


def filled(sheet: Countersign) -> Word:
    return Document(io.BytesIO(FORM.render(FORM.shipped, fields(sheet, DIGESTS, Settings(), NOW))))


def rows(form: Word) -> dict[str, str]:
    """Each label with what stands beside it."""
    found: dict[str, str] = {}
    for row in form.tables[0].rows:
        cells = list(dict.fromkeys(cell.text for cell in row.cells))
        found |= dict(zip(cells[::2], cells[1::2], strict=False))
    return found


def vice_mayor() -> Official:
    return Official(
        "李洪荒",
        Unit("区政府", "千文区人民政府", UnitKind.LEADERS),
        "副区长",
        Role.VICE_MAYOR,
    )


def sent(cast: CountersignCast, kind: CountersignKind = CountersignKind.DRAFT) -> Countersign:
    """To 司法局, 财政局 and 人社局, put down in this order, with one file."""
    sheet = Countersign(cast.housing, cast.liaison_of(cast.housing), kind, "城市更新办法", WEDNESDAY)
    sheet.id, sheet.remark = 12, "请看第三章"
    sheet.papers = [CountersignPaper("f1", "城市更新办法.docx", round=1)]
    sheet.consult({unit: cast.head_of(unit) for unit in (cast.law, cast.finance, cast.personnel)})
    for id, one in enumerate(sheet.consultations, 31):
        one.id = id
    sheet.release(cast.head_of(cast.housing), cast.seat(cast.housing), WEDNESDAY)
    for one in sheet.consultations:
        cast.deliver(sheet, one, WEDNESDAY)
    return sheet


def test_every_kind_of_answer_on_paper(cast: CountersignCast) -> None:
    sheet = sent(cast)
    law, finance, personnel = sheet.consultations
    deputy = cast.one(cast.law, Role.DEPUTY_HEAD)
    in_place = Seat(cast.head_of(cast.law), deputy)
    sheet.sign(deputy, law, Opinion.NO_OBJECTION, beijing("2026-11-26 10:00"), seat=in_place)
    sheet.record(
        cast.clerk,
        finance,
        Opinion.NO_OBJECTION,
        beijing("2026-11-27 10:00"),
        source=Source.PAPER,
        source_note="千财函〔2026〕3号",
        given_on=date(2026, 11, 26),
    )
    personnel.nudged(beijing("2026-11-27 08:30"), Nudge.DAY_BEFORE)
    personnel.nudge_settled(beijing("2026-11-27 08:30"), beijing("2026-11-27 08:30"))
    personnel.nudged(beijing("2026-11-30 15:00"), Nudge.LAST)
    personnel.nudge_settled(beijing("2026-11-30 15:00"), beijing("2026-11-30 15:00"))
    sheet.lapse(personnel, beijing("2026-12-01 00:00"))
    sheet.sign(
        cast.head_of(cast.personnel),
        personnel,
        Opinion.OBJECTION,
        beijing("2026-12-01 09:00"),
        seat=cast.seat(cast.personnel),
        text="编制未落实",
        papers=[CountersignPaper("f2", "人社意见.pdf")],
    )
    close(sheet, cast.head_of(cast.housing), beijing("2026-12-02 09:00"), cast.seat(cast.housing))
    form = filled(sheet)
    assert [paragraph.text for paragraph in form.paragraphs] == [
        "会 签 单",
        "编号：12（办结）\t送出时间：2026年11月25日 09:00",
        "说明：签名为本人或代办人在机器人上的签署，逐项存证。（依据《工作规则》第五十三条、第六十三条）",
        "区政府办公室　2026年12月3日 09:00制表",
    ]
    assert list(rows(form).items()) == [
        ("标　　题", "城市更新办法"),
        ("类　　型", "文稿"),
        ("时　　限", "收到后3个工作日内"),
        ("主办单位", "千文区住建局"),
        ("经　　办", "住建局科员 苏平章"),
        ("审核送出", "住建局局长 章问道，2026年11月25日 09:00"),
        ("说　　明", "请看第三章"),
        (
            "财政局\n意　　见",
            (
                "无不同意见（书面答复，千财函〔2026〕3号，11月26日答复，由办公室代录）。\n"
                "区政府办公室科员 王列张录入\n2026年11月27日 10:00"
            ),
        ),
        (
            "人社局\n意　　见",
            (
                "视为无不同意见（依据《工作规则》第六十三条）。\n"
                "11月25日 09:00送达人社局局长 谢始制（机器人，消息77）；11月27日 08:30、11月30日 15:00催办；"
                "期限11月30日(周一)，逾期未回复。\n"
                "期限计算：3个工作日：11月25日收到不计；11月26日①、27日②、30日③ → 11月30日\n"
                "逾期意见（人社局局长 谢始制，2026年12月1日 09:00）：有不同意见：编制未落实\n"
                "系统记录\n2026年12月1日 00:00"
            ),
        ),
        (
            "司法局\n意　　见",
            "无不同意见。\n司法局副局长 金海咸（代司法局局长 华果珍）\n2026年11月26日 10:00",
        ),
        ("会签结果", "会签3家：无不同意见2家，视为无不同意见1家，另有逾期意见1家。"),
        ("办　　结", "各单位意见已收齐，办结。\n住建局局长 章问道\n2026年12月2日 09:00"),
        ("第1稿", f"城市更新办法.docx\nSHA-256：{'ab' * 32}"),
        ("人社局\n意见附件", f"人社意见.pdf\nSHA-256：{'cd' * 32}"),
    ]


def test_objection_reply_mediation_and_a_new_version(cast: CountersignCast) -> None:
    sheet = sent(cast, CountersignKind.TOPIC)
    head, seat, vice = cast.head_of(cast.housing), cast.seat(cast.housing), vice_mayor()
    for one in list(sheet.current):
        objects = one.unit is cast.finance
        opinion = Opinion.OBJECTION if objects else Opinion.NO_OBJECTION
        text = "资金来源未明确" if objects else ""
        sheet.sign(cast.head_of(one.unit), one, opinion, WEDNESDAY, seat=cast.seat(one.unit), text=text)
    finance = sheet.consultations[1]
    reply_to_objection(sheet, head, finance, Reply.PARTLY, "已列入预算", beijing("2026-11-26 09:00"), seat)
    new_round(
        sheet,
        head,
        seat,
        beijing("2026-11-26 10:00"),
        papers=[CountersignPaper("f9", "二稿.docx")],
        note="补充资金来源",
        again=[],
        heads={},
    )
    again = next(one for one in sheet.current if one.unit is cast.finance)
    own, at = cast.seat(cast.finance), beijing("2026-11-27 09:00")
    sheet.sign(cast.head_of(cast.finance), again, Opinion.OBJECTION, at, seat=own, text="仍未明确")
    reply_to_objection(sheet, head, again, Reply.NOT_ADOPTED, "已审定", at + timedelta(hours=1), seat)
    mediation = open_mediation(sheet, head, vice, "预算已审定", at + timedelta(hours=2), seat)
    mediate(sheet, vice, mediation, MediationDecision.AS_LEAD, "按预算办", at + timedelta(hours=3))
    found = rows(filled(sheet))
    assert found["会签结果"] == (
        "会签3家：无不同意见2家，有不同意见1家。不能提交会议：财政局经协调后，主要负责人尚未在会签意见上签字。"
    )
    take_stand(sheet, cast.head_of(cast.finance), again, Stand.DROPPED, at + timedelta(hours=4), own)
    close(sheet, head, at + timedelta(hours=5), seat)
    found = rows(filled(sheet))
    assert found["历次文稿"] == "第2稿：补充资金来源（住建局局长 章问道，2026年11月26日 10:00送出）"
    assert found["财政局\n意　　见"] == (
        "对第1稿：有不同意见：资金来源未明确（财政局局长 冯寒来，2026年11月25日 09:00）\n"
        "主办单位答复：部分采纳：已列入预算（住建局局长 章问道，2026年11月26日 09:00）\n"
        "有不同意见：仍未明确（对第2稿）\n"
        "主办单位答复：不采纳：已审定（住建局局长 章问道，2026年11月27日 10:00）\n"
        "财政局：无不同意见（财政局局长 冯寒来，2026年11月27日 13:00）\n"
        "财政局局长 冯寒来\n2026年11月27日 09:00"
    )
    assert found["司法局\n意　　见"] == "无不同意见。（对第1稿）\n司法局局长 华果珍\n2026年11月25日 09:00"
    assert found["协　　调\n副区长"] == (
        "主办单位理据：预算已审定\n财政局理据：仍未明确\n协调结果：按主办意见：按预算办\n"
        "副区长 李洪荒\n2026年11月27日 12:00"
    )
    assert (
        found["会签结果"]
        == "会签3家：无不同意见2家，有不同意见1家（已协商一致1家）。会签一致，可以提交会议。"
    )
    assert found["第2稿"] == "二稿.docx\nSHA-256：校验值正在取，尚未取到"


def test_a_late_opinion_taken_in_says_so(cast: CountersignCast) -> None:
    sheet = sent(cast)
    law = sheet.consultations[0]
    sheet.lapse(law, beijing("2026-12-01 00:00"))
    sheet.sign(
        cast.head_of(cast.law),
        law,
        Opinion.NO_OBJECTION,
        beijing("2026-12-01 09:00"),
        seat=cast.seat(cast.law),
    )
    sheet.reopen(cast.head_of(cast.housing), law, cast.seat(cast.housing))
    assert rows(filled(sheet))["司法局\n意　　见"] == (
        "无不同意见。\n（逾期后提出，主办单位已采用，原记视为无不同意见不再有效）\n"
        "司法局局长 华果珍\n2026年12月1日 09:00"
    )


def test_the_template_is_as_it_is_drawn() -> None:
    drawn = io.BytesIO()
    draw().save(drawn)
    parts = [
        [cell.text for table in form.tables for row in table.rows for cell in row.cells]
        for form in (Document(str(FORM.shipped)), Document(io.BytesIO(drawn.getvalue())))
    ]
    assert parts[0] == parts[1]


def test_a_template_with_an_unknown_word_is_named(tmp_path: Path) -> None:
    own = Document()
    own.add_paragraph("{{ 标题 }} {{ 题目 }}")
    own.save(str(tmp_path / "本区.docx"))
    with pytest.raises(BadTemplate, match="不认识占位符“题目”"):
        FORM.check(tmp_path / "本区.docx")
    FORM.check(FORM.shipped)


def test_the_handbook_has_every_placeholder() -> None:
    told = HANDBOOK.read_text(encoding="utf-8")
    for placeholders in (PLACEHOLDERS, OPINION_PLACEHOLDERS, MEDIATION_PLACEHOLDERS, PAPER_PLACEHOLDERS):
        for name, meaning in placeholders.items():
            assert f"| `{name}` | {meaning} |" in told
