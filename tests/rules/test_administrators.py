"""Who runs the bot: named in the configuration, found on the roster, or the whole office desk."""

import pytest

from rules.administrators import administrators, not_on_roster, require_runs_it, who_runs_it
from rules.refused import Refused
from rules.roster import Official, Role, Roster, Unit, UnitKind

OFFICE = Unit("区政府办公室", "千文区人民政府办公室", UnitKind.OFFICE)
FINANCE = Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT)


def official(number: int, name: str, unit: Unit, role: Role, *, bound: bool = True) -> Official:
    made = Official(name, unit, "职务", role, telegram_id=number if bound else None)
    made.id = number
    return made


CLERK = official(1, "褚秋收", OFFICE, Role.OFFICE_STAFF)
DIRECTOR = official(2, "王列张", OFFICE, Role.OFFICE_DIRECTOR)
UNBOUND = official(3, "冯寒来", OFFICE, Role.OFFICE_STAFF, bound=False)
HEAD = official(4, "陶鳞潜", FINANCE, Role.UNIT_HEAD)
NAMESAKE = official(5, "褚秋收", FINANCE, Role.LIAISON)
ROSTER = Roster([OFFICE, FINANCE], [CLERK, DIRECTOR, UNBOUND, HEAD, NAMESAKE])


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ((), []),
        (("陶鳞潜",), [HEAD]),
        (("褚秋收",), [CLERK, NAMESAKE]),
        (("褚秋收（财政局）", "陶鳞潜", "陶鳞潜"), [NAMESAKE, HEAD]),
        (("千字文",), []),
    ],
)
def test_names_are_found_on_the_roster(names: tuple[str, ...], found: list[Official]) -> None:
    assert administrators(ROSTER, names) == found


def test_a_name_that_nobody_has_is_told_apart() -> None:
    assert not_on_roster(ROSTER, ["陶鳞潜", "千字文", "陶鳞潜(教体局)"]) == ["千字文", "陶鳞潜(教体局)"]


def test_the_desk_runs_it_where_nobody_named_can_be_reached() -> None:
    assert who_runs_it(ROSTER, ["陶鳞潜"]) == [HEAD]
    assert who_runs_it(ROSTER, []) == [CLERK, DIRECTOR]
    assert who_runs_it(ROSTER, ["冯寒来"]) == [CLERK, DIRECTOR]


def test_only_they_and_the_desk_enter_days_off() -> None:
    for may in (CLERK, DIRECTOR, UNBOUND):
        require_runs_it(may, ROSTER, ["陶鳞潜"])
    require_runs_it(HEAD, ROSTER, ["陶鳞潜"])
    with pytest.raises(Refused, match="放假安排由区政府办公室录入"):
        require_runs_it(HEAD, ROSTER, [])
