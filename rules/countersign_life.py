"""What befalls a sheet besides the answers: more time, a new version, 撤回, 办结 (art. 53, 61, 63)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from rules.countersign import Countersign, CountersignKind, CountersignState
from rules.countersign_answer import AnswerStatus, CountersignPaper, Opinion
from rules.countersign_consultation import Consultation, Seat
from rules.countersign_due import due_on
from rules.countersign_extension import Extension, ExtensionState
from rules.countersign_round import Round
from rules.dates import say_day
from rules.refused import Refused
from rules.roster import Official, Unit
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
        raise Refused(f"这项延期申请已由{extension.decided_by.titled}答复：{extension.state}。")
    if sheet.state is not CountersignState.OPEN or consultation not in sheet.standing:
        raise Refused(f"《{sheet.title}》会签{sheet.state}或已送新稿，这项申请不必再答复。")
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


# ---------------------------------------------------------------- a new version


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
    """A new version goes to the units picked, to those that object, and to those that have not answered.

    `heads` gives every unit's head now. Earlier answers stay, and count for the units not asked again.
    """
    sheet.may_lead(official, seat)
    if sheet.state is not CountersignState.OPEN:
        raise Refused(f"《{sheet.title}》会签{sheet.state}，不能送新稿。")
    if not papers:
        raise Refused("请附上新稿。")
    number = sheet.round + 1
    before = list(sheet.standing)
    for paper in papers:
        paper.round = number
    sheet.papers += papers
    for one in before:
        if one.unit in again or one.objects or one.waiting:
            one.waiting = False
            fresh = Consultation(one.unit, number, heads.get(one.unit, one.head), asked_at=now, waiting=True)
            sheet.consultations.append(fresh)
    opened = Round(number, now, official, note)
    sheet.rounds.append(opened)
    return opened


# ---------------------------------------------------------------- the end


def withdraw(sheet: Countersign, official: Official, reason: str, now: datetime, seat: Seat) -> None:
    """撤回 by the lead unit at any time before 办结, with the reason."""
    sheet.may_lead(official, seat)
    if sheet.state in (CountersignState.CLOSED, CountersignState.WITHDRAWN):
        raise Refused(f"这份会签{sheet.state}，不能撤回。")
    _end(sheet, CountersignState.WITHDRAWN, official, reason, now)


def close(sheet: Countersign, official: Official, now: datetime, seat: Seat) -> None:
    """办结 once all are in and every objection has its reply; a topic needs agreement (art. 53)."""
    sheet.may_lead(official, seat)
    if sheet.state is not CountersignState.OPEN:
        raise Refused(f"这份会签{sheet.state}，不能办结。")
    if open_ends := not_in(sheet):
        raise Refused(f"还不能办结：{'；'.join(open_ends)}。")
    _end(sheet, CountersignState.CLOSED, official, "", now)


def not_in(sheet: Countersign) -> list[str]:
    """What stands against 办结, one clause each."""
    missing = [f"{one.unit.name}尚未答复" for one in sheet.standing if one.waiting]
    replies = [
        f"{one.unit.name}的不同意见尚未答复"
        for one in sheet.standing
        if one.objects and (one.objection is None or one.objection.reply is None)
    ]
    return missing + replies


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
    found = [f"{one.unit.name}尚未答复" for one in sheet.standing if one.waiting]
    for one in sheet.standing:
        if one.opinion is not Opinion.OBJECTION or (one.objection and one.objection.dropped):
            continue
        if one.objection and one.objection.mediated:
            found.append(f"{one.unit.name}经协调后，主要负责人尚未在会签意见上签字")
        else:
            found.append(f"{one.unit.name}有不同意见，尚未协调一致")
    return found


def _end(sheet: Countersign, state: CountersignState, official: Official, reason: str, now: datetime) -> None:
    sheet.state, sheet.ended_at, sheet.ended_by, sheet.end_reason = state, now, official, reason
    for one in sheet.consultations:
        one.waiting = False
        for extension in one.extensions:
            if extension.state is ExtensionState.ASKED:
                extension.state = ExtensionState.LAPSED


def _for(seat: Seat, official: Official) -> Official | None:
    """Whose place he takes: only who is no one of the unit himself decides for its head."""
    return seat.head if official is seat.stand_in and official is not seat.head else None
