"""A table of a ledger: one line a column, and what stands there for who may not know a row."""

from datetime import date

from notices.ledger import WITHHELD, Column, Table, Wanted, secret
from rules.roster import Official
from rules.stretch import Stretch
from tests.cast import Cast

REPORTS = Table[tuple[str, str]](
    "报告",
    (
        Column("姓名", 4, lambda row: row[0]),
        secret("事由", 14, lambda row: row[1]),
        Column("字数", 3, lambda row: len(row[1]) or None, to_others=lambda _: WITHHELD),
    ),
    knows=lambda row, reader: row[0] == reader.name,
)
ROWS = [("冯寒来", "开会"), ("陈暑往", "体检"), ("卫冬藏", "")]


def read_by(reader: Official | None) -> list[list[object]]:
    return [list(row) for row in REPORTS.worksheet(ROWS, reader).rows]


def test_who_may_know_a_row_reads_all_of_it_and_others_that_something_is_left_out() -> None:
    assert read_by(Cast().head) == [
        ["冯寒来", "开会", 2],
        ["陈暑往", WITHHELD, WITHHELD],
        ["卫冬藏", "", WITHHELD],
    ]


def test_nothing_is_withheld_at_the_command_line() -> None:
    assert read_by(None) == [["冯寒来", "开会", 2], ["陈暑往", "体检", 2], ["卫冬藏", "", None]]


def test_a_column_says_its_heading_and_its_width() -> None:
    columns = REPORTS.worksheet([]).columns
    assert [(one.heading, one.width) for one in columns] == [("姓名", 4), ("事由", 14), ("字数", 3)]


def test_what_is_asked_for_in_words() -> None:
    december = Stretch(date(2026, 12, 1), date(2026, 12, 31))
    assert str(Wanted(december)) == "2026年12月1日至2026年12月31日"
    assert str(Wanted(december, Cast().finance)) == "财政局 2026年12月1日至2026年12月31日"
