"""Whole groups of units: as buttons, and as people write them."""

from dataclasses import replace

import pytest

from rules.fields import Scene, UnitsField
from rules.forms import Values
from rules.refused import Partly, Refused
from rules.roster import Roster, Unit, UnitKind
from tests.rules.fields.scene import SCENE

NAMES = {
    UnitKind.LEADERS: ["区政府"],
    UnitKind.DEPARTMENT: ["财政局", "人社局", "住建局"],
    UnitKind.TOWN: ["云腾街道", "岗山镇"],
    UnitKind.ZONE: ["经开区"],
}
TOWNS = ["云腾街道", "岗山镇"]
DEPARTMENTS = NAMES[UnitKind.DEPARTMENT]


def district(last: tuple[str, ...] = ()) -> Scene:
    units = [Unit(name, f"千文区{name}", kind) for kind, names in NAMES.items() for name in names]
    for number, unit in enumerate(units, start=1):
        unit.id = number
    ids = [unit.id for unit in units if unit.name in last]
    roster = Roster(units, SCENE.roster.officials)
    return replace(SCENE, roster=roster, values=Values({"last": ids}))


FIELD = UnitsField(
    "units",
    "单位",
    among=lambda scene: [unit for unit in scene.roster.units if unit.kind is not UnitKind.LEADERS],
    before=lambda values: values["last"],
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("各镇街", TOWNS),
        ("各镇、街道", TOWNS),
        ("各镇（街道）", TOWNS),
        ("各部门", DEPARTMENTS),
        ("区政府各部门、各镇街", DEPARTMENTS + TOWNS),
        ("各部门和各镇街", DEPARTMENTS + TOWNS),
        ("财政局，各镇街。", ["财政局", *TOWNS]),
        ("各镇街、岗山镇", TOWNS),
        ("全部", [*DEPARTMENTS, *TOWNS, "经开区"]),
        ("各有关单位", [*DEPARTMENTS, *TOWNS, "经开区"]),
        ("同上次", ["人社局", "经开区"]),
        ("和上次一样", ["人社局", "经开区"]),
        ("同上次、财政局", ["人社局", "经开区", "财政局"]),
    ],
)
def test_a_group_is_every_unit_of_it(text: str, names: list[str]) -> None:
    assert [unit.name for unit in FIELD.read(text, district(("人社局", "经开区")))] == names


def test_a_unit_of_that_name_is_no_group() -> None:
    with pytest.raises(Refused, match="没有「各镇卫生院」"):
        FIELD.read("各镇卫生院", district())
    with pytest.raises(Partly):
        FIELD.read("财政局、各镇街办事处", district())


def test_like_last_time_wants_a_last_time() -> None:
    with pytest.raises(Refused, match="没有上次可比，请写出单位"):
        FIELD.read("同上次", district())


def test_only_groups_of_several_that_are_not_too_many_are_offered() -> None:
    assert list(FIELD.groups(district(("经开区",)))) == ["各部门", "各镇街", "全部", "同上次"]
    assert list(FIELD.groups(district())) == ["各部门", "各镇街", "全部"]
    assert list(replace(FIELD, most=2).groups(district())) == ["各镇街"]
    assert replace(FIELD, most=2).limit(district()) == "最多2个单位"
    assert FIELD.limit(district()) == ""
