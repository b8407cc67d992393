"""What a new roster changes: who and what is new, changed, moved, left or closed.

A unit is known again by its short name, else by its full name. An official is known again by name and
unit, else by name alone if just one of that name is missing and just one has appeared: he moved, and
keeps his binding.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from rules.roster import Official, Roster, Unit
from rules.roster_import import BadRow, NewRoster, PersonRow, UnitRow

Item = TypeVar("Item")

_A_WRONG_FILE_PERHAPS = 3  # more than one in three leaving at once is asked about


@dataclass(frozen=True)
class Difference:
    """One field of one unit or official, as people read it; empty text means none."""

    field: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.field} {self.before or '（无）'} → {self.after or '（无）'}"


@dataclass(eq=False)
class UnitChange:
    """A unit that stays, and what differs."""

    unit: Unit
    row: UnitRow
    differences: list[Difference]


@dataclass(eq=False)
class PersonChange:
    """An official who stays, and what differs.

    `moved`: his unit is another one now. `displaced`: what waited for him in his old place or role is no
    longer his.
    """

    official: Official
    row: PersonRow
    differences: list[Difference]
    moved: bool
    displaced: bool


@dataclass
class RosterChange:
    """The difference between the roster in force and a new one; nothing is changed by making it."""

    units_new: list[UnitRow] = field(default_factory=list)
    units_changed: list[UnitChange] = field(default_factory=list)
    units_closed: list[Unit] = field(default_factory=list)
    people_new: list[PersonRow] = field(default_factory=list)
    people_changed: list[PersonChange] = field(default_factory=list)
    people_left: list[Official] = field(default_factory=list)
    warnings: list[BadRow] = field(default_factory=list)
    known_units: dict[UnitRow, Unit] = field(default_factory=dict)
    known_people: dict[PersonRow, Official] = field(default_factory=dict)

    @property
    def people_moved(self) -> list[PersonChange]:
        """Those who went to another unit."""
        return [change for change in self.people_changed if change.moved]

    @property
    def displaced(self) -> list[Official]:
        """Everybody whose waiting matters must find another way: left, moved or in another role."""
        return [*self.people_left, *(change.official for change in self.people_changed if change.displaced)]

    def __bool__(self) -> bool:
        """Whether anything would change at all."""
        units = self.units_new or self.units_changed or self.units_closed
        return bool(units or self.people_new or self.people_changed or self.people_left)


def compare(old: Roster, new: NewRoster) -> RosterChange:
    """What taking over the new roster would change in the old one."""
    change = RosterChange(warnings=list(new.warnings))
    change.known_units = _known_units(old, new)
    change.known_people = _known_people(old, new, change)

    change.units_new = [row for row in new.units if row not in change.known_units]
    change.units_closed = _without(old.units, change.known_units.values())
    change.people_new = [row for row in new.people if row not in change.known_people]
    change.people_left = _without(old.officials, change.known_people.values())
    for unit_row, unit in change.known_units.items():
        differences = _unit_differences(old, unit, unit_row, change)
        if differences:
            change.units_changed.append(UnitChange(unit, unit_row, differences))
    for row, official in change.known_people.items():
        moved = change.known_units.get(row.unit) is not official.unit
        differences = _person_differences(old, official, row, change)
        if differences:
            displaced = moved or row.role is not official.role
            change.people_changed.append(PersonChange(official, row, differences, moved, displaced))

    if len(change.people_left) * _A_WRONG_FILE_PERHAPS > len(old.officials):
        left, all_of_them = len(change.people_left), len(old.officials)
        reason = f"将有{left}人离任并解除绑定（现共{all_of_them}人），请核对是否用错了文件。"
        change.warnings.append(BadRow("", None, reason))
    return change


def _known_units(old: Roster, new: NewRoster) -> dict[UnitRow, Unit]:
    by_name = {unit.name: unit for unit in old.units}
    known = {row: by_name[row.name] for row in new.units if row.name in by_name}
    by_full_name = {unit.full_name: unit for unit in _without(old.units, known.values())}
    renamed = {
        row: by_full_name[row.full_name]
        for row in new.units
        if row not in known and row.full_name in by_full_name
    }
    return {row: unit for row in new.units if (unit := known.get(row) or renamed.get(row))}


def _known_people(old: Roster, new: NewRoster, change: RosterChange) -> dict[PersonRow, Official]:
    """Who in the new roster is who in the old one."""
    by_place = {(official.name, official.unit): official for official in old.officials}
    known: dict[PersonRow, Official] = {}
    appeared: defaultdict[str, list[PersonRow]] = defaultdict(list)
    for row in new.people:
        unit = change.known_units.get(row.unit)
        official = by_place.get((row.name, unit)) if unit else None
        if official:
            known[row] = official
        else:
            appeared[row.name].append(row)

    missing: defaultdict[str, list[Official]] = defaultdict(list)
    for official in _without(old.officials, known.values()):
        missing[official.name].append(official)
    for name, rows in appeared.items():
        if len(rows) == len(missing[name]) == 1:
            row, official = rows[0], missing[name][0]
            if _another_person(official, row):
                reason = (
                    f"与原{official.unit.name}“{name}”同名而手机不同，按两人处理：前者离任，后者重新绑定。"
                )
                change.warnings.append(BadRow("人员", row.row, reason))
            else:
                known[row] = official
        elif missing[name]:
            reason = f"“{name}”有多人同名变动，无法辨认谁调到了哪里，按离任和新增处理，须重新绑定。"
            change.warnings.append(BadRow("人员", rows[0].row, reason))
    return {row: known[row] for row in new.people if row in known}


def _another_person(official: Official, row: PersonRow) -> bool:
    """A namesake with another phone in another unit: a binding must not fall to a stranger."""
    return bool(official.phone and row.phone and official.phone != row.phone)


def _unit_differences(old: Roster, unit: Unit, row: UnitRow, change: RosterChange) -> list[Difference]:
    before = old.by_id(unit.portfolio_id)
    differences = [
        Difference("单位", unit.name, row.name),
        Difference("全称", unit.full_name, row.full_name),
        Difference("类别", unit.kind, row.kind),
    ]
    return [*_real(differences), *_another("分管领导", before, row.portfolio, change)]


def _person_differences(
    old: Roster, official: Official, row: PersonRow, change: RosterChange
) -> list[Difference]:
    before = old.by_id(official.backup_id)
    differences = [
        Difference("职务", official.post, row.post),
        Difference("角色", official.role, row.role),
        Difference("手机", official.phone, row.phone),
    ]
    if change.known_units.get(row.unit) is not official.unit:
        differences.insert(0, Difference("单位", official.unit.name, row.unit.name))
    return [*_real(differences), *_another("补位", before, row.backup, change)]


def _real(differences: Iterable[Difference]) -> list[Difference]:
    return [difference for difference in differences if difference.before != difference.after]


def _another(
    heading: str, before: Official | None, after: PersonRow | None, change: RosterChange
) -> list[Difference]:
    """The difference if a reference now names another person; a mere namesake counts as another."""
    if (change.known_people.get(after) if after else None) is before and (after is None) == (before is None):
        return []
    return [Difference(heading, before.name if before else "", after.name if after else "")]


def _without(everything: Iterable[Item], some: Iterable[Item]) -> list[Item]:
    gone = set(some)
    return [item for item in everything if item not in gone]
