"""Lists: one bad or ambiguous entry costs none of the good ones; they stay, and only it is asked about."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.meeting.fields import AgendaField
from rules.fields import OfficialsField, UnitsField
from rules.fields.people import entries
from rules.invitation.fields import LeadersField
from rules.refused import Partly, Refused
from rules.roster import Official, Role, Roster, Unit, UnitKind
from tests.handlers.forms.handset import SHEET, SUBMITTED, Handset
from tests.rules.fields.scene import FINANCE, LABOUR, LI_OF_LABOUR, SCENE, WANG

UNITS = UnitsField("a", "单位")
PEOPLE = OfficialsField("a", "人员")


def partly(field: UnitsField | OfficialsField, text: str) -> tuple[object, list[tuple[str, str]]]:
    with pytest.raises(Partly) as refusal:
        field.read(text, SCENE)
    return refusal.value.kept, [(entry, str(refused)) for entry, refused in refusal.value.wrong]


def test_of_units_the_good_ones_are_kept() -> None:
    assert partly(UNITS, "财政局、人力局、千文区财政局") == (
        [FINANCE],
        [("人力局", "没有「人力局」，是不是「人社局」")],
    )
    assert partly(UNITS, "财政局和甲局") == ([FINANCE], [("甲局", "没有「甲局」")])
    assert partly(UNITS, "甲局 财政局；乙局") == (
        [FINANCE],
        [("甲局", "没有「甲局」"), ("乙局", "没有「乙局」")],
    )


def test_of_people_the_good_ones_are_kept() -> None:
    assert partly(PEOPLE, "王芳、李收，赵某某") == (
        [WANG],
        [
            ("李收", "有2位李收，请写作 李收(财政局)、李收(人社局)，或点选"),
            ("赵某某", "花名册里没有「赵某某」"),
        ],
    )


@pytest.mark.parametrize(
    "text", ["财政局和人社局", "财政局以及人社局等", "财政局 人社局", "财政局\n人社局。", "财政局;人社局"]
)
def test_units_are_parted_as_people_part_them(text: str) -> None:
    assert UNITS.read(text, SCENE) == [FINANCE, LABOUR]


def test_a_name_is_not_parted() -> None:
    assert PEOPLE.read("财政局 王芳、人社局副局长 李收", SCENE) == [WANG, LI_OF_LABOUR]
    assert PEOPLE.read("王芳（女，回族）、李收（人社局）", SCENE) == [WANG, LI_OF_LABOUR]
    assert PEOPLE.read("王芳同志和李收(人社局)同志", SCENE) == [WANG, LI_OF_LABOUR]
    assert entries("王芳（女，回族）、李收") == ["王芳（女，回族）", "李收"]


def test_leaders_with_a_conjunction_in_their_name() -> None:
    unit = Unit("区政府", "千文区人民政府", UnitKind.LEADERS)
    mayor = Official("李和平", unit, "区长", Role.MAYOR)
    vice = Official("孙及第", unit, "副区长", Role.VICE_MAYOR)
    unit.id, mayor.id, vice.id = 1, 1, 2
    scene = type(SCENE)(SCENE.now, mayor, Roster([unit], [mayor, vice]), SCENE.calendar, SCENE.settings)
    field = LeadersField("a", "领导")
    assert field.read("李和平和孙及第", scene) == [mayor, vice]
    assert field.read("区长、孙副区长", scene) == [mayor, vice]
    with pytest.raises(Partly) as refusal:
        field.read("李和平、钱副区长", scene)
    assert refusal.value.kept == [mayor]


def test_one_topic_of_an_agenda_is_changed_alone() -> None:
    agenda = AgendaField("topics", "议题", multiline=True, longest=2000)
    before = "1. 甲\n2. 乙（人社局）"
    assert agenda.amended(before, "1. 财政局", SCENE) == "1. 甲（财政局）\n2. 乙（人社局）"
    assert agenda.amended(before, "2. 丙（财政局，20分钟）", SCENE) == "1. 甲\n2. 丙（财政局，20分钟）"
    assert agenda.amended("甲", "1. 财政局", SCENE) == "甲（财政局）"
    assert agenda.amended("甲", "1. 乙（财政局）", SCENE) is None
    assert agenda.amended(before, "3. 丙（财政局）", SCENE) is None
    assert agenda.amended(before, "丙（财政局）", SCENE) is None


GOOD = st.lists(st.sampled_from(["财政局", "千文区财政局", "人社局"]), max_size=4)
BAD = st.lists(st.sampled_from(["甲局", "乙局", "人力局", "王芳（女）", "？"]), max_size=4)


@given(GOOD, BAD, st.randoms(use_true_random=False), st.sampled_from("、，;\n ；"))
def test_whatever_stands_beside_them_good_entries_are_kept(
    good: list[str], bad: list[str], order: Random, between: str
) -> None:
    written = [*good, *bad]
    order.shuffle(written)
    meant = {FINANCE if "财政" in name else LABOUR for name in good}
    kept: list[object]
    try:
        kept, wrong = [*UNITS.read(f" {between} ".join([*written, ""]), SCENE)], []
    except Partly as refusal:
        kept, wrong = [*refusal.kept], [entry for entry, _ in refusal.wrong]
    except Refused:
        kept, wrong = [], bad[:1]
    assert set(kept) == meant
    assert sorted(wrong) == sorted(bad)


async def test_a_pasted_list_keeps_what_is_right_and_asks_for_the_rest(phone: Handset) -> None:
    await phone.write("会签\n标题：某办法\n单位：财政局、人力局、住建局、水利局\n时限：3")
    said = await phone.last()
    assert (
        "单位：财政局、住建局\n"
        "❌ 单位：人力局 — 没有「人力局」，是不是「人社局」；还有「水利局」，随后再问" in said
    )
    assert "[选好了（2）]" in said
    await phone.write("人社局")
    said = await phone.last()
    assert "单位：财政局、住建局、人社局\n❌ 单位：水利局 — 没有「水利局」" in said
    await phone.tap("选好了（3）")
    assert "单位：财政局、住建局、人社局\n时限：3个工作日\n\n请发文稿。" in await phone.last()


async def test_a_line_written_for_the_bad_one_adds_to_the_good_ones(phone: Handset) -> None:
    await phone.write("会签\n标题：某办法\n单位：财政局、人力局\n时限：3")
    await phone.write("单位：人社局")
    assert "单位：财政局、人社局\n时限：3个工作日\n\n请发文稿。" in await phone.last()


async def test_step_by_step_too_and_a_tap_answers_what_was_asked(phone: Handset) -> None:
    await phone.begin(SHEET)
    await phone.write("某办法")
    await phone.write("财政局、人力局")
    assert "单位：财政局\n❌ 单位：人力局 — 没有「人力局」" in await phone.last()
    await phone.tap("人社局")
    said = await phone.last()
    assert "单位：财政局、人社局\n\n几个工作日内答复？" in said


async def test_another_slip_costs_nothing_either(phone: Handset) -> None:
    await phone.write("会签\n标题：某办法\n单位：财政局、人力局\n时限：3")
    await phone.write("人社居")
    assert "单位：财政局\n❌ 单位：人社居 — 没有「人社居」" in await phone.last()
    await phone.write("人社局")
    await phone.attach("某办法.docx")
    await phone.tap("发完了")
    await phone.tap("提交")
    assert [unit.name for unit in SUBMITTED[0]["units"]] == ["财政局", "人社局"]


async def test_a_unit_that_has_gone_meanwhile_costs_none_of_the_others(phone: Handset) -> None:
    await phone.write("会签\n标题：某办法\n单位：财政局、住建局\n时限：3")
    async with phone.office.work("close") as work:
        unit = (await work.roster()).unit("住建局")
        assert unit is not None
        unit.closed_at = work.now
    await phone.attach("某办法.docx")
    said = await phone.last()
    assert "单位：财政局\n❌ 单位：原选的单位 — 有1个已不在可选范围，其余保留，请核对" in said
    await phone.tap("发完了")
    await phone.tap("选好了（1）")
    assert "单位：财政局\n时限：3个工作日\n附件：《某办法.docx》\n\n请核对" in await phone.last()
    assert "❌" not in await phone.last()


async def test_a_list_that_may_not_stand_is_not_taken_for_skipped(phone: Handset) -> None:
    await phone.write("会签\n标题：某办法\n单位：财政局、人社局、住建局、水务局、甲局\n时限：3")
    said = await phone.last()
    assert "❌ 单位：甲局 — 没有「甲局」" in said
    assert "选好了" not in said
