"""One form, one live message; nothing tapped late, twice or by another changes anything."""

from datetime import timedelta

import pytest

from tests.handlers.forms.handset import LEAVE, REASON, SUBMITTED, Handset

IDLE = timedelta(minutes=31)


async def test_taps_change_the_message_where_it_stands(phone: Handset) -> None:
    await phone.write("请假")
    await phone.tap("出差")
    await phone.tap("24")
    assert len(await phone.chat()) == 1


async def test_after_what_was_typed_a_fresh_card_follows_and_the_old_one_is_gone(phone: Handset) -> None:
    await phone.write("请假")
    old = (await phone.chat())[-1][1][0][0]["callback_data"]
    await phone.write("出差")
    before = await phone.chat()
    assert len(before) == 1
    assert "从哪一天起？" in await phone.last()
    assert await phone.tap_data(old) == "这张卡片已过时，请看最下面的一张。"
    assert await phone.chat() == before


async def test_a_second_tap_on_the_same_button_changes_nothing(phone: Handset) -> None:
    await phone.write("请假")
    kind = (await phone.chat())[-1][1][0][0]["callback_data"]
    await phone.tap_data(kind)
    assert await phone.tap_data(kind) == "这一项已经选过。"
    first = next(b for row in (await phone.chat())[-1][1] for b in row if b["text"] == "24")["callback_data"]
    await phone.tap_data(first)
    await phone.tap_data(first)
    assert "从11月24日（周二）到哪一天？" in await phone.last()


async def test_a_form_is_submitted_once(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n时间：12月1日\n地点：济南\n事由：开会\n主持：孔集")
    submit = (await phone.chat())[-1][1][-1][0]["callback_data"]
    await phone.tap_data(submit)
    assert await phone.tap_data(submit) == "这张表已经办结。"
    assert len(SUBMITTED) == 1
    assert await phone.live() == 0


async def test_nobody_else_may_tap(phone: Handset, other_phone: Handset) -> None:
    await phone.write("请假")
    before = await phone.last()
    data = (await phone.chat())[-1][1][0][0]["callback_data"]
    assert await other_phone.tap_data(data) == "这个按钮无效。"
    assert await phone.last() == before


@pytest.mark.parametrize(
    "data",
    [
        "f:99:1:cancel",
        "f:1:1:zzz",
        "f:1:1:kind.c.99",
        "f:1:1:kind.c.-1",
        "f:1:1:kind.s.20261201",
        "f:1:1:kind.none",
        "f:1:1:kind.ok",
        "f:1:1:kind.def",
        "f:1:1:kind.m.202612",
        "f:1:1:_pasted.c.1",
        "f:1:1:nothing.ask",
        "f:1",
        "f:x:y:z",
        "f:1:1:" + "z" * 50,
    ],
)
async def test_forged_data_gets_one_line(phone: Handset, data: str) -> None:
    await phone.write("请假")
    before = await phone.last()
    assert await phone.tap_data(data) == "这个按钮无效。"
    assert await phone.last() == before


@pytest.mark.parametrize(
    "what",
    [
        "s.20200101",
        "s.99999999",
        "s.",
        "e.20261201",
        "h.1",
        "m.999999",
        "m.202613",
        "p.1",
        "o.3",
        "n.3",
        "t.0900",
    ],
)
async def test_forged_days_get_one_line(phone: Handset, what: str) -> None:
    await phone.write("请假")
    await phone.tap("出差")
    assert await phone.tap_data(f"f:1:1:span.{what}") == "这个按钮无效。"
    assert "从哪一天起？" in await phone.last()


async def test_submit_before_the_form_is_whole_is_no_submission(phone: Handset) -> None:
    await phone.write("请假")
    assert await phone.tap_data("f:1:1:submit") == "还有要改的地方。"
    assert not SUBMITTED


async def test_a_form_left_half_way_asks_once(phone: Handset) -> None:
    await phone.write("请假")
    await phone.tap("出差")
    await phone.later(timedelta(minutes=29))
    assert len(await phone.chat()) == 1
    await phone.later(timedelta(minutes=1))
    assert await phone.last() == "您的请假报告还没有提交，要接着办吗？\n[继续][先放着][放弃]"
    assert await phone.live() == 1
    await phone.later(IDLE)
    assert len(await phone.chat()) == 1
    await phone.tap("继续")
    assert (await phone.last()).startswith("请假报告\n类别：出差\n\n从哪一天起？")


async def test_whoever_touched_it_meanwhile_is_not_asked(phone: Handset) -> None:
    await phone.write("请假")
    await phone.later(timedelta(minutes=20))
    await phone.tap("出差")
    await phone.later(timedelta(minutes=20))
    assert len(await phone.chat()) == 1


async def test_after_the_reminder_an_answer_goes_on_as_well(phone: Handset) -> None:
    await phone.write("请假")
    await phone.tap("出差")
    await phone.later(IDLE)
    await phone.write("12月1日")
    assert "时间：12月1日（周二），共1天" in await phone.last()
    assert await phone.live() == 1


async def test_given_up_is_given_up(phone: Handset) -> None:
    await phone.write("请假")
    await phone.tap("出差")
    await phone.later(IDLE)
    await phone.tap("放弃")
    assert await phone.last() == "请假报告\n已取消，填的内容没有保留。"
    await phone.later(IDLE)
    assert await phone.live() == 0


async def test_cancel_by_word_and_by_button(phone: Handset) -> None:
    await phone.write("请假")
    await phone.write("取消")
    assert await phone.last() == "请假报告\n已取消，填的内容没有保留。"
    await phone.write("取消")
    assert await phone.last() == "现在没有填到一半的表。"
    await phone.write("请假")
    await phone.tap("取消")
    assert await phone.live() == 0


async def test_a_second_form_asks_which_one_to_go_on_with(phone: Handset) -> None:
    await phone.write("请假")
    await phone.tap("出差")
    await phone.write("会签\n标题：城市更新管理办法")
    assert await phone.last() == (
        "您的请假报告还没有提交，继续填它，还是先放着或者放弃，改填会签单？\n[继续][先放着][放弃]"
    )
    await phone.write("随便")
    assert await phone.last() == (
        "⚠️ 请先点“继续”“先放着”或“放弃”。\n"
        "您的请假报告还没有提交，继续填它，还是先放着或者放弃，改填会签单？\n[继续][先放着][放弃]"
    )
    await phone.tap("放弃")
    assert (await phone.last()).startswith("会签单\n标题：城市更新管理办法\n\n请哪些单位会签？")
    assert await phone.live() == 1


async def test_going_on_with_the_first_form(phone: Handset) -> None:
    await phone.write("请假")
    await phone.tap("出差")
    await phone.write("会签")
    await phone.tap("继续")
    assert (await phone.last()).startswith(
        "请假报告\n类别：出差\n⚠️ 会签单没有留下，办完这一份再发。\n\n从哪一天起？"
    )


async def test_a_form_with_nothing_on_it_gives_way_without_a_question(phone: Handset) -> None:
    await phone.write("请假")
    await phone.write("会签")
    assert len(await phone.chat()) == 1
    assert "文稿叫什么？" in await phone.last()


async def test_a_form_that_began_filled_is_not_put_away_in_silence(phone: Handset) -> None:
    await phone.begin(LEAVE, kind="出差", place="济南", leave=7)
    await phone.write("请假\n类别：就医")
    asked = "您的请假报告还没有提交，继续填它，还是先放着或者放弃，重新填一份？\n[继续][先放着][放弃]"
    assert await phone.last() == asked
    await phone.tap("继续")
    assert "类别：出差\n地点：济南" in await phone.last()
    await phone.write("请假\n类别：就医")
    await phone.tap("放弃")
    assert (await phone.last()).startswith("请假报告\n类别：就医\n\n从哪一天起？")


async def test_one_question_is_answered_and_done(phone: Handset) -> None:
    await phone.begin(REASON, leave=12)
    assert await phone.last() == "不同意\n不同意的理由？\n200字以内\n[取消]"
    await phone.write("好" * 201)
    assert (await phone.last()).endswith(
        "写了201个字，请压缩到200个字以内\n\n不同意的理由？\n200字以内\n[取消]"
    )
    await phone.write("时间冲突，请改期。")
    assert await phone.last() == "不同意\n理由：时间冲突，请改期。\n\n✅ 已提交。"
    assert SUBMITTED == [{"leave": 12, "reason": "时间冲突，请改期。"}]
    assert await phone.live() == 0


async def test_a_form_may_begin_filled(phone: Handset) -> None:
    await phone.begin(LEAVE, kind="出差", place="济南", leave=7)
    assert (await phone.last()).startswith("请假报告\n类别：出差\n地点：济南\n\n从哪一天起？")


async def test_what_has_gone_by_overnight_is_asked_again(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n时间：明天\n地点：济南\n事由：开会\n主持：孔集")
    submit = (await phone.chat())[-1][1][-1][0]["callback_data"]
    phone.clock.now += timedelta(days=2)
    assert await phone.tap_data(submit) == "还有要改的地方。"
    assert "❌ 时间：11月24日（周二）已经过去，例：12月1日至12月3日" in await phone.last()
    assert not SUBMITTED


async def test_a_field_left_empty_that_the_form_wants_is_asked_for(phone: Handset) -> None:
    await phone.begin(LEAVE, kind="就医", place="济南", reason="复查", acting=None)
    await phone.write("12月1日")
    await phone.tap("跳过")
    assert (await phone.last()).startswith(
        "请假报告\n类别：就医\n时间：12月1日（周二），共1天\n地点：济南\n事由：复查\n"
        "❌ 主持：请写明谁主持（依据《工作规则》第七十七条），例：李收\n\n外出期间谁主持工作？"
    )
    assert "[跳过]" not in await phone.last()
    await phone.write("孔集")
    assert "[提交][修改][取消]" in await phone.last()
