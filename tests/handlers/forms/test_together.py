"""What was sent together stays together: a note before, under or after its files finds them."""

from datetime import timedelta

import pytest

from tests.handlers.forms.handset import REASON, SUBMITTED, Handset

NOTE = "会签\n标题：城市更新管理办法\n单位：财政局、人社局\n时限：3"
FILLED = "会签单\n标题：城市更新管理办法\n单位：财政局、人社局\n时限：3个工作日\n"
ASKED = "您的请假报告还没有提交，继续填它，还是先放着或者放弃，改填会签单？\n"
CHOICE = "[继续][先放着][放弃]"


async def half_filled(phone: Handset) -> None:
    await phone.write("请假")
    await phone.tap("出差")


async def test_a_note_and_then_its_file_over_a_half_filled_form(phone: Handset) -> None:
    await half_filled(phone)
    await phone.write(NOTE)
    await phone.attach("方案.docx")
    assert await phone.last() == f"{ASKED}点“先放着”或“放弃”，《方案.docx》就随会签单一并带过去。\n{CHOICE}"
    assert await phone.live() == 1
    await phone.write("12月1日")
    assert (await phone.last()).startswith("⚠️ 请先点“继续”“先放着”或“放弃”。\n")
    assert (await phone.last()).endswith(CHOICE)
    await phone.tap("放弃")
    assert (await phone.last()).startswith(f"{FILLED}附件：《方案.docx》\n")
    assert await phone.live() == 1


@pytest.mark.parametrize("caption", [NOTE, NOTE.removeprefix("会签\n")], ids=["its word", "its labels"])
async def test_a_caption_that_speaks_of_another_form_is_asked_about(phone: Handset, caption: str) -> None:
    await half_filled(phone)
    await phone.attach("方案.docx", caption=caption)
    assert await phone.last() == f"{ASKED}点“先放着”或“放弃”，《方案.docx》就随会签单一并带过去。\n{CHOICE}"
    await phone.tap("继续")
    kept = await phone.last()
    assert kept.startswith("请假报告\n类别：出差\n⚠️ 会签单没有留下，办完这一份再发。\n")
    assert "方案" not in kept
    await phone.attach("方案.docx", caption=caption)
    await phone.tap("放弃")
    assert (await phone.last()).startswith(f"{FILLED}附件：《方案.docx》\n")
    assert await phone.live() == 1


async def test_a_note_without_its_word_that_fits_another_form_is_asked_about(phone: Handset) -> None:
    await half_filled(phone)
    await phone.write(NOTE.removeprefix("会签\n"))
    assert await phone.last() == f"{ASKED}{CHOICE}"
    await phone.tap("放弃")
    assert (await phone.last()).startswith(FILLED)


async def test_a_caption_that_fits_the_open_form_stays_with_it(phone: Handset) -> None:
    await half_filled(phone)
    await phone.attach("方案.docx", caption="时间：12月1日至12月3日\n地点：济南")
    said = await phone.last()
    assert said.startswith("请假报告\n")
    assert "济南" in said
    assert "[继续]" not in said


async def test_the_words_do_as_the_buttons_do(phone: Handset) -> None:
    await half_filled(phone)
    await phone.write(NOTE)
    await phone.write("继续")
    assert (await phone.last()).startswith("请假报告\n类别：出差\n⚠️ 会签单没有留下，办完这一份再发。\n")
    await phone.write(NOTE)
    await phone.write("放弃。")
    assert (await phone.last()).startswith(FILLED)
    assert await phone.live() == 1


async def test_the_word_for_giving_up_asks_which_is_meant(phone: Handset) -> None:
    await half_filled(phone)
    await phone.write(NOTE)
    await phone.write("取消")
    assert await phone.last() == f"⚠️ 请先点“继续”“先放着”或“放弃”。\n{ASKED}{CHOICE}"


async def test_a_third_form_takes_the_place_of_the_second_which_is_said(phone: Handset) -> None:
    await half_filled(phone)
    await phone.write(NOTE)
    await phone.begin(REASON)
    assert await phone.last() == (
        "⚠️ 先前要填的会签单没有留下。\n您的请假报告还没有提交，继续填它，还是先放着或者放弃，改填不同意？\n"
        + CHOICE
    )


async def test_a_forged_tap_does_not_hide_the_choice(phone: Handset) -> None:
    await half_filled(phone)
    await phone.write(NOTE)
    assert await phone.tap_data("f:1:2:span.ask") == "请先点“继续”“先放着”或“放弃”。"
    assert (await phone.last()).endswith(CHOICE)


async def test_files_before_their_note_wait_for_it(phone: Handset) -> None:
    await phone.attach("方案.docx")
    assert await phone.last() == (
        "发来的文件\n文件：《方案.docx》\n\n这份文件办什么？\n"
        "请点一项；也可直接发说明，第一行写要办的事。\n[会签]\n[不用]"
    )
    await phone.attach("说明.pdf")
    await phone.write(NOTE)
    assert await phone.last() == (
        f"{FILLED}附件：《方案.docx》、《说明.pdf》\n\n请核对，无误请提交。\n[改标题][改单位][改时限][改附件]\n[提交][修改][取消]"
    )
    assert await phone.live() == 1


async def test_a_tap_says_what_the_files_are_for(phone: Handset) -> None:
    await phone.attach("方案.docx")
    await phone.tap("会签")
    assert (await phone.last()).startswith("会签单\n附件：《方案.docx》\n\n文稿叫什么？")
    assert len(await phone.chat()) == 1


async def test_an_album_with_the_note_under_its_last_file(phone: Handset) -> None:
    await phone.attach("一.docx", media_group_id="7")
    await phone.attach("二.docx", media_group_id="7")
    await phone.attach("三.docx", media_group_id="7", caption=NOTE)
    assert await phone.last() == (
        f"{FILLED}附件：《一.docx》、《二.docx》、《三.docx》\n\n请核对，无误请提交。\n[改标题][改单位][改时限][改附件]\n[提交][修改][取消]"
    )
    assert len(await phone.chat()) == 1


async def test_an_album_with_the_note_under_its_middle_file(phone: Handset) -> None:
    await phone.attach("一.docx", media_group_id="7")
    await phone.attach("二.docx", media_group_id="7", caption=NOTE.removeprefix("会签\n"))
    await phone.attach("三.docx", media_group_id="7")
    assert "附件：《一.docx》、《二.docx》、《三.docx》\n\n请核对" in await phone.last()
    assert len(await phone.chat()) == 1


async def test_an_album_leaves_the_form_it_was_not_for(phone: Handset) -> None:
    await phone.write("会签\n标题：旧办法\n单位：财政局\n时限：3")
    await phone.attach("旧办法.docx")
    await phone.attach("一.docx", media_group_id="7")
    assert "附件：《旧办法.docx》、《一.docx》" in await phone.last()
    await phone.attach("二.docx", media_group_id="7", caption=NOTE)
    assert await phone.last() == (
        "您的会签单还没有提交，继续填它，还是先放着或者放弃，重新填一份？\n"
        f"点“先放着”或“放弃”，《一.docx》、《二.docx》就随会签单一并带过去。\n{CHOICE}"
    )
    await phone.attach("三.docx", media_group_id="7")
    assert "《一.docx》、《二.docx》、《三.docx》" in await phone.last()
    await phone.tap("继续")
    assert "附件：《旧办法.docx》\n" in await phone.last()
    assert "一.docx" not in await phone.last()


async def test_what_is_said_of_one_file_of_an_album_is_not_lost_with_the_next(phone: Handset) -> None:
    await phone.write(NOTE)
    await phone.attach("病毒.exe", media_group_id="7")
    await phone.attach("方案.docx", media_group_id="7")
    said = await phone.last()
    assert "⚠️ 《病毒.exe》这类文件收不了，请发Word、WPS、PDF、表格、演示文稿、图片或压缩包。" in said
    assert "附件：《方案.docx》\n" in said


async def test_files_that_nobody_claims_go_with_one_quiet_word(phone: Handset) -> None:
    await phone.attach("方案.docx")
    await phone.later(timedelta(minutes=31))
    assert (await phone.last()).endswith("[会签]\n[不用]"), "they lie longer than a form"
    await phone.later(timedelta(minutes=89))
    said = await phone.last()
    assert said == "您发来的《方案.docx》放了2小时没有用上，不再保留；要用时请重新发。"
    assert await phone.live() == 0
    await phone.write(NOTE)
    assert "方案" not in await phone.last()
    assert not SUBMITTED


async def test_files_that_are_for_nothing(phone: Handset) -> None:
    await phone.attach("方案.docx")
    await phone.attach("说明.pdf")
    assert "这2份文件办什么？" in await phone.last()
    await phone.tap("不用")
    assert await phone.last() == "发来的文件\n不用了，没有保留。"
    assert await phone.live() == 0


async def test_a_contact_answers_where_a_number_is_asked(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n时间：12月1日\n地点：济南\n事由：开会\n主持：孔集")
    await phone.tap("修改")
    await phone.tap("电话")
    await phone.send(contact={"phone_number": "8613900000009", "first_name": "芳", "last_name": "王"})
    assert "电话：13900000009\n" in await phone.last()
    assert "[提交][修改][取消]" in await phone.last()


async def test_a_contact_elsewhere_and_a_bare_spot_are_declined_beside_the_question(phone: Handset) -> None:
    await half_filled(phone)
    await phone.send(contact={"phone_number": "13900000009", "first_name": "芳"})
    assert "⚠️ 名片没有收，请打字写明。\n\n从哪一天起？" in await phone.last()
    await phone.send(location={"latitude": 1.0, "longitude": 1.0})
    assert "⚠️ 位置没有收，请打字写明。\n\n从哪一天起？" in await phone.last()
    assert await phone.live() == 1
