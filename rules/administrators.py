"""Who runs the bot: whom it asks for next year's days off, and who may answer (办公室规定)."""

from collections.abc import Iterable, Sequence

from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Roster, split_name
from rules.spelling import folded


def administrators(roster: Roster, names: Iterable[str]) -> list[Official]:
    """Those on the roster whom `[office] administrators` names, as 姓名 or 姓名(单位); nobody twice."""
    found: dict[int, Official] = {}
    for written in names:
        name, unit = split_name(written)
        alike = [each for each in roster.officials if folded(each.name) == folded(name)]
        found |= {each.id: each for each in alike if not unit or each.unit.called(unit)}
    return list(found.values())


def not_on_roster(roster: Roster, names: Iterable[str]) -> list[str]:
    """The names written there that nobody in office has, for `banjie check`."""
    return [name for name in names if not administrators(roster, [name])]


def who_runs_it(roster: Roster, names: Iterable[str]) -> list[Official]:
    """The administrators that can be written to; where there are none, whoever can at the office desk."""
    named, desk = administrators(roster, names), roster.desk
    reached = [[each for each in group if each.telegram_id is not None] for group in (named, desk)]
    return reached[0] or reached[1]


def require_runs_it(official: Official, roster: Roster, names: Sequence[str]) -> None:
    """Raises `Refused` where entering days off is not for this official: administrators and the desk do."""
    if official.role not in OFFICE_DESK and official not in administrators(roster, names):
        raise Refused("放假安排由区政府办公室录入，不必由您办理；录入后您的期限有变的，机器人会告诉您。")
