"""Nothing that people write becomes a formula, whatever it is, in either format; and the sheet is handy."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from notices.spreadsheet import Cell, Column, Worksheet, as_xlsx, legal, write_csv

COLUMNS = (Column("姓名", 5), Column("事由", 16))
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\t\n=", "\u3000=", "\xa0+")
ANYTHING = st.one_of(
    st.text(alphabet=st.characters(), max_size=40),
    st.tuples(st.sampled_from(STARTS), st.text(max_size=20)).map("".join),
)


def sheet(*rows: tuple[Cell, ...], columns: tuple[Column, ...] = COLUMNS) -> Worksheet:
    return Worksheet("明细", columns, rows, "请假台账 & 全部")


def xlsx(of: Worksheet) -> Any:
    return load_workbook(io.BytesIO(as_xlsx([of])))["明细"]


def csv_rows(of: Worksheet) -> list[list[str]]:
    written = io.BytesIO()
    write_csv(of, written)
    return list(csv.reader(io.StringIO(written.getvalue().decode("utf-8-sig"), newline="")))


@settings(max_examples=150, deadline=None)
@given(ANYTHING)
@example("\x1b=1+1")
def test_any_text_stays_text_in_xlsx(text: str) -> None:
    cell = xlsx(sheet(("某", text)))["B2"]
    if legal(text) == "":
        assert cell.value is None
        return
    assert cell.data_type == "s"
    assert cell.value.replace("\r\n", "\n").replace("\r", "\n") == legal(text).replace("\r\n", "\n").replace(
        "\r", "\n"
    )
    if legal(text).lstrip()[:1] in "=+-@＝＋－＠" and legal(text).strip():
        assert cell.quotePrefix


@settings(max_examples=120, deadline=None)
@given(ANYTHING)
def test_no_field_of_a_csv_begins_as_a_formula_does(text: str) -> None:
    _, (name, reason) = csv_rows(sheet(("某", text)))
    assert name == "某"
    assert reason in (legal(text), f"'{legal(text)}")
    assert not reason.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"))
    assert not reason.lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("text", ["=1+1", "+8613800000000", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "#N/A"])
def test_the_known_ones(text: str) -> None:
    cell = xlsx(sheet(("某", text)))["B2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", text != "#N/A")
    assert csv_rows(sheet(("某", text)))[1][1] == (text if text == "#N/A" else f"'{text}")


def test_a_heading_is_no_exception() -> None:
    assert csv_rows(sheet(columns=(Column("=1"), Column("事由"))))[0][0] == "'=1"
    assert xlsx(sheet(columns=(Column("=1"), Column("事由"))))["A1"].data_type == "s"


def test_numbers_and_days_stay_what_they_are() -> None:
    columns = (Column("天数"), Column("日期"), Column("时间"), Column("无"))
    row = (-0.5, date(2026, 12, 1), datetime(2026, 12, 1, 1, 30, tzinfo=UTC), None)
    page = xlsx(sheet(row, columns=columns))
    assert [page.cell(2, at).value for at in range(1, 5)] == [
        -0.5,
        datetime(2026, 12, 1),  # noqa: DTZ001 - Excel knows no zones: a Beijing clock
        datetime(2026, 12, 1, 9, 30),  # noqa: DTZ001
        None,
    ]
    assert [page.cell(2, at).number_format for at in (2, 3)] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert csv_rows(sheet(row, columns=columns))[1] == ["-0.5", "2026-12-01", "2026-12-01 09:30", ""]


def test_the_sheet_is_frozen_filtered_sized_and_printed_with_its_head() -> None:
    page = xlsx(sheet(("某", "开会"), ("某", "学习")))
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == "A1:B3"
    assert (page.column_dimensions["A"].width, page.column_dimensions["B"].width) == (11, 33)
    assert page["B2"].alignment.wrap_text
    assert page["A1"].font.bold
    assert page.print_title_rows == "$1:$1"
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    assert page.oddHeader.center.text == "请假台账 && 全部"


def test_a_row_is_as_high_as_its_longest_text() -> None:
    page = xlsx(
        sheet(("某", "开会"), ("某", "很" * 40), ("某", "一\n二"), ("某" * 40, "开会"), ("某", "很" * 9999))
    )
    heights = [page.row_dimensions[number].height for number in range(2, 7)]
    assert heights == [None, 40.5, 27, 108, 405]


def test_a_long_table_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    write_csv(sheet(*(("某", "开会") for _ in range(250))), io.BytesIO(), lambda *far: told.append(far))
    assert told == [(100, 250), (200, 250), (250, 250)]


def test_a_cell_is_no_longer_than_excel_takes() -> None:
    assert len(xlsx(sheet(("某", "=" + "很" * 40_000)))["B2"].value) == 32_767
