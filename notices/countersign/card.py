"""The cards of a sheet: how they read, what their buttons are, and how every copy of them is kept true.

There are four kinds: the lead unit's head releases on one, the lead unit follows on another; each unit asked
has one for who signs and one for those who draft.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

from notices.capacity import Word, above
from notices.card import ask_a_view, asks, labelled, mark_of, under, with_files
from notices.card import files as sent_files
from notices.countersign import lead as countersign_lead
from notices.countersign.names import draft_card, lead_card, sign_card
from notices.countersign.words import (
    brief,
    due_line,
    files,
    ground,
    limit_of,
    opinion_line,
    progress,
    released_line,
    said,
    titled,
    units_of,
    whose_limit,
)
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.countersign.answer import Answer, Opinion
from rules.countersign.clock import told_overdue
from rules.countersign.consultation import Consultation
from rules.countersign.legal import no_substitute
from rules.countersign.matter import Countersign, CountersignState
from rules.dates.reading import say_day
from rules.periods import Periods
from rules.roster import Official

RELEASE, SEND_BACK, REVISE, PAPERS = "release", "send_back", "revise", "papers"
NO_OBJECTION, OBJECTION, SIGN, EXTEND, PASS = "no_objection", "objection", "sign", "extend", "pass"
_LINES = 14
"""So many units have a line of their own on the lead unit's card."""

# ---------------------------------------------------------------- what they say


def release_text(sheet: Countersign, periods: Periods) -> Markup:
    """The whole sheet before it goes out."""
    wanted = "请审核并送会签" if sheet.state is CountersignState.PREPARED else sheet.state
    lines = [
        titled(sheet, wanted, ""),
        Markup("主办：{}（经办：{}）").format(sheet.lead_unit.name, sheet.drafter.titled),
        Markup("会签单位：{}").format(units_of(sheet)),
        Markup("时限：{}{}").format(limit_of(sheet, periods), whose_limit(sheet)),
    ]
    lines += labelled("说明", sheet.remark)
    lines += files(sheet)
    if sheet.not_secret:
        lines.append(Markup("经办人已确认不涉密。"))
    if sheet.state is CountersignState.SENT_BACK:
        lines.append(Markup("退回意见：{}").format(sheet.sent_back_reason))
    if sheet.released_by is not None:
        lines.append(released_line(sheet))
    return Markup("\n").join(lines)


def consulted_text(
    sheet: Countersign, consultation: Consultation, periods: Periods, *, act: str = "请代拟意见"
) -> Markup:
    """What a unit is asked, with where its answer stands; `act` is what the reader is to do about it."""
    lines = [
        titled(sheet, _wanted(sheet, consultation, act)),
        *_new_version(sheet, consultation),
        Markup("主办：{}（经办：{}）").format(sheet.lead_unit.name, sheet.drafter.titled),
        Markup("会签单位：{}").format(units_of(sheet)),
    ]
    lines += labelled("说明", sheet.remark)
    lines += files(sheet, consultation.round)
    if sheet.state is not CountersignState.OPEN:
        lines.append(_over(sheet))
    elif consultation is not _current(sheet, consultation):
        lines.append(Markup("已送第{}稿，请在新卡片上答复。").format(sheet.round))
    elif consultation.waiting and sheet.lead_unit.closed_at is not None:
        lines.append(Markup("主办单位已撤并，待明确承接单位；其间不计期限，仍可答复。"))
    elif consultation.waiting:
        lines += [due_line(sheet, consultation, periods), escape(ground(sheet, consultation))]
    lines += _more_time(consultation)
    if consultation.passed_to:
        lines.append(Markup("转交：{}代拟").format(consultation.passed_to.titled))
    lines += [opinion_line(answer, label) for answer, label in _said(consultation)]
    lines += countersign_lead.unit_lines(sheet, consultation)
    if sheet.unsigned(consultation):
        lines.append(
            Markup("电话答复不能代替签字，请主要负责人补签。{}").format(cite(sheet.article_of(consultation)))
        )
    if consultation.deemed and sheet.reviews(consultation):
        lines.append(Markup("先前记的“{}”不能代替合法性审查，请补签意见。").format(Opinion.DEEMED))
        lines.append(escape(no_substitute(sheet.nature)))
    elif consultation.deemed and consultation.due_label:
        lines.append(Markup("依据：{}").format(consultation.due_explained))
    return Markup("\n").join(lines)


def signing_text(sheet: Countersign, one: Consultation, to: Official, periods: Periods) -> Markup:
    """The same for who signs for the unit, with what `to` has signed for other units of the sheet."""
    text = consulted_text(sheet, one, periods, act=asks("签署", to, one.head))
    if not one.waiting:
        return text
    words = (
        Word(each.answer.signer, each.unit, each.answer.at, f"签署{each.answer.opinion}")
        for each in sheet.current
        if each.answer is not None
    )
    return above(text, to, one.unit, "签署", words)


def lead_text(sheet: Countersign, periods: Periods) -> Markup:
    """How far it has got, for the lead unit: every unit a line, of very many only what wants attention."""
    if not sheet.rounds:
        return release_text(sheet, periods)
    lines = [
        titled(sheet, _next_step(sheet), ""),
        released_line(sheet),
        Markup("进度：{}").format(progress(sheet)),
    ]
    lines += labelled("理由", sheet.end_reason)
    current = sheet.current
    shown = [
        one
        for one in current
        if len(current) <= _LINES or one.objects or one.late or one.extension or sheet.reviews(one)
    ]
    lines += [_unit_line(sheet, one) for one in shown[: 2 * _LINES]]
    if len(shown) < len(current):
        lines.append(Markup("待答复：{}").format(_named([one for one in current if one.waiting])))
    lines += countersign_lead.lead_lines(sheet)
    return Markup("\n").join(lines)


def _wanted(sheet: Countersign, one: Consultation, act: str) -> str:
    """What is wanted of the reader at the end of the first line, or what the unit has said."""
    if sheet.state is not CountersignState.OPEN or one not in sheet.current or not one.waiting:
        return said(one) if one.opinion or sheet.state is CountersignState.OPEN else str(sheet.state)
    if sheet.lead_unit.closed_at is not None:
        return "可以答复"
    if told_overdue(one):
        return f"已逾期，{act}"
    return f"{act}，{one.due_label}前" if one.due_label else act


def _new_version(sheet: Countersign, one: Consultation) -> Iterable[Markup]:
    """Of a later version first what has changed, and what the unit said of the one before."""
    if one.round < 2:
        return
    note = next((each.note for each in sheet.rounds if each.number == one.round), "")
    yield Markup("第{}稿改动：{}").format(one.round, note or "已修改")
    yield from countersign_lead.earlier_lines(sheet, one)


def _next_step(sheet: Countersign) -> str:
    """How far it has got, for the lead unit, and what it is to do once all have answered."""
    if sheet.state is not CountersignState.OPEN:
        return str(sheet.state)
    asked = sheet.current
    count = f"已答复{len(asked) - len(sheet.waiting)}/{len(asked)}"
    objecting = [one for one in asked if one.objects]
    if any(one.objection is None or one.objection.reply is None for one in objecting):
        return f"{count}，请答复不同意见"
    return count if sheet.waiting else f"{count}，请{'处理分歧' if objecting else '办结'}"


def _current(sheet: Countersign, consultation: Consultation) -> Consultation | None:
    return next((one for one in sheet.current if one is consultation), None)


def _over(sheet: Countersign) -> Markup:
    reason = f"：{sheet.end_reason}" if sheet.end_reason else ""
    by = "主办单位" if sheet.lead_unit.closed_at is None else "区政府办公室"
    what = f"已由{by}撤回" if sheet.state is CountersignState.WITHDRAWN else f"会签已{sheet.state}"
    return Markup("{}{}").format(what, reason)


def _more_time(consultation: Consultation) -> Iterable[Markup]:
    for one in consultation.extensions:
        answer = "" if one.decided_by is None else f"（{one.decider}）"
        yield Markup("延期至{}：{}{}").format(say_day(one.until), one.state, answer)


def _said(consultation: Consultation) -> Iterable[tuple[Answer, str]]:
    if consultation.answer is not None:
        yield consultation.answer, "答复"
    if consultation.late is not None:
        yield consultation.late, "逾期意见"
    if consultation.draft is not None:
        yield consultation.draft, "拟办意见"


def _unit_line(sheet: Countersign, one: Consultation) -> Markup:
    if one.answer is not None:
        who = "" if one.deemed else f"（{one.answer.by}）"
        if one.deemed and sheet.reviews(one):
            who = "，不能代替合法性审查，须补签意见"
        line = Markup("· {}：{}{}").format(one.unit.name, said(one), who)
        return line + Markup("\n  {}").format(brief(one.answer.text)) if one.answer.text else line
    if one.unit.closed_at is not None and not one.waiting:
        return Markup("· {}：已撤并，{}").format(one.unit.name, said(one))
    if told_overdue(one):
        return Markup("· {}：逾期未签（期限{}）").format(one.unit.name, one.due_label)
    where = f"，期限{one.due_label}" if one.delivered_at else "，未送达"
    asked = f"，申请延期至{say_day(one.extension.until)}" if one.extension else ""
    return Markup("· {}：{}{}{}").format(one.unit.name, said(one), where, asked)


def _named(those: list[Consultation]) -> str:
    names = "、".join(one.unit.name for one in those[:_LINES])
    return f"{names}等{len(those)}个单位" if len(those) > _LINES else names or "无"


# ---------------------------------------------------------------- their buttons


def release_buttons(sheet: Countersign) -> Rows:
    """[送会签] [退回修改] while it waits for the head."""
    if sheet.state is not CountersignState.PREPARED:
        return files_button(sheet)
    decide = (Button("送会签", _data(sheet, RELEASE)), Button("退回修改", _data(sheet, SEND_BACK)))
    return (decide, *files_button(sheet))


def files_button(sheet: Countersign) -> Rows:
    """[文件（2件）] to have them sent once more."""
    many = len(sheet.papers_now)
    return ((Button(f"文件（{many}件）", _data(sheet, PAPERS)),),) if many else ()


def _open_to(sheet: Countersign, one: Consultation) -> bool:
    """Whether something may still be answered: in time, or late."""
    open_place = sheet.state is CountersignState.OPEN and one in sheet.current
    return open_place and (one.waiting or (one.deemed and one.late is None) or sheet.unsigned(one))


def sign_buttons(sheet: Countersign, one: Consultation, holder: Official | None = None) -> Rows:
    """[无不同意见] [有不同意见] [申请延期] [转交] [征求意见], first what was drafted; marked 代."""
    if not _open_to(sheet, one):
        return files_button(sheet)
    mark, late = mark_of(one.head, holder), "逾期" if one.deemed else ""
    drafted: Rows = ()
    if one.draft is not None:
        label = f"签字同意：{one.draft.opinion}{mark}"
        drafted = ((Button(label, f"{_data(sheet, SIGN, one)}:{one.draft.id}"),),)
    return (
        *drafted,
        *_opinions(sheet, one, late, mark),
        *_others(sheet, one, passing=True),
        *files_button(sheet),
    )


def draft_buttons(sheet: Countersign, one: Consultation) -> Rows:
    """The same for those who draft: the head signs, and it is they who passes on."""
    if not _open_to(sheet, one):
        return files_button(sheet)
    how = "代拟逾期" if one.deemed else "代拟"
    return (*_opinions(sheet, one, how), *_others(sheet, one, passing=False), *files_button(sheet))


def _opinions(sheet: Countersign, one: Consultation, how: str, mark: str = "") -> Rows:
    """Whose opinion it would be, and that it comes late, stands on the buttons themselves."""
    return (
        (
            Button(f"{how}{Opinion.NO_OBJECTION}{mark}", _data(sheet, NO_OBJECTION, one)),
            Button(f"{how}{Opinion.OBJECTION}{mark}", _data(sheet, OBJECTION, one)),
        ),
    )


def _others(sheet: Countersign, one: Consultation, *, passing: bool) -> Rows:
    more = (Button("申请延期", _data(sheet, EXTEND, one)),) if one.waiting and not one.extension else ()
    on = (Button("转交", _data(sheet, PASS, one)),) if passing else ()
    view = (ask_a_view(sign_card(sheet, one)),) if passing and one.waiting else ()
    return ((*more, *on, *view),) if more or on else ()


def lead_buttons(sheet: Countersign) -> Rows:
    """What the lead unit may do now."""
    revise = sheet.state is CountersignState.SENT_BACK
    rows: Rows = ((Button("修改", _data(sheet, REVISE)),),) if revise else ()
    return (*rows, *countersign_lead.lead_buttons(sheet), *files_button(sheet))


def objection_buttons(sheet: Countersign, one: Consultation) -> Rows:
    """What the lead unit may do about one unit's objection."""
    return (*countersign_lead.objection_buttons(sheet, one), *files_button(sheet))


def late_buttons(sheet: Countersign, one: Consultation) -> Rows:
    """What the lead unit may do about one unit's late opinion."""
    return (*countersign_lead.late_buttons(sheet, one), *files_button(sheet))


def _data(sheet: Countersign, act: str, one: Consultation | None = None) -> str:
    return f"countersign:{sheet.id}:{act}" + (f":{one.id}" if one else "")


# ---------------------------------------------------------------- the notices that bear them


def asked(
    sheet: Countersign,
    one: Consultation,
    to: Official,
    periods: Periods,
    *,
    why: str = "",
    signs: bool | None = None,
) -> Notice:
    """The card for who signs, or for one who drafts; `why` stands above it. Its delivery is proof.

    Unless `signs` says it, they sign on whose desk it lies.
    """
    if signs is None:
        signs = to in (one.head, one.stand_in)
    text = signing_text(sheet, one, to, periods) if signs else consulted_text(sheet, one, periods)
    return Notice(
        to,
        under(why, text),
        sign_buttons(sheet, one, to) if signs else draft_buttons(sheet, one),
        subject=f"{sheet.lead_unit.name}的会签",
        card=sign_card(sheet, one, to) if signs else draft_card(sheet, one, to),
        replaces=tuple(
            sign_card(sheet, before, to) if signs else draft_card(sheet, before, to)
            for before in sheet.consultations
            if before.unit is one.unit and before.round < one.round
        ),
        receipt=f"countersign:{one.id}" if one.waiting else "",
        urgent=sheet.urgent,
        until=one.closes_at,
    )


def papers(sheet: Countersign, to: Official | int) -> list[Notice]:
    """Every file of the version that goes round, as Telegram already has it."""
    return sent_files(to, ((f"《{sheet.title}》会签文件", paper) for paper in sheet.papers_now))


def with_papers(card: Notice, sheet: Countersign) -> list[Notice]:
    """A card behind its files: delivered is what was asked once it is, and all of them are."""
    return with_files(card, *papers(sheet, card.to))


def lead(sheet: Countersign, to: Official, periods: Periods, why: str | Markup = "") -> Notice:
    """The lead unit's own card."""
    text = lead_text(sheet, periods)
    return Notice(
        to,
        under(why, text),
        lead_buttons(sheet),
        subject="本单位的会签",
        card=lead_card(sheet),
        news=bool(why),
    )
