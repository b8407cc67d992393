"""The 请假报告单: what stands on it, read back from Word; and templates that an office might bring."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notices.leave.paper import FORM, OPINION_PLACEHOLDERS, PLACEHOLDERS, fields
from notices.spreadsheet import legal
from notices.templates.leave_report import draw
from notices.word_form import BadTemplate
from rules.approval import Decision
from rules.dates.reading import Half, HalfDaySpan
from rules.leave.change import Change, ChangeKind, ChangeState
from rules.leave.filing import CommitteeFiling
from rules.leave.matter import Leave
from rules.leave.papers import LeavePaper
from rules.settings import Settings
from rules.working_days import Calendar
from tests.cast import Cast, beijing

TEN, ELEVEN = beijing("2026-11-26 10:00"), beijing("2026-11-26 11:00")
NOW = beijing("2026-12-09 09:00")
HANDBOOK = Path(__file__).parents[3] / "docs" / "handbook.zh.md"


@pytest.fixture
def cast() -> Cast:
    return Cast()


def filled(leave: Leave, template: Path = FORM.shipped) -> Word:
    return read(FORM.render(template, fields(leave, Calendar(), Settings(), NOW)))


def read(content: bytes) -> Word:
    return Document(io.BytesIO(content))


def rows(form: Word) -> dict[str, str]:
    """Each label with what stands beside it."""
    found: dict[str, str] = {}
    for row in form.tables[0].rows:
        cells = list(dict.fromkeys(cell.text for cell in row.cells))
        found |= dict(zip(cells[::2], cells[1::2], strict=False))
    return found


def texts(form: Word) -> Iterator[str]:
    for paragraph in form.paragraphs:
        yield paragraph.text


def test_an_approved_leave_on_paper(cast: Cast) -> None:
    leave = cast.report(
        cast.head, cast.deputy, start=(date(2026, 12, 1), Half.PM), end=(date(2026, 12, 5), Half.PM)
    )
    leave.papers = [LeavePaper("a", "会议通知.pdf"), LeavePaper("b", "日程安排.docx")]
    leave.decide(cast.vice, 0, Decision.AGREE, TEN, "注意安全")
    leave.decide(cast.executive, 1, Decision.AGREE, ELEVEN, stand_in=cast.executive)
    leave.report_back(cast.head, beijing("2026-12-06 09:05"))
    form = filled(leave)
    assert rows(form) == {
        "姓　　名": "冯寒来",
        "单　　位": "千文区财政局",
        "职　　务": "局长",
        "联系电话": "13800000007",
        "类　　别": "出差",
        "天　　数": "4.5天（工作日3.5天）",
        "时　　间": "2026年12月1日（周二）下午至12月5日（周六）",
        "地　　点": "济南",
        "事　　由": "参加全省财政工作会议",
        "附　　件": "会议通知.pdf\n日程安排.docx",
        "代为主持": "财政局副局长 陈暑往",
        "报告情况": "已提前3天报告",
        "副区长意见": "同意。注意安全\n孙宇宙\n2026年11月26日 10:00",
        "区长意见": "同意。\n钱玄黄（代区长 赵天地）\n2026年11月26日 11:00",
        "销　　假": "2026年12月6日 09:05销假",
    }
    assert list(texts(form)) == [
        "请 假 报 告 单",
        "编号：12（已销假）\t报告时间：2026年11月26日 09:00",
        (
            "说明：外出期间请保持通信联络畅通，确保24小时能随时取得联系；返回后及时销假。"
            "（依据《工作规则》第七十七条）"
        ),
        "区政府办公室　2026年12月9日 09:00制表",
    ]


def test_an_urgent_one_that_is_still_on_its_way(cast: Cast) -> None:
    late = beijing("2026-11-30 09:00")
    leave = cast.report(cast.head, cast.deputy, urgent_reason="省厅临时通知", now=late)
    form = filled(leave)
    assert rows(form)["报告情况"] == "紧急外出，应于11月28日(周六)前报告。书面理由：省厅临时通知"
    assert rows(form)["副区长意见"] == "（待审批）\n\n"
    assert rows(form)["区长意见"] == "（尚未送审）\n\n"
    assert rows(form)["销　　假"] == ""
    assert list(texts(form))[1].startswith(
        "【紧急】编号：12（待孙宇宙审批）	报告时间：2026年11月30日 09:00"
    )


def test_the_mayors_names_who_presides_and_a_vice_mayors_the_backup_and_the_committee(cast: Cast) -> None:
    mayors = rows(filled(cast.report(cast.mayor, cast.executive)))
    assert mayors["主持工作"] == "常务副区长 钱玄黄"
    assert mayors["审批意见"] == "无需审批，已告知有关同志。\n\n"
    leave = cast.report(cast.vice, cast.executive)
    filing = CommitteeFiling("12月1日至12月3日", TEN)
    filing.tick(cast.clerk, cast.vice, ELEVEN)
    leave.filings = [filing]
    deputys = rows(filled(leave))
    assert deputys["补位"] == "常务副区长 钱玄黄"
    assert deputys["区委报备"] == "12月1日至12月3日：区政府办公室科员 王列张于2026年11月26日 11:00登记"


def test_a_change_is_told_with_old_and_new(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    was = leave.span
    longer = HalfDaySpan(was.start, was.start_half, was.end + timedelta(days=1), Half.AM)
    leave.changes = [
        Change(ChangeKind.EXTENSION, longer, leave.acting, was, leave.acting, "会期延长", ELEVEN)
    ]
    leave.changes[0].settle(ChangeState.IN_FORCE, ELEVEN)
    assert rows(filled(leave))["变更情况"] == (
        "续假（已生效）：2026年12月1日（周二）至12月3日（周四）"
        "改为2026年12月1日（周二）至12月4日（周五）上午，理由：会期延长。2026年11月26日 11:00提出"
    )


def test_what_is_sent_back_and_declined_keeps_its_reasons(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    leave.decide(cast.vice, 0, Decision.SEND_BACK, TEN, "请补充日程")
    assert rows(filled(leave))["副区长意见"] == "退回修改：请补充日程\n孙宇宙\n2026年11月26日 10:00"
    declined = cast.report(cast.head, cast.deputy)
    declined.decide(cast.vice, 0, Decision.DECLINE, TEN, "会期冲突")
    assert rows(filled(declined))["副区长意见"] == "不同意。会期冲突\n孙宇宙\n2026年11月26日 10:00"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60))
@example("\r\n")
def test_whatever_people_write_stands_on_it_and_does_nothing(text: str) -> None:
    cast = Cast()
    leave = cast.report(cast.head, cast.deputy)
    leave.reason = f"会议{text}完"
    written = legal(leave.reason).replace("\r\n", "\n").replace("\r", "\n")
    assert rows(filled(leave))["事　　由"].replace("\r", "\n") == written


@pytest.mark.parametrize(
    "text", ["{{ 7 * 7 }}", "{% for x in y %}", "<w:p>&amp;</w:p>", "a\nb\tc", "\x07\x0c"]
)
def test_markup_in_a_reason_is_text(cast: Cast, text: str) -> None:
    leave = cast.report(cast.head, cast.deputy)
    leave.reason = f"会议{text}完"
    assert rows(filled(leave))["事　　由"] == legal(leave.reason)


# ---------------------------------------------------------------- templates


def test_the_shipped_template_is_the_one_that_is_drawn_and_looks_official() -> None:
    FORM.check(FORM.shipped)
    drawn, shipped = draw(), Document(str(FORM.shipped))
    assert drawn.element.xml == shipped.element.xml
    title = shipped.paragraphs[0]
    assert title.alignment == 1  # centred
    fonts = shipped.element.xpath("//w:rFonts/@w:eastAsia")
    assert set(fonts) == {"仿宋", "宋体"}
    section = shipped.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (section.page_width.cm, section.page_height.cm) == pytest.approx((21.0, 29.7), abs=0.01)


def test_the_shipped_template_uses_every_placeholder() -> None:
    xml = Document(str(FORM.shipped)).element.xml
    assert [name for name in PLACEHOLDERS if name not in xml] == []
    assert [name for name in OPINION_PLACEHOLDERS if f"项.{name}" not in xml] == []


def test_the_handbook_explains_every_placeholder() -> None:
    handbook = HANDBOOK.read_text(encoding="utf-8")
    for name, meaning in {**PLACEHOLDERS, **OPINION_PLACEHOLDERS}.items():
        assert f"| `{name}` | {meaning} |" in handbook


def template(folder: Path, *paragraphs: str) -> Path:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = folder / "本区报告单.docx"
    document.save(str(file))
    return file


def test_an_office_may_bring_its_own(cast: Cast, tmp_path: Path) -> None:
    own = template(
        tmp_path,
        "{{ 姓名 }}（{{职务}}）",
        "{%p for 项 in 审批 %}",
        "{{ 项.名目 }}：{{ 项.意见 }}",
        "{%p endfor %}",
    )
    FORM.check(own)
    assert list(texts(filled(cast.report(cast.head, cast.deputy), own))) == [
        "冯寒来（局长）",
        "副区长意见：（待审批）",
        "区长意见：（尚未送审）",
    ]


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (
            ["{{ 姓名 }}{{ 姓氏 }}"],
            "正文第1段“{{ 姓氏 }}”：不认识占位符“姓氏”。是不是“姓名”？可用的有：编号、状态、",
        ),
        (["{% if 紧急 %}甲{% else %}{{ 姓氏 }}{% endif %}"], "不认识占位符“姓氏”"),
        (["{%p for 项 in 审批 %}", "{{ 项.批示 }}", "{%p endfor %}"], "不认识占位符“批示”。可用的有：名目、"),
        (["{{ 姓名 }"], "正文第1段“{{ 姓名 }”花括号不成对"),
        (
            ["{%p for 项 in 审批 %}", "{{ 项.意见 }}"],
            "没有结尾，请在它管到的最后一行（段）后面补上 {%p endfor %}",
        ),
        (["{{ 姓名 + 1 }}"], "填不成"),
        (["{{ ''.__class__.__mro__ }}"], "占位符写法不对"),
    ],
)
def test_a_template_with_a_mistake_is_named_with_what_is_wrong(
    tmp_path: Path, paragraphs: list[str], said: str
) -> None:
    with pytest.raises(BadTemplate, match=r"^本区报告单\.docx") as bad:
        FORM.check(template(tmp_path, *paragraphs))
    assert said in str(bad.value)
    assert "\n" not in str(bad.value)


def test_a_template_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadTemplate, match="找不到模板"):
        FORM.check(tmp_path / "没有.docx")
    for content in (b"", b"not Word"):
        (tmp_path / "坏.docx").write_bytes(content)
        with pytest.raises(BadTemplate, match=r"坏\.docx 不是 Word 的 \.docx 文件"):
            FORM.check(tmp_path / "坏.docx")
    with zipfile.ZipFile(tmp_path / "坏.docx", "w") as file:
        file.writestr("x.txt", "x")
    with pytest.raises(BadTemplate, match=r"坏\.docx 不是 Word 的 \.docx 文件"):
        FORM.check(tmp_path / "坏.docx")


def test_what_was_ratified_afterwards_says_so_and_when(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)  # 1 to 3 December
    asked = leave.waiting
    assert asked
    asked.asked_at = beijing("2026-12-04 00:00")  # put anew when its days were over
    leave.decide(cast.vice, 0, Decision.RATIFY, beijing("2026-12-04 09:00"), "确因工作需要")
    leave.decide(cast.mayor, 1, Decision.RATIFY, beijing("2026-12-04 10:00"))
    values = fields(leave, Calendar(), Settings(), NOW)
    assert values["状态"] == "已批准，2026年12月4日 10:00追认"
    assert [(one["意见"], one["时间"]) for one in values["审批"]] == [
        ("追认。确因工作需要", "2026年12月4日 09:00"),
        ("追认。", "2026年12月4日 10:00"),
    ]
