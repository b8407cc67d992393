"""Reading a roster as it was filled in: rows in, a whole checked roster out, or every bad row by name.

The sheets are 单位 and 人员. Nothing here opens a file: cells come as a spreadsheet holds them (text,
numbers, nothing), rows count from 1 as Excel shows them. One bad row spoils the whole import, so all
are collected.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from rules.roster import LEADERS, OFFICE_DESK, VICE_MAYORS, Role, UnitKind, is_remark, split_name
from rules.roster_cells import cell_text, phone_number
from rules.spelling import private_use, same
from rules.text import DAMAGED

UNIT_HEADINGS = ("单位", "全称", "类别", "分管领导")
PEOPLE_HEADINGS = ("姓名", "单位", "职务", "角色", "手机", "补位")

_LONGEST = {"单位": 40, "全称": 120, "姓名": 40, "职务": 60, "分管领导": 80, "补位": 80}
_NAMES = ("单位", "全称", "姓名", "分管领导", "补位")
_QUESTION = re.compile(r"[?？]")  # what Excel writes into a GBK file for a character that GBK does not have
NOT_CALCULATED = "#公式未计算"
"""Stands in a cell whose formula has no value yet."""
_FAILED_FORMULA = re.compile(rf"{NOT_CALCULATED}|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_HEADING_WITHIN = 10
_ONE_PER_GOVERNMENT = (Role.MAYOR, Role.EXECUTIVE_VICE_MAYOR, Role.OFFICE_DIRECTOR)
_LED_BY_A_VICE_MAYOR = (UnitKind.DEPARTMENT, UnitKind.TOWN, UnitKind.ZONE)

Choice = TypeVar("Choice", bound=StrEnum)
Cells = Mapping[str, str]


@dataclass(frozen=True)
class RosterTable:
    """One sheet as it lies in the file, headings and all; `rows[0]` is row 1.

    `remarks` are what the reader of the file has to say of it: they stop nothing.
    """

    name: str
    rows: Sequence[Sequence[object]]
    remarks: Sequence[str] = ()


@dataclass(frozen=True)
class BadRow:
    """What is wrong where; `row` is None when it concerns the sheet as a whole."""

    sheet: str
    row: int | None
    reason: str

    def __str__(self) -> str:
        place = f"「{self.sheet}」" + (f"第{self.row}行" if self.row else "")
        return f"{place}：{self.reason}" if self.sheet else self.reason


class RosterRejected(Exception):  # noqa: N818 - the file is at fault, not the program
    """The roster cannot be taken; `bad_rows` says why, sheet by sheet and row by row."""

    def __init__(self, bad_rows: Sequence[BadRow]) -> None:
        super().__init__("\n".join(str(bad) for bad in bad_rows))
        self.bad_rows = list(bad_rows)


@dataclass(eq=False)
class UnitRow:
    """A unit as the new roster has it."""

    row: int
    name: str
    full_name: str
    kind: UnitKind
    portfolio: "PersonRow | None" = None

    def called(self, name: str) -> bool:
        """Whether that is its short or full name, however it is spelt."""
        return same(name, self.name) or same(name, self.full_name)


@dataclass(eq=False)
class PersonRow:
    """An official as the new roster has them."""

    row: int
    name: str
    unit: UnitRow
    post: str
    role: Role
    phone: str
    backup: "PersonRow | None" = None


@dataclass(frozen=True)
class NewRoster:
    """A roster that passed every check; `warnings` are worth reading but stop nothing."""

    units: list[UnitRow]
    people: list[PersonRow]
    warnings: list[BadRow]


def read_roster(units: RosterTable, people: RosterTable) -> NewRoster:
    """The roster that the two sheets describe; RosterRejected names every bad row."""
    return _Reading(units, people).whole()


@dataclass
class _Reading:
    """The two sheets while they are read; collects what is wrong instead of stopping at it."""

    unit_table: RosterTable
    people_table: RosterTable
    bad: list[BadRow] = field(default_factory=list)
    warnings: list[BadRow] = field(default_factory=list)
    units: list[UnitRow] = field(default_factory=list)
    spoilt_units: set[str] = field(default_factory=set)  # in the file, but bad: their people are not blamed
    people: list[PersonRow] = field(default_factory=list)

    def whole(self) -> NewRoster:
        """Read both sheets to the end, then what refers from one to the other."""
        for table in (self.unit_table, self.people_table):
            for remark in table.remarks:
                self._warn(table, None, remark)
        portfolios = [self._unit(row, cells) for row, cells in self._rows(self.unit_table, UNIT_HEADINGS)]
        backups = [self._person(row, cells) for row, cells in self._rows(self.people_table, PEOPLE_HEADINGS)]
        for unit, name in filter(None, portfolios):
            self._set_portfolio(unit, name)
        for person, name in filter(None, backups):
            self._set_backup(person, name)
        self._check_single_posts()
        if self.bad:
            raise RosterRejected(
                sorted(self.bad, key=lambda bad: (bad.sheet != self.unit_table.name, bad.row or 0))
            )
        self._look_for_gaps()
        return NewRoster(self.units, self.people, self.warnings)

    def _wrong(self, table: RosterTable, row: int | None, reason: str) -> None:
        self.bad.append(BadRow(table.name, row, reason))

    def _warn(self, table: RosterTable, row: int | None, reason: str) -> None:
        self.warnings.append(BadRow(table.name, row, reason))

    def _rows(self, table: RosterTable, headings: Sequence[str]) -> Iterator[tuple[int, Cells]]:
        """Every filled row below the headings, its cells by heading."""
        heading_row, columns = self._find_headings(table, headings)
        filled = 0
        for number, row in enumerate(table.rows[heading_row:], start=heading_row + 1):
            texts = [cell_text(cell) for cell in row]
            cells = {name: texts[at] if at < len(texts) else "" for name, at in columns.items()}
            if not any(cells.values()):
                continue
            too_long = [name for name, text in cells.items() if len(text) > _LONGEST.get(name, len(text))]
            if too_long:
                self._wrong(table, number, f"{too_long[0]}超过{_LONGEST[too_long[0]]}个字。")
            elif self._all_there(table, number, cells):
                yield number, cells
            filled += 1
        if columns and not filled:
            self._wrong(table, None, "没有一行内容。")

    def _all_there(self, table: RosterTable, row: int, cells: Cells) -> bool:
        """Whether every character came through; one that phones cannot show is kept, and said."""
        before = len(self.bad)
        for heading, text in cells.items():
            if _FAILED_FORMULA.fullmatch(text):
                self._wrong(table, row, f"{heading}“{text}”是公式出错或未计算的结果，请改填内容本身。")
            elif DAMAGED in text or (heading in _NAMES and _QUESTION.search(text)):
                self._wrong(
                    table,
                    row,
                    f"{heading}“{text}”里有没能保存下来的字，请在Excel中补上，另存为.xlsx或“CSV UTF-8”。",
                )
            for sign, today in private_use(text):
                code = f"U+{ord(sign):04X}"
                advice = f"，国标现为“{today}”，请改用" if today else "，请改用规范字"
                self._warn(table, row, f"{heading}“{text}”里有造字区的字（{code}），手机上看不到{advice}。")
        return len(self.bad) == before

    def _find_headings(self, table: RosterTable, headings: Sequence[str]) -> tuple[int, dict[str, int]]:
        """The row number of the headings (a title may stand above them) and each heading's column."""
        best: list[str] = []
        found_in = 0
        for number, row in enumerate(table.rows[:_HEADING_WITHIN], start=1):
            texts = ["".join(cell_text(cell).split()) for cell in row]
            if sum(name in texts for name in headings) > sum(name in best for name in headings):
                best, found_in = texts, number
        missing = [name for name in headings if name not in best]
        if missing:
            self._wrong(
                table, found_in or None, f"缺少栏目：{'、'.join(missing)}；应有：{'、'.join(headings)}。"
            )
            return len(table.rows), {}
        for name in headings:
            if best.count(name) > 1:
                self._wrong(table, found_in, f"栏目“{name}”出现了{best.count(name)}次。")
        unused = [text for text in best if text and text not in headings]
        if unused:
            self._warn(table, found_in, f"栏目{'、'.join(unused)}不在规定之列，未采用。")
        return found_in, {name: best.index(name) for name in headings}

    def _unit(self, row: int, cells: Cells) -> tuple[UnitRow, str] | None:
        """One unit and the name of its 分管领导; None if the row is no unit at all."""
        name, full_name = cells["单位"], cells["全称"] or cells["单位"]
        kind = self._choice(UnitKind, self.unit_table, row, "类别", cells["类别"])
        if not name:
            self._wrong(self.unit_table, row, "未填单位名称。")
        for other in self.units:
            if other.called(name) or other.called(full_name):
                self._wrong(self.unit_table, row, f"单位“{name}”与第{other.row}行“{other.name}”重复。")
                return None
        if not name or kind is None:
            self.spoilt_units |= {name, full_name}
            return None
        unit = UnitRow(row, name, full_name, kind)
        self.units.append(unit)
        return unit, cells["分管领导"]

    def _person(self, row: int, cells: Cells) -> tuple[PersonRow, str] | None:
        """One official and the name of their 补位; None if the row cannot stand."""
        table = self.people_table
        before = len(self.bad)
        name, bracketed = self._name_of(row, cells["姓名"])
        for heading in ("姓名", "单位", "职务"):
            if not cells[heading]:
                self._wrong(table, row, f"未填{heading}。")
        role = self._choice(Role, table, row, "角色", cells["角色"])
        unit = self._unit_of(row, cells["单位"]) if cells["单位"] else None
        if unit and bracketed and not unit.called(bracketed):
            a_unit = any(other.called(bracketed) for other in self.units)
            hint = "" if a_unit else "；括号里是备注的，请删去"
            self._wrong(table, row, f"姓名“{cells['姓名']}”括号里的单位与单位栏“{unit.name}”不一致{hint}。")
        phone = phone_number(cells["手机"])
        if cells["手机"] and phone is None:
            self._wrong(table, row, f"手机“{cells['手机']}”不是11位手机号，也不是带区号的固定电话。")
        if unit and role:
            self._check_role_fits(row, role, unit)
        twin = next((other for other in self.people if same(other.name, name) and other.unit is unit), None)
        if twin:
            reason = f"“{name}”与第{twin.row}行重复；同一单位确有两人同名的，请加以区别，如“{name}2”。"
            self._wrong(table, row, reason)
        if len(self.bad) > before or unit is None or role is None:
            return None
        person = PersonRow(row, name, unit, cells["职务"], role, phone or "")
        self.people.append(person)
        return person, cells["补位"]

    def _name_of(self, row: int, text: str) -> tuple[str, str]:
        """The name, with the unit that stands in brackets behind it; a remark there is left out, and said."""
        name, bracketed = split_name(text)
        if not bracketed or not is_remark(bracketed) or any(unit.called(bracketed) for unit in self.units):
            return name, bracketed
        self._warn(
            self.people_table,
            row,
            f"姓名“{text}”括号里的“{bracketed}”不是单位，按备注处理，姓名记为“{name}”。",
        )
        return name, ""

    def _choice(
        self, kind: type[Choice], table: RosterTable, row: int, heading: str, text: str
    ) -> Choice | None:
        """The member of an enumeration that the cell names."""
        try:
            return kind(unicodedata.normalize("NFKC", text))
        except ValueError:
            said = f"{heading}“{text}”不在规定之列" if text else f"未填{heading}"
            self._wrong(table, row, f"{said}，可填：{'、'.join(kind)}。")
            return None

    def _unit_of(self, row: int, name: str) -> UnitRow | None:
        unit = next((unit for unit in self.units if unit.called(name)), None)
        if unit is None and self.units and not any(same(name, spoilt) for spoilt in self.spoilt_units):
            self._wrong(self.people_table, row, f"单位“{name}”不在「{self.unit_table.name}」表中。")
        return unit

    def _check_role_fits(self, row: int, role: Role, unit: UnitRow) -> None:
        """Leaders stand in 区政府领导, the desk in 办公室, heads and their deputies everywhere else."""
        if role in LEADERS:
            fits = unit.kind is UnitKind.LEADERS
        elif role in OFFICE_DESK:
            fits = unit.kind is UnitKind.OFFICE
        elif role in (Role.UNIT_HEAD, Role.DEPUTY_HEAD):
            fits = unit.kind not in (UnitKind.LEADERS, UnitKind.OFFICE)
        else:
            fits = True
        if not fits:
            reason = f"角色“{role}”与单位“{unit.name}”的类别“{unit.kind}”不符。"
            self._wrong(self.people_table, row, reason)

    def _referred(self, table: RosterTable, row: int, heading: str, text: str) -> PersonRow | None:
        """The official whom another row names: 姓名, or 姓名(单位) where two share a name."""
        if not text:
            return None
        name, unit = split_name(text)
        named = [person for person in self.people if same(person.name, name)]
        of_unit = [person for person in named if person.unit.called(unit)]
        if unit and (of_unit or not is_remark(unit)):
            named = of_unit
        if len(named) == 1:
            return named[0]
        if named:
            units = "、".join(person.unit.name for person in named)
            hint = f"请写作“{name}({named[0].unit.name})”的样子"
            self._wrong(table, row, f"{heading}“{text}”有{len(named)}人同名（{units}），{hint}。")
        elif not any(bad.sheet == self.people_table.name for bad in self.bad):
            self._wrong(table, row, f"{heading}“{text}”不在「{self.people_table.name}」表中。")
        return None

    def _set_portfolio(self, unit: UnitRow, name: str) -> None:
        unit.portfolio = self._referred(self.unit_table, unit.row, "分管领导", name)
        if unit.portfolio and unit.portfolio.role not in VICE_MAYORS:
            role = unit.portfolio.role
            reason = f"分管领导“{name}”的角色是{role}，须为副区长；由区长直接分管的请留空。"
            self._wrong(self.unit_table, unit.row, reason)

    def _set_backup(self, person: PersonRow, name: str) -> None:
        """A vice mayor's standing substitute is another vice mayor (art. 9)."""
        person.backup = self._referred(self.people_table, person.row, "补位", name)
        if person.backup is None:
            return
        if person.backup is person:
            self._wrong(self.people_table, person.row, f"“{person.name}”不能补位给自己。")
        elif person.role in VICE_MAYORS and person.backup.role not in VICE_MAYORS:
            reason = f"补位“{name}”的角色是{person.backup.role}；副区长须由另一位副区长补位。"
            self._wrong(self.people_table, person.row, reason)

    def _check_single_posts(self) -> None:
        """One mayor, one executive vice mayor, one director of the one office, one head to a unit."""
        holders: dict[tuple[Role, UnitRow | None], PersonRow] = {}
        for person in self.people:
            if person.role not in (*_ONE_PER_GOVERNMENT, Role.UNIT_HEAD):
                continue
            unit = person.unit if person.role is Role.UNIT_HEAD else None
            first = holders.setdefault((person.role, unit), person)
            if first is not person:
                whose = f"“{unit.name}”的" if unit else ""
                reason = f"{whose}{person.role}只能有一人，第{first.row}行已是“{first.name}”。"
                self._wrong(self.people_table, person.row, reason)
        offices = [unit for unit in self.units if unit.kind is UnitKind.OFFICE]
        for extra in offices[1:]:
            reason = f"类别“办公室”只能有一个单位，第{offices[0].row}行已是“{offices[0].name}”。"
            self._wrong(self.unit_table, extra.row, reason)

    def _look_for_gaps(self) -> None:
        """What stops nothing but will be missed: posts without a holder, units without a leader in charge."""
        roles = {person.role for person in self.people}
        for role in (Role.MAYOR, Role.EXECUTIVE_VICE_MAYOR, Role.OFFICE_DIRECTOR):
            if role not in roles:
                self._warn(self.people_table, None, f"没有{role}。")
        headed = {person.unit for person in self.people if person.role is Role.UNIT_HEAD}
        for unit in self.units:
            if unit.kind in _LED_BY_A_VICE_MAYOR and unit not in headed:
                self._warn(
                    self.unit_table, unit.row, f"“{unit.name}”没有主要负责人，发给该单位的事项将无人签批。"
                )
            if unit.kind in _LED_BY_A_VICE_MAYOR and unit.portfolio is None:
                self._warn(self.unit_table, unit.row, f"“{unit.name}”未填分管领导，报告将直接送区长。")
        for person in self.people:
            if person.role in VICE_MAYORS and person.backup is None:
                self._warn(self.people_table, person.row, f"“{person.name}”未填补位。")
        phones = Counter(person.phone for person in self.people if person.phone)
        for phone, count in phones.items():
            if count > 1:
                rows = [person for person in self.people if person.phone == phone]
                names = "、".join(person.name for person in rows)
                self._warn(self.people_table, rows[-1].row, f"{names}的手机相同（{phone}）。")
