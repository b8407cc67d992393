"""The 会签单: a sheet on paper for the file, filled into a Word template (art. 53, 59, 63)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from notices.countersign.words import limit_of, whose_limit
from notices.word_form import WordForm
from rules.articles import cite
from rules.countersign.answer import Answer, Opinion
from rules.countersign.consultation import Consultation
from rules.countersign.life import obstacles
from rules.countersign.matter import Countersign, CountersignKind
from rules.countersign.objection import Mediation, Objection
from rules.countersign.settling import parties
from rules.dates.reading import moment_in_full, moment_words
from rules.periods import Periods
from rules.todo import acting_title

PLACEHOLDERS: Final[Mapping[str, str]] = {
    "编号": "本系统的会签编号",
    "状态": "会签中、办结等",
    "急件": "急件时是“【急件】”，否则为空",
    "标题": "标题",
    "类型": "文稿、议题或请示",
    "时限": "主办单位所定的时限，或通常的3个工作日",
    "主办单位": "主办单位全称",
    "经办": "经办人",
    "送出": "谁审核送出、代谁、何时",
    "送出时间": "第一稿送出的时间",
    "说明": "送会签时的说明，没有时为空",
    "稿次": "第二稿以后每一稿的改动、送出时间；只有一稿时为空",
    "会签意见": "各会签单位，按花名册顺序，逐行取用，见下表",
    "协调": "各次协调，逐行取用，见下表",
    "结果": "各种意见各几家，有无未协商一致的；议题另写明能否提交会议",
    "办结": "办结的说明",
    "办结人": "谁办结，代谁",
    "办结时间": "办结的时间",
    "文件": "各稿和意见附件，逐行取用，见下表",
    "依据": "所依据的条文",
    "办公室": "办公室名称，即 [office] name",
    "制表时间": "生成本单的时间",
}
OPINION_PLACEHOLDERS: Final[Mapping[str, str]] = {
    "单位": "会签单位",
    "意见": "意见及理由；视为无不同意见的写明依据和送达、催办、期限；另有逾期意见、主办答复、协调结果",
    "签名": "签署人；代签的写明代谁，办公室代录的写明录入人，视为无不同意见的是“系统记录”",
    "时间": "签署、录入或记入的时间",
}
MEDIATION_PLACEHOLDERS: Final[Mapping[str, str]] = {
    "主持": "主持协调的领导职务",
    "内容": "各方理据和协调结果",
    "签名": "决定人；代办的写明代谁",
    "时间": "决定的时间",
}
PAPER_PLACEHOLDERS: Final[Mapping[str, str]] = {
    "名目": "第几稿，或哪个单位的意见附件",
    "文件名": "文件名",
    "校验值": "文件的SHA-256校验值",
}

FORM: Final = WordForm(
    "会签单",
    "会签单",
    "countersign_template",
    PLACEHOLDERS,
    {"会签意见": OPINION_PLACEHOLDERS, "协调": MEDIATION_PLACEHOLDERS, "文件": PAPER_PLACEHOLDERS},
)


def limit(sheet: Countersign, periods: Periods) -> str:
    return f"{limit_of(sheet, periods)}{whose_limit(sheet)}"


def released(sheet: Countersign) -> str:
    if sheet.released_by is None or sheet.released_at is None:
        return "尚未送出"
    by = acting_title(sheet.released_by, sheet.released_for or sheet.released_by)
    return f"{by}，{moment_in_full(sheet.released_at)}"


def rounds(sheet: Countersign) -> Iterator[str]:
    for one in sheet.rounds[1:]:
        by = acting_title(one.opened_by, one.opened_for or one.opened_by)
        yield f"第{one.number}稿：{one.note}（{by}，{moment_in_full(one.opened_at)}送出）"


# ---------------------------------------------------------------- a unit's line


def line(sheet: Countersign, one: Consultation) -> dict[str, str]:
    """What a unit says, with everything that came of it; earlier versions first."""
    text: list[str] = []
    for before in sheet.consultations:
        if before.unit is one.unit and before.round < one.round:
            text.append(f"对第{before.round}稿：{_earlier(before)}")
            if before.objection is not None:
                text += _came_of(before, before.objection)
    version = f"（对第{one.round}稿）" if len(sheet.rounds) > 1 else ""
    text.append(f"{_said(one)}{version}")
    if _taken_in(one):
        how = "逾期后补签" if sheet.reviews(one) else "逾期后提出，主办单位已采用"
        text.append(f"（{how}，原记{Opinion.DEEMED}不再有效）")
    if one.deemed and one.answer is not None:
        text.append(_evidence(one.answer))
        if sheet.reviews(one):
            text.append(f"（不能代替合法性审查，须另行取得审查意见）{cite(sheet.article_of(one))}")
    if one.late is not None:
        text.append(f"逾期意见（{one.late.by}，{moment_in_full(one.late.at)}）：{_opinion(one.late)}")
    if one.objection is not None:
        text += _came_of(one, one.objection)
    signed = one.answer
    return {
        "单位": one.unit.name,
        "意见": "\n".join(text),
        "签名": _signature(signed) if signed else "",
        "时间": moment_in_full(signed.at) if signed else "",
    }


def _earlier(before: Consultation) -> str:
    if before.answer is None:
        return "未答复。"
    return f"{_opinion(before.answer)}（{_signature(before.answer)}，{moment_in_full(before.answer.at)}）"


def _said(one: Consultation) -> str:
    if one.answer is None:
        return "（未答复）"
    return _opinion(one.answer)


def _taken_in(one: Consultation) -> bool:
    """Whether what counts came after the silence had been entered."""
    answer = one.answer
    deemed = [other for other in one.answers if other.opinion is Opinion.DEEMED and other is not answer]
    return answer is not None and answer.recorded_by is None and any(each.at < answer.at for each in deemed)


def _opinion(answer: Answer) -> str:
    if answer.opinion is Opinion.DEEMED:
        return f"{Opinion.DEEMED}{cite(63)}。"
    source = ""
    if answer.recorded_by is not None:
        given = f"，{answer.given_on.month}月{answer.given_on.day}日答复" if answer.given_on else ""
        note = f"，{answer.source_note}" if answer.source_note else ""
        source = f"（{answer.source}答复{note}{given}，由办公室代录）"
    text = f"：{answer.text}" if answer.text else "。"
    return f"{answer.opinion}{source}{text}"


def _evidence(answer: Answer) -> str:
    """What silence rests on: delivered when and to whom, nudged when, until when, how it was counted."""
    said = answer.evidence
    number = f"，消息{said['message_id']}" if said.get("message_id") else ""
    note = f"，{said['delivery_note']}" if said.get("delivery_note") else ""
    to = f"{said['delivered_to']}（" if said.get("delivered_to") else "本单位（"
    parts = [f"{_iso(said.get('delivered_at'))}送达{to}{said.get('channel', '')}{number}{note}）"]
    nudges = "、".join(_iso(at) for at, _ in said.get("nudges", []))
    lost = "催办未能送达，已请区政府办公室电话联系" if said.get("nudges_lost") else "未催办"
    parts.append(f"{nudges}催办" if nudges else lost)
    parts.append(f"期限{said.get('due', '')}，逾期未回复")
    explained = f"\n期限计算：{said['explained']}" if said.get("explained") else ""
    return f"{'；'.join(parts)}。{explained}"


def _iso(at: str | None) -> str:
    return moment_words(datetime.fromisoformat(at)) if at else ""


def _signature(answer: Answer) -> str:
    if answer.opinion is Opinion.DEEMED:
        return "系统记录"
    if answer.recorded_by is not None:
        return f"{answer.recorded_by.titled}录入"
    if answer.signer is None:
        return ""
    return acting_title(answer.signer, answer.acting_for or answer.signer)


def _came_of(one: Consultation, objection: Objection) -> Iterator[str]:
    """The lead unit's reply, and the unit's stand."""
    if objection.reply is not None and objection.replied_at is not None:
        text = f"：{objection.reply_text}" if objection.reply_text else ""
        yield (
            f"主办单位答复：{objection.reply}{text}（{objection.replier}，{moment_in_full(objection.replied_at)}）"
        )
    if objection.stand is not None and objection.settled_at is not None:
        by = f"{objection.settler}，{moment_in_full(objection.settled_at)}"
        yield f"{one.unit.name}：{objection.stand}（{by}）"


# ---------------------------------------------------------------- the rest


def mediated(sheet: Countersign, mediation: Mediation) -> dict[str, str]:
    text = [f"主办单位理据：{mediation.lead_grounds}"]
    text += [
        f"{one.unit.name}理据：{one.answer.text}"
        for one in parties(sheet, mediation)
        if one.answer is not None
    ]
    if mediation.decision is not None:
        said = f"：{mediation.text}" if mediation.text else "。"
        text.append(f"协调结果：{mediation.decision}{said}")
    else:
        text.append("分歧已不存在，未作决定。" if mediation.moot_at else "待定。")
    return {
        "主持": mediation.mediator.post_in_full,
        "内容": "\n".join(text),
        "签名": mediation.by,
        "时间": moment_in_full(mediation.decided_at) if mediation.decided_at else "",
    }


def outcome(sheet: Countersign) -> str:
    said = f"{_counted(sheet)}。"
    if sheet.kind is CountersignKind.TOPIC:
        found = obstacles(sheet)
        return f"{said}会签一致，可以提交会议。" if not found else f"{said}不能提交会议：{'；'.join(found)}。"
    apart = [one.unit.name for one in sheet.current if one.objects]
    return f"{said}{'、'.join(apart)}的不同意见未协商一致。" if apart else said


def _counted(sheet: Countersign) -> str:
    """会签3家：无不同意见1家，有不同意见1家（已协商一致1家），视为无不同意见1家，另有逾期意见1家."""
    current, parts = sheet.current, []
    for opinion in Opinion:
        those = [one for one in current if one.opinion is opinion]
        agreed = sum(1 for one in those if one.objection is not None and one.objection.dropped)
        after = f"（已协商一致{agreed}家）" if agreed else ""
        parts += [f"{opinion}{len(those)}家{after}"] if those else []
    parts += [f"未答复{n}家"] if (n := sum(one.opinion is None for one in current)) else []
    parts += [f"另有逾期意见{n}家"] if (n := sum(one.late is not None for one in current)) else []
    return f"会签{len(current)}家：{'，'.join(parts)}"


def ended(sheet: Countersign) -> str:
    return "各单位意见已收齐，办结。" if sheet.ended_at and not sheet.end_reason else sheet.end_reason
