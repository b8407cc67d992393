"""Reading a roster from its sheets: what is tolerated, what is refused and in which words."""

from collections.abc import Sequence

import pytest

from rules.roster import Role, UnitKind
from rules.roster_cells import cell_text, phone_number
from rules.roster_import import NewRoster, RosterRejected, RosterTable, read_roster

UNITS: list[list[object]] = [
    ["单位", "全称", "类别", "分管领导"],
    ["区领导", "千文区人民政府", "区政府领导", ""],
    ["办公室", "千文区人民政府办公室", "办公室", ""],
    ["财政局", "千文区财政局", "部门", "王芳(区领导)"],
    ["人社局", "千文区人力资源和社会保障局", "部门", "李明"],
]
PEOPLE: list[list[object]] = [
    ["姓名", "单位", "职务", "角色", "手机", "补位"],
    ["赵天地", "区领导", "区长", "区长", "13800000001", ""],
    ["王芳", "区领导", "副区长", "常务副区长", "13800000002", "李明"],
    ["李明", "区领导", "副区长", "副区长", "13800000003", "王芳（区领导）"],
    ["周宇宙", "办公室", "主任", "办公室主任", "13800000004", ""],
    ["吴洪荒", "财政局", "局长", "主要负责人", 13800000005, ""],
    ["王芳", "财政局", "科员", "联络员", 13800000006.0, ""],
    ["郑日月", "人社局", "局长", "主要负责人", "", ""],
]


def read(units: Sequence[Sequence[object]] = UNITS, people: Sequence[Sequence[object]] = PEOPLE) -> NewRoster:
    return read_roster(RosterTable("单位", units), RosterTable("人员", people))


def people_with(row: int, **cells: object) -> list[list[object]]:
    """The people's sheet with cells of one row (as Excel counts) replaced."""
    sheet = [list(each) for each in PEOPLE]
    for heading, cell in cells.items():
        sheet[row - 1][sheet[0].index(heading)] = cell
    return sheet


def units_with(row: int, **cells: object) -> list[list[object]]:
    sheet = [list(each) for each in UNITS]
    for heading, cell in cells.items():
        sheet[row - 1][sheet[0].index(heading)] = cell
    return sheet


def rejected(
    units: Sequence[Sequence[object]] = UNITS, people: Sequence[Sequence[object]] = PEOPLE
) -> list[str]:
    with pytest.raises(RosterRejected) as refusal:
        read(units, people)
    return [str(bad) for bad in refusal.value.bad_rows]


def test_a_whole_roster_is_read() -> None:
    roster = read()
    assert [unit.name for unit in roster.units] == ["区领导", "办公室", "财政局", "人社局"]
    finance = roster.units[2]
    assert finance.kind is UnitKind.DEPARTMENT
    assert finance.portfolio is roster.people[1]
    vice_mayor = roster.people[2]
    assert (vice_mayor.role, vice_mayor.backup) == (Role.VICE_MAYOR, roster.people[1])
    assert [person.phone for person in roster.people[4:]] == ["13800000005", "13800000006", ""]
    assert roster.warnings == []


def test_spaces_widths_and_marks_of_spreadsheets_are_tolerated() -> None:
    units = units_with(4, 单位=" 财 政 局 ", 分管领导="王　芳（区领导）")
    people = people_with(5, 姓名="周　宇宙", 手机="１３８ ０000-0004", 角色=" 办公室主任\u200b")
    people[0] = ["\ufeff姓名", "单 位", "职务", "角色", "手机", "补位"]
    people.insert(4, ["", None, "  ", "", "", ""])
    people.insert(0, ["千文区花名册", None, None, None, None, None])
    roster = read(units, people)
    assert roster.units[2].name == "财政局"
    director = roster.people[3]
    assert (director.name, director.phone, director.row) == ("周宇宙", "13800000004", 7)


def test_a_remark_behind_a_name_is_no_unit() -> None:
    roster = read(people=people_with(7, 姓名="王芳（女）"))
    assert roster.people[5].name == "王芳"
    assert [str(each) for each in roster.warnings] == [
        "「人员」第7行：姓名“王芳（女）”括号里的“女”不是单位，按备注处理，姓名记为“王芳”。"
    ]
    named = read(units_with(5, 分管领导="李明（女）"))
    assert named.units[3].portfolio is named.people[2]
    assert rejected(people=people_with(7, 姓名="王芳（财证局）")) == [
        "「人员」第7行：姓名“王芳（财证局）”括号里的单位与单位栏“财政局”不一致；括号里是备注的，请删去。"
    ]


def test_every_character_is_kept_or_named() -> None:
    roster = read(people=people_with(7, 姓名="王\ue863"))
    assert roster.people[5].name == "王\ue863"
    assert [str(each) for each in roster.warnings] == [
        "「人员」第7行：姓名“王\ue863”里有造字区的字（U+E863），手机上看不到，国标现为“䶮”，请改用。"
    ]
    for lost in ("王?", "王？", "王\ufffd"):
        assert rejected(people=people_with(7, 姓名=lost)) == [
            f"「人员」第7行：姓名“{lost}”里有没能保存下来的字，请在Excel中补上，另存为.xlsx或“CSV UTF-8”。"
        ]
    assert rejected(people=people_with(7, 职务="#N/A")) == [
        "「人员」第7行：职务“#N/A”是公式出错或未计算的结果，请改填内容本身。"
    ]


def test_spellings_of_one_name_are_one_name() -> None:
    people = people_with(3, 姓名="艾力•买买提", 补位="")
    people = [*people, ["艾力·买买提", "区领导", "顾问", "法律顾问", "", ""]]
    units = units_with(4, 分管领导="艾力‧买买提")
    people[3][5] = ""
    assert rejected(units, people) == [
        "「人员」第9行：“艾力·买买提”与第3行重复；同一单位确有两人同名的，请加以区别，如“艾力·买买提2”。"
    ]
    read_ = read(units, people[:-1])
    assert read_.units[2].portfolio is read_.people[1]


def test_a_name_may_bear_its_unit_in_brackets() -> None:
    assert read(people=people_with(7, 姓名="王芳（财政局）")).people[5].name == "王芳"
    assert rejected(people=people_with(7, 姓名="王芳(人社局)")) == [
        "「人员」第7行：姓名“王芳(人社局)”括号里的单位与单位栏“财政局”不一致。"
    ]


ROLES = f"可填：{'、'.join(Role)}。"
KINDS = "可填：区政府领导、办公室、部门、镇街、开发区、其他。"

PEOPLE_AT_FAULT = """
6 角色=局长      ：角色“局长”不在规定之列，ROLES
6 角色=          ：未填角色，ROLES
6 单位=税务局    ：单位“税务局”不在「单位」表中。
6 单位=          ：未填单位。
6 姓名=          ：未填姓名。
6 职务=          ：未填职务。
6 手机=1380000   ：手机“1380000”不是11位手机号，也不是带区号的固定电话。
7 姓名=吴洪荒    ：“吴洪荒”与第6行重复；同一单位确有两人同名的，请加以区别，如“吴洪荒2”。
7 角色=主要负责人：“财政局”的主要负责人只能有一人，第6行已是“吴洪荒”。
4 角色=区长      ：区长只能有一人，第2行已是“赵天地”。
4 补位=李明      ：“李明”不能补位给自己。
4 补位=吴洪荒    ：补位“吴洪荒”的角色是主要负责人；副区长须由另一位副区长补位。
4 补位=钱多多    ：补位“钱多多”不在「人员」表中。
4 补位=王芳      ：补位“王芳”有2人同名（区领导、财政局），请写作“王芳(区领导)”的样子。
7 角色=办公室    ：角色“办公室”与单位“财政局”的类别“部门”不符。
"""

UNITS_AT_FAULT = """
4 类别=局        ：类别“局”不在规定之列，KINDS
4 单位=          ：未填单位名称。
5 单位=财政局    ：单位“财政局”与第4行“财政局”重复。
5 全称=财政局    ：单位“人社局”与第4行“财政局”重复。
5 类别=办公室    ：类别“办公室”只能有一个单位，第3行已是“办公室”。
4 分管领导=王芳  ：分管领导“王芳”有2人同名（区领导、财政局），请写作“王芳(区领导)”的样子。
4 分管领导=赵天地：分管领导“赵天地”的角色是区长，须为副区长；由区长直接分管的请留空。
4 分管领导=钱多多：分管领导“钱多多”不在「人员」表中。
"""


def faults(table: str) -> list[tuple[int, str, str, str]]:
    """Each line: the row, what is put into which of its cells, and what is said of that row."""
    found = []
    for line in table.strip().splitlines():
        cause, _, said = line.partition("：")
        row, _, cell = cause.partition(" ")
        heading, _, text = cell.strip().partition("=")
        said = said.replace("ROLES", ROLES).replace("KINDS", KINDS)
        found.append((int(row), heading, text, f"第{row}行：{said}"))
    return found


@pytest.mark.parametrize(("row", "heading", "text", "said"), faults(PEOPLE_AT_FAULT))
def test_a_bad_row_of_people_is_named(row: int, heading: str, text: str, said: str) -> None:
    assert f"「人员」{said}" in rejected(people=people_with(row, **{heading: text}))


@pytest.mark.parametrize(("row", "heading", "text", "said"), faults(UNITS_AT_FAULT))
def test_a_bad_row_of_units_is_named(row: int, heading: str, text: str, said: str) -> None:
    assert f"「单位」{said}" in rejected(units=units_with(row, **{heading: text}))


def test_a_cell_too_long_to_keep_is_named() -> None:
    assert rejected(people=people_with(7, 职务="科" * 61)) == ["「人员」第7行：职务超过60个字。"]


def test_every_bad_row_is_told_at_once_and_none_twice() -> None:
    units = units_with(4, 类别="局")
    people = people_with(8, 角色="局长", 手机="abc")
    assert rejected(units, people) == [
        f"「单位」第4行：类别“局”不在规定之列，{KINDS}",
        f"「人员」第8行：角色“局长”不在规定之列，{ROLES}",
        "「人员」第8行：手机“abc”不是11位手机号，也不是带区号的固定电话。",
    ]


def test_a_missing_heading_is_named_and_people_are_not_blamed_for_it() -> None:
    assert rejected(units=[["单位", "全称", "类别"], *UNITS[1:]]) == [
        "「单位」第1行：缺少栏目：分管领导；应有：单位、全称、类别、分管领导。"
    ]
    assert rejected(units=[], people=[]) == [
        "「单位」：缺少栏目：单位、全称、类别、分管领导；应有：单位、全称、类别、分管领导。",
        "「人员」：缺少栏目：姓名、单位、职务、角色、手机、补位；应有：姓名、单位、职务、角色、手机、补位。",
    ]
    assert rejected(people=PEOPLE[:1]) == ["「人员」：没有一行内容。"]


def test_gaps_are_warned_about_but_stop_nothing() -> None:
    units = units_with(5, 分管领导="")
    people = people_with(8, 角色="班子成员", 手机="13800000006")
    people = [row for row in people if row[3] not in ("区长", "办公室主任")]
    people[2][5] = ""
    assert [str(warning) for warning in read(units, people).warnings] == [
        "「人员」：没有区长。",
        "「人员」：没有办公室主任。",
        "「单位」第5行：“人社局”没有主要负责人，发给该单位的事项将无人签批。",
        "「单位」第5行：“人社局”未填分管领导，报告将直接送区长。",
        "「人员」第3行：“李明”未填补位。",
        "「人员」第6行：王芳、郑日月的手机相同（13800000006）。",
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (13800000001.0, "13800000001"),
        (13800000001, "13800000001"),
        ("王　芳", "王芳"),
        (" Ａ１ 局 ", "A1局"),
        ("\u202e赵天地\u200f", "赵天地"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("John  Smith", "John Smith"),
    ],
)
def test_cells_become_text(cell: object, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138 0000 0001", "13800000001"),
        ("+86-138-0000-0001", "13800000001"),
        ("008613800000001", "13800000001"),
        ("0531-81234567", "0531-81234567"),
        ("０５３１８１２３４５６７", "053181234567"),
        ("1.38E+10", None),
        ("12800000001", None),
        ("81234567", None),
    ],
)
def test_phone_numbers(text: str, number: str | None) -> None:
    assert phone_number(text) == number
