"""What a new roster changes: who and what is new, changed, moved, left or closed.

Who is who is told by `rules.roster_match`; what it cannot tell is in doubt, and neither left nor new.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rules.refused import Refused
from rules.roster import Official, Roster, Unit
from rules.roster_import import BadRow, NewRoster, PersonRow, UnitRow
from rules.roster_match import Answers, Doubt, match_people, match_units, unmatched, without

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

    `moved`: their unit is another one now. `displaced`: what waited for them in their old place or role is no
    longer theirs.
    """

    official: Official
    row: PersonRow
    differences: list[Difference]
    moved: bool
    displaced: bool


@dataclass
class RosterChange:
    """The difference between the roster in force and a new one; nothing is changed by making it.

    As long as there are `doubts` it must not be applied. `people_back` had left and are in office again.
    """

    doubts: list[Doubt[UnitRow, Unit] | Doubt[PersonRow, Official]] = field(default_factory=list)

    units_new: list[UnitRow] = field(default_factory=list)
    units_changed: list[UnitChange] = field(default_factory=list)
    units_closed: list[Unit] = field(default_factory=list)
    people_new: list[PersonRow] = field(default_factory=list)
    people_changed: list[PersonChange] = field(default_factory=list)
    people_left: list[Official] = field(default_factory=list)
    people_back: list[PersonChange] = field(default_factory=list)
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
        people = self.people_new or self.people_changed or self.people_left or self.people_back
        return bool(units or people or self.doubts)


def compare(old: Roster, new: NewRoster, answers: Answers | None = None) -> RosterChange:
    """What taking over the new roster would change in the old one, after what was answered of doubts.

    Refused where an answer names nobody.
    """
    answers = answers or Answers()
    if wrong := unmatched(answers, old, new):
        raise Refused(f"“{wrong[0]}”对不上新旧花名册里的一个单位或一个人；有同名的，请写“姓名(单位)”。")
    units = match_units(old, new, answers)
    people = match_people(old, new, units.known, answers)
    waiting = {doubt.row for doubt in units.doubts}  # with its people: they are asked about after the unit
    change = RosterChange(
        doubts=[*units.doubts, *(doubt for doubt in people.doubts if doubt.row.unit not in waiting)],
        warnings=list(new.warnings),
        known_units=units.known,
        known_people=people.known,
    )
    units_in_doubt = [one for doubt in units.doubts for one in doubt.candidates]
    people_in_doubt = [one for doubt in people.doubts for one in doubt.candidates]
    people_in_doubt += [one for one in old.officials if one.unit in units_in_doubt]
    rows_in_doubt = {
        *waiting,
        *(doubt.row for doubt in people.doubts),
        *(row for row in new.people if row.unit in waiting),
    }
    change.units_new = [r for r in new.units if r not in change.known_units and r not in rows_in_doubt]
    change.units_closed = without(old.units, [*change.known_units.values(), *units_in_doubt])
    change.people_new = [r for r in new.people if r not in change.known_people and r not in rows_in_doubt]
    change.people_left = without(old.officials, [*change.known_people.values(), *people_in_doubt])
    for unit_row, unit in change.known_units.items():
        differences = _unit_differences(old, unit, unit_row, change)
        if differences:
            change.units_changed.append(UnitChange(unit, unit_row, differences))
    for row, official in change.known_people.items():
        moved = change.known_units.get(row.unit) is not official.unit
        differences = _person_differences(old, official, row, change)
        if official.left_at is not None:  # nothing waits for them: what did has gone to others
            change.people_back.append(PersonChange(official, row, differences, moved=False, displaced=False))
        elif differences and row not in rows_in_doubt:
            displaced = moved or row.role is not official.role
            change.people_changed.append(PersonChange(official, row, differences, moved, displaced))

    if len(change.people_left) * _A_WRONG_FILE_PERHAPS > len(old.officials):
        left, all_of_them = len(change.people_left), len(old.officials)
        reason = f"将有{left}人离任并解除绑定（现共{all_of_them}人），请核对是否用错了文件。"
        change.warnings.append(BadRow("", None, reason))
    return change


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
        Difference("姓名", official.name, row.name),
        Difference("职务", official.post, row.post),
        Difference("角色", official.role, row.role),
        Difference("手机", official.phone, row.phone),
    ]
    if change.known_units.get(row.unit) is not official.unit:
        differences.insert(1, Difference("单位", official.unit.name, row.unit.name))
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
