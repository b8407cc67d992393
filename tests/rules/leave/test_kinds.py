"""The kinds of leave as people write them."""

from datetime import UTC, datetime

import pytest

from handlers.leave.form import LEAVE
from rules.fields import Choice, Scene
from rules.leave.matter import LeaveKind
from rules.refused import Refused, Unsure
from rules.roster import Official, Role, Roster, Unit, UnitKind
from rules.settings import Settings
from rules.working_days import Calendar


@pytest.fixture
def kind() -> Choice:
    field = LEAVE.field("kind")
    assert isinstance(field, Choice)
    return field


@pytest.fixture
def scene() -> Scene:
    unit = Unit("财政局", "财政局", UnitKind.DEPARTMENT)
    official = Official("王芳", unit, "局长", Role.UNIT_HEAD)
    now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    return Scene(now, official, Roster([unit], [official]), Calendar(), Settings())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("病假", LeaveKind.MEDICAL),
        ("看病", LeaveKind.MEDICAL),
        ("年假", LeaveKind.VACATION),
        ("年休假", LeaveKind.VACATION),
        ("公休假", LeaveKind.VACATION),
        ("带薪年休假", LeaveKind.VACATION),
        ("离岗休假（年假）", LeaveKind.VACATION),
        ("探亲假", LeaveKind.FAMILY),
        ("公务出差", LeaveKind.TRIP),
        ("出差(省内)", LeaveKind.TRIP),
        ("党校学习", LeaveKind.STUDY),
        ("出国（境）", LeaveKind.ABROAD),
        ("因私出国（境）", LeaveKind.ABROAD),
        ("因公出国（境）", LeaveKind.VISIT_ABROAD),
        ("其他", LeaveKind.OTHER),
    ],
)
def test_other_words_for_the_kinds_of_the_rules(
    kind: Choice, scene: Scene, written: str, meant: LeaveKind
) -> None:
    assert kind.read(written, scene) is meant


@pytest.mark.parametrize(
    ("written", "asked", "meant"),
    [
        ("事假", "归入「其他」？", ("其他",)),
        ("婚假", "归入「其他」？", ("其他",)),
        ("产假", "归入「其他」？", ("其他",)),
        ("丧假（父亲）", "归入「其他」？", ("其他",)),
        ("疗养", "归入「离岗休假」？", ("离岗休假",)),
        ("请病假两天", "是「就医」？", ("就医",)),
        ("出差、学习", "是「出差」、「学习」？", ("出差", "学习")),
        ("因私出国旅游", "是「出国出境」？", ("出国出境",)),
    ],
)
def test_what_the_rules_have_no_word_for_is_asked_with_what_was_understood(
    kind: Choice, scene: Scene, written: str, asked: str, meant: tuple[str, ...]
) -> None:
    with pytest.raises(Unsure) as unsure:
        kind.read(written, scene)
    assert (str(unsure.value), unsure.value.meant) == (asked, meant)
    assert [kind.read(each, scene) for each in meant] == [LeaveKind(each) for each in meant]


@pytest.mark.parametrize("written", ["不是出差", "玩", "非病假"])
def test_what_denies_or_says_nothing_is_not_taken_for_its_opposite(
    kind: Choice, scene: Scene, written: str
) -> None:
    with pytest.raises(Refused) as refused:
        kind.read(written, scene)
    assert str(refused.value).startswith("请从出差、出访")
    assert not isinstance(refused.value, Unsure)
