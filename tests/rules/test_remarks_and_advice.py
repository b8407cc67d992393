"""Remarks and views asked for: which cards show them, who may answer, and the office's ready lines."""

import pytest

from notices import advice as told
from notices.remarks import HEAD, below, without
from rules.refused import Refused
from rules.remarks.advice import Advice
from rules.remarks.phrases import Phrases
from rules.remarks.remark import Remark
from tests.cast import Cast, beijing

NOW = beijing("2026-12-01 09:00")
CAST = Cast()


def remark(text: str, *, opinion: bool = False) -> Remark:
    return Remark("leave:1", CAST.head, text, NOW, ["leave:1:0", "leave:1:own"], opinion)


@pytest.fixture
def advice() -> Advice:
    made = Advice("leave:1", "leave:1:0", "<b>冯寒来请假</b>\n事由：探亲", CAST.mayor, CAST.vice, "可行吗？")
    made.id = 5
    made.ask(NOW)
    return made


def test_a_remark_stands_on_its_cards_and_on_the_copies_of_who_stands_in() -> None:
    said = remark("材料已补")
    assert [said.stands_on(card) for card in ("leave:1:0", "leave:1:0:33", "leave:1:own")] == [True] * 3
    assert not any(said.stands_on(card) for card in ("leave:1:01", "leave:1:acting:9", "leave:11:own"))


def test_three_stand_open_and_those_before_are_folded() -> None:
    text = below([remark(f"第{number}句<") for number in range(1, 6)])
    folded, _, shown = text.partition("</blockquote>")
    assert "<blockquote expandable>" in folded
    assert [f"第{n}句&lt;" in folded for n in range(1, 6)] == [True, True, False, False, False]
    assert [f"第{n}句&lt;" in shown for n in range(1, 6)] == [False, False, True, True, True]
    assert without(f"<b>卡片</b>{text}") == "<b>卡片</b>"
    assert "blockquote" not in below([remark("一句")])
    assert "冯寒来意见（12月1日 09:00）：可行" in below([remark("可行", opinion=True)])
    assert text.startswith(HEAD)


def test_only_who_was_asked_answers_and_only_once(advice: Advice) -> None:
    with pytest.raises(Refused, match="您不能代为答复"):
        advice.answer(CAST.head, "可行", NOW)
    assert "事由：探亲" in told.text(advice)
    assert [button.label for row in told.buttons(advice, CAST.vice) for button in row] == ["写意见"]
    advice.answer(CAST.vice, "可行", NOW)
    assert (advice.open, advice.view) == (False, "可行")
    assert told.buttons(advice, CAST.vice) == ()
    assert "探亲" not in told.text(advice)  # what was shown to be judged is not kept before them
    with pytest.raises(Refused, match="不能重复答复"):
        advice.answer(CAST.vice, "不可行", NOW)


def test_what_was_decided_meanwhile_wants_no_view_any_more(advice: Advice) -> None:
    advice.is_moot(NOW)
    assert not advice.open
    assert "已作出决定，不需答复" in told.text(advice)
    with pytest.raises(Refused, match="已就此事作出决定"):
        advice.answer(CAST.vice, "可行", NOW)


def test_nobody_asks_themselves() -> None:
    with pytest.raises(Refused, match="不用征求本人"):
        Advice("leave:1", "leave:1:0", "", CAST.mayor, CAST.mayor, "可行吗？").check()


def test_ready_lines_are_few_short_and_by_kind() -> None:
    assert Phrases(decline=()).of("decline") == ()
    assert Phrases().of("") == ()
    assert all(len(lines) > 0 for lines in vars(Phrases()).values())
    with pytest.raises(ValueError, match="最多4句"):
        Phrases(decline=("一", "二", "三", "四", "五"))
    with pytest.raises(ValueError, match="每句1至20个字"):
        Phrases(agree=("很" * 21,))
