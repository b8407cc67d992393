"""Roster files as people keep them, the sample, the difference in words, and the codes on paper."""

import csv
import io
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from rich.console import Console

from bot.roster.codes import HandedOut, as_csv, as_html, as_table
from bot.roster.difference import plain, show, show_rejection
from bot.roster.files import SAMPLE, read_file
from rules.roster import Official, Role, Roster, Unit, UnitKind
from rules.roster_change import compare
from rules.roster_import import RosterRejected

UNITS = """单位,全称,类别,分管领导
区政府,千文区人民政府,区政府领导,
办公室,千文区人民政府办公室,办公室,
财政局,千文区财政局,部门,钱玄黄
"""
PEOPLE = """姓名,单位,职务,角色,手机,补位
赵天地,区政府,区长,区长,13800000001,
钱玄黄,区政府,常务副区长,常务副区长,13800000002,孙宇宙
孙宇宙,区政府,副区长,副区长,13800000003,钱玄黄
周日月,办公室,主任,办公室主任,13800000004,
吴盈昃,财政局,局长,主要负责人,13800000005,
"""


def folder(at: Path, units: str = UNITS, people: str = PEOPLE, encoding: str = "utf-8") -> Path:
    (at / "units.csv").write_bytes(units.encode(encoding))
    (at / "people.csv").write_bytes(people.encode(encoding))
    return at


def rejected(path: Path) -> list[str]:
    with pytest.raises(RosterRejected) as refusal:
        read_file(path)
    return [str(bad) for bad in refusal.value.bad_rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_folder_of_csv_files_in_any_encoding_of_excel(tmp_path: Path, encoding: str) -> None:
    roster = read_file(folder(tmp_path, encoding=encoding))
    assert [person.name for person in roster.people] == ["赵天地", "钱玄黄", "孙宇宙", "周日月", "吴盈昃"]
    assert roster.units[2].portfolio is roster.people[1]
    assert roster.warnings == []


@pytest.mark.parametrize("delimiter", ["\t", ";", "，"])
def test_other_separators_and_line_ends(tmp_path: Path, delimiter: str) -> None:
    units, people = (text.replace(",", delimiter).replace("\n", "\r\n") for text in (UNITS, PEOPLE))
    assert len(read_file(folder(tmp_path, units, people)).people) == 5
    assert len(read_file(tmp_path / "people.csv").people) == 5


def workbook(at: Path) -> tuple[Workbook, Path]:
    """The same roster as a workbook; phones are numbers there, as Excel makes them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, text in (("单位", UNITS), ("人员", PEOPLE)):
        sheet = book.create_sheet(title)
        for row in csv.reader(io.StringIO(text)):
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    return book, at / "花名册.xlsx"


def test_a_workbook_with_numbers_titles_and_merged_cells(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    sheet = book["人员"]
    sheet["E3"] = 13800000002.0
    sheet.insert_cols(1)
    sheet["A1"] = "序号"
    sheet.merge_cells("C2:C4")
    book.create_sheet("说明")
    book.save(path)
    roster = read_file(path)
    assert [person.phone for person in roster.people[:2]] == ["13800000001", "13800000002"]
    assert {person.unit.name for person in roster.people[:3]} == {"区政府"}
    assert [str(warning) for warning in roster.warnings] == ["「人员」第1行：栏目序号不在规定之列，未采用。"]


def test_a_bad_row_is_named_as_excel_counts_it(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book["人员"]["D6"] = "局长"
    book.save(path)
    (said,) = rejected(path)
    assert said.startswith("「人员」第6行：角色“局长”不在规定之列，可填：区长、")


def test_what_is_no_roster_is_told_so(tmp_path: Path) -> None:
    for name, content in (("a.xlsx", b"PK\x03\x04 broken"), ("b.xls", b"\xd0\xcf\x11\xe0"), ("c.xlsx", b"")):
        (tmp_path / name).write_bytes(content)
        assert rejected(tmp_path / name) == [f"“{name}”不是可读的.xlsx文件。{HINT}"]
    assert rejected(tmp_path / "none.xlsx") == [f"找不到“{tmp_path / 'none.xlsx'}”。"]
    assert rejected(tmp_path) == [f"文件夹“{tmp_path}”里没有units.csv。"]
    book, path = workbook(tmp_path)
    book["人员"].title = "Sheet2"
    book.save(path)
    assert rejected(path) == ["缺少工作表“人员”；现有工作表：单位、Sheet2。"]
    folder(tmp_path)
    (tmp_path / "people.csv").write_bytes(b"\xff\x81\x80")
    assert rejected(tmp_path) == ["「人员」：文字编码无法识别，请在Excel中另存为“CSV UTF-8”。"]


HINT = "请在Excel中另存为“.xlsx”，或给出含units.csv和people.csv的文件夹。"
UNREADABLE = f"“花名册.xlsx”不是可读的.xlsx文件。{HINT}"


def rewritten(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with one part of it changed as some programs write it, or as a disk breaks it."""
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    for name, content in parts.items():
        if name.endswith(f"/{part}.xml"):
            assert old in content
            parts[name] = content.replace(old, new)
    with zipfile.ZipFile(path, "w") as after:
        for name, content in parts.items():
            after.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("styles", b"<fill><patternFill/></fill>", b"<fill/>"),
        ("styles", b"<fonts", b"<fonts><font><sz val='x'/></font"),
        ("workbook", b"<sheets>", b"<sheets"),
        ("sheet1", b"<row ", b"<row r='zero' x"),
        ("sheet2", b"</sheetData>", b""),
    ],
)
def test_a_workbook_broken_inside_is_one_sentence(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    book, path = workbook(tmp_path)
    book.save(path)
    assert rejected(rewritten(path, part, old, new)) == [UNREADABLE]


def test_a_workbook_cut_off_or_damaged_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book.save(path)
    whole = path.read_bytes()
    for at in range(1, len(whole), 211):
        path.write_bytes(whole[:at])
        assert rejected(path) == [UNREADABLE]
        path.write_bytes(whole[:at] + bytes((whole[at] ^ 0x55,)) + whole[at + 1 :])
        with suppress(RosterRejected):
            read_file(path)


def test_strict_open_xml_is_told_how_to_save_it(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book.save(path)
    usual, strict = b"schemas.openxmlformats.org/spreadsheetml/2006", b"purl.oclc.org/ooxml/spreadsheetml"
    assert rejected(rewritten(path, "workbook", usual, strict)) == [
        "“花名册.xlsx”是Strict Open XML格式，请在Excel中另存为普通Excel工作簿（.xlsx）后再导入。"
    ]


def test_a_workbook_with_a_password_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(500) + "EncryptedPackage".encode("utf-16-le"))
    assert rejected(path) == ["“花名册.xlsx”设了打开密码，请在Excel中去掉密码、另存后再导入。"]


def test_of_two_sheets_of_one_name_none_is_chosen(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book.copy_worksheet(book["人员"]).title = "人员 "
    book["人员 "].sheet_state = "hidden"
    book.save(path)
    said = "有2张工作表都叫“人员”（其中1张是隐藏的）：“人员”、“人员 ”，不知以哪张为准，请只留一张"
    assert rejected(path) == [f"{said}，其余删去或改名。"]


def test_what_is_hidden_is_read_and_said(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book["单位"].sheet_state = "hidden"
    book["人员"].row_dimensions[4].hidden = True
    book.save(path)
    roster = read_file(path)
    assert len(roster.people) == 5
    assert [str(warning) for warning in roster.warnings] == [
        "「单位」：这张工作表是隐藏的，也已读入。",
        "「人员」：有1行是隐藏的（第4行），也已读入。",
    ]


def test_a_formula_without_its_value_is_no_empty_cell(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book["人员"]["E3"] = "=CONCATENATE(1,2)"
    book.save(path)
    assert rejected(path) == ["「人员」第3行：手机“#公式未计算”是公式出错或未计算的结果，请改填内容本身。"]


def test_the_sample_is_a_whole_district() -> None:
    sample = read_file(SAMPLE)
    assert sample.warnings == []
    kinds = [unit.kind for unit in sample.units]
    assert [kinds.count(kind) for kind in (UnitKind.DEPARTMENT, UnitKind.TOWN, UnitKind.ZONE)] == [20, 10, 1]
    roles = [person.role for person in sample.people]
    assert {role: roles.count(role) for role in Role} == {
        Role.MAYOR: 1,
        Role.EXECUTIVE_VICE_MAYOR: 1,
        Role.VICE_MAYOR: 4,
        Role.OFFICE_DIRECTOR: 1,
        Role.OFFICE_DEPUTY: 2,
        Role.OFFICE_STAFF: 2,
        Role.UNIT_HEAD: 31,
        Role.DEPUTY_HEAD: 31,
        Role.LIAISON: 31,
        Role.COUNSEL: 1,
    }
    assert len({person.name for person in sample.people}) == len(sample.people)


def test_the_difference_reads_section_by_section(tmp_path: Path) -> None:
    unit = Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT)
    closed = Unit("粮食局", "千文区粮食局", UnitKind.DEPARTMENT)
    head = Official("吴盈昃", closed, "局长", Role.UNIT_HEAD, "13800000005", telegram_id=5)
    gone = Official("郑辰宿", unit, "局长", Role.UNIT_HEAD, telegram_id=6)
    unit.id, closed.id, head.id, gone.id = 1, 2, 1, 2
    change = compare(Roster([unit, closed], [head, gone]), read_file(folder(tmp_path)))
    text = plain(change)
    assert text == (
        "单位新增（2）\n"
        "  区政府（千文区人民政府，区政府领导）\n"
        "  办公室（千文区人民政府办公室，办公室）\n"
        "单位变更（1）\n"
        "  财政局：分管领导 （无） → 钱玄黄\n"
        "单位撤并（1）\n"
        "  粮食局\n"
        "人员新增（4）\n"
        "  区政府 赵天地（区长，区长）\n"
        "  区政府 钱玄黄（常务副区长，常务副区长）\n"
        "  区政府 孙宇宙（副区长，副区长）\n"
        "  办公室 周日月（主任，办公室主任）\n"
        "人员调动（1）\n"
        "  吴盈昃：单位 粮食局 → 财政局（绑定保留）\n"
        "人员离任（1）\n"
        "  财政局 郑辰宿（局长，已绑定，将解除）\n"
        "请留意（1）\n"
        "  将有1人离任并解除绑定（现共2人），请核对是否用错了文件。\n"
        "单位新增2、变更1、撤并1；人员新增4、变更1（调动1）、离任1。"
    )
    page = Console(file=io.StringIO(), width=40, color_system=None)
    show(change, page)
    assert isinstance(page.file, io.StringIO)
    assert page.file.getvalue() == text + "\n"


def test_bad_rows_are_shown_with_their_count(tmp_path: Path) -> None:
    page = Console(file=io.StringIO(), width=40, color_system=None)
    with pytest.raises(RosterRejected) as refusal:
        read_file(folder(tmp_path, people=PEOPLE.replace("周日月,办公室", "周日月,[red]室")))
    show_rejection(refusal.value.bad_rows, page)
    assert isinstance(page.file, io.StringIO)
    assert page.file.getvalue() == (
        "「人员」第5行：单位“[red]室”不在「单位」表中。\n共1处问题，花名册未作任何改动。\n"
    )


@pytest.fixture
def codes() -> list[HandedOut]:
    unit = Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT)
    other = Unit("A&B局", "千文区A&B局", UnitKind.DEPARTMENT)
    until = datetime(2026, 10, 7, 9, 0, tzinfo=UTC)
    return [
        HandedOut(Official("吴盈昃", unit, "局长", Role.UNIT_HEAD), "7KQ4M9XT2P", until),
        HandedOut(Official("<i>郑</i>", other, "局长", Role.UNIT_HEAD), "0123456789", until),
    ]


def test_codes_as_csv_have_the_columns_others_rely_on(codes: list[HandedOut]) -> None:
    codes[1].official.post = "=cmd()"
    assert as_csv(codes).decode("utf-8") == (
        "\ufeff姓名,单位,职务,code\r\n吴盈昃,财政局,局长,7KQ4M9XT2P\r\n<i>郑</i>,A&B局,'=cmd(),0123456789\r\n"
    )


def test_codes_as_a_table(codes: list[HandedOut]) -> None:
    page = Console(file=io.StringIO(), width=100, color_system=None)
    as_table(codes, page)
    assert isinstance(page.file, io.StringIO)
    line = next(line for line in page.file.getvalue().splitlines() if "吴盈昃" in line)
    assert [cell.strip() for cell in line.strip("│").split("│")] == [
        "吴盈昃",
        "财政局",
        "局长",
        "7KQ4M-9XT2P",
        "10月7日17:00",
    ]


def test_codes_as_a_page_to_print(codes: list[HandedOut]) -> None:
    page = as_html(codes, office_name="千文区人民政府", bot_name="banjie_bot")
    assert page.count("<section>") == page.count("<svg") == page.count("viewBox") == 2
    assert "<h1>千文区财政局 · 办结绑定码</h1>" in page
    assert "千文区A&amp;B局" in page
    assert "&lt;i&gt;郑" in page
    assert "<code>7KQ4M-9XT2P</code><br>10月7日17:00前有效" in page
    assert "<svg" not in as_html(codes, office_name="千文区人民政府")
