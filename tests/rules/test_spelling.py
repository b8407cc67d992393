"""Text stays as it was written, and spellings of one name compare equal: in the roster, in forms, in 查找."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.fields import OfficialField, OfficialsField, UnitsField
from rules.roster import Official, Role, Roster, Unit, UnitKind, is_remark
from rules.roster_cells import cell_text
from rules.spelling import folded, private_use, same, ways
from rules.text import DAMAGED, clean
from tests.rules.fields.scene import SCENE

NEW = "\U000323b0"
"""The first character of CJK extension J, which Unicode 17 brought: no Python table has it yet."""


@pytest.mark.parametrize(
    "name", ["王\ue863", f"王{NEW}", "王\U0002ebf0", "王\U000f0001", "艾力•买买提", "\uf92c平"]
)
def test_a_name_stays_as_it_is_written(name: str) -> None:
    assert clean(name) == name
    assert cell_text(f" {name} ") == name
    assert cell_text(f"{name[0]}\u3000{name[1:]}") == name


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=50))
def test_nothing_that_can_be_seen_is_lost(text: str) -> None:
    unseen = {"Cc", "Cf", "Zl", "Zp", "Zs"}
    composed = unicodedata.normalize("NFC", text)
    seen = [sign for sign in composed if unicodedata.category(sign) not in unseen]
    kept = unicodedata.normalize("NFC", clean(text))
    assert [sign for sign in kept if unicodedata.category(sign) not in unseen] == [
        DAMAGED if ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF else sign for sign in seen
    ]


def test_what_cannot_be_kept_stays_visible() -> None:
    assert clean("王\ud842芳") == f"王{DAMAGED}芳"
    assert clean("王\uffff") == f"王{DAMAGED}"


def test_joiners_stay_where_letters_take_their_shape_from_them() -> None:
    assert clean("\u1820\u180e\u1821") == "\u1820\u180e\u1821"
    assert clean("王\u200d芳\u200c") == "王芳"
    assert clean("\U0001f3f4\U000e0067\U000e007f") == "\U0001f3f4\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *((f"艾力{dot}买买提", "艾力·买买提") for dot in "•‧・･∙⋅"),
        ("艾力 • 买买提", "艾力·买买提"),
        ("\uf92c", "郎"),
        ("\ue863", "䶮"),
        ("\ue81e", "龴"),
        ("区⻓", "区长"),
        ("王芳\U000e0100", "王芳"),
        ("（ＡＢ）", "(AB)"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert one != other
    assert same(one, other)
    assert dict(ways(folded(other))).items() >= {
        (written, plain)
        for written, plain in zip(one, other, strict=False)
        if written != plain and len(one) == len(other)
    }


def test_what_only_looks_alike_is_not_the_same() -> None:
    assert not same("王芳", "王方")
    assert not same("未来", "末来")
    assert not same("艾力买买提", "艾力·买买提")


def test_a_sign_of_the_private_area_is_named_with_what_it_is_today() -> None:
    assert private_use("王\ue863\ue000") == [("\ue863", "䶮"), ("\ue000", "")]


def test_forms_know_people_and_units_however_they_are_spelt() -> None:
    unit = Unit("民族宗教局", "千文区民族宗教局", UnitKind.DEPARTMENT)
    aili = Official("艾力•买买提", unit, "局长", Role.UNIT_HEAD)
    lang = Official("\uf92c平", unit, "副局长", Role.DEPUTY_HEAD)
    unit.id, aili.id, lang.id = 1, 1, 2
    scene = type(SCENE)(SCENE.now, aili, Roster([unit], [aili, lang]), SCENE.calendar, SCENE.settings)
    one, several = OfficialField("a", "主持"), OfficialsField("a", "人员")
    assert one.read("艾力·买买提", scene) is aili
    assert one.read("民族宗教局局长艾力‧买买提", scene) is aili
    assert several.read("郎平（女）、艾力・买买提", scene) == [lang, aili]
    assert [c.id for c in several.matching(scene, "艾力·")] == [1]
    assert UnitsField("a", "单位").read("民族宗教局\ufe00", scene) == [unit]
    assert scene.roster.named("郎平(民族宗教局)") == [lang]


@pytest.mark.parametrize("remark", ["女", "女，回族", "副局长", "挂职", "大"])
def test_a_remark_is_no_unit(remark: str) -> None:
    assert is_remark(remark)
    assert SCENE.roster.named(f"王芳（{remark}）") == SCENE.roster.named("王芳")


def test_another_unit_in_brackets_is_no_remark() -> None:
    assert SCENE.roster.named("王芳（人社局）") == []
    assert not is_remark("财政局")
