"""What the clock of 会签 says: nudges, silence that became consent, ends of periods that moved."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from markupsafe import Markup

from notices.card import quoted
from notices.countersign.card import asked, lead
from notices.countersign.words import progress, titled, wants
from notices.notice import Notice
from rules.articles import article, cite
from rules.countersign.clock import Nudge, hour_set, last_at_work, last_day
from rules.countersign.consultation import Channel, Consultation
from rules.countersign.legal import review_article
from rules.countersign.matter import Countersign, CountersignState
from rules.dates.reading import moment_words
from rules.hours import OfficeHours
from rules.periods import Periods
from rules.roster import Official
from rules.working_days import Calendar, shanghai_day

SIXTY_THREE: Final = (
    "文稿内容涉及其他部门职权范围的事项，主办部门应当主动与有关部门协商会签，协办部门要积极配合，除主办部门另有时限要求外，"
    "一般3个工作日内回复意见，特殊情况不能回复的，应主动与主办部门沟通并商定回复时限及方式，逾期不回复的视为无不同意见。"
)
"""Art. 63, the sentence on countersigning, as it stands."""
FIFTY_THREE: Final = "协调一致后，有关部门主要负责人须在会签意见上签字。"
FIFTY_NINE: Final = "涉及其他部门职权的，由主办部门主要负责人与相关部门主要负责人会签或联合报区政府审批。"
TWENTY_ONE: Final = (
    "区政府规范性文件草案，经区司法局合法性审查后，由起草责任部门提请区政府全体会议或常务会议审议决定。"
)
TWENTY_FOUR: Final = (
    "区政府签订行政合同、协议、备忘录等，区政府部门订立需经区政府同意的行政或民事合同、协议、备忘录，"
    "应按规定提交区司法局进行合法性审查。"
)
_QUOTED: Final = {63: SIXTY_THREE, 53: FIFTY_THREE, 59: FIFTY_NINE, 21: TWENTY_ONE, 24: TWENTY_FOUR}


def nudge(
    sheet: Countersign,
    one: Consultation,
    what: Nudge,
    people: Iterable[Official],
    periods: Periods,
    calendar: Calendar,
    hours: OfficeHours,
) -> list[Notice]:
    """The card again to each who has still to act, with what is pressing above it."""
    why, last = _why(sheet, one, what, calendar, hours), what not in (Nudge.DAY_BEFORE, Nudge.MORNING)
    cards = [replace(asked(sheet, one, official, periods, why=why), again=True) for official in people]
    if not last:
        return cards
    number = sheet.article_of(one)
    rule = quoted(f"《工作规则》{article(number)}：“{_QUOTED[number]}”")
    return [replace(card, text=Markup("{}\n{}").format(card.text, rule)) for card in cards]


def _why(sheet: Countersign, one: Consultation, what: Nudge, calendar: Calendar, hours: OfficeHours) -> str:
    due = one.due_label
    if what is Nudge.DAY_BEFORE:
        return f"催办：{one.unit.name}尚未答复，期限{due}。"
    today = _last_time(sheet, one, calendar, hours)
    if what is Nudge.MORNING:
        return f"催办：{today}，{one.unit.name}尚未答复。"
    if what is Nudge.HOUR:
        today = f"主办单位要求{due}前回复"
    end = "" if sheet.lapses(one) else "此件不因逾期视为同意。"
    return f"最后一次催办：{today}，{one.unit.name}尚未答复。{end}"


def _last_time(sheet: Countersign, one: Consultation, calendar: Calendar, hours: OfficeHours) -> str:
    """What is said of today on the last day on which the unit can be reminded."""
    due, until = one.due_label, hour_set(sheet, one)
    last = last_day(one.closes_at) if one.closes_at else None
    if last is not None and until is not None and shanghai_day(until) < last:
        return f"要求的{due}已过，今天是最后一天（{last.month}月{last.day}日24:00后即为逾期）"
    if last is None or last == last_at_work(sheet, one, calendar, hours):
        return f"今天是最后一天（{due}）"
    why = "在上班之前" if calendar.is_working(last) else "是休息日"
    return f"期限{due}{why}，今天是最后一个工作日"


def period_over(
    sheet: Countersign,
    consenting: Sequence[Consultation],
    unsigned: Sequence[Consultation],
    lead_people: Iterable[Official],
    periods: Periods,
) -> list[Notice]:
    """To the lead unit, in one notice: whose silence became consent, and whose signature is late."""
    said = ([_deemed(sheet, consenting)] if consenting else []) + (
        [_unsigned(sheet, unsigned)] if unsigned else []
    )
    return [lead(sheet, official, periods, Markup("\n").join(said)) for official in lead_people]


def _deemed(sheet: Countersign, those: Sequence[Consultation]) -> Markup:
    lines = [Markup("逾期未回复，依{}视为无不同意见：").format(article(sheet.kind.article))]
    lines += [
        Markup("· {}：{}{}，期限{}{}").format(
            one.unit.name,
            moment_words(one.delivered_at) if one.delivered_at else "",
            _reached(one),
            one.due_label,
            "，催办未能送达，已请区政府办公室电话联系" if one.known_unreachable else "",
        )
        for one in those[:_LINES]
    ]
    if len(those) > _LINES:
        lines.append(Markup("……另有{}个单位").format(len(those) - _LINES))
    if not sheet.waiting:
        lines.append(Markup("各单位已全部答复（{}）。").format(progress(sheet)))
    return Markup("\n").join(lines)


_LINES: Final = 12


def _reached(one: Consultation) -> str:
    """送达财政局局长某某, 书面送达财政局办公室某某."""
    on_paper = "书面" if one.channel is Channel.PAPER else ""
    return f"{on_paper}送达{one.delivered_to.titled if one.delivered_to else one.delivery_note}"


def deemed_to_unit(
    sheet: Countersign, one: Consultation, people: Iterable[Official], periods: Periods
) -> list[Notice]:
    """To the unit whose silence it was: what was entered, on what proof, and what it can still do."""
    at = moment_words(one.delivered_at) if one.delivered_at else ""
    why = f"逾期未回复（{at}{_reached(one)}，期限{one.due_label}），依{article(63)}视为无不同意见。"
    if sheet.state is not CountersignState.OPEN:
        why += f"会签已{sheet.state}。"
    elif one.late is None:
        why += "如有意见仍可提交，作为逾期意见转主办单位，由其决定是否重开。"
    else:
        why += "贵单位的逾期意见已转主办单位，由其决定是否重开。"
    return [
        replace(asked(sheet, one, official, periods, why=why), news=True, again=True) for official in people
    ]


def overdue(
    sheet: Countersign, one: Consultation, unit_people: Sequence[Official], periods: Periods
) -> list[Notice]:
    """A signature is missing after the last day: to the unit; who is in charge has a list of theirs."""
    why = f"已逾期（{one.due_label}）：{wants(sheet, one)}。"
    return [replace(asked(sheet, one, official, periods, why=why), again=True) for official in unit_people]


def _unsigned(sheet: Countersign, those: Sequence[Consultation]) -> Markup:
    names = "、".join(one.unit.name for one in those)
    if all(sheet.reviews(one) for one in those):
        what, number = "合法性审查须有明确意见", review_article(sheet.nature)
    else:
        what, number = f"{sheet.kind}须由主要负责人签字", sheet.kind.article
    return Markup("{}逾期未签：{}，不因逾期视为同意，已催其主要负责人，并将逐级报告。{}").format(
        names, what, cite(number)
    )


# ---------------------------------------------------------------- the end of the period moves


def moved(
    sheet: Countersign,
    one: Consultation,
    was: str,
    people: Iterable[Official],
    lead_people: Iterable[Official],
) -> list[Notice]:
    """To the unit and to the lead unit: working days have changed, and with them the end of the period."""
    what = Markup("放假安排有变，{}的答复期限由{}改为<b>{}</b>。").format(one.unit.name, was, one.due_label)
    return _both(sheet, one, what, people, lead_people)


def put_off(
    sheet: Countersign,
    one: Consultation,
    cause: str,
    people: Iterable[Official],
    lead_people: Iterable[Official],
) -> list[Notice]:
    """To the unit and to the lead unit: what an outage took is added back."""
    what = Markup("{}，{}的答复期限顺延至<b>{}</b>。").format(cause, one.unit.name, one.due_label)
    return _both(sheet, one, what, people, lead_people)


def _both(
    sheet: Countersign,
    one: Consultation,
    what: Markup,
    people: Iterable[Official],
    lead_people: Iterable[Official],
) -> list[Notice]:
    text = Markup("{}\n{}\n（{}）").format(titled(sheet, "期限有变"), what, one.due_explained)
    return [
        Notice(official, text, subject="会签期限变动", matter=f"countersign:{sheet.id}", news=True)
        for official in dict.fromkeys([*people, *lead_people])
    ]
