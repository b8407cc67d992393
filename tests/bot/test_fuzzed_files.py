"""What an administrator hands in - a roster, a notice of holidays, a configuration: taken or refused."""

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.config import BadConfig, load
from bot.roster.files import PEOPLE, SAMPLE, UNITS, read_file
from rules.holiday_notice import is_notice, read_arrangement
from rules.refused import Refused
from rules.roster_import import PEOPLE_HEADINGS, UNIT_HEADINGS, RosterRejected
from tests.reliability.fuzz import examples

_WORD = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["财政局", "部门", "主要负责人", "冯寒来", "区长", "13800000001", "", " ", "=A1", "<b>", "（财政局）"]
    ),
)
_CELL: st.SearchStrategy[Any] = st.one_of(
    _WORD.map(lambda text: "".join(one for one in text if one.isprintable())),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.just(datetime(2026, 1, 1, 9)),  # noqa: DTZ001 - as Excel has it
)
_ROWS = st.lists(st.lists(_CELL, max_size=8), max_size=6)
_HEADED = st.booleans()


def _refuses(read: Callable[[], object], *errors: type[Exception]) -> None:
    """It is read, or refused with words for the person; anything else is a fault of ours."""
    said = "read"
    try:
        read()
    except errors as refused:
        said = str(refused)
    assert said.strip()


@settings(max_examples=examples(15))
@given(units=_ROWS, people=_ROWS, headed=_HEADED, names=st.permutations([UNITS, PEOPLE, "其他"]))
def test_any_workbook(
    units: list[list[Any]], people: list[list[Any]], headed: bool, names: list[str]
) -> None:
    book = Workbook()
    for name in names[:2]:
        sheet, rows = book.create_sheet(name), units if name == UNITS else people
        for row in [list(UNIT_HEADINGS if name == UNITS else PEOPLE_HEADINGS)] * headed + rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "花名册.xlsx"
        file.write_bytes(content.getvalue())
        _refuses(lambda: read_file(file), RosterRejected)


@settings(max_examples=examples(30))
@given(
    units=st.one_of(st.binary(max_size=80), _ROWS.map(lambda rows: _csv(UNIT_HEADINGS, rows))),
    people=st.one_of(st.binary(max_size=80), _ROWS.map(lambda rows: _csv(PEOPLE_HEADINGS, rows))),
    sample=st.sampled_from(["", "units.csv", "people.csv"]),
)
def test_any_csv(units: bytes, people: bytes, sample: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "units.csv").write_bytes(units)
        (folder / "people.csv").write_bytes(people)
        if sample:
            (folder / sample).write_bytes((SAMPLE / sample).read_bytes())
        _refuses(lambda: read_file(folder), RosterRejected)


def _csv(headings: Any, rows: list[list[Any]]) -> bytes:
    lines = [",".join(headings), *(",".join(str(cell) for cell in row) for row in rows)]
    return "\r\n".join(lines).encode("utf-8", "surrogatepass")


_DAY = st.one_of(
    st.dates(date(2025, 12, 1), date(2027, 2, 1)).map(lambda day: f"{day.month}月{day.day}日"),
    st.builds("{}月{}日".format, st.integers(0, 99), st.integers(0, 99)),
)
_LINE = st.one_of(
    st.builds("{}、{}：{}（周{}）至{}放假调休，共{}天。{}（星期{}）上班。".format, st.sampled_from("一二三"),
              st.sampled_from(["元旦", "春节", "国庆节", "中秋节"]), _DAY, st.sampled_from("一二三日"), _DAY,
              st.integers(0, 40), _DAY, st.sampled_from("六日")),
    st.text(max_size=30),
)  # fmt: skip


@settings(max_examples=examples(40))
@given(
    title=st.sampled_from(
        ["国务院办公厅关于2027年部分节假日安排的通知", "放假通知", "2027年", "{", "year = 2027", ""]
    ),
    lines=st.lists(_LINE, max_size=5),
    year=st.sampled_from([None, 2026, 2027]),
)
def test_any_notice_of_holidays(title: str, lines: list[str], year: int | None) -> None:
    text = "\n".join([title, *lines])
    is_notice(text)
    _refuses(lambda: read_arrangement(text, year), Refused)


_EXAMPLE = Path("config.example.toml").read_text(encoding="utf-8").splitlines()
_VALUES = st.one_of(
    st.sampled_from(
        ['""', "0", "-1", "3.5", "true", "[]", "{}", '"字"', "25:00:00", "2026-01-01", "[[", "nan", '"09:00"']
    ),
    st.text(max_size=12),
    st.integers(-(10**30), 10**30).map(str),
)


@settings(max_examples=examples(25))
@given(changes=st.lists(st.tuples(st.integers(0, len(_EXAMPLE) - 1), _VALUES), min_size=1, max_size=4))
def test_any_configuration(changes: list[tuple[int, str]]) -> None:
    """Some line of the example has another value, a comment's sign is gone with it."""
    lines = list(_EXAMPLE)
    for place, value in changes:
        key, sign, _ = lines[place].removeprefix("#").strip().partition("=")
        lines[place] = f"{key}= {value}" if sign else value
    with TemporaryDirectory() as folder:
        file = Path(folder) / "config.toml"
        file.write_text("\n".join(lines), encoding="utf-8", errors="replace")
        _refuses(lambda: load(file, token=False), BadConfig)
