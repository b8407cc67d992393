"""上一步, what is not asked, and forms put aside, as the phone shows them."""

from datetime import datetime, timedelta

import pytest

from handlers.forms.kinds import FORMS, ORDERS, Form
from rules.fields import Number, Text
from rules.forms import KEPT_ASIDE, Values
from rules.roster import Official
from storage.unit_of_work import UnitOfWork
from tests.handlers.forms.handset import MORNING, SUBMITTED, Handset, hand_in

IDLE = timedelta(minutes=31)
SHORT = Form(
    "short",
    "短表",
    (
        Text("what", "事项", ask="什么事？", longest=20),
        Text("why", "原因", ask="为什么？", longest=20),
        Number(
            "limit",
            "时限",
            ask="几天？",
            unit="天",
            default=lambda scene: len(scene.values["why"]),
            unasked=True,
        ),
        Text("remark", "说明", ask="还有什么？", longest=20, optional=True, unasked=True),
    ),
    hand_in,
    word="短表",
)


async def _begun(phone: Handset) -> None:
    FORMS["short"] = SHORT
    await phone.write("短表")


async def test_a_step_back_keeps_what_was_answered_as_the_proposal(phone: Handset) -> None:
    await _begun(phone)
    assert await phone.last() == "短表\n什么事？\n20字以内\n[取消]"
    await phone.write("开会")
    await phone.tap("‹ 上一步")
    assert await phone.last() == "短表\n事项：开会\n\n什么事？\n20字以内\n[不改][取消]"
    await phone.tap("不改")
    assert (await phone.last()).endswith("为什么？\n20字以内\n[‹ 上一步][取消]")
    await phone.write("返回上一步")
    await phone.write("调研")
    assert "事项：调研\n\n为什么？" in await phone.last()


async def test_there_is_no_step_before_the_first_and_half_an_answer_is_one(phone: Handset) -> None:
    await phone.write("请假")
    await phone.write("上一步")
    assert "⚠️ 这是第一步。" in await phone.last()
    await phone.tap("出差")
    await phone.tap("24")
    await phone.write("上一步")
    assert "从哪一天起？" in await phone.last()
    assert await phone.live() == 1


async def test_from_the_card_the_last_answer_is_asked_for_again(phone: Handset) -> None:
    await _begun(phone)
    await phone.write("开会")
    await phone.write("要紧")
    await phone.write("上一步")
    assert (await phone.last()).endswith("为什么？\n20字以内\n[不改][取消]")
    await phone.write("上一步")
    assert "请核对，无误请提交。" in await phone.last()


async def test_what_has_a_default_is_not_asked_and_follows_until_it_is_written(phone: Handset) -> None:
    await _begun(phone)
    await phone.write("开会")
    await phone.write("要紧")
    assert await phone.last() == (
        "短表\n事项：开会\n原因：要紧\n时限：2天（默认）\n\n请核对，无误请提交。\n"
        "[改事项][改原因][改时限]\n[提交][修改][取消]"
    )
    await phone.write("原因：很要紧")
    assert "时限：3天（默认）" in await phone.last()
    await phone.write("时限：9")
    await phone.write("原因：急")
    assert "时限：9天\n" in await phone.last()
    await phone.tap("提交")
    assert [SUBMITTED[0][key] for key in ("why", "limit", "remark")] == ["急", 9, None]


async def test_forms_put_aside_are_listed_and_taken_up_again(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n地点：济南")
    await phone.write("会签\n标题：办法")
    await phone.write("先放着")
    assert await phone.chat_has("请假报告\n先放着了。发「草稿」接着填，保留到12月8日（周二）。")
    assert "请哪些单位会签？" in await phone.last()
    await phone.write("草稿")
    assert (
        await phone.last()
        == "先放着的表，点号码接着填：\n1. 请假报告（11月23日（周一）09:00）出差，济南\n[1]"
    )
    await phone.tap("1")
    assert (await phone.last()).startswith("请假报告\n类别：出差\n地点：济南\n\n从哪一天起？")
    assert await phone.chat_has("会签单\n先放着了。发「草稿」接着填，保留到12月8日（周二）。")
    await phone.write("12月1日")
    assert "时间：12月1日（周二），共1天" in await phone.last()


async def test_nothing_is_taken_up_while_a_form_waits_for_the_choice(phone: Handset) -> None:
    await phone.write("请假\n类别：出差")
    await phone.later(IDLE)
    await phone.tap("先放着")
    await phone.write("请假\n类别：学习")
    await phone.attach("办法.docx", caption="会签\n标题：办法\n单位：财政局")
    await phone.write("草稿")
    assert await phone.tap("1") == "请先点“继续”“先放着”或“放弃”。"
    assert (await phone.last()).endswith("[继续][先放着][放弃]")
    await phone.tap("先放着")
    assert (await phone.last()).startswith("会签单\n标题：办法\n单位：财政局\n附件：《办法.docx》\n")


async def test_a_form_put_aside_is_kept_for_fifteen_days(phone: Handset) -> None:
    await phone.write("请假")
    await phone.tap("出差")
    await phone.later(IDLE)
    await phone.tap("先放着")
    await phone.later(KEPT_ASIDE - IDLE)
    assert "先放着了" in await phone.last()
    await phone.later(IDLE)
    assert await phone.last() == "您先放着的请假报告一直没有接着填，内容已不再保留；要办请重新填。"
    await phone.write("草稿")
    assert await phone.last() == "没有先放着的表。"


@pytest.mark.parametrize(
    ("minutes", "taps", "in_time"),
    [(29, [], True), (30, ["继续"], False), (30, ["先放着", "草稿"], False)],
    ids=["at once", "left lying", "put aside"],
)
async def test_what_was_left_lying_counts_from_when_it_is_handed_in(
    phone: Handset, minutes: int, taps: list[str], in_time: bool
) -> None:
    handed_in: list[datetime] = []

    async def submit(work: UnitOfWork, official: Official, values: Values) -> None:
        handed_in.append(work.acted_at)

    questions = (Text("opinion", "意见", ask="什么意见？"), Text("more", "补充", ask="补充？", optional=True))
    form = Form("opinion", "不同意见", questions, submit, confirm=False)
    FORMS[form.name] = form
    await phone.begin(form)
    await phone.write("第八条资金来源不明")
    await phone.later(timedelta(minutes=minutes))
    for label in taps:
        if label == "草稿":
            await phone.write(label)
            await phone.tap("1")
        else:
            await phone.tap(label)
    await phone.tap("跳过")
    assert handed_in == [MORNING if in_time else phone.clock.now]


async def test_words_that_mean_something_else_are_asked_about_and_kept(phone: Handset) -> None:
    async def orders(*_: object) -> str:
        return "待办"

    await _begun(phone)
    ORDERS.append(orders)
    try:
        await phone.write("看看我的待办")
    finally:
        ORDERS.remove(orders)
    assert await phone.last() == (
        "短表\n❓ 事项：看看我的待办 — 是填在这里的吗？另办的，请只发“待办”\n\n什么事？\n20字以内\n"
        "[看看我的待办]\n[取消]"
    )
    await phone.tap("看看我的待办")
    await phone.write("不填了")
    assert "❓ 原因：不填了 — 是填在这里的吗？不填这张表了，请点“取消”" in await phone.last()
    await phone.write("已经批准")
    assert "原因：已经批准\n" in await phone.last()
