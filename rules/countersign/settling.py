"""How an objection comes to its end: reply, a stand, mediation by the vice mayor in charge (art. 53)."""

from collections.abc import Collection
from datetime import datetime

from rules.countersign.consultation import Consultation, Seat
from rules.countersign.life import by_head, overtake
from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.countersign.objection import Mediation, MediationDecision, Objection, Reply, Stand
from rules.refused import Refused
from rules.roster import Official, Roster


def open_objection(sheet: Countersign, consultation: Consultation) -> Objection:
    """The objection that is neither dropped nor mediated; refused where there is none."""
    _still_stands(sheet, consultation)
    objection = consultation.objection
    if objection is None or not consultation.objects:
        raise Refused(f"{consultation.unit.name}没有尚待协商的不同意见。")
    return objection


def _still_stands(sheet: Countersign, consultation: Consultation) -> None:
    if sheet.state is not CountersignState.OPEN:
        raise Refused(f"《{sheet.title}》会签{sheet.state}，无需办理。")
    if consultation not in sheet.current:
        raise Refused(f"《{sheet.title}》已送第{sheet.round}稿，请在新卡片上办理；发「待办」可重新调出。")


# ---------------------------------------------------------------- the lead unit's reply


def may_reply(sheet: Countersign, official: Official, consultation: Consultation, seat: Seat) -> Objection:
    """Who speaks for the lead unit, while nobody else has it in hand. `seat` is the lead unit's."""
    sheet.may_lead(official, seat)
    objection = open_objection(sheet, consultation)
    if objection.mediation is not None and objection.mediation.open:
        raise Refused(f"已提请{objection.mediation.mediator.titled}协调，请等协调结果。", 53)
    return objection


def reply_to_objection(
    sheet: Countersign,
    official: Official,
    consultation: Consultation,
    reply: Reply,
    text: str,
    now: datetime,
    seat: Seat,
) -> Objection:
    """采纳 / 部分采纳 / 不采纳 by the lead unit; what is not taken over whole needs its reason.

    From its head it is the reply, which wants the unit's stand anew; from others a draft for them to give.
    """
    objection = may_reply(sheet, official, consultation, seat)
    if reply is not Reply.ADOPTED and not text.strip():
        raise Refused(f"{reply}的，请写明理由。", 53)
    if not seat.holds(official):
        objection.draft_reply, objection.draft_text = reply, text
        objection.drafted_by, objection.drafted_at = official, now
        return objection
    objection.reply, objection.reply_text = reply, text
    objection.replied_by, objection.replied_for = official, seat.acting_for(official)
    objection.replied_at = now
    objection.draft_reply, objection.draft_text = None, ""
    objection.stand = objection.settled_by = objection.settled_for = objection.settled_at = None
    return objection


def reply_as_drafted(
    sheet: Countersign, official: Official, consultation: Consultation, stamp: int, now: datetime, seat: Seat
) -> Objection:
    """The lead unit's head gives the reply that was drafted; another than they saw they do not give."""
    objection = may_reply(sheet, official, consultation, seat)
    by_head(sheet, official, seat, "答复不同意见")
    if objection.draft_reply is None or draft_stamp(objection) != stamp:
        raise Refused("代拟答复已有变化，请看最新卡片再办理。")
    return reply_to_objection(
        sheet, official, consultation, objection.draft_reply, objection.draft_text, now, seat
    )


def draft_stamp(objection: Objection) -> int:
    """Tells one drafted reply from the next, for a button."""
    return int(objection.drafted_at.timestamp() * 10) % 10**9 if objection.drafted_at else 0


# ---------------------------------------------------------------- the unit's stand


def may_stand(sheet: Countersign, official: Official, consultation: Consultation, seat: Seat) -> Objection:
    """The unit's head, while the objection is open; for a topic once more after the mediation (art. 53).

    `seat` is the unit's.
    """
    if not seat.holds(official):
        raise Refused(f"会签意见须由{consultation.unit.name}主要负责人签字，您不能代签。", 53)
    _still_stands(sheet, consultation)
    objection = consultation.objection
    if objection is not None and objection.dropped:
        raise Refused(f"{consultation.unit.name}已签署{Stand.DROPPED}，不必再点。")
    if objection is not None and objection.mediated and sheet.kind is CountersignKind.TOPIC:
        return objection
    return open_objection(sheet, consultation)


def take_stand(
    sheet: Countersign,
    official: Official,
    consultation: Consultation,
    stand: Stand,
    now: datetime,
    seat: Seat,
) -> Objection:
    """The unit's head signs 无不同意见 after all, at any time, or keeps the objection after a reply."""
    objection = may_stand(sheet, official, consultation, seat)
    if stand is Stand.KEPT and objection.reply is None:
        raise Refused("主办单位尚未答复，意见仍然有效，不必再点。")
    if (
        stand is Stand.KEPT
        and objection.stand is Stand.KEPT
        and (not objection.mediated or objection.settled_since)
    ):
        raise Refused("已记录保留意见，不必再点。")
    objection.stand, objection.settled_at = stand, now
    objection.settled_by, objection.settled_for = official, seat.acting_for(official)
    overtake(sheet, now)
    return objection


# ---------------------------------------------------------------- mediation


def mediator_of(
    sheet: Countersign, apart: Collection[Consultation], seat: Seat, roster: Roster
) -> tuple[Official, str]:
    """Who mediates, and in words why it is not the vice mayor in charge of the lead unit, where it is not.

    Nobody mediates in a matter they have signed for one of the sides: then the executive vice mayor does,
    else the mayor; likewise where the lead unit has no vice mayor in charge.
    """
    sides = sides_of(sheet, apart, seat)
    in_charge = roster.in_charge_of(sheet.lead_unit)
    if in_charge is not None and in_charge not in sides:
        return in_charge, ""
    why = (
        f"{in_charge.titled}已代一方签署，"
        if in_charge is not None
        else f"花名册中没有{sheet.lead_unit.name}的分管副区长，"
    )
    for candidate in (roster.executive_vice_mayor, roster.mayor):
        if candidate is not None and candidate not in sides:
            return candidate, f"{why}由{candidate.titled}协调。"
    raise Refused(f"{why}也没有其他领导可以协调，请报区政府办公室。", 53)


def sides_of(sheet: Countersign, apart: Collection[Consultation], seat: Seat) -> set[Official]:
    """Whoever has signed for one of the sides, or may now."""
    signed = [one.answer.signer for one in apart if one.answer is not None]
    settled = [one.objection.settled_by for one in apart if one.objection is not None]
    return {one for one in (seat.signer, sheet.released_by, *signed, *settled) if one is not None}


def apart_of(sheet: Countersign) -> list[Consultation]:
    """Those that may go before the vice mayor: they object, and have had the lead unit's reply."""
    return [
        one
        for one in sheet.current
        if one.objects
        and one.objection is not None
        and one.objection.reply is not None
        and not (one.objection.mediation is not None and one.objection.mediation.open)
    ]


def may_open_mediation(sheet: Countersign, official: Official, seat: Seat) -> list[Consultation]:
    """发起协调 is the lead unit's head's, once every objection has had its reply; gives those still apart."""
    sheet.may_lead(official, seat)
    if sheet.state is not CountersignState.OPEN:
        raise Refused(f"《{sheet.title}》会签{sheet.state}，无需办理。")
    by_head(sheet, official, seat, "发起协调")
    open_ones = [one for one in sheet.current if one.objects]
    if not open_ones:
        raise Refused("没有尚待协调的不同意见。")
    unanswered = [one.unit.name for one in open_ones if one.objection is None or one.objection.reply is None]
    if unanswered:
        raise Refused(f"请先答复{'、'.join(unanswered)}的不同意见，仍有分歧的再提请协调。", 53)
    apart = apart_of(sheet)
    if not apart:
        raise Refused("已提请协调，不必重复发起。", 53)
    return apart


def open_mediation(
    sheet: Countersign,
    official: Official,
    mediator: Official,
    lead_grounds: str,
    now: datetime,
    seat: Seat,
) -> Mediation:
    """发起协调: those still apart go before the vice mayor in charge, with both sides' grounds (art. 53)."""
    apart = may_open_mediation(sheet, official, seat)
    if not lead_grounds.strip():
        raise Refused("请写明主办单位的理据。", 53)
    mediation = Mediation(mediator, official, now, lead_grounds)
    sheet.mediations = [*sheet.mediations, mediation]
    for one in apart:
        if one.objection is not None:
            one.objection.mediation = mediation
    return mediation


def parties(sheet: Countersign, mediation: Mediation) -> list[Consultation]:
    """The units whose objections it is about."""
    return [
        one
        for one in sheet.consultations
        if one.objection is not None and one.objection.mediation is mediation
    ]


def mediation_of(sheet: Countersign, id: int) -> Mediation:
    """The one of that id; refused where a button names one that is not on this sheet."""
    found = next((one for one in sheet.mediations if one.id == id), None)
    if found is None:
        raise Refused("这张卡片已经失效，请发「待办」查看最新事项。")
    return found


def may_mediate(
    sheet: Countersign, official: Official, mediation: Mediation, stand_in: Official | None = None
) -> None:
    """The vice mayor in charge, or who stands in for them; once, and while there is something to decide."""
    mediation.require(official, stand_in)
    if sheet.state is not CountersignState.OPEN:
        raise Refused(f"《{sheet.title}》会签{sheet.state}，无需协调。")
    if mediation.moot_at is not None:
        raise Refused(f"《{sheet.title}》的分歧已不存在，无需再协调。")


def mediate(
    sheet: Countersign,
    official: Official,
    mediation: Mediation,
    decision: MediationDecision,
    text: str,
    now: datetime,
    stand_in: Official | None = None,
) -> None:
    """They decide for one side, or has it looked into further (另行研究)."""
    may_mediate(sheet, official, mediation, stand_in)
    mediation.decision, mediation.text = decision, text
    mediation.decided_by, mediation.decided_at = official, now


def call_meeting(
    sheet: Countersign,
    official: Official,
    mediation: Mediation,
    what: str,
    stand_in: Official | None = None,
) -> None:
    """They have both sides come to a special meeting first (art. 51 (二)); the decision is still theirs."""
    may_mediate(sheet, official, mediation, stand_in)
    mediation.meeting = what
