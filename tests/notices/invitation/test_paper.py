"""The 活动邀请呈批表: what stands on it, read back from Word; and the template as it is drawn."""

import io
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word

from notices.invitation.paper import FORM, LINE_PLACEHOLDERS, PLACEHOLDERS, fields, form_button
from notices.templates.invitation import draw
from notices.word_form import BadTemplate
from rules.invitation.changing import propose, take_change
from rules.invitation.kinds import InvitationKind
from rules.invitation.leaders import answer, forward
from rules.invitation.matter import Invitation
from rules.invitation.papers import Purpose
from rules.invitation.request import Answer
from rules.settings import Settings
from rules.working_days import Calendar
from tests.cast import THURSDAY, beijing
from tests.invitation_cast import EVENT, Desk, paper

NOW = beijing("2026-12-09 09:00")
HANDBOOK = Path(__file__).parents[3] / "docs" / "handbook.zh.md"


@pytest.fixture
def cast() -> Desk:
    return Desk()


def filled(invitation: Invitation) -> Word:
    return Document(io.BytesIO(FORM.render(FORM.shipped, fields(invitation, Calendar(), Settings(), NOW))))


def rows(form: Word) -> dict[str, str]:
    """Each label with what stands beside it."""
    found: dict[str, str] = {}
    for row in form.tables[0].rows:
        cells = list(dict.fromkeys(cell.text for cell in row.cells))
        found |= dict(zip(cells[::2], cells[1::2], strict=False))
    return found


def test_an_answered_invitation_on_paper(cast: Desk) -> None:
    invitation = cast.invite(cast.mayor, cast.vice, kind=InvitationKind.FORUM)
    invitation.speech, invitation.approval_number = True, "千委办〔2026〕8号"
    invitation.papers = [
        paper(Purpose.PROGRAMME, "论坛方案.docx"),
        paper(Purpose.SPEECH, "讲话.docx"),
        paper(Purpose.APPROVAL, "批件.pdf"),
    ]
    forward(invitation, cast.clerk, [cast.mayor, cast.vice], THURSDAY, advice="建议出席", together=True)
    answer(invitation, cast.mayor, 0, Answer.DELEGATE, beijing("2026-11-27 10:00"), delegate=cast.executive)
    invitation.requests[0].confirm(cast.executive, True, beijing("2026-11-27 11:00"))
    answer(invitation, cast.vice, 1, Answer.DECLINE, beijing("2026-11-27 10:30"))
    form = filled(invitation)
    assert rows(form) == {
        "活　　动": "城区重点项目调研",
        "类　　别": "论坛",
        "规　　模": "约30人",
        "时　　间": "2026年12月10日（周四）09:00",
        "地　　点": "云腾街道",
        "主办单位": "财政局",
        "报送单位": "千文区财政局",
        "联 系 人": "褚秋收",
        "联系电话": "13800000009",
        "拟请领导": "区长 赵天地、副区长 孙宇宙",
        "领导任务": "现场察看（请领导讲话）",
        "附　　件": "方案议程：论坛方案.docx\n讲话代拟稿：讲话.docx\n批准文件：批件.pdf",
        "报送情况": "提前10个工作日报送",
        "区委区政府\n批准文号": "千委办〔2026〕8号",
        "办公室\n拟办意见": (
            "转呈区长 赵天地、副区长 孙宇宙（同时征询）：建议出席\n"
            "区政府办公室科员 王列张\n2026年11月26日 09:00"
        ),
        "区长批示": "委托常务副区长 钱玄黄出席（已确认）。\n区长 赵天地\n2026年11月27日 10:00",
        "副区长批示": "不出席。\n副区长 孙宇宙\n2026年11月27日 10:30",
        "出席人员": "常务副区长 钱玄黄（代区长 赵天地）",
    }
    assert [paragraph.text for paragraph in form.paragraphs] == [
        "活 动 邀 请 呈 批 表",
        f"编号：12（{invitation.state}）\t报送时间：2026年11月26日 09:00",
        "说明：邀请区政府领导同志参加的活动，一律由区政府办公室统一安排。（依据《工作规则》第八十六条、第八十七条）",
        "区政府办公室　2026年12月9日 09:00制表",
    ]


def test_a_late_one_says_why_and_who_permitted_it(cast: Desk) -> None:
    late = beijing("2026-12-08 09:00")
    invitation = cast.invite(cast.vice, now=late, permitter=cast.director)
    invitation.special_reason = "上级临时安排"
    invitation.permit(cast.director, True, late, "同意受理")
    said = rows(filled(invitation))
    assert said["报送情况"] == "应于12月3日(周四)前报送，逾期。特殊情况：上级临时安排"
    assert said["准予受理"] == "已由区政府办公室主任 吴盈昃于12月8日 09:00准予受理：同意受理"
    assert said["领导批示"].startswith("（尚未转呈）")
    assert said["出席人员"] == "暂无"


def test_changes_proposals_and_what_the_office_entered(cast: Desk) -> None:
    invitation = cast.invite(cast.mayor)
    forward(
        invitation,
        cast.clerk,
        [cast.mayor],
        THURSDAY,
        advice="建议委托",
        proposal=Answer.DELEGATE,
        proposed_delegate=cast.vice,
    )
    propose(invitation, cast.liaison, beijing("2026-12-11 09:00"), None, "三楼", [], "会场有变", THURSDAY)
    said = rows(filled(invitation))
    assert said["变更情况"] == (
        "时间由2026年12月10日（周四）09:00改为2026年12月11日（周五）09:00；"
        "地点由云腾街道改为三楼，理由：会场有变（待办公室审核）"
    )
    assert said["办公室\n拟办意见"].split("\n")[:2] == [
        "转呈区长 赵天地：建议委托",
        "拟请区长 赵天地：委托副区长 孙宇宙出席",
    ]
    assert said["区长批示"].startswith("（待答复）")


def test_sent_back_it_says_why(cast: Desk) -> None:
    invitation = cast.invite(cast.vice)
    invitation.send_back(cast.clerk, "请先与分管领导沟通", EVENT)
    said = rows(filled(invitation))
    assert said["办理结果"] == "已退回：请先与分管领导沟通"
    assert "副区长批示" not in said


def test_the_shipped_template_is_the_one_that_is_drawn() -> None:
    def parts(document: Word) -> str:
        return str(document.element.xml)

    assert parts(Document(str(FORM.shipped))) == parts(draw())
    FORM.check(FORM.shipped)


def test_an_unknown_placeholder_is_named(tmp_path: Path) -> None:
    document = draw()
    document.add_paragraph("{{ 姓名 }}")
    own = tmp_path / "本区.docx"
    document.save(str(own))
    with pytest.raises(BadTemplate, match="不认识占位符“姓名”。可用的有：编号、"):
        FORM.check(own)
    with pytest.raises(BadTemplate, match=r"找不到模板 .*\[papers\] invitation_template 的路径"):
        FORM.check(tmp_path / "无.docx")


def test_the_button(cast: Desk) -> None:
    ((button,),) = form_button(cast.invite(cast.vice))
    assert (button.label, button.data) == ("呈批表", "invitation:12:form")


def test_the_handbook_has_every_placeholder() -> None:
    told = HANDBOOK.read_text(encoding="utf-8")
    for placeholders in (PLACEHOLDERS, LINE_PLACEHOLDERS):
        for name, meaning in placeholders.items():
            assert f"| `{name}` | {meaning} |" in told


def test_a_change_that_had_to_be_permitted_says_by_whom(cast: Desk) -> None:
    invitation, late = cast.accepted(cast.vice), beijing("2026-12-04 09:00")
    start = beijing("2026-12-09 09:00")
    place = invitation.place
    propose(invitation, cast.liaison, start, None, place, [], "会期调整", late, cast.director)
    invitation.permit(cast.director, True, late, change=1)
    take_change(invitation, cast.clerk, late)
    assert rows(filled(invitation))["变更情况"] == (
        "时间由2026年12月10日（周四）09:00改为2026年12月9日（周三）09:00，理由：会期调整"
        f"（已生效，已由{cast.director.titled}于12月4日 09:00准予受理）"
    )
