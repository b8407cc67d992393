"""The words in which a sheet is spoken of: its title, its limit, how far it has got."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from notices.card import headline
from rules.articles import article, cite
from rules.countersign.answer import Answer, CountersignPaper
from rules.countersign.consultation import Consultation
from rules.countersign.kinds import SILENCE_IS_CONSENT, SILENCE_OF_THE_OTHERS
from rules.countersign.legal import no_substitute, wants_review
from rules.countersign.matter import Countersign, CountersignKind
from rules.countersign.objection import Objection
from rules.dates.reading import moment_words, say_moment
from rules.periods import Periods
from rules.roster import Unit
from rules.text import clip, one_line
from rules.todo import acting_title

_LONGEST_NAME, _SHOWN_FILES, _BRIEF = 60, 6, 60
SHOWN_UNITS = 12
"""So many units are named one by one; of more only the first, and how many there are."""


def head(sheet: Countersign) -> Markup:
    """文稿《…》会签（急件）, within a sentence."""
    return Markup("{}{}").format(sheet.matter, "（急件）" if sheet.urgent else "")


def titled(sheet: Countersign, wanted: object, who: object = None) -> Markup:
    """The first line of all that is said of it: whose it is, its title, and what is wanted of the reader.

    To the lead unit itself nobody (``) is named before it; otherwise it is the lead unit's.
    """
    return headline(sheet.lead_unit.name if who is None else who, head(sheet), "", wanted)


def units_of(sheet: Countersign) -> str:
    """Whom it goes to, in the order in which they were put down."""
    names = [one.unit.name for one in sheet.current]
    if len(names) <= SHOWN_UNITS:
        return "、".join(names)
    return f"{'、'.join(names[:SHOWN_UNITS])}等{len(names)}个单位"


def limit_of(sheet: Countersign, periods: Periods) -> str:
    """The limit before anybody has received it: 收到后3个工作日内, 12月3日（周四）14:30前."""
    limit = sheet.limit
    if limit.until is not None:
        return f"{say_moment(limit.until, sheet.prepared_at)}前"
    return f"收到后{limit.days or periods.countersign_reply}个工作日内"


def whose_limit(sheet: Countersign) -> str:
    """Said behind a limit that the lead unit has set itself."""
    return "（主办单位要求）" if sheet.limit.own else ""


def due_line(sheet: Countersign, consultation: Consultation, periods: Periods) -> Markup:
    """Until when this unit answers, and how that was counted."""
    due = consultation.due
    if due is None or consultation.delivered_at is None:
        return Markup("期限：请于{}回复{}").format(limit_of(sheet, periods), whose_limit(sheet))
    line = Markup("期限：<b>{}</b>").format(due.label)
    return line + Markup("\n（{}）").format(due.explained) if due.explained else line


def ground(sheet: Countersign, one: Consultation | None = None) -> str:
    """What silence means for this kind, or for this unit, with the article."""
    if one is not None and sheet.reviews(one):
        return no_substitute(sheet.nature)
    if sheet.kind.lapses:
        return SILENCE_IS_CONSENT
    if sheet.kind is CountersignKind.TOPIC:
        return f"协调一致后，须由主要负责人在会签意见上签字。{cite(53)}"
    return f"请示须由主要负责人签署意见。{cite(59)}"


def grounds(sheet: Countersign, asked: Sequence[Unit]) -> list[str]:
    """What the silence of those asked means, for all at once; the legal reviewer's is never consent."""
    if not sheet.kind.lapses or sheet.reviewer is None:
        return [ground(sheet)]
    others = [unit for unit in asked if unit.id != sheet.reviewer.id]
    if len(others) == len(asked):
        return [ground(sheet)]
    return [SILENCE_OF_THE_OTHERS] if others else []


def wants(sheet: Countersign, one: Consultation) -> str:
    """Why the unit's silence does not do, as a clause with the article."""
    if sheet.reviews(one):
        return wants_review(sheet.nature)
    return f"{article(sheet.kind.article)}规定须由主要负责人签字，不因逾期视为同意"


def files(sheet: Countersign, round_: int | None = None) -> list[Markup]:
    """The line that names the files of that version, or of the one that goes round."""
    papers = sheet.papers_now if round_ is None else sheet.papers_of(round_)
    if not papers:
        return []
    return [Markup("文件：") + escape(named(papers))]


def named(papers: Sequence[CountersignPaper]) -> str:
    """《…》、《…》: the files, of many the first, and how many there are."""
    names = "、".join(f"《{clip(paper.name, _LONGEST_NAME)}》" for paper in papers[:_SHOWN_FILES])
    return f"{names}等{len(papers)}件" if len(papers) > _SHOWN_FILES else names


def brief(text: str) -> str:
    """The beginning of an opinion, in one line, among others; whole it stands on its own card."""
    return clip(one_line(text), _BRIEF)


def said(consultation: Consultation) -> str:
    """What a unit says now, in a few words."""
    if consultation.opinion is not None:
        late = "，另有逾期意见" if consultation.late else ""
        return f"{consultation.opinion}{came_of(consultation.objection)}{late}"
    if not consultation.waiting:
        return "不再答复"
    return "待签字" if consultation.draft else "待答复"


def came_of(objection: Objection | None) -> str:
    """What has come of an objection so far, with a comma before it; empty where nothing has."""
    if objection is None:
        return ""
    if objection.dropped:
        return "，已协商一致"
    mediation = objection.mediation
    if mediation is not None and mediation.open:
        return "，协调中"
    if mediation is not None and mediation.decision is not None and not objection.settled_since:
        return f"，协调结果：{mediation.decision}"
    if objection.stand is not None:
        return f"，{objection.stand}"
    return f"，已答复（{objection.reply}）" if objection.reply else ""


def progress(sheet: Countersign) -> str:
    """答复 3/5，延期 1，到期 10月10日(周六补班); the end is the latest one."""
    there = [one for one in sheet.current if one.answer or one.waiting or one.unit.closed_at is None]
    parts = [f"答复 {sum(one.answer is not None for one in there)}/{len(there)}"]
    if extended := sum(one.extended for one in there):
        parts.append(f"延期 {extended}")
    if objecting := sum(one.objects for one in there):
        parts.append(f"不同意见 {objecting}")
    waiting = [one for one in sheet.waiting if one.closes_at is not None]
    if waiting:
        parts.append(f"到期 {max(waiting, key=lambda one: one.closes_at or sheet.prepared_at).due_label}")
    if unreached := sum(one.delivered_at is None for one in sheet.waiting):
        parts.append(f"未送达 {unreached}")
    return "，".join(parts)


def opinion_line(answer: Answer, label: str = "意见") -> Markup:
    """Who said what and when, with the grounds and the files."""
    line = Markup("{}：{}").format(label, answer.done)
    if answer.text:
        line += Markup("\n{}").format(answer.text)
    if answer.papers:
        line += Markup("\n附件：{}").format(named(answer.papers))
    return line


def released_line(sheet: Countersign) -> Markup:
    """Who sent it round, and when."""
    if sheet.released_by is None or sheet.released_at is None:
        return Markup()
    by = acting_title(sheet.released_by, sheet.released_for or sheet.released_by)
    return Markup("送出：{}，{}").format(by, moment_words(sheet.released_at))
