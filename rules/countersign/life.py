"""What befalls a sheet besides the answers: more time, 转交, a new version, 撤回, 办结 (art. 53, 61, 63)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from rules.articles import article
from rules.countersign.answer import AnswerStatus, CountersignPaper, Opinion
from rules.countersign.consultation import Consultation, Seat
from rules.countersign.due import due_on
from rules.countersign.extension import Extension, ExtensionState
from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.countersign.round import Round
from rules.dates.reading import say_day
from rules.refused import Refused
from rules.roster import Official, Unit, desk_acts_for
from rules.working_days import Calendar, shanghai_day

# ---------------------------------------------------------------- more time


def may_ask_extension(
    sheet: Countersign, official: Official, consultation: Consultation, seat: Seat, liaisons: list[Official]
) -> None:
    """Who answers for the unit may ask for more time, one request at a time, while its answer is missing."""
    sheet.may_answer(consultation)
    if not seat.holds(official):
        consultation.may_draft(official, liaisons)
    if consultation.deemed:
        raise Refused(
            f"{consultation.unit.name}逾期未回复，已视为无不同意见，不能再申请延期；意见仍可提交。", 63
        )
    if consultation.extension is not None:
        until = say_day(consultation.extension.until)
        raise Refused(f"已申请延期至{until}，主办单位尚未答复。")


def ask_extension(
    sheet: Countersign,
    official: Official,
    consultation: Consultation,
    until: date,
    reason: str,
    now: datetime,
    *,
    seat: Seat,
    liaisons: list[Official],
    calendar: Calendar,
) -> Extension:
    """申请延期 to the end of a working day after the last one; nothing moves before the lead unit agrees."""
    may_ask_extension(sheet, official, consultation, seat, liaisons)
    if not calendar.is_working(until):
        raise Refused(f"{say_day(until, now)}不是工作日，请另选一天。")
    if until < shanghai_day(now):
        raise Refused(f"{say_day(until, now)}已经过去，请另选一天。")
    if consultation.closes_at and due_on(until, calendar).closes_at <= consultation.closes_at:
        raise Refused(f"{say_day(until, now)}不晚于现在的期限（{consultation.due_label}），请另选一天。")
    extension = Extension(until, reason, official, now)
    consultation.extensions.append(extension)
    return extension


def decide_extension(
    sheet: Countersign,
    official: Official,
    consultation: Consultation,
    extension_id: int,
    now: datetime,
    *,
    agree: bool,
    seat: Seat,
    calendar: Calendar,
) -> Extension:
    """同意延期 sets the new day, 不同意延期 leaves the old one. `seat` is the lead unit's.

    Agreed after the silence was taken for consent it brings the unit back in, as long as the day is to come.
    """
    sheet.may_lead(official, seat)
    extension = next((one for one in consultation.extensions if one.id == extension_id), None)
    if extension is None:
        raise Refused("这张卡片已经失效，请发「我的」查看最新情况。")
    if extension.decided_by is not None:
        raise Refused(f"这项延期申请已由{extension.decider}答复：{extension.state}。")
    if extension.decided_at is not None:
        raise Refused(f"所申请的{say_day(extension.until, now)}已过，这项申请未获答复，期限不变。", 63)
    if sheet.state is not CountersignState.OPEN or consultation not in sheet.current:
        raise Refused(f"《{sheet.title}》会签{sheet.state}或已送新稿，这项申请不必再答复。")
    if consultation.unit.closed_at is not None:
        raise Refused(f"{consultation.unit.name}已撤并，这项申请不必再答复。")
    if consultation.opinion not in (None, Opinion.DEEMED) or consultation.late is not None:
        raise Refused(f"{consultation.unit.name}已经答复，这项申请不必再答复。")
    due = due_on(extension.until, calendar)
    if agree and now >= due.closes_at:
        raise Refused(f"{say_day(extension.until, now)}已经过去，不能再同意延期至这一天。")
    extension.state = ExtensionState.AGREED if agree else ExtensionState.REFUSED
    extension.decided_by, extension.decided_for = official, _for(seat, official)
    extension.decided_at = now
    if agree:
        if consultation.answer is not None:
            consultation.answer.status = AnswerStatus.REPLACED
        consultation.waiting = True
        consultation.put_due(due)
    return extension


# ---------------------------------------------------------------- who drafts


def pass_on(
    sheet: Countersign,
    official: Official,
    consultation: Consultation,
    to: Official,
    seat: Seat,
) -> None:
    """转交: the head has somebody of the unit draft the opinion."""
    sheet.may_sign(official, consultation, seat)
    if to.unit is not consultation.unit or to.left_at is not None:
        raise Refused(f"只能转交给{consultation.unit.name}的同志。")
    if to is seat.head or to is official:
        raise Refused("转交给本人没有必要，请直接答复。")
    consultation.passed_to, consultation.passed_by = to, official


# ---------------------------------------------------------------- a new version


def may_renew(sheet: Countersign, official: Official, seat: Seat) -> None:
    """Whoever speaks for the lead unit makes a new version ready; its head sends it (art. 63)."""
    sheet.may_lead(official, seat)
    if sheet.state is not CountersignState.OPEN:
        raise Refused(f"《{sheet.title}》会签{sheet.state}，不能送新稿。")


def always_again(sheet: Countersign) -> list[Unit]:
    """Who is asked again whatever the lead unit picks: who objects, is silent, or reviews the law."""
    return [
        one.unit
        for one in sheet.current
        if one.unit.closed_at is None
        and (
            one.waiting
            or sheet.reviews(one)
            or (
                one.opinion is Opinion.OBJECTION and not (one.objection is not None and one.objection.dropped)
            )
        )
    ]


def asked_again(sheet: Countersign, picked: Collection[int]) -> list[Unit]:
    """Who answers a new version: the units of those ids, and those that always do."""
    always = always_again(sheet)
    there = [one.unit for one in sheet.current if one.unit.closed_at is None]
    return [unit for unit in there if unit.id in picked or unit in always]


def new_round(
    sheet: Countersign,
    official: Official,
    seat: Seat,
    now: datetime,
    *,
    papers: Collection[CountersignPaper],
    note: str,
    again: Collection[Unit],
    heads: Mapping[Unit, Official | None],
) -> Round:
    """A new version goes to the units picked, and to those that are always asked again.

    `heads` gives every unit's head now. Earlier answers stay, and count for the units not asked again. What
    was still open of the version before is overtaken: extensions asked for, a mediation, a topic's readiness.
    """
    may_renew(sheet, official, seat)
    by_head(sheet, official, seat, "送新稿")
    if not papers:
        raise Refused("请附上新稿。")
    number, always = sheet.round + 1, always_again(sheet)
    there = [one for one in sheet.current if one.unit.closed_at is None]
    asked = [one for one in there if one.unit in again or one.unit in always]
    if not asked:
        raise Refused("请选定由哪些单位重新会签。")
    for paper in papers:
        paper.round = number
    sheet.papers = [*sheet.papers, *papers]
    for one in asked:
        one.waiting = False
        _lapse_extensions(one)
        fresh = Consultation(one.unit, number, heads.get(one.unit, one.head), asked_at=now, waiting=True)
        sheet.consultations = [*sheet.consultations, fresh]
    opened = Round(number, now, official, note, seat.acting_for(official))
    sheet.rounds = [*sheet.rounds, opened]
    sheet.new_version, sheet.ready_at = None, None
    overtake(sheet, now)
    return opened


# ---------------------------------------------------------------- the end


def may_withdraw(sheet: Countersign, official: Official, seat: Seat) -> None:
    """Whoever speaks for the lead unit, at any time before 办结."""
    sheet.may_lead(official, seat)
    if sheet.state in (CountersignState.CLOSED, CountersignState.WITHDRAWN):
        raise Refused(f"这份会签{sheet.state}，不能撤回。")


def withdraw(sheet: Countersign, official: Official, reason: str, now: datetime, seat: Seat) -> None:
    """撤回 by the lead unit, with the reason."""
    may_withdraw(sheet, official, seat)
    _end(sheet, CountersignState.WITHDRAWN, official, reason, now)
    sheet.ended_for = _for(seat, official)


def may_close(sheet: Countersign, official: Official, seat: Seat) -> None:
    """The lead unit's head, once all are in and every objection has been dealt with."""
    sheet.may_lead(official, seat)
    if sheet.state is not CountersignState.OPEN:
        raise Refused(f"这份会签{sheet.state}，不能办结。")
    if not desk_acts_for(sheet.lead_unit, official):
        by_head(sheet, official, seat, "办结")
    if open_ends := obstacles_to_closing(sheet):
        raise Refused(f"还不能办结：{'；'.join(open_ends)}。")


def close(sheet: Countersign, official: Official, now: datetime, seat: Seat) -> None:
    """办结. What is left apart stands on the 会签单, and keeps a topic out of the meeting."""
    may_close(sheet, official, seat)
    _end(sheet, CountersignState.CLOSED, official, "", now)
    sheet.ended_for = seat.acting_for(official)


def obstacles_to_closing(sheet: Countersign) -> list[str]:
    """What stands against 办结, one clause each."""
    found = _missing(sheet) + _by_phone(sheet)
    for one in sheet.current:
        if one.objects and (one.objection is None or one.objection.reply is None):
            found.append(f"{one.unit.name}的不同意见尚未答复")
        elif one.objects and one.objection and one.objection.mediation and one.objection.mediation.open:
            found.append(f"{one.unit.name}的不同意见正在协调")
        elif one.objects and one.objection and one.objection.stand is None and one.unit.closed_at is None:
            found.append(f"{one.unit.name}对主办单位的答复尚未表态")
        elif sheet.kind is CountersignKind.TOPIC and _unsigned(one):
            found.append(f"{one.unit.name}经协调后，主要负责人尚未在会签意见上签字")
        elif missing := unreviewed(sheet, one):
            found.append(missing)
    return found


def unreviewed(sheet: Countersign, one: Consultation) -> str:
    """What is wanting of the reviewer's own positive word, in one clause; empty where nothing is.

    Neither silence nor a mediation stands for it (art. 21, 24, 53; 国办发〔2018〕115号 二(七)).
    """
    passed = one.opinion is Opinion.NO_OBJECTION or (one.objection is not None and one.objection.dropped)
    gone = one.unit.closed_at is not None
    before = gone and one.round < sheet.round  # it passed a version that goes round no more
    if not sheet.reviews(one) or one.waiting or (passed and not before):
        return ""
    name, asked = one.unit.name, f"（{article(sheet.article_of(one))}）"
    if gone:
        return f"{name}已撤并，待区政府办公室明确合法性审查单位{asked}"
    if one.late is not None:
        return f"{name}逾期的合法性审查意见尚未重开{asked}"
    if one.deemed:
        return f"{name}的“{Opinion.DEEMED}”不能代替合法性审查，请其补签意见{asked}"
    return f"{name}合法性审查没有同意，请按其意见送新稿{asked}"


def late_objections(sheet: Countersign) -> list[Consultation]:
    """Who objected after its silence had been taken for consent, and was not taken in (重开, art. 63)."""
    return [one for one in sheet.current if one.late is not None and one.late.opinion is Opinion.OBJECTION]


def obstacles(sheet: Countersign) -> list[str]:
    """What stands against a topic being marked ready for a meeting (art. 53), one clause each; none: ready.

    After a mediation the head still has to sign: 协调一致后，有关部门主要负责人须在会签意见上签字.
    """
    if sheet.kind is not CountersignKind.TOPIC:
        return [f"《{sheet.title}》是{sheet.kind}，不是议题"]
    if sheet.state is CountersignState.WITHDRAWN:
        return [f"《{sheet.title}》会签已撤回"]
    if not sheet.rounds:
        return [f"《{sheet.title}》尚未送会签"]
    found = _missing(sheet) + _by_phone(sheet)
    for one in sheet.current:
        if one.opinion is not Opinion.OBJECTION or (one.objection and one.objection.dropped):
            if missing := unreviewed(sheet, one):
                found.append(missing)
            continue
        if _unsigned(one):
            found.append(f"{one.unit.name}经协调后，主要负责人尚未在会签意见上签字")
        elif one.unit.closed_at is None or one.objects:  # who is no more cannot sign what was mediated
            found.append(f"{one.unit.name}有不同意见，尚未协调一致")
    return found


def mark_ready(sheet: Countersign, official: Official, seat: Seat, now: datetime) -> None:
    """The lead unit's head says that the topic may go before a meeting; refused while anything is apart."""
    sheet.may_lead(official, seat)
    if sheet.ready_at is not None:
        raise Refused("这项议题已报区政府办公室，可以提交会议。")
    by_head(sheet, official, seat, "报请上会")
    if found := obstacles(sheet):
        raise Refused(f"还不能提交会议：{'；'.join(found)}。", 53)
    sheet.ready_at = now


def by_head(sheet: Countersign, official: Official, seat: Seat, what: str) -> None:
    """Refuses everybody but the lead unit's head and who stands in for them (art. 53, 59, 63)."""
    if not seat.holds(official):
        raise Refused(f"{what}须由{sheet.lead_unit.name}主要负责人办理，您不能代办。", sheet.kind.article)


def overtake(sheet: Countersign, now: datetime) -> None:
    """Mediations of which nothing is left to decide are at their end."""
    apart = {
        one.objection.mediation
        for one in sheet.current
        if sheet.state is CountersignState.OPEN and one.objects and one.objection and one.objection.mediation
    }
    for mediation in sheet.mediations:
        if mediation.open and mediation not in apart:
            mediation.moot_at = now


def _missing(sheet: Countersign) -> list[str]:
    return [f"{one.unit.name}尚未答复" for one in sheet.current if one.waiting]


def _by_phone(sheet: Countersign) -> list[str]:
    """Answers by phone where the head has to sign (art. 53, 59)."""
    return [
        f"{one.unit.name}系电话答复，主要负责人尚未签字"
        for one in sheet.current
        if sheet.unsigned(one) and one.opinion is Opinion.NO_OBJECTION and one.unit.closed_at is None
    ]


def _unsigned(one: Consultation) -> bool:
    """Mediated, and the head has said nothing since."""
    objection = one.objection
    return (
        one.opinion is Opinion.OBJECTION
        and one.unit.closed_at is None
        and objection is not None
        and objection.mediated
        and not objection.settled_since
    )


def _end(sheet: Countersign, state: CountersignState, official: Official, reason: str, now: datetime) -> None:
    sheet.state, sheet.ended_at, sheet.ended_by, sheet.end_reason = state, now, official, reason
    sheet.new_version = None
    for one in sheet.consultations:
        one.waiting = False
        _lapse_extensions(one)
    overtake(sheet, now)


def recordable(sheet: Countersign) -> list[Consultation]:
    """Whose answer may be entered by the office: missing, or taken from silence; refused where nobody's may.

    A unit that is no more gives none: what it said, or did not say, before it was closed stays.
    """
    found = [one for one in sheet.current if one.waiting or one.deemed]
    there = [one for one in found if one.unit.closed_at is None]
    if not there and found:
        gone = "、".join(one.unit.name for one in found)
        raise Refused(f"{gone}已撤并，没有可代录的；职能由其他单位承接的，请主办单位另行征求其意见。")
    if not there:
        raise Refused("各单位均已答复，没有可代录的。")
    return there


def leave_out(one: Consultation) -> None:
    """The unit is no more: nothing is asked of it, and what it asked for needs no answer."""
    one.waiting = False
    _lapse_extensions(one)


def _lapse_extensions(one: Consultation) -> None:
    for extension in one.extensions:
        if extension.state is ExtensionState.ASKED:
            extension.state = ExtensionState.LAPSED


def _for(seat: Seat, official: Official) -> Official | None:
    """Whose place they take: only who is no one of the unit themselves decides for its head."""
    return seat.head if official is seat.stand_in and official is not seat.head else None
