"""Written names lead to one person each, and back."""

import pytest

from bot.rehearsal.cast import Cast, Unknown
from rules.roster import Official, Role, Roster, Unit, UnitKind


def small_cast() -> Cast:
    """A mayor, two vice mayors, a desk of three, and a department whose head has a namesake at the desk."""
    leaders = Unit("区政府领导", "区政府领导", UnitKind.LEADERS)
    office = Unit("区政府办公室", "某区人民政府办公室", UnitKind.OFFICE)
    finance = Unit("财政局", "某区财政局", UnitKind.DEPARTMENT, portfolio_id=3)
    people = [
        Official("郑国", leaders, "区长", Role.MAYOR),
        Official("孙立", leaders, "常务副区长", Role.EXECUTIVE_VICE_MAYOR),
        Official("王芳", leaders, "副区长", Role.VICE_MAYOR),
        Official("赵敏", leaders, "副区长", Role.VICE_MAYOR),
        Official("钱进", office, "主任", Role.OFFICE_DIRECTOR),
        Official("刘洋", office, "科员", Role.OFFICE_STAFF),
        Official("冯雨", office, "科员", Role.OFFICE_STAFF),
        Official("刘洋", finance, "局长", Role.UNIT_HEAD),
        Official("陈晨", finance, "办公室科员", Role.LIAISON),
    ]
    for id, official in enumerate(people, 1):
        official.id = id
    for id, unit in enumerate((leaders, office, finance), 1):
        unit.id = id
    roster = Roster((leaders, office, finance), people)
    return Cast(roster, {one.id: 1000 + one.id for one in people}, {2: -2, 3: -3})


@pytest.mark.parametrize(
    ("called", "account"),
    [
        ("区长", 1001),
        ("常务副区长", 1002),
        ("财政局分管副区长", 1003),
        ("赵敏", 1004),
        ("副区长赵敏", 1004),
        ("办公室主任", 1005),
        ("办公室", 1006),
        ("冯雨", 1007),
        ("财政局主要负责人", 1008),
        ("财政局局长", 1008),
        ("财政局局长刘洋", 1008),
        ("刘洋（财政局）", 1008),
        ("刘洋(区政府办公室)", 1006),
        ("财政局联络员", 1009),
    ],
)
def test_called(called: str, account: int) -> None:
    assert small_cast().account(called) == account


@pytest.mark.parametrize(
    ("called", "complaint"),
    [
        ("副区长", "“副区长”有2位（王芳、赵敏），请写姓名"),
        ("刘洋", "“刘洋”有2位"),
        ("周全", "花名册上没有“周全”"),
        ("税务局局长", "花名册上没有“税务局局长”"),
    ],
)
def test_unclear(called: str, complaint: str) -> None:
    with pytest.raises(Unknown, match=complaint):
        small_cast().account(called)


def test_every_chat_has_a_name_that_leads_back() -> None:
    cast = small_cast()
    names = {chat: cast.called([chat]) for chat in range(1001, 1010)}
    assert {cast.account(name): name for name in names.values()} == names
    assert names[1003] == "王芳"
    assert names[1006] == "办公室"
    assert names[1008] == "财政局主要负责人"


def test_strangers_live_from_their_first_mention() -> None:
    cast = small_cast()
    first, second = cast.account("路人甲"), cast.account("路人乙")
    assert cast.account("路人甲") == first != second
    assert [cast.called([chat]) for chat in (first, second)] == ["路人甲", "路人乙"]


def test_groups() -> None:
    cast = small_cast()
    assert cast.chats("财政局群") == [-3]
    assert cast.called([-3]) == "财政局群"
    with pytest.raises(Unknown, match="没有“专班群”这个群"):
        cast.group("专班群")
    cast.add_group("专班群", -9)
    cast.add_group("财政局群", -1003)
    assert (cast.group("专班群"), cast.group("财政局群"), cast.called([-1003])) == (-9, -1003, "财政局群")


def test_a_person_keeps_the_name_the_rehearsal_gave() -> None:
    cast = small_cast()
    assert cast.called([1008]) == "财政局主要负责人"
    cast.account("财政局局长")
    assert cast.called([1008]) == "财政局局长"


def test_everybody_of_a_unit() -> None:
    cast = small_cast()
    assert cast.chats("办公室全体") == [1005, 1006, 1007]
    assert cast.called([1006, 1005, 1007]) == "办公室全体"
    assert cast.called([1005, 1001, 1006, 1007]) == "区长、办公室全体"
    assert cast.called([1006, 1001]) == "办公室、区长"
