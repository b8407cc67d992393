"""撤销 of what was decided about a sheet: units, lead unit and mediators see it as it stands again."""

from collections.abc import Sequence
from typing import Any

from matters.countersign import mediation
from matters.countersign.show import bring_up_to_date
from matters.undo import Touched
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from rules.refused import Refused
from storage.unit_of_work import UnitOfWork


async def put_back(work: UnitOfWork, id: int, touched: Touched) -> None:
    """Nothing becomes consent by it: whose period is over meanwhile has answered, and cannot unsay that."""
    sheet = await work.lock(Countersign, id)
    those = [one for one in sheet.consultations if _is_of(one, touched)]
    for one in those:
        if one not in sheet.current:
            raise Refused(f"《{sheet.title}》已送第{sheet.round}稿，原答复不能再撤销；请在新卡片上答复。")
        if sheet.may_lapse(one, work.now):
            late = (
                f"{one.unit.name}的答复期限已过，撤销即无从再答，不能撤销；请与{sheet.lead_unit.name}联系。"
            )
            raise Refused(late, sheet.kind.article)
    await bring_up_to_date(work, sheet, *those)
    await mediation.redraw(work, sheet)


def _is_of(one: Consultation, touched: Touched) -> bool:
    own: list[tuple[str, Sequence[Any]]] = [
        ("consultations", [one]),
        ("countersign_answers", one.answers),
        ("countersign_extensions", one.extensions),
        ("countersign_objections", [one.objection] if one.objection else []),
    ]
    return any(part.id in touched.get(table, ()) for table, parts in own for part in parts)
