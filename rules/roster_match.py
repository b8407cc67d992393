"""Who in a new roster is who in the old one: a correction is not a departure.

What a row shares with an official decides. Where that leaves no doubt they are the same; where it may be a
correction as well as somebody new it is a `Doubt`, and nothing is taken over before a person has answered it:
a binding must neither be lost to a slip of the pen nor fall to a stranger. Who has left may come back, having
been taken off by mistake perhaps: that is never without doubt.
"""

import difflib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from rules.roster import Official, Roster, Unit
from rules.roster_cells import is_mobile
from rules.roster_import import NewRoster, PersonRow, UnitRow
from rules.spelling import folded, same

Row = TypeVar("Row", UnitRow, PersonRow)
Old = TypeVar("Old", Unit, Official)
Item = TypeVar("Item", bound=Hashable)

_ALIKE = 0.5  # half of the characters of two names are the same


@dataclass(frozen=True)
class Doubt(Generic[Row, Old]):
    """A row that may be one of the `candidates`, corrected, or somebody (something) new.

    `name` and `names` are how row and candidates are to be written in an answer.
    """

    row: Row
    candidates: tuple[Old, ...]
    why: str
    name: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Answers:
    """What a person has said of doubts: pairs (name in the new roster, name in the old), and who is new.

    Names as files write them, 姓名(单位) where two share a name.
    """

    same: Sequence[tuple[str, str]] = ()
    new: Sequence[str] = ()


@dataclass
class Match(Generic[Row, Old]):
    """The rows whose unit or official is known, and those in doubt."""

    known: dict[Row, Old] = field(default_factory=dict)
    doubts: list[Doubt[Row, Old]] = field(default_factory=list)


def match_units(old: Roster, new: NewRoster, answers: Answers) -> Match[UnitRow, Unit]:
    """By short name, else by full name, else by the people in it."""
    match: Match[UnitRow, Unit] = Match(dict(_told(answers, new.units, [old.units], _unit_names)))
    by_short = _one_each(match, new.units, old.units, lambda row, unit: same(row.name, unit.name))
    by_full = _one_each(match, new.units, old.units, lambda row, unit: same(row.full_name, unit.full_name))
    for row, unit in by_short.items():
        other = by_full.get(row)
        if other in (None, unit) or other in by_short.values():
            match.known[row] = unit
        else:
            why = "简称同前者，全称同后者"
            match.doubts.append(_doubt(row, [unit, by_full[row]], why, new.units, old.units))
    in_doubt = {doubt.row for doubt in match.doubts}
    taken = {*match.known.values(), *(one for doubt in match.doubts for one in doubt.candidates)}
    for row, unit in by_full.items():
        if row not in match.known and row not in in_doubt and unit not in taken:
            match.known[row] = unit
            taken.add(unit)
    rows = [row for row in new.units if row not in match.known and row not in in_doubt]
    units = [unit for unit in old.units if unit not in taken]
    _by_people(match, old, new, rows, units)
    match.doubts = [doubt for doubt in match.doubts if not _is_new(answers, _unit_names(doubt.row))]
    return match


def _by_people(
    match: Match[UnitRow, Unit], old: Roster, new: NewRoster, rows: Sequence[UnitRow], units: Sequence[Unit]
) -> None:
    """Units renamed in both names: the same people in it, or names that are alike where nobody is."""
    near = {row: [unit for unit in units if _near(old, new, unit, row)] for row in rows}
    for row, candidates in near.items():
        alone = len(candidates) == 1 and sum(candidates[0] in others for others in near.values()) == 1
        if alone and _all_else_the_same(old, new, candidates[0], row):
            match.known[row] = candidates[0]
        elif candidates:
            names = "、".join(f"“{unit.name}”" for unit in candidates)
            shared = any(_shared(old, new, unit, row) for unit in candidates)
            why = f"与{names}{'有相同的人员' if shared else '名称相近'}"
            match.doubts.append(_doubt(row, candidates, why, new.units, old.units))


def _near(old: Roster, new: NewRoster, unit: Unit, row: UnitRow) -> bool:
    theirs, ours = old.of(unit), [person for person in new.people if person.unit is row]
    if theirs and ours:
        return 2 * _shared(old, new, unit, row) >= min(len(theirs), len(ours))
    return alike(unit.name, row.name) and alike(unit.full_name, row.full_name)


def _all_else_the_same(old: Roster, new: NewRoster, unit: Unit, row: UnitRow) -> bool:
    ours = [person for person in new.people if person.unit is row]
    portfolio = old.in_charge_of(unit)
    led_alike = (portfolio.name if portfolio else "", row.portfolio.name if row.portfolio else "")
    everybody = len(old.of(unit)) == len(ours) == _shared(old, new, unit, row) > 0
    return everybody and unit.kind is row.kind and same(*led_alike)


def _shared(old: Roster, new: NewRoster, unit: Unit, row: UnitRow) -> int:
    """How many of the unit's people stand under the row."""
    ours = [person for person in new.people if person.unit is row]
    return sum(any(_one_person(official, person) for person in ours) for official in old.of(unit))


def _one_person(official: Official, person: PersonRow) -> bool:
    if same(official.name, person.name):
        return not (official.phone and person.phone) or official.phone == person.phone
    return _shares_mobile(official, person) and alike(official.name, person.name)


# ---------------------------------------------------------------- people


def match_people(
    old: Roster, new: NewRoster, units: dict[UnitRow, Unit], answers: Answers
) -> Match[PersonRow, Official]:
    """By name and unit; the rest by what else they share, and then by what those who have left shared."""
    gone = may_return(old)
    told = _told(answers, new.people, [old.officials, gone], _person_names)
    match: Match[PersonRow, Official] = Match(dict(told))
    in_place = _one_each(
        match,
        new.people,
        old.officials,
        lambda row, one: same(row.name, one.name) and units.get(row.unit) is one.unit,
    )
    for row, official in in_place.items():
        if not _another_in_his_place(official, row):
            match.known[row] = official
    rows = [row for row in new.people if row not in match.known]
    people = without(old.officials, match.known.values())
    sure = {row: [one for one in people if _surely(one, row, units)] for row in rows}
    for row, found in sure.items():
        if len(found) == 1 and sum(found[0] in others for others in sure.values()) == 1:
            match.known[row] = found[0]
    people = without(people, match.known.values())
    for row in rows:
        if row not in match.known and not _is_new(answers, _person_names(row)):
            near = [one for one in people if _perhaps(one, row, units)]
            near += [one for one in without(gone, match.known.values()) if _returns(one, row, units)]
            if near:
                why = _why(near, row, units)
                match.doubts.append(_doubt(row, near, why, new.people, [*old.officials, *gone]))
    return match


def may_return(old: Roster) -> list[Official]:
    """Of those who have left, each of whom a name and a unit say who is meant: the last so called.

    Somebody in office who is so called in that unit is meant before them.
    """
    here = {name for one in old.officials for name in _person_names(one) if name != folded(one.name)}
    last = {
        name: one
        for one in by_leaving(old.left)
        if (name := folded(f"{one.name}({one.unit.name})")) not in here
    }
    return list(last.values())


def by_leaving(people: Iterable[Official]) -> list[Official]:
    """Those of them who have left, the last to leave at the end."""
    when = {one: one.left_at for one in people if one.left_at is not None}
    return sorted(when, key=when.__getitem__)


def _returns(official: Official, row: PersonRow, units: dict[UnitRow, Unit]) -> bool:
    """What would leave no doubt in office: a namesake or a successor of one who has left is somebody new."""
    in_place = same(official.name, row.name) and units.get(row.unit) is official.unit
    return (in_place and not _another_in_his_place(official, row)) or _surely(official, row, units)


def _another_in_his_place(official: Official, row: PersonRow) -> bool:
    """A namesake in the same unit of whom nothing else is the same."""
    return _clash(official, row) and official.post != row.post and official.role is not row.role


def _surely(official: Official, row: PersonRow, units: dict[UnitRow, Unit]) -> bool:
    """One thing alone is another: the unit (also with the number that goes along), or the name."""
    if same(official.name, row.name):
        same_post = official.post == row.post and official.role is row.role
        return _shares_mobile(official, row) or (same_post and not _clash(official, row))
    alone = alike(official.name, row.name) and _same_seat(official, row, units)
    return alone and _shares_mobile(official, row)


def _perhaps(official: Official, row: PersonRow, units: dict[UnitRow, Unit]) -> bool:
    """Their name, their mobile, or their seat under a name that is alike."""
    if same(official.name, row.name) or _shares_mobile(official, row):
        return True
    return alike(official.name, row.name) and _same_seat(official, row, units)


def _why(near: Sequence[Official], row: PersonRow, units: dict[UnitRow, Unit]) -> str:
    if len(near) > 1:
        return "都与之相近"
    official = near[0]
    shares = [
        ("姓名", same(official.name, row.name)),
        ("手机", official.phone == row.phone),
        ("单位", units.get(row.unit) is official.unit),
        ("职务", official.post == row.post),
        ("角色", official.role is row.role),
    ]
    if not (official.phone or row.phone):
        shares.pop(1)  # nobody has said one
    equal = "、".join(word for word, shared in shares if shared)
    differs = "、".join(word for word, shared in shares if not shared)
    return f"{equal}相同，{differs}不同" if differs else f"{equal}都相同"


def _same_seat(official: Official, row: PersonRow, units: dict[UnitRow, Unit]) -> bool:
    in_unit = units.get(row.unit) is official.unit
    return in_unit and official.post == row.post and official.role is row.role


def _shares_mobile(official: Official, row: PersonRow) -> bool:
    """A landline belongs to the seat, a mobile to the person."""
    return is_mobile(row.phone) and official.phone == row.phone


def _clash(official: Official, row: PersonRow) -> bool:
    return bool(official.phone and row.phone and official.phone != row.phone)


def alike(one: str, other: str) -> bool:
    """Whether one name may be the other, corrected: the same family name, or half of the characters."""
    first, second = folded(one), folded(other)
    nearly = difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE
    return nearly or (len(first) <= 4 >= len(second) and first[:1] == second[:1])


# ---------------------------------------------------------------- both


def _one_each(
    match: Match[Row, Old], rows: Iterable[Row], everybody: Iterable[Old], fits: Callable[[Row, Old], bool]
) -> dict[Row, Old]:
    """Every row that is not known yet with the one it fits, each given once."""
    free = without(everybody, match.known.values())
    found: dict[Row, Old] = {}
    for row in rows:
        one = None if row in match.known else next((one for one in free if fits(row, one)), None)
        if one is not None:
            found[row] = one
            free.remove(one)
    return found


def _told(
    answers: Answers,
    rows: Iterable[Row],
    everybody: Sequence[Sequence[Old]],
    names: Callable[[Row | Old], set[str]],
) -> Iterator[tuple[Row, Old]]:
    """The pairs that somebody has said are the same; a name means the first group that has it."""
    rows = list(rows)
    for after, before in answers.same:
        found = [row for row in rows if folded(after) in names(row)]
        fitting = ([one for one in group if folded(before) in names(one)] for group in everybody)
        meant = next(filter(None, fitting), [])
        if len(found) == len(meant) == 1:
            yield found[0], meant[0]


def unmatched(answers: Answers, old: Roster, new: NewRoster) -> list[str]:
    """What was answered and names nobody, or more than one."""
    after: Sequence[UnitRow | PersonRow] = [*new.units, *new.people]
    before: Sequence[Unit | Official] = [*old.units, *old.officials]
    wrong = [name for name, _ in answers.same if _fitting(name, after) != 1]
    gone = may_return(old)
    wrong += [name for _, name in answers.same if (_fitting(name, before) or _fitting(name, gone)) != 1]
    return wrong + [name for name in answers.new if _fitting(name, after) != 1]


def _fitting(name: str, among: Iterable[UnitRow | PersonRow | Unit | Official]) -> int:
    return sum(folded(name) in _names(one) for one in among)


def _doubt(
    row: Row, candidates: Sequence[Old], why: str, rows: Sequence[Row], everybody: Sequence[Old]
) -> Doubt[Row, Old]:
    names = tuple(_written(one, everybody) for one in candidates)
    return Doubt(row, tuple(candidates), why, _written(row, rows), names)


def _written(one: UnitRow | PersonRow | Unit | Official, among: Sequence[object]) -> str:
    """The name alone where nobody shares it, else 姓名(单位)."""
    shared = sum(isinstance(other, type(one)) and same(other.name, one.name) for other in among)
    return one.name if shared == 1 or isinstance(one, UnitRow | Unit) else f"{one.name}({one.unit.name})"


def _names(one: UnitRow | PersonRow | Unit | Official) -> set[str]:
    return _unit_names(one) if isinstance(one, UnitRow | Unit) else _person_names(one)


def _unit_names(one: UnitRow | Unit) -> set[str]:
    return {folded(one.name), folded(one.full_name)}


def _person_names(one: PersonRow | Official) -> set[str]:
    with_unit = {folded(f"{one.name}({unit})") for unit in (one.unit.name, one.unit.full_name)}
    return {folded(one.name), *with_unit}


def _is_new(answers: Answers, names: set[str]) -> bool:
    return any(folded(name) in names for name in answers.new)


def without(everything: Iterable[Item], some: Iterable[Item]) -> list[Item]:
    """Those of the first that are not among the second."""
    gone = set(some)
    return [item for item in everything if item not in gone]
