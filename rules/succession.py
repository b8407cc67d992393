"""What a closed unit (撤并) leaves behind: another unit takes it over, or the office desk ends it (art. 10).

Until then the matter stands still: nobody is nudged for a unit that is no more, and no silence is taken for
consent. What that means for a sheet, a meeting, an event stands in `rules/<procedure>/succession.py`.
"""

from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Role, Roster, Unit, UnitKind

ARTICLE = 10
"""区政府办公室 …负责安排处理区政府日常事务工作: what has lost its unit is the office's to place."""


def successors(roster: Roster) -> list[Unit]:
    """The units that can take something over: those with a head, but the leaders themselves."""
    return [unit for unit in roster.units if unit.kind is not UnitKind.LEADERS and roster.head_of(unit)]


def in_hand(unit: Unit, roster: Roster) -> Official | None:
    """Who has it in hand for the unit that takes over: its liaison, else its head."""
    return next(iter(roster.of(unit, Role.LIAISON)), None) or roster.head_of(unit)


def may_assign(official: Official, unit: Unit | None, *, over: bool) -> None:
    """Refuses whoever is not of the office desk, and what has a unit again or is at its end."""
    if official.role not in OFFICE_DESK:
        raise Refused("单位撤并后的事项由区政府办公室明确承接单位。", ARTICLE)
    if unit is None or unit.closed_at is None:
        by = f"已由{unit.name}承接，" if unit else ""
        raise Refused(f"这件事{by}不必再明确承接单位。")
    if over:
        raise Refused("这件事已经办结、取消或到了时间，不必再明确承接单位。")
