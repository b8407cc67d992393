"""What the invitation form asks, in this order, and what of it only where it matters (art. 76, 86, 87)."""

import re
from collections.abc import Callable

from rules.articles import cite
from rules.fields import Choice, Files, PersonName, Phone, Place, Scene, Text
from rules.forms import Values
from rules.invitation.fields import EndField, EventTime, EventTimeField, LeadersField, leaders
from rules.invitation.kinds import APPROVED_ONLY, InvitationKind, kind_named
from rules.refused import Refused
from rules.roster import OFFICE_DESK

SPEAKS, SILENT = "讲话", "不讲话"
_SPEECH = re.compile(r"讲话|致辞|致词|发言|作报告|宣讲|授课")


def _approved_only(values: Values) -> bool:
    return values.get("kind") in APPROVED_ONLY


def _late(values: Values) -> bool:
    when = values.get("when")
    return isinstance(when, EventTime) and when.late is not None


def _open_end(values: Values) -> bool:
    when = values.get("when")
    return isinstance(when, EventTime) and when.until is None


def speaks(values: Values) -> bool:
    """Whether the leader is to speak, so that a draft is wanted (art. 76)."""
    return values.get("speech") == SPEAKS


def _numbered(number: str, scene: Scene) -> None:  # noqa: ARG001
    if not any(character.isdecimal() for character in number):
        raise Refused("请写区委、区政府批准的文号；尚未批准的，请先报批，批准后再填")


def _usual_speech(scene: Scene) -> str:
    return SPEAKS if _SPEECH.search(scene.values.get("task") or "") else SILENT


def _own_unit(scene: Scene) -> str | None:
    return None if scene.official.role in OFFICE_DESK else scene.official.unit.full_name


def end_field(shown: Callable[[Values], bool], *, unasked: bool = False) -> EndField:
    """结束, on the form where the time that was given has no end and `shown` says so."""
    return EndField(
        "end",
        "结束",
        ask="几点结束？",
        hint="说不准的，点「跳过」。",
        example="11:00",
        aliases=("结束时间",),
        optional=True,
        unasked=unasked,
        shown=shown,
    )


INVITE_FIELDS = (
    Text(
        "event",
        "活动",
        ask="是什么活动？",
        example="城区重点项目现场调研",
        aliases=("活动名称", "名称", "活动内容"),
        longest=80,
    ),
    Choice(
        "kind",
        "类别",
        ask="活动是哪一类？",
        example="调研",
        aliases=("类型", "活动类别"),
        default=lambda scene: kind_named(scene.values.get("event") or ""),
        unasked=True,
        options=tuple(InvitationKind),
        synonyms={
            "开工": "奠基",
            "开工仪式": "奠基",
            "奠基仪式": "奠基",
            "剪彩仪式": "剪彩",
            "揭牌": "剪彩",
            "庆典": "庆祝会",
            "庆祝大会": "庆祝会",
            "纪念大会": "纪念会",
            "表彰大会": "表彰会",
            "座谈": "座谈会",
            "展会": "博览会",
            "研讨": "研讨会",
            "峰会": "论坛",
            "签约仪式": "签约",
            "走访": "慰问",
            "走访慰问": "慰问",
            "考察": "调研",
            "视察": "调研",
        },
    ),
    Text(
        "approval_number",
        "批准文号",
        ask="这类活动未经区委、区政府批准，区政府领导不参加，不予受理。请写区委、区政府批准的文号。",
        hint=f"尚未批准的，请先报批；已填的都保留，批准后接着填；其间要填别的表，会先问您。{cite(87)}",
        example="千委〔2026〕12号",
        aliases=("文号", "批准号", "批件号"),
        longest=60,
        shown=_approved_only,
        check=_numbered,
    ),
    Files(
        "approval",
        "批准文件",
        ask="请发区委、区政府的批准文件；没有批准文件的，不予受理。",
        hint=f"发完请点「发完了」。{cite(87)}",
        aliases=("批件", "批复"),
        names=("批准", "批复", "批件", "批示", "同意"),
        shown=_approved_only,
    ),
    EventTimeField(
        "when",
        "时间",
        ask="活动什么时候开始？",
        hint="有结束时间的一并写明。",
        example="{day} 9:00至11:00",
        aliases=("活动时间", "起止时间"),
    ),
    end_field(_open_end, unasked=True),
    Text(
        "special_reason",
        "特殊情况",
        ask="报送晚于规定时间，不予受理。确属特殊情况的，请写明理由，由区政府办公室主任准予后办理。",
        hint=f"最迟报送日期见上面的时间一栏；不属特殊情况的，请改时间或点「取消」。{cite(86)}",
        example="市里昨天下午通知，活动定于本周五举行",
        aliases=("特殊情况理由", "理由", "紧急理由"),
        longest=200,
        shown=_late,
    ),
    Place("place", "地点", ask="在哪里举行？", example="云腾街道便民中心", aliases=("活动地点",), longest=80),
    Text(
        "organiser",
        "主办",
        ask="谁主办？",
        example="千文区财政局",
        aliases=("主办单位", "主办方", "举办单位"),
        longest=80,
        default=_own_unit,
        unasked=True,
    ),
    LeadersField(
        "asked",
        "领导",
        ask="请哪位区领导出席？可选几位；请区政府安排的，点「跳过」。",
        example="区长、常务副区长；或：请区政府安排",
        aliases=("邀请领导", "拟请领导", "出席领导", "拟邀领导"),
        among=leaders,
        most=7,
        optional=True,
    ),
    Text(
        "size",
        "规模",
        ask="有多少人参加，哪些方面的人？",
        example="约80人，各镇街、有关部门负责人",
        aliases=("人数", "参加人员", "活动规模"),
        longest=100,
        optional=True,
        unasked=True,
    ),
    Text(
        "task",
        "任务",
        ask="请领导做什么？",
        hint="如：出席、讲话、颁奖、现场察看。",
        example="出席并讲话",
        aliases=("领导任务", "请领导", "出席任务", "事项"),
        longest=200,
        optional=True,
    ),
    Choice(
        "speech",
        "讲话",
        ask="需要领导讲话吗？",
        example=SPEAKS,
        aliases=("是否讲话", "讲话致辞"),
        options=(SILENT, SPEAKS),
        synonyms={
            "是": SPEAKS,
            "需要": SPEAKS,
            "有": SPEAKS,
            "讲": SPEAKS,
            "致辞": SPEAKS,
            "否": SILENT,
            "不需要": SILENT,
            "无": SILENT,
            "不": SILENT,
            "没有": SILENT,
        },
        default=_usual_speech,
        unasked=True,
    ),
    Files(
        "speech_draft",
        "讲话稿",
        ask="请领导讲话的，请发讲话代拟稿。",
        hint=f"讲话事先须经区政府同意。发完请点「发完了」。{cite(76)}",
        aliases=("代拟稿", "讲话代拟稿", "致辞稿"),
        names=("讲话", "致辞", "致词", "代拟稿", "发言"),
        shown=speaks,
    ),
    PersonName(
        "contact",
        "联系人",
        ask="活动的联系人是谁？",
        example="张某某",
        aliases=("联络人",),
        longest=40,
        default=lambda scene: scene.official.name,
        unasked=True,
    ),
    Phone(
        "phone",
        "电话",
        ask="联系人的电话？",
        example="13800000000",
        aliases=("联系电话", "手机", "联系人电话"),
        default=lambda scene: scene.official.phone or None,
        unasked=True,
    ),
    Files(
        "programme",
        "方案",
        ask="请发活动方案、议程。",
        hint="发完请点「发完了」；没有的，点「跳过」。",
        aliases=("附件", "议程", "方案议程", "活动方案", "材料"),
        names=("方案", "议程", "日程", "流程", "请柬", "邀请函", "通知"),
        optional=True,
    ),
)
