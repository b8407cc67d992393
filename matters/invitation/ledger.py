"""The ledger of invitations (活动邀请台账): its sheets, read from the database."""

from notices.invitation.ledger import ASKED, DETAIL, LEADERS, SUMS, asked_row, detail, leader_row, sums
from notices.ledger import Wanted
from notices.spreadsheet import Column, Sheet
from rules.invitation.ledger import by_kind, by_leader, by_organiser, line
from storage.queries.invitation.ledger import of_ledger
from storage.unit_of_work import UnitOfWork


async def sheets(work: UnitOfWork, wanted: Wanted) -> list[Sheet]:
    """明细, 按领导, and the sums of what `wanted` asks for; its `advance` is told how far the reading is."""
    calendar, periods = await work.calendar(), work.office.settings.periods
    lines = [line(each, calendar, periods) async for each in of_ledger(work, wanted)]
    about = f"活动邀请台账　{wanted.stretch}"
    if wanted.unit:
        about += f"　{wanted.unit.name}"
    first = Sheet("明细", DETAIL, [detail(each, wanted) for each in lines], about)
    by_whom = Sheet(
        "按主办单位", (Column("主办单位", 10, wrap=True), *SUMS), sums(by_organiser(lines)), about
    )
    kinds = Sheet("按类别", (Column("类别", 6), *SUMS), sums(by_kind(lines)), about)
    if wanted.unit is not None:  # how the leaders spend their days is not the unit's business
        return [first, by_whom, kinds]
    asked = [row for each in lines for row in asked_row(each)]
    return [
        first,
        Sheet("按领导明细", ASKED, asked, about),
        Sheet("按领导统计", LEADERS, [leader_row(each) for each in by_leader(lines)], about),
        by_whom,
        kinds,
    ]
