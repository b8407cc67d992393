"""Proof of delivery on paper, entered by the office where nobody of a unit can be reached (art. 63)."""

from datetime import datetime

from rules.countersign.consultation import Channel, Consultation, Delivery
from rules.countersign.matter import Countersign, CountersignState
from rules.dates.reading import moment_words
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official


def may_record(sheet: Countersign, one: Consultation, official: Official) -> None:
    """Refuses everybody but the office desk, and what is delivered or needs no delivery any more."""
    if official.role not in OFFICE_DESK:
        raise Refused("纸质送达由区政府办公室登记。")
    if sheet.state is not CountersignState.OPEN or one not in sheet.current:
        raise Refused(f"《{sheet.title}》会签{sheet.state}或已送新稿，不必登记送达。")
    if one.delivered_at is not None:
        to = one.delivered_to.titled if one.delivered_to else one.delivery_note
        raise Refused(f"{one.unit.name}已于{moment_words(one.delivered_at)}送达（{to}），不必再登记。")
    if not one.waiting:
        raise Refused(f"{one.unit.name}已经答复，不必登记送达。")


def sent_at(sheet: Countersign, one: Consultation) -> datetime:
    """The minute in which it went round; before that it cannot have been handed over."""
    sent = one.asked_at or sheet.released_at or sheet.prepared_at
    return sent.replace(second=0, microsecond=0)


def on_paper(
    sheet: Countersign, one: Consultation, clerk: Official, at: datetime, to: str, now: datetime
) -> Delivery:
    """The sheet was handed over at that instant, `to` says to whom; the period starts then."""
    may_record(sheet, one, clerk)
    sent = sent_at(sheet, one)
    if at > now:
        raise Refused("送达时间还没有到，请核对。")
    if at < sent:
        raise Refused(f"送达时间早于送会签的时间（{moment_words(sent)}），请核对。")
    return Delivery(at, None, channel=Channel.PAPER, recorded_by=clerk, note=to)
