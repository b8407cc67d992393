"""What a new roster changes: who is known again, who moved, who left."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from rules.refused import Refused
from rules.roster import Official, Role, Roster, Unit, UnitKind
from rules.roster_change import RosterChange, compare
from rules.roster_import import RosterTable, read_roster
from rules.roster_match import Answers

UNITS = [
    "区领导,千文区人民政府,区政府领导,",
    "财政局,千文区财政局,部门,李明",
    "人社局,千文区人社局,部门,李明",
]
PEOPLE = [
    "赵天地,区领导,区长,区长,13800000001,",
    "李明,区领导,副区长,副区长,13800000002,钱玄黄",
    "钱玄黄,区领导,副区长,副区长,13800000003,李明",
    "吴洪荒,财政局,局长,主要负责人,13800000004,",
    "王芳,财政局,科员,联络员,13800000005,",
    "郑日月,人社局,局长,主要负责人,,",
]


def office() -> Roster:
    """The roster in force, as the lists above have it."""
    leaders = Unit("区领导", "千文区人民政府", UnitKind.LEADERS)
    finance = Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT, portfolio_id=2)
    labour = Unit("人社局", "千文区人社局", UnitKind.DEPARTMENT, portfolio_id=2)
    officials = [
        Official("赵天地", leaders, "区长", Role.MAYOR, "13800000001"),
        Official("李明", leaders, "副区长", Role.VICE_MAYOR, "13800000002", backup_id=3),
        Official("钱玄黄", leaders, "副区长", Role.VICE_MAYOR, "13800000003", backup_id=2),
        Official("吴洪荒", finance, "局长", Role.UNIT_HEAD, "13800000004", telegram_id=4004),
        Official("王芳", finance, "科员", Role.LIAISON, "13800000005", telegram_id=5005),
        Official("郑日月", labour, "局长", Role.UNIT_HEAD),
    ]
    for number, thing in enumerate((leaders, finance, labour), start=1):
        thing.id = number
    for number, official in enumerate(officials, start=1):
        official.id = number
    return Roster([leaders, finance, labour], officials)


def change(
    units: Sequence[str] = UNITS,
    people: Sequence[str] = PEOPLE,
    old: Roster | None = None,
    answers: Answers | None = None,
) -> RosterChange:
    units_table = RosterTable("单位", [line.split(",") for line in ("单位,全称,类别,分管领导", *units)])
    people_table = RosterTable(
        "人员", [line.split(",") for line in ("姓名,单位,职务,角色,手机,补位", *people)]
    )
    return compare(old or office(), read_roster(units_table, people_table), answers)


def replaced(lines: Sequence[str], old: str, new: str) -> list[str]:
    return [line.replace(old, new) for line in lines]


def said(of: RosterChange) -> dict[str, list[str]]:
    """Everyone who changed, with the differences in words."""
    return {
        each.official.name: [str(difference) for difference in each.differences] for each in of.people_changed
    }


def test_the_same_roster_again_changes_nothing() -> None:
    same = change()
    assert not same
    assert same.warnings[0].reason == "没有常务副区长。"


def test_fields_are_compared_one_by_one() -> None:
    people = replaced(
        PEOPLE, "吴洪荒,财政局,局长,主要负责人,13800000004,", "吴洪荒,财政局,党组书记,主要负责人,,郑日月"
    )
    assert said(change(people=people)) == {
        "吴洪荒": ["职务 局长 → 党组书记", "手机 13800000004 → （无）", "补位 （无） → 郑日月"]
    }


def test_another_leader_in_charge_changes_the_unit() -> None:
    changed = change(
        units=replaced(UNITS, "千文区财政局,部门,李明", "千文区财政局,部门,钱玄黄")
    ).units_changed
    assert [(each.unit.name, [str(d) for d in each.differences]) for each in changed] == [
        ("财政局", ["分管领导 李明 → 钱玄黄"])
    ]


def test_a_reference_to_a_newcomer_is_a_difference() -> None:
    people = replaced(
        PEOPLE, "李明,区领导,副区长,副区长,13800000002", "孙盈昃,区领导,副区长,副区长,13800000009"
    )
    people[2] = people[2].replace("李明", "孙盈昃")
    units = replaced(UNITS, "李明", "孙盈昃")
    changed = change(units, people)
    assert [row.name for row in changed.people_new] == ["孙盈昃"]
    assert [official.name for official in changed.people_left] == ["李明"]
    assert said(changed) == {"钱玄黄": ["补位 李明 → 孙盈昃"]}
    assert [str(each.differences[0]) for each in changed.units_changed] == ["分管领导 李明 → 孙盈昃"] * 2


def test_one_who_moved_is_known_again_and_keeps_their_binding() -> None:
    moved = change(people=replaced(PEOPLE, "王芳,财政局", "王芳,人社局"))
    assert said(moved) == {"王芳": ["单位 财政局 → 人社局"]}
    assert [each.official.telegram_id for each in moved.people_moved] == [5005]
    assert [official.name for official in moved.displaced] == ["王芳"]
    assert not moved.people_left


def asked(of: RosterChange) -> list[str]:
    """Every doubt: the row, whom it may be, and why."""
    return [f"{each.name}={'/'.join(each.names)}：{each.why}" for each in of.doubts]


def test_a_namesake_with_another_phone_is_asked_about() -> None:
    people = replaced(PEOPLE, "王芳,财政局,科员,联络员,13800000005", "王芳,人社局,科员,联络员,13800000099")
    changed = change(people=people)
    assert asked(changed) == ["王芳=王芳：姓名、职务、角色相同，手机、单位不同"]
    assert [*changed.people_left, *changed.people_new, *changed.people_changed] == []
    moved = change(people=people, answers=Answers(same=[("王芳", "王芳")]))
    assert said(moved) == {"王芳": ["单位 财政局 → 人社局", "手机 13800000005 → 13800000099"]}
    parted = change(people=people, answers=Answers(new=["王芳"]))
    assert ([o.name for o in parted.people_left], [r.name for r in parted.people_new]) == (["王芳"], ["王芳"])
    assert not parted.doubts


def test_several_namesakes_on_the_move_are_not_guessed_at() -> None:
    people = [*PEOPLE[:4], "王芳,人社局,科员,联络员,,", "王芳,区领导,科员,联络员,,", PEOPLE[5]]
    assert asked(change(people=people)) == [
        "王芳(人社局)=王芳：姓名、职务、角色相同，手机、单位不同",
        "王芳(区领导)=王芳：姓名、职务、角色相同，手机、单位不同",
    ]
    answered = change(people=people, answers=Answers(same=[("王芳(人社局)", "王芳")]))
    assert said(answered) == {"王芳": ["单位 财政局 → 人社局", "手机 13800000005 → （无）"]}
    assert [row.unit.name for row in answered.people_new] == ["区领导"]
    assert not answered.doubts


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("王芳,", "王方,", "姓名 王芳 → 王方"),
        ("王芳,", "汪芳,", "姓名 王芳 → 汪芳"),
        ("13800000005", "13800000095", "手机 13800000005 → 13800000095"),
        ("财政局,科员", "人社局,科员", "单位 财政局 → 人社局"),
        ("科员", "主任科员", "职务 科员 → 主任科员"),
        ("联络员", "班子成员", "角色 联络员 → 班子成员"),
        ("13800000005,", "13800000005,吴洪荒", "补位 （无） → 吴洪荒"),
    ],
)
def test_one_thing_corrected_leaves_the_person_who_they_are(old: str, new: str, differs: str) -> None:
    corrected = change(people=[*PEOPLE[:4], PEOPLE[4].replace(old, new), PEOPLE[5]])
    assert said(corrected) == {"王芳": [differs]}
    assert [each.official.telegram_id for each in corrected.people_changed] == [5005]
    assert [*corrected.people_left, *corrected.people_new, *corrected.doubts] == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("郑日月,", "郑明月,", "郑明月=郑日月：单位、职务、角色相同，姓名不同"),
        ("吴洪荒,", "周玄黄,", "周玄黄=吴洪荒：手机、单位、职务、角色相同，姓名不同"),
        ("王芳,财政局", "王方,人社局", "王方=王芳：手机、职务、角色相同，姓名、单位不同"),
        (
            "王芳,财政局,科员,联络员,13800000005",
            "王芳,财政局,股长,班子成员,13800000077",
            "王芳=王芳：姓名、单位相同，手机、职务、角色不同",
        ),
        (
            "郑日月,人社局,局长,主要负责人",
            "郑日月,财政局,书记,班子成员",
            "郑日月=郑日月：姓名相同，单位、职务、角色不同",
        ),
    ],
)
def test_what_may_be_a_correction_is_asked_about(old: str, new: str, why: str) -> None:
    changed = change(people=replaced(PEOPLE, old, new))
    assert asked(changed) == [why]
    assert changed


def test_a_successor_is_no_correction() -> None:
    people = replaced(
        PEOPLE, "吴洪荒,财政局,局长,主要负责人,13800000004", "周玄黄,财政局,局长,主要负责人,13800000044"
    )
    succeeded = change(people=people)
    assert ([o.name for o in succeeded.people_left], [r.name for r in succeeded.people_new]) == (
        ["吴洪荒"],
        ["周玄黄"],
    )
    assert not succeeded.doubts


def test_a_dot_or_a_variant_in_a_name_is_only_a_spelling() -> None:
    old = office()
    old.officials[4].name = "艾力•买买提"
    assert said(change(people=replaced(PEOPLE, "王芳", "艾力·买买提"), old=old)) == {
        "艾力•买买提": ["姓名 艾力•买买提 → 艾力·买买提"]
    }


def test_an_answer_that_names_nobody_is_refused() -> None:
    with pytest.raises(Refused, match="“王圆”对不上"):
        change(answers=Answers(same=[("王芳", "王圆")]))


def test_another_role_in_the_same_place_displaces_too() -> None:
    changed = change(people=replaced(PEOPLE, "局长,主要负责人,13800000004", "副局长,班子成员,13800000004"))
    assert [official.name for official in changed.displaced] == ["吴洪荒"]


def test_a_renamed_unit_is_known_again_by_its_full_name() -> None:
    renamed = change(
        replaced(UNITS, "人社局,千文", "人力社保局,千文"), replaced(PEOPLE, "人社局", "人力社保局")
    )
    assert [str(each.differences[0]) for each in renamed.units_changed] == ["单位 人社局 → 人力社保局"]
    assert not renamed.people_changed
    assert not renamed.people_left


def test_a_unit_renamed_in_its_full_name_or_in_both_is_the_same_with_its_people() -> None:
    full = change(replaced(UNITS, "千文区人社局", "千文区人力资源和社会保障局"))
    assert [str(each.differences[0]) for each in full.units_changed] == [
        "全称 千文区人社局 → 千文区人力资源和社会保障局"
    ]
    both = change(
        replaced(UNITS, "财政局,千文区财政局", "财金局,千文区财政金融局"),
        replaced(PEOPLE, "财政局", "财金局"),
    )
    assert [[str(d) for d in each.differences] for each in both.units_changed] == [
        ["单位 财政局 → 财金局", "全称 千文区财政局 → 千文区财政金融局"]
    ]
    assert [*both.units_closed, *both.units_new, *both.people_changed, *both.people_left, *both.doubts] == []


def test_a_unit_renamed_in_both_names_and_changed_besides_is_asked_about() -> None:
    units = replaced(UNITS, "财政局,千文区财政局,部门,李明", "财金局,千文区财政金融局,部门,钱玄黄")
    people = replaced(PEOPLE, "财政局", "财金局")
    changed = change(units, people)
    assert asked(changed) == ["财金局=财政局：与“财政局”有相同的人员"]
    assert [*changed.units_closed, *changed.units_new, *changed.people_changed, *changed.people_left] == []
    same = change(units, people, answers=Answers(same=[("财金局", "财政局")]))
    assert ([unit.unit.name for unit in same.units_changed], same.doubts) == (["财政局"], [])
    assert not same.people_changed
    other = change(units, people, answers=Answers(new=["财金局"]))
    assert ([u.name for u in other.units_closed], [r.name for r in other.units_new]) == (
        ["财政局"],
        ["财金局"],
    )
    assert [each.official.name for each in other.people_moved] == ["吴洪荒", "王芳"]


def test_two_units_merged_into_a_new_one_are_asked_about() -> None:
    units = [UNITS[0], "财社局,千文区财政和社会保障局,部门,李明"]
    people = [*PEOPLE[:3], *(line.replace("财政局", "财社局") for line in PEOPLE[3:5])]
    people.append(PEOPLE[5].replace("人社局,局长,主要负责人", "财社局,副局长,班子成员"))
    assert asked(change(units, people)) == ["财社局=财政局/人社局：与“财政局”、“人社局”有相同的人员"]


def test_a_closed_unit_and_its_people() -> None:
    closed = change(UNITS[:2], PEOPLE[:5])
    assert [unit.name for unit in closed.units_closed] == ["人社局"]
    assert [official.name for official in closed.people_left] == ["郑日月"]


def test_a_roster_that_loses_too_many_is_asked_about() -> None:
    shrunk = change(UNITS[:2], PEOPLE[:4])
    assert not any("用错了文件" in str(warning) for warning in shrunk.warnings)
    shrunk = change(UNITS[:1], PEOPLE[:3])
    assert str(shrunk.warnings[-1]) == "将有3人离任并解除绑定（现共6人），请核对是否用错了文件。"


def test_the_first_roster_is_all_new() -> None:
    first = change(old=Roster([], []))
    assert (len(first.units_new), len(first.people_new), bool(first)) == (3, 6, True)
    assert not first.displaced


# ---------------------------------------------------------------- who comes back

LEFT_AT = datetime(2026, 9, 30, 1, 0, tzinfo=UTC)


def without_wang() -> Roster:
    """The roster in force after 王芳 was taken off it."""
    everybody = office()
    everybody.officials[4].left_at, everybody.officials[4].telegram_id = LEFT_AT, None
    return Roster(everybody.units, everybody.officials)


def returned(of: RosterChange) -> dict[int, list[str]]:
    return {each.official.id: [str(one) for one in each.differences] for each in of.people_back}


def test_who_comes_back_with_all_the_same_is_asked_about() -> None:
    again = change(old=without_wang())
    assert asked(again) == ["王芳=王芳：姓名、手机、单位、职务、角色都相同"]
    assert [*again.people_new, *again.people_back, *again.people_left] == []
    same = change(old=without_wang(), answers=Answers(same=[("王芳", "王芳")]))
    assert (returned(same), same.people_new, same.doubts) == ({5: []}, [], [])
    assert same
    assert not same.displaced
    other = change(old=without_wang(), answers=Answers(new=["王芳"]))
    assert ([row.name for row in other.people_new], other.people_back, other.doubts) == (["王芳"], [], [])


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("王芳,财政局", "王芳,人社局", ["单位 财政局 → 人社局"]),
        ("王芳,财政局,科员,联络员", "王芳,人社局,副局长,班子成员", None),
        ("王芳,", "王方,", ["姓名 王芳 → 王方"]),
        ("13800000005", "13800000095", ["手机 13800000005 → 13800000095"]),
        ("科员", "主任科员", ["职务 科员 → 主任科员"]),
    ],
)
def test_who_comes_back_with_something_changed_is_asked_about(
    old: str, new: str, differs: list[str] | None
) -> None:
    people = replaced(PEOPLE, old, new)
    name = people[4][:2]
    (doubt,) = change(people=people, old=without_wang()).doubts
    assert (doubt.name, doubt.names) == (name, ("王芳",))
    same = change(people=people, old=without_wang(), answers=Answers(same=[(name, "王芳")]))
    assert differs is None or returned(same) == {5: differs}
    assert [one.official.id for one in same.people_back] == [5]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("王芳,财政局,科员,联络员,13800000005", "王芳,人社局,科员,联络员,13800000099"),  # a namesake
        ("王芳,财政局,科员,联络员,13800000005", "王芳,财政局,股长,班子成员,13800000099"),  # and in one unit
        ("王芳,财政局,科员,联络员,13800000005", "周玄黄,财政局,科员,联络员,13800000005"),  # the seat's number
        ("王芳,财政局,科员,联络员,13800000005", "王方,财政局,科员,联络员,13800000099"),  # a successor
    ],
)
def test_a_namesake_or_successor_of_one_who_left_is_new_unless_it_is_said(old: str, new: str) -> None:
    people = replaced(PEOPLE, old, new)
    changed = change(people=people, old=without_wang())
    assert ([row.name for row in changed.people_new], changed.doubts) == ([people[4].split(",")[0]], [])
    said_so = Answers(same=[(people[4].split(",")[0], "王芳")])
    assert list(returned(change(people=people, old=without_wang(), answers=said_so))) == [5]


def test_of_several_who_left_under_one_name_the_last_is_meant_and_who_is_in_office_before_them() -> None:
    old = without_wang()
    earlier = Official("王芳", old.units[1], "科员", Role.LIAISON, "13800000005")
    elsewhere = Official("王芳", old.units[2], "科员", Role.LIAISON, "13800000005")
    for id, one in ((7, earlier), (8, elsewhere)):
        one.id, one.left_at = id, LEFT_AT - timedelta(days=id)
    several = Roster(old.units, [*old.officials, *old.left, earlier, elsewhere])
    assert asked(change(old=several)) == ["王芳=王芳(人社局)/王芳(财政局)：都与之相近"]
    answers = Answers(same=[("王芳", "王芳(财政局)")])
    assert list(returned(change(old=several, answers=answers))) == [5]
    with pytest.raises(Refused, match="“王芳”对不上"):
        change(old=several, answers=Answers(same=[("王芳", "王芳")]))
    in_office = Official("王芳", old.units[1], "科员", Role.LIAISON, "13800000005")
    in_office.id = 9
    assert not change(old=Roster(old.units, [*old.officials, *old.left, earlier, in_office]))
