"""What units do to a sheet on plain objects: sign, object, reply, mediate, take a stand, ask anew."""

from datetime import datetime, timedelta

from rules.countersign.answer import CountersignPaper, Opinion
from rules.countersign.consultation import Consultation
from rules.countersign.life import (
    new_round,
)
from rules.countersign.matter import Countersign, CountersignKind
from rules.countersign.objection import Mediation, MediationDecision, Reply, Stand
from rules.countersign.settling import (
    mediate,
    open_mediation,
    reply_to_objection,
    take_stand,
)
from rules.roster import Official, Unit
from tests.countersign_cast import WEDNESDAY, CountersignCast

LATER = WEDNESDAY + timedelta(hours=1)


def sign(
    cast: CountersignCast,
    sheet: Countersign,
    opinion: Opinion = Opinion.NO_OBJECTION,
    *,
    at: int = 0,
    now: datetime = WEDNESDAY,
) -> None:
    """The head of one unit signs its answer."""
    one = sheet.current[at]
    text = "资金来源未明确" if opinion is Opinion.OBJECTION else ""
    sheet.sign(cast.head_of(one.unit), one, opinion, now, seat=cast.seat(one.unit), text=text)


def objected(
    cast: CountersignCast, kind: CountersignKind = CountersignKind.TOPIC
) -> tuple[Countersign, Consultation]:
    """财政局 objects, 人社局 agrees."""
    sheet = cast.sheet(kind)
    sign(cast, sheet, Opinion.OBJECTION, at=0)
    sign(cast, sheet, at=1)
    return sheet, sheet.current[0]


def reply(
    cast: CountersignCast, sheet: Countersign, what: Reply = Reply.NOT_ADOPTED, now: datetime = WEDNESDAY
) -> None:
    one = sheet.current[0]
    reply_to_objection(
        sheet, cast.head_of(cast.housing), one, what, "资金已列入预算", now, cast.seat(cast.housing)
    )


def mediated(
    cast: CountersignCast, sheet: Countersign, decision: MediationDecision | None = None
) -> tuple[Mediation, Official]:
    vice = cast.vice
    lead, seat = cast.head_of(cast.housing), cast.seat(cast.housing)
    mediation = open_mediation(sheet, lead, vice, "已列入预算", WEDNESDAY, seat)
    if decision is not None:
        mediate(sheet, vice, mediation, decision, "按预算办", LATER)
    return mediation, vice


def stand(cast: CountersignCast, sheet: Countersign, what: Stand, now: datetime = WEDNESDAY) -> None:
    one = sheet.current[0]
    take_stand(sheet, cast.head_of(one.unit), one, what, now, cast.seat(one.unit))


def renew(
    cast: CountersignCast,
    sheet: Countersign,
    again: tuple[Unit, ...] = (),
    now: datetime = WEDNESDAY,
    note: str = "",
) -> None:
    new_round(
        sheet,
        cast.head_of(cast.housing),
        cast.seat(cast.housing),
        now,
        papers=[CountersignPaper("file", "二稿.docx")],
        note=note or "补充资金来源",
        again=again,
        heads={},
    )
