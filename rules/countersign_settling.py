"""How an objection comes to its end: reply, a stand, mediation by the vice mayor in charge (art. 53)."""

from collections.abc import Collection
from datetime import datetime

from rules.countersign import Countersign, CountersignState
from rules.countersign_consultation import Consultation, Seat
from rules.countersign_objection import Mediation, MediationDecision, Objection, Reply, Stand
from rules.refused import Refused
from rules.roster import Official


def open_objection(sheet: Countersign, consultation: Consultation) -> Objection:
    """The objection that is neither dropped nor mediated; refused where there is none."""
    if sheet.state is not CountersignState.OPEN:
        raise Refused(f"《{sheet.title}》会签{sheet.state}，无需办理。")
    if consultation not in sheet.standing:
        raise Refused(f"《{sheet.title}》已送第{sheet.round}稿，请在新卡片上办理；发「待办」可重新调出。")
    objection = consultation.objection
    if objection is None or not consultation.objects:
        raise Refused(f"{consultation.unit.name}没有尚待协商的不同意见。")
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
    """采纳 / 部分采纳 / 不采纳 by the lead unit; what is not taken over whole needs its reason."""
    sheet.may_lead(official, seat)
    objection = open_objection(sheet, consultation)
    if reply is not Reply.ADOPTED and not text.strip():
        raise Refused(f"{reply}的，请写明理由。", 53)
    if objection.mediation is not None and objection.mediation.decision is None:
        raise Refused("已提请分管副区长协调，请等协调结果。", 53)
    objection.reply, objection.reply_text = reply, text
    objection.replied_by, objection.replied_at = official, now
    objection.stand = objection.settled_by = objection.settled_for = objection.settled_at = None
    return objection


def take_stand(
    sheet: Countersign,
    official: Official,
    consultation: Consultation,
    stand: Stand,
    now: datetime,
    seat: Seat,
) -> Objection:
    """The unit's head signs 无不同意见 after all, or keeps the objection (保留意见). `seat` is the unit's.

    After a mediation a topic still wants his signature (art. 53); 无不同意见 may come at any time.
    """
    if not seat.holds(official):
        raise Refused(f"会签意见须由{consultation.unit.name}主要负责人签字，您不能代签。", 53)
    mediated = consultation.objection is not None and consultation.objection.mediated
    if mediated and stand is Stand.DROPPED and sheet.state is CountersignState.OPEN:
        objection = consultation.objection
    else:
        objection = open_objection(sheet, consultation)
    if objection is None or objection.dropped:
        raise Refused(f"{consultation.unit.name}没有尚待协商的不同意见。")
    if stand is Stand.KEPT and objection.reply is None:
        raise Refused("主办单位尚未答复，意见仍然有效，不必再点。")
    objection.stand, objection.settled_at = stand, now
    objection.settled_by, objection.settled_for = official, seat.acting_for(official)
    return objection


def open_mediation(
    sheet: Countersign,
    official: Official,
    consultations: Collection[Consultation],
    mediator: Official,
    lead_grounds: str,
    now: datetime,
    seat: Seat,
) -> Mediation:
    """发起协调: those still apart go before the vice mayor in charge, with both sides' grounds (art. 53)."""
    sheet.may_lead(official, seat)
    if not lead_grounds.strip():
        raise Refused("请写明主办单位的理据。", 53)
    apart = [open_objection(sheet, one) for one in consultations]
    if not apart:
        raise Refused("没有尚待协调的不同意见。")
    if any(one.mediation is not None and one.mediation.decision is None for one in apart):
        raise Refused("已提请分管副区长协调，不必重复发起。", 53)
    mediation = Mediation(mediator, official, now, lead_grounds)
    sheet.mediations.append(mediation)
    for one in apart:
        one.mediation = mediation
    return mediation


def mediate(
    sheet: Countersign,
    official: Official,
    mediation: Mediation,
    decision: MediationDecision,
    text: str,
    now: datetime,
    stand_in: Official | None = None,
) -> None:
    """The vice mayor in charge decides, or who stands in for him; once."""
    if official not in (mediation.mediator, stand_in):
        raise Refused(f"这项协调由{mediation.mediator.titled}主持，您不能办理。", 53)
    if mediation.decided_by is not None:
        raise Refused(f"这项协调已由{mediation.decided_by.titled}定：{mediation.decision}。")
    if sheet.state is not CountersignState.OPEN:
        raise Refused(f"《{sheet.title}》会签{sheet.state}，无需协调。")
    mediation.decision, mediation.text, mediation.decided_at = decision, text, now
    mediation.decided_by = official
    mediation.decided_for = None if official is mediation.mediator else mediation.mediator
