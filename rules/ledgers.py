"""Who may have a ledger (台账) drawn up, of whose matters, and for which time."""

from datetime import date, timedelta

from rules.refused import Refused
from rules.roster import LEADERS, OFFICE_DESK, Official, Role, Unit
from rules.stretch import Stretch
from rules.working_days import DAY

MAY_EXPORT = OFFICE_DESK | LEADERS | {Role.UNIT_HEAD}
"""Roles that find 台账 in their menu."""


def unit_open_to(official: Official, *, for_leaders: bool = False) -> Unit | None:
    """Whose matters they may have listed: the head those of their own unit, the office (None) everybody's.

    The leaders have everybody's too where the ledger is one `for_leaders`.
    """
    if official.role in OFFICE_DESK or (for_leaders and official.role in LEADERS):
        return None
    if official.role is Role.UNIT_HEAD:
        return official.unit
    raise Refused("台账由区政府办公室导出；各单位主要负责人可以导出本单位的。")


def offered_stretches(today: date) -> list[tuple[str, Stretch]]:
    """What the buttons offer on that Shanghai date, each with its label."""
    month = today.replace(day=1)
    last_month = (month - DAY).replace(day=1)
    year = today.year
    return [
        (f"本月（{month.month}月）", Stretch(month, _next_month(month) - DAY)),
        (f"上月（{last_month.month}月）", Stretch(last_month, month - DAY)),
        (f"今年（{year}年）", Stretch(date(year, 1, 1), date(year, 12, 31))),
        (f"去年（{year - 1}年）", Stretch(date(year - 1, 1, 1), date(year - 1, 12, 31))),
        ("全部", Stretch()),
    ]


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
