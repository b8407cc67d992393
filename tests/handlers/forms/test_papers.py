"""Files: as a note's attachment, one by one, too large, of the wrong kind."""

from sqlalchemy import select

from rules.forms import Draft
from tests.handlers.forms.handset import Handset

NOTE = "会签\n标题：城市更新管理办法\n单位：财政局、人社局\n时限：3"
LIMIT = "最多3个，每个不超过20MB，收Word、WPS、PDF、表格、演示文稿、图片或压缩包。"
CARD = "会签单\n标题：城市更新管理办法\n单位：财政局、人社局\n时限：3个工作日\n"
MB = 1024 * 1024


async def test_a_file_with_a_note_as_its_caption_is_the_whole_form(phone: Handset) -> None:
    await phone.attach("方案.docx", caption=NOTE)
    assert await phone.last() == (
        f"{CARD}附件：《方案.docx》\n\n请核对，无误请提交。\n"
        "[改标题][改单位][改时限][改附件]\n[提交][修改][取消]"
    )


async def test_files_are_asked_for_until_done(phone: Handset) -> None:
    await phone.write(NOTE)
    assert await phone.last() == f"{CARD}\n请发文稿。\n{LIMIT}\n[‹ 上一步][取消]"
    await phone.write("好的")
    assert "❌ 附件：好的 — 请直接把文件发过来" in await phone.last()
    await phone.attach("方案.docx")
    await phone.attach("说明.pdf")
    assert (await phone.last()).endswith(
        "附件：《方案.docx》、《说明.pdf》\n\n请发文稿。\n" + LIMIT + "\n[发完了][重新发]\n[‹ 上一步][取消]"
    )
    await phone.tap("重新发")
    assert await phone.last() == f"{CARD}\n请发文稿。\n{LIMIT}\n[‹ 上一步][取消]"
    await phone.attach("定稿.docx")
    await phone.tap("发完了")
    assert "附件：《定稿.docx》\n\n请核对" in await phone.last()


async def test_files_of_one_album_share_one_card(phone: Handset) -> None:
    await phone.write(NOTE)
    await phone.attach("1.pdf", media_group_id="7")
    await phone.attach("2.pdf", media_group_id="7")
    assert len(await phone.chat()) == 1
    await phone.attach("3.pdf", media_group_id="7")
    assert "附件：《1.pdf》、《2.pdf》、《3.pdf》\n\n请核对" in await phone.last()
    await phone.attach("4.pdf")
    assert "⚠️ 最多3个文件，《4.pdf》没有收。" in await phone.last()


async def test_too_large_and_of_the_wrong_kind(phone: Handset) -> None:
    await phone.attach("大.pdf", size=30 * MB, caption=NOTE)
    assert "❌ 附件：《大.pdf》有30MB，超过20MB，请压缩或拆分后再发\n\n请发文稿。" in await phone.last()
    await phone.attach("病毒.exe")
    assert (
        "❌ 附件：《病毒.exe》这类文件收不了，请发Word、WPS、PDF、表格、演示文稿、图片或压缩包\n"
        in await phone.last()
    )
    await phone.attach("小.pdf")
    assert "附件：《小.pdf》" in await phone.last()


async def test_a_form_without_files_and_no_form_at_all(phone: Handset) -> None:
    await phone.write("请假")
    await phone.attach("方案.docx")
    assert (await phone.last()).startswith(
        "请假报告\n⚠️ 请假报告不用附件，《方案.docx》没有收；"
        "要用它另办一件事，请接着发说明，第一行写要办的事。\n\n请什么假？"
    )
    await phone.write("会签\n标题：城市更新管理办法")
    assert (await phone.last()).startswith(
        "会签单\n标题：城市更新管理办法\n附件：《方案.docx》\n\n请哪些单位会签？"
    )


async def test_a_voice_message_is_declined(phone: Handset) -> None:
    await phone.send(voice={"file_id": "v", "file_unique_id": "v", "duration": 3})
    assert await phone.last() == "语音听不了，请打字发来；不便打字的，可用手机输入法上的话筒，说完就是文字。"


async def test_a_photo_stays_one(phone: Handset) -> None:
    await phone.write(NOTE)
    await phone.send(photo=[{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}])
    assert "附件：《照片.jpg》" in await phone.last()
    async with phone.office.work("look") as work:
        draft = (await work.session.scalars(select(Draft))).one()
    (paper,) = draft.values["papers"]
    assert paper.pop("message") > 0
    assert paper == {"file_id": "p", "name": "照片.jpg", "size": 0, "photo": True, "album": ""}
