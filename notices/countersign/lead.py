"""What the lead unit may do about its sheet, and what came of objections, as lines and buttons of the cards.

Only words and data: the cards they stand on are in notices/countersign/card.py.
"""

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from notices.card import headline
from notices.countersign.words import brief, head, opinion_line, progress
from notices.form_buttons import report_again
from notices.notice import Button, Rows
from rules.articles import cite
from rules.countersign.answer import Answer, AnswerStatus
from rules.countersign.consultation import Consultation
from rules.countersign.life import obstacles, obstacles_to_closing
from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.countersign.objection import Mediation, Objection, Reply, Stand
from rules.countersign.prepared import REPEATABLE
from rules.countersign.settling import apart_of, draft_stamp
from rules.dates.reading import moment_words

NEW, NUDGE, CLOSE, WITHDRAW, READY, FORM = "new", "nudge", "close", "withdraw", "ready", "form"
SEND_NEW, DROP_NEW = "send_new", "drop_new"
MEDIATE, REOPEN, AS_DRAFTED = "mediate", "reopen", "reply"
KEEP, DROP = "keep", "drop"
REPLIES: Final = {"adopt": Reply.ADOPTED, "partly": Reply.PARTLY, "not_adopted": Reply.NOT_ADOPTED}
"""What the three buttons under an objection stand for."""
STANDS: Final = {DROP: Stand.DROPPED, KEEP: Stand.KEPT}
"""Likewise the two under a reply."""


def version_card(sheet: Countersign) -> str:
    """The name of the card on which the lead unit's head sends a new version that was made ready."""
    return f"countersign:{sheet.id}:version"


# ---------------------------------------------------------------- buttons


def lead_buttons(sheet: Countersign) -> Rows:
    """[催办] [发送新稿], [发起协调], [报请上会], [办结] [撤回], at the end [会签单]: what may be done now."""
    if sheet.state in (CountersignState.PREPARED, CountersignState.SENT_BACK):
        return ((_button(sheet, "撤回", WITHDRAW),),)
    if sheet.state is CountersignState.CLOSED:
        return (*_ready(sheet), (_button(sheet, "会签单", FORM),))
    if sheet.state is not CountersignState.OPEN:
        return report_again("countersign", sheet.id) if sheet.state in REPEATABLE else ()
    nudge = (_button(sheet, "催办", NUDGE),) if sheet.waiting else ()
    mediate = (_button(sheet, "发起协调", MEDIATE),) if _may_mediate(sheet) else ()
    close = () if obstacles_to_closing(sheet) else (_button(sheet, "办结", CLOSE),)
    return (
        (*nudge, _button(sheet, "发送新稿", NEW), *mediate),
        *_ready(sheet),
        (*close, _button(sheet, "撤回", WITHDRAW)),
    )


def objection_buttons(sheet: Countersign, one: Consultation) -> Rows:
    """[采纳] [部分采纳] [不采纳] until there is a reply, and again where the unit has kept its objection."""
    objection = one.objection
    open_place = sheet.state is CountersignState.OPEN and one in sheet.current
    if not open_place or objection is None or not one.objects:
        return ()
    if objection.mediation is not None and objection.mediation.open:
        return ()
    rows: list[tuple[Button, ...]] = []
    if objection.draft_reply is not None:
        data = f"countersign:{sheet.id}:{AS_DRAFTED}:{one.id}:{draft_stamp(objection)}"
        rows.append((Button(f"按拟稿答复：{objection.draft_reply}", data),))
    if objection.reply is None or objection.stand is Stand.KEPT:
        answers = [Button(reply, f"countersign:{sheet.id}:{act}:{one.id}") for act, reply in REPLIES.items()]
        rows.append(tuple(answers))
    mediate = (_button(sheet, "发起协调", MEDIATE),) if _may_mediate(sheet) else ()
    return (*rows, (_button(sheet, "发送新稿", NEW), *mediate))


def late_buttons(sheet: Countersign, one: Consultation) -> Rows:
    """[重开] while a late opinion may still be taken in."""
    open_place = sheet.state is CountersignState.OPEN and one in sheet.current
    if not open_place or one.late is None:
        return ()
    return ((Button("重开", f"countersign:{sheet.id}:{REOPEN}:{one.id}"),),)


def version_buttons(sheet: Countersign) -> Rows:
    """[送会签] [退回修改] under a new version that was made ready."""
    if sheet.new_version is None or sheet.state is not CountersignState.OPEN:
        return ()
    return ((_button(sheet, "送会签", SEND_NEW), _button(sheet, "退回修改", DROP_NEW)),)


def _may_mediate(sheet: Countersign) -> bool:
    replied = all(one.objection is not None and one.objection.reply for one in sheet.current if one.objects)
    return replied and bool(apart_of(sheet))


def _ready(sheet: Countersign) -> Rows:
    wanted = sheet.kind is CountersignKind.TOPIC and sheet.ready_at is None and not sheet.waiting
    return ((_button(sheet, "报请上会", READY),),) if wanted else ()


def _button(sheet: Countersign, label: str, act: str) -> Button:
    return Button(label, f"countersign:{sheet.id}:{act}")


# ---------------------------------------------------------------- lines


def lead_lines(sheet: Countersign) -> Iterable[Markup]:
    """Under the units on the lead unit's card: a version that waits, mediations, whether a topic is ready."""
    if sheet.new_version is not None:
        yield Markup("第{}稿已备好，待主要负责人送出。").format(sheet.round + 1)
    for mediation in sheet.mediations:
        yield mediation_line(mediation, short=True)
    if sheet.kind is not CountersignKind.TOPIC:
        found = obstacles_to_closing(sheet)
        if found and sheet.state is CountersignState.OPEN and not sheet.waiting:
            yield Markup("还不能办结：{}。").format("；".join(found))
    elif sheet.state is not CountersignState.WITHDRAWN:
        found = obstacles(sheet)
        if sheet.ready_at is not None:
            yield Markup("已报请上会：{}。").format(moment_words(sheet.ready_at))
        elif found and not sheet.waiting:
            yield Markup("还不能提交会议：{}。").format("；".join(found))


def opinion_text(sheet: Countersign, one: Consultation, answer: Answer) -> Markup:
    """The lead unit's card of one unit's objection, or of its late opinion."""
    late = answer.status is AnswerStatus.LATE
    wanted = "可以重开" if late else "请答复" if one.objects and not _replied(one) else ""
    lines = [
        headline(one.unit.name, f"对{head(sheet)}{'逾期提出意见' if late else answer.opinion}", "", wanted),
        opinion_line(answer),
        Markup("进度：{}").format(progress(sheet)),
    ]
    if late:
        lines.append(Markup("该单位已视为无不同意见，不因此改变；要采纳的，可以重开。{}").format(cite(63)))
    elif one.objection is not None:
        lines += objection_lines(one, one.objection)
        lines += _draft_line(one.objection)
    if one.round < sheet.round and one not in sheet.current:
        lines.append(Markup("已送第{}稿，由该单位重新答复。").format(sheet.round))
    return Markup("\n").join(lines)


def _replied(one: Consultation) -> bool:
    return one.objection is not None and one.objection.reply is not None


def unit_lines(sheet: Countersign, one: Consultation) -> Iterable[Markup]:
    """On a unit's card: the lead unit's reply, and what came of it."""
    if one.objection is not None:
        yield from objection_lines(one, one.objection)
    if one.round < sheet.round and one in sheet.current and one.answer is not None:
        yield Markup("已送第{}稿，未请本单位重新会签，以上答复继续有效。").format(sheet.round)


def earlier_lines(sheet: Countersign, one: Consultation) -> Iterable[Markup]:
    """What the unit said of the versions before: 第1稿：…."""
    for before in sheet.consultations:
        if before.unit is not one.unit or before.round >= one.round:
            continue
        said = before.answer.done if before.answer is not None else "未答复"
        line = Markup("您单位对第{}稿：{}").format(before.round, said)
        if before.answer is not None and before.answer.text:
            line += Markup("\n{}").format(brief(before.answer.text))
        yield line
        if before.objection is not None and before.objection.reply is not None:
            yield from objection_lines(before, before.objection, short=True)


def objection_lines(one: Consultation, objection: Objection, *, short: bool = False) -> Iterable[Markup]:
    """The lead unit's reply, the unit's stand and the mediation, as far as they have come.

    `short` gives the beginnings only, of an earlier version.
    """
    if objection.reply is not None and objection.replied_at is not None:
        said = brief(objection.reply_text) if short else objection.reply_text
        text = f"：{said}" if said else ""
        at = moment_words(objection.replied_at)
        yield Markup("主办答复：{}{}（{}，{}）").format(objection.reply, text, objection.replier, at)
    if objection.mediation is not None and not objection.settled_since:
        yield from _stand(one, objection)
        yield mediation_line(objection.mediation, short=short)
    else:
        if objection.mediation is not None:
            yield mediation_line(objection.mediation, short=short)
        yield from _stand(one, objection)


def _draft_line(objection: Objection) -> Iterable[Markup]:
    """The reply that was drafted: for the lead unit's eyes only."""
    if objection.draft_reply is not None and objection.drafted_by is not None:
        text = f"：{objection.draft_text}" if objection.draft_text else ""
        by = objection.drafted_by.titled
        yield Markup("拟答复（{}，待主要负责人定）：{}{}").format(by, objection.draft_reply, text)


def _stand(one: Consultation, objection: Objection) -> Iterable[Markup]:
    if objection.stand is not None and objection.settled_at is not None:
        at = moment_words(objection.settled_at)
        yield Markup("{}：{}（{}，{}）").format(one.unit.name, objection.stand, objection.settler, at)


def mediation_line(mediation: Mediation, *, short: bool = False) -> Markup:
    """How far a mediation has come, in one line; `short` gives the beginning of what was decided."""
    if mediation.decision is not None and mediation.decided_at is not None:
        said = brief(mediation.text) if short else mediation.text
        text = f"：{said}" if said else ""
        at = moment_words(mediation.decided_at)
        return Markup("协调结果：{}{}（{}，{}）").format(mediation.decision, text, mediation.by, at)
    whose = mediation.mediator.titled
    if mediation.moot_at is not None:
        return Markup("已提请{}协调，分歧已不存在，不再协调。").format(whose)
    meeting = f"，{mediation.meeting}" if mediation.meeting else ""
    return Markup("已提请{}协调，待定{}。").format(whose, meeting)
