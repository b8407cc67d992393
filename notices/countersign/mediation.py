"""What is said of an objection: the reply to the unit, both sides' grounds to who mediates (art. 53)."""

from collections.abc import Iterable, Iterator
from typing import Final

from markupsafe import Markup, escape

from notices.capacity import Word, above
from notices.card import ask_a_view, asks, files, headline, quoted, under, with_files
from notices.countersign.card import files_button, lead, objection_buttons
from notices.countersign.lead import STANDS, mediation_line, objection_lines, opinion_text
from notices.countersign.names import objection_card
from notices.countersign.words import head, opinion_line, titled
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.countersign.consultation import Consultation, Seat
from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.countersign.objection import Mediation, MediationDecision, Objection, Stand
from rules.countersign.settling import parties
from rules.dates.reading import moment_words
from rules.periods import Periods
from rules.roster import Official
from rules.text import clip
from rules.todo import acting_title

DECISIONS: Final = {
    "lead": MediationDecision.AS_LEAD,
    "consulted": MediationDecision.AS_CONSULTED,
    "later": MediationDecision.LATER,
}
"""What the three buttons of the mediator stand for."""
MEETING: Final = "meeting"
_GROUNDS: Final = 2600
"""So many characters of grounds fit on a card beside the rest, where a message holds 4096."""
_LEAST: Final = 60


def reply_card(sheet: Countersign, one: Consultation) -> str:
    """The name of the card on which the objecting unit's head says what they think of the reply."""
    return f"countersign:{sheet.id}:{one.id}:stand"


def mediation_card(sheet: Countersign, mediation: Mediation) -> str:
    """The name of the card of who mediates."""
    return f"countersign:{sheet.id}:mediate:{mediation.id}"


# ---------------------------------------------------------------- the reply


def drafted(sheet: Countersign, one: Consultation, to: Official) -> list[Notice]:
    """The lead unit's head is shown the reply that was drafted for them: one tap gives it."""
    if one.objection is None or one.objection.drafted_by is None or one.answer is None:
        return []
    why = f"{one.objection.drafted_by.titled}已代拟答复，请审定。"
    text = under(why, opinion_text(sheet, one, one.answer))
    return [
        Notice(
            to,
            text,
            objection_buttons(sheet, one),
            subject=f"答复{one.unit.name}的会签意见",
            card=objection_card(sheet, one),
        )
    ]


def to_answer(sheet: Countersign, one: Consultation, to: Official) -> list[Notice]:
    """The objection once more, with what the lead unit may do about it."""
    if one.answer is None:
        return []
    return [
        Notice(
            to,
            opinion_text(sheet, one, one.answer),
            objection_buttons(sheet, one),
            subject=f"{one.unit.name}的会签意见",
            card=objection_card(sheet, one),
        )
    ]


def reply_text(sheet: Countersign, one: Consultation) -> Markup:
    """The unit's own objection, the reply, and what is asked of the head now."""
    objection = one.objection
    if objection is None:
        return head(sheet)
    wanted = "请您签署" if _wanted(sheet, one, objection) else ""
    lines = [titled(sheet, wanted or sheet.state), Markup("{}").format(_came_of(sheet, one, objection))]
    if one.answer is not None:
        lines.append(opinion_line(one.answer, "贵单位意见"))
    lines += objection_lines(one, objection)
    if sheet.state is not CountersignState.OPEN:
        lines.append(Markup("会签{}，无需办理。").format(sheet.state))
    elif one not in sheet.current:
        lines.append(Markup("已送第{}稿，请在新卡片上答复。").format(sheet.round))
    elif _wanted(sheet, one, objection):
        lines.append(escape(_ask(sheet, objection)))
    return Markup("\n").join(lines)


def _came_of(sheet: Countersign, one: Consultation, objection: Objection) -> str:
    mediation = objection.mediation
    if objection.dropped:
        return f"{one.unit.name}已签署{Stand.DROPPED}。"
    if mediation is not None and mediation.decision is not None:
        return f"协调结果：{mediation.decision}。"
    if mediation is not None and mediation.open:
        return f"{sheet.lead_unit.name}已提请{mediation.mediator.titled}协调。"
    return f"{sheet.lead_unit.name}答复了贵单位的不同意见：{objection.reply}。"


def _ask(sheet: Countersign, objection: Objection) -> str:
    article = cite(sheet.kind.article)
    if objection.mediated:
        return f"协调一致后，须由主要负责人在会签意见上签字；仍不同意的，请点「{Stand.KEPT}」。{article}"
    if objection.stand is Stand.KEPT:
        return f"改变意见的，可点「{Stand.DROPPED}」。{article}"
    return f"请主要负责人签署：同意的点「{Stand.DROPPED}」，仍不同意的点「{Stand.KEPT}」。{article}"


def _wanted(sheet: Countersign, one: Consultation, objection: Objection) -> bool:
    """Whether the head's stand may still be given."""
    if sheet.state is not CountersignState.OPEN or one not in sheet.current or objection.dropped:
        return False
    return one.objects or (objection.mediated and sheet.kind is CountersignKind.TOPIC)


def reply_buttons(sheet: Countersign, one: Consultation, *, acting: bool = False) -> Rows:
    """[无不同意见] [保留意见]; a stand-in's marked 代."""
    objection = one.objection
    if objection is None or not _wanted(sheet, one, objection):
        return files_button(sheet)
    kept = objection.stand is Stand.KEPT and (not objection.mediated or objection.settled_since)
    mark = "（代）" if acting else ""
    buttons = [
        Button(f"{stand}{mark}", f"countersign:{sheet.id}:{act}:{one.id}")
        for act, stand in STANDS.items()
        if not (kept and stand is Stand.KEPT)
    ]
    return (tuple(buttons), *files_button(sheet))


def to_sign(
    sheet: Countersign, one: Consultation, to: Official, *, acting_for: Official | None = None
) -> Notice:
    """The reply, for the unit's head or who stands in for them."""
    return Notice(
        to,
        under(f"请您代{acting_for.titled}签署。" if acting_for else "", reply_text(sheet, one)),
        reply_buttons(sheet, one, acting=acting_for is not None),
        subject=f"{sheet.lead_unit.name}对会签意见的答复",
        card=reply_card(sheet, one),
    )


def replied(sheet: Countersign, one: Consultation, seat: Seat, liaisons: Iterable[Official]) -> list[Notice]:
    """The unit reads the reply: its head signs, its liaisons know of it."""
    told = []
    if seat.signer is not None:
        told.append(to_sign(sheet, one, seat.signer, acting_for=seat.acting_for(seat.signer)))
    text, subject = reply_text(sheet, one), f"{sheet.lead_unit.name}对会签意见的答复"
    told += [Notice(official, text, subject=subject) for official in liaisons if official is not seat.signer]
    return told


def stood(sheet: Countersign, one: Consultation, to: Iterable[Official], periods: Periods) -> list[Notice]:
    """The lead unit hears where the unit stands, and what it may do now."""
    objection = one.objection
    if objection is None:
        return []
    if objection.dropped:
        why = Markup("{}已签署{}（{}）").format(one.unit.name, Stand.DROPPED, objection.settler)
    else:
        next_step = "可以送新稿，或点「发起协调」。" if one.objects else ""
        why = Markup("{}保留意见（{}）。{}{}").format(one.unit.name, objection.settler, next_step, cite(53))
    return [lead(sheet, official, periods, why) for official in to]


# ---------------------------------------------------------------- mediation


def mediation_text(
    sheet: Countersign, mediation: Mediation, *, whole: bool = False, wanted: str = ""
) -> Markup:
    """Both sides' grounds one under the other (列明各方理据), and what was decided.

    Where so many object that it would be more than one message, each has its fair share of the card; `whole`
    gives all of it (see `grounds_in_full`).
    """
    longest = None if whole else _share(sheet, mediation)
    state = mediation.decision or ("不再协调" if mediation.moot_at else "待定")
    lines = [
        headline(sheet.lead_unit.name, f"{head(sheet)}提请协调", "", wanted or state),
        Markup("主办单位：{}（{}，{}提请）").format(
            sheet.lead_unit.name, mediation.opened_by.titled, moment_words(mediation.opened_at)
        ),
        Markup("<b>主办单位理据</b>\n{}").format(quoted(_cut(mediation.lead_grounds, longest))),
    ]
    for one in parties(sheet, mediation):
        lines.append(Markup("<b>{}理据</b>").format(one.unit.name))
        if one.answer is not None:
            lines.append(quoted(Markup("{}（{}）").format(_cut(one.answer.text, longest), one.answer.by)))
        if one.objection is not None:
            objection = one.objection
            text = f"：{_cut(objection.reply_text, longest)}" if objection.reply_text else ""
            lines.append(Markup("主办答复：{}{}").format(objection.reply, text))
            if objection.stand is not None:
                lines.append(Markup("{}：{}").format(one.unit.name, objection.stand))
    if longest is not None:
        lines.append(Markup("（内容较长，全文另发。）"))
    if mediation.open:
        if mediation.meeting:
            lines.append(escape(mediation.meeting))
        lines.append(escape(cite(53)))
    else:
        lines.append(mediation_line(mediation))
    return Markup("\n").join(lines)


def _grounds(sheet: Countersign, mediation: Mediation) -> list[str]:
    texts = [mediation.lead_grounds]
    for one in parties(sheet, mediation):
        texts += [one.answer.text] if one.answer else []
        texts += [one.objection.reply_text] if one.objection else []
    return texts


def _share(sheet: Countersign, mediation: Mediation) -> int | None:
    """How long each text may be on the card; None where all of them fit as they are."""
    texts = _grounds(sheet, mediation)
    fits = sum(len(text) for text in texts) <= _GROUNDS
    return None if fits else max(_GROUNDS // len(texts), _LEAST)


def _cut(text: str, longest: int | None) -> str:
    return text if longest is None else clip(text, longest)


def grounds_in_full(sheet: Countersign, mediation: Mediation, to: Official) -> list[Notice]:
    """All that was said, in as many messages as it takes, where the card has no room for it."""
    if _share(sheet, mediation) is None:
        return []
    text = under("各方理据全文：", mediation_text(sheet, mediation, whole=True))
    return [Notice(to, text, subject=f"{sheet.lead_unit.name}提请协调的会签")]


def mediation_buttons(sheet: Countersign, mediation: Mediation, *, acting: bool = False) -> Rows:
    """[按主办意见] [按会签单位意见] [另行研究] [召集专题会议] [征求意见]; a stand-in's marked 代."""
    if not mediation.open or sheet.state is not CountersignState.OPEN:
        return files_button(sheet)
    mark = "（代）" if acting else ""
    data = f"countersign:{sheet.id}:decide:{mediation.id}"
    buttons = [Button(f"{decision}{mark}", f"{data}:{act}") for act, decision in DECISIONS.items()]
    meeting = Button("召集专题会议", f"{data}:{MEETING}")
    view = ask_a_view(mediation_card(sheet, mediation))
    return (tuple(buttons[:2]), (buttons[2], meeting, view), *files_button(sheet))


def asked(sheet: Countersign, mediation: Mediation, to: Official, why: str = "") -> Notice:
    """The card for the vice mayor in charge, or who stands in for them; `why` stands above it."""
    text = asked_text(sheet, mediation, to)
    return Notice(
        to,
        under(why, text),
        mediation_buttons(sheet, mediation, acting=to is not mediation.mediator),
        subject=f"{sheet.lead_unit.name}提请协调的会签",
        card=mediation_card(sheet, mediation),
    )


def asked_text(sheet: Countersign, mediation: Mediation, to: Official) -> Markup:
    """The same for who is to mediate, with what `to` has said on the sheet already."""
    wanted = asks("协调", to, mediation.mediator) if mediation.open else ""
    text = mediation_text(sheet, mediation, wanted=wanted)
    return above(text, to, mediation.mediator, "协调", _words(sheet, mediation)) if mediation.open else text


def _words(sheet: Countersign, mediation: Mediation) -> Iterator[Word]:
    """What the parties have said, by those who signed for them."""
    yield Word(mediation.opened_by, sheet.lead_unit, mediation.opened_at, "提请协调")
    for one in parties(sheet, mediation):
        if one.answer is not None:
            yield Word(one.answer.signer, one.unit, one.answer.at, f"签署{one.answer.opinion}")


def with_papers(sheet: Countersign, card: Notice, mediation: Mediation) -> list[Notice]:
    """The card with what goes out beside it."""
    return with_files(card, *beside(sheet, mediation, card.to))


def beside(sheet: Countersign, mediation: Mediation, to: Official | int) -> list[Notice]:
    """The version that goes round, and what came with the opinions."""
    held = [(f"《{sheet.title}》会签文件", paper) for paper in sheet.papers_now]
    for one in parties(sheet, mediation):
        if one.answer is not None:
            held += [(f"{one.unit.name}的会签意见附件", paper) for paper in one.answer.papers]
    full = grounds_in_full(sheet, mediation, to) if isinstance(to, Official) else []
    return [*full, *files(to, held)]


def opened(sheet: Countersign, mediation: Mediation, to: Iterable[Official]) -> list[Notice]:
    """The units concerned learn who mediates."""
    text = Markup("{}\n已提请{}协调。主办单位理据：{}\n{}").format(
        titled(sheet, "已提请协调"), mediation.mediator.titled, quoted(mediation.lead_grounds), cite(53)
    )
    return [Notice(official, text, subject="会签意见提请协调") for official in to]


def handed_over(sheet: Countersign, to: Official, mediator: Official) -> Notice:
    """Who mediated so far need not any more."""
    text = Markup("{}\n因分管领导调整，协调转由{}办理。").format(
        titled(sheet, "您不必再协调"), mediator.titled
    )
    return Notice(to, text, subject="会签意见的协调")


def decided_for_lead(
    sheet: Countersign, mediation: Mediation, to: Iterable[Official], periods: Periods
) -> list[Notice]:
    """The lead unit learns the decision, and what it has to do."""
    step = {
        MediationDecision.AS_LEAD: "按现稿办理。",
        MediationDecision.AS_CONSULTED: "请按会签单位意见修改后送新稿。",
        MediationDecision.LATER: "分歧尚未解决，请进一步研究协商。",
    }[mediation.decision or MediationDecision.LATER]
    if mediation.decision is MediationDecision.AS_LEAD and sheet.kind is CountersignKind.TOPIC:
        step = "请有关部门主要负责人在会签意见上签字。"
    why = Markup("{}。{}{}").format(mediation_line(mediation), step, cite(53))
    return [lead(sheet, official, periods, why) for official in to]


def decided_for_unit(
    sheet: Countersign, mediation: Mediation, one: Consultation, seat: Seat, liaisons: Iterable[Official]
) -> list[Notice]:
    """An objecting unit learns the decision; for a topic its head is asked to sign (art. 53)."""
    if one.objection is not None and _wanted(sheet, one, one.objection) and one.objection.mediated:
        return replied(sheet, one, seat, liaisons)
    text = Markup("{}\n{}{}").format(titled(sheet, "协调已有结果"), mediation_line(mediation), cite(53))
    people = dict.fromkeys(o for o in (seat.signer, *liaisons) if o is not None)
    return [
        Notice(official, text, subject="会签意见的协调结果", matter=f"countersign:{sheet.id}", news=True)
        for official in people
    ]


def meeting_called(
    sheet: Countersign, mediation: Mediation, by: Official, to: Iterable[Official]
) -> list[Notice]:
    """Both sides learn that a special meeting is to be held about it."""
    text = Markup("{}\n{}拟召集专题会议研究分歧。{}").format(
        titled(sheet, "请等会议通知"), acting_title(by, mediation.mediator), cite(51)
    )
    return [Notice(official, text, subject="会签意见的协调") for official in to]
