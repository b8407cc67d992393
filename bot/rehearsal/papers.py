"""Papers that the administrator takes over during a rehearsal: a roster with some changes, days off.

The changes are written as people speak of them and laid over the roster in force; what is then imported is a
whole roster file, through the same door as from the command line.
"""

import csv
import io
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bot.calendar_desk import take_over
from bot.rehearsal.cast import Unknown
from bot.roster.desk import import_roster
from jobs.timetable import AFTER_ROSTER, DISPLACED, RECOUNTS
from rules.roster import Official, Roster, Unit
from rules.roster_import import PEOPLE_HEADINGS, UNIT_HEADINGS, RosterRejected
from rules.roster_match import Answers
from storage.office import Office

LEFT, CLOSED = "离任", "撤并"
_ENTRY = re.compile(r"(?P<whom>[^：:]+)[：:]\s*(?P<changes>.+)")
_ANSWER = re.compile(r"同一人[：:]\s*(?P<after>[^=＝]+)[=＝](?P<before>.+)")
_ANOTHER = re.compile(r"另一人[：:]\s*(?P<after>.+)")
_CHANGE = re.compile(r"(?P<heading>\S+)\s+(?P<value>\S+)")


async def take_roster(office: Office, text: str) -> None:
    """Import the roster in force with these changes, a line each.

    陶鳞潜：单位 发改局，职务 局长 · 财政局：分管领导 孙宇宙 · 某某：离任 · 财政局：撤并; what the import
    would ask is answered by 同一人：新名=原名 and 另一人：新名.
    """
    async with office.work("rehearsal") as work:
        roster = await work.roster()
    units = [_unit_row(unit, roster) for unit in roster.units]
    people = [_person_row(official, roster) for official in roster.officials]
    same: list[tuple[str, str]] = []
    others: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if answer := _ANSWER.fullmatch(line):
            same.append((answer["after"], answer["before"]))
        elif other := _ANOTHER.fullmatch(line):
            others.append(other["after"])
        else:
            _change(line, units, people)
    with tempfile.TemporaryDirectory() as folder:
        for name, headings, rows in (("units", UNIT_HEADINGS, units), ("people", PEOPLE_HEADINGS, people)):
            with (Path(folder) / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, headings)
                writer.writeheader()
                writer.writerows(rows)
        quiet = Console(file=io.StringIO())
        try:
            change = await import_roster(
                office,
                Path(folder),
                quiet,
                answers=Answers(same, others),
                reroutes=DISPLACED,
                afterwards=AFTER_ROSTER,
            )
        except RosterRejected as rejected:
            raise Unknown("；".join(str(row) for row in rejected.bad_rows)) from rejected
    if change.doubts:
        raise Unknown("；".join(f"“{each.name}”是不是原来的“{each.names[0]}”？" for each in change.doubts))


async def take_calendar(office: Office, text: str) -> None:
    """Enter an arrangement of days off, as `banjie calendar import` reads it."""
    await take_over(office, text, RECOUNTS)


def _unit_row(unit: Unit, roster: Roster) -> dict[str, str]:
    charge = roster.by_id(unit.portfolio_id)
    return dict(
        zip(UNIT_HEADINGS, (unit.name, unit.full_name, unit.kind, _name(charge, roster)), strict=True)
    )


def _person_row(official: Official, roster: Roster) -> dict[str, str]:
    backup = roster.by_id(official.backup_id)
    values = (
        official.name,
        official.unit.name,
        official.post,
        official.role,
        official.phone,
        _name(backup, roster),
    )
    return dict(zip(PEOPLE_HEADINGS, values, strict=True))


def _name(official: Official | None, roster: Roster) -> str:
    """How a file names somebody: with the unit where two are called so."""
    if official is None:
        return ""
    alone = len(roster.named(official.name)) == 1
    return official.name if alone else f"{official.name}({official.unit.name})"


def _change(line: str, units: list[dict[str, str]], people: list[dict[str, str]]) -> None:
    """Lay one line over the rows; who is on neither sheet yet is somebody new."""
    entry = _ENTRY.fullmatch(line)
    if entry is None:
        raise Unknown(f"看不懂“{line}”，例：陶鳞潜：单位 发改局，职务 局长")
    whom = entry["whom"].strip()
    rows = [row for row in units if row[UNIT_HEADINGS[0]] == whom]
    rows = rows or [row for row in people if whom in (row["姓名"], f"{row['姓名']}({row['单位']})")]
    if entry["changes"].strip() == LEFT and rows:
        people.remove(rows[0])
        return
    if entry["changes"].strip() == CLOSED and rows and rows[0] in units:
        units.remove(rows[0])
        people[:] = [row for row in people if row["单位"] != whom]  # who goes elsewhere has a line above
        return
    if not rows:
        people.append(dict.fromkeys(PEOPLE_HEADINGS, "") | {"姓名": whom})
        rows = people[-1:]
    rows[0].update(_changes(entry["changes"], rows[0]))


def _changes(text: str, row: dict[str, str]) -> dict[str, str]:
    found = [_CHANGE.fullmatch(part.strip()) for part in re.split("[，,；;]", text)]
    changes = {match["heading"]: match["value"] for match in found if match}
    unknown: Sequence[str] = [heading for heading in changes if heading not in row]
    if unknown or len(changes) != len(found):
        raise Unknown(f"看不懂“{text}”，可写：{'、'.join(row)}")
    return changes
