"""What bears a secrecy mark reaches neither the database nor the log (art. 59, 79), and is refused once."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from sqlalchemy import select

from bot.application import Wire, open_desk
from bot.pace import UNLIMITED
from bot.sandbox.house import account
from bot.sandbox.request import LocalRequest
from bot.webhook import SECRET_HEADER, webhook_app
from handlers import secrecy
from notices.notice import State
from rules.secrecy import TOGETHER
from storage.database import Database
from storage.tables import drafts, metadata, outbox
from storage.tables.countersign import countersign_papers
from tests.bot.secrecy_scene import (
    MARKED,
    PLAIN,
    REFUSAL,
    SECRET,
    START,
    SecrecyScene,
    assert_given_back,
    assert_nowhere,
    document,
    everywhere,
    message,
    press,
    says,
    scene_on,
)


@pytest.fixture
async def scene(database: Database, caplog: pytest.LogCaptureFixture) -> AsyncIterator[SecrecyScene]:
    caplog.set_level(logging.INFO)
    async with scene_on(database) as scene:
        yield scene


async def test_neither_text_nor_file_name_nor_caption_is_kept(
    scene: SecrecyScene, caplog: pytest.LogCaptureFixture
) -> None:
    await scene.line.says(scene.head, scene.head, f"机密★10年\n{SECRET}")
    await scene.line.sends_file(scene.head, scene.head, f"【机密】{SECRET}.docx", b"x")
    await scene.line.sends_file(scene.head, scene.head, "x.docx", b"x", f"请假\n事由：{SECRET}（秘密）")
    await scene.line.sends_file(scene.head, scene.head, "x.jpg", b"x", f"{SECRET} 绝密", photo=True)
    await scene.house.settle()
    said = await scene.answers(scene.head)
    assert [REFUSAL in text for text in said] == [True] * 4
    assert [detail["place"] for detail in await scene.refusals()] == [
        "文字",
        "文件名",
        "文件说明",
        "文件说明",
    ]
    assert [detail["marks"] for detail in await scene.refusals()] == [["机密"], ["机密"], ["秘密"], ["绝密"]]
    assert await scene.updates() == [(True, False)] * 4
    left = [view for view in scene.line.history(scene.head) if not view["sender"]["is_bot"]]
    assert left == []  # taken out of the chat as well
    await assert_nowhere(scene, caplog)


async def test_what_was_stored_before_a_stop_is_refused_once_after_it(
    scene: SecrecyScene, caplog: pytest.LogCaptureFixture
) -> None:
    await scene.house.stop()
    wire = Wire(
        token=scene.line.token,
        base_url="https://local.invalid/bot",
        base_file_url="https://local.invalid/file/bot",
        calls=LocalRequest(scene.line),
        updates=LocalRequest(scene.line),
    )
    await scene.line.says(scene.head, scene.head, f"绝密\n{SECRET}")
    batch = cast("list[dict[str, Any]]", await scene.line.call("getUpdates", {"timeout": 0}))
    async with open_desk(scene.house.office, wire, UNLIMITED) as desk:
        await desk.receiver.stop()  # it is stored, and the process ends before it is answered
        await desk.receiver.take(batch)
        assert await scene.answers(scene.head) == []
    await assert_nowhere(scene, caplog)
    async with open_desk(scene.house.office, wire, UNLIMITED) as desk:
        await desk.receiver.take(batch)  # Telegram offers it again
        await desk.receiver.idle()
        await desk.delivery.idle()
    assert [REFUSAL in text for text in await scene.answers(scene.head)] == [True]
    assert await scene.updates() == [(True, False)]
    await assert_nowhere(scene, caplog)
    await scene.house.start()


async def test_one_that_breaks_is_parked_without_its_text(
    scene: SecrecyScene, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(secrecy, "open_draft", broken)
    await scene.line.says(scene.head, scene.head, f"秘密\n{SECRET}")
    await scene.house.settle()
    assert await scene.updates() == [(True, True)]
    assert "could not be handled" in caplog.text
    await assert_nowhere(scene, caplog)


async def test_the_webhook_keeps_as_little(scene: SecrecyScene, caplog: pytest.LogCaptureFixture) -> None:
    raw = {
        "update_id": 7,
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": scene.head, "type": "private", "first_name": "某"},
            "from": {"id": scene.head, "is_bot": False, "first_name": "某"},
            "document": {"file_id": "B", "file_unique_id": "A", "file_name": f"{SECRET}(機密).pdf"},
        },
    }
    app = webhook_app(scene.house.desk.receiver, "s")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://bot", headers={SECRET_HEADER: "s"}
    ) as client:
        assert (await client.post("/", json=raw)).status_code == 200
        assert (await client.post("/", json=raw)).status_code == 200
    await scene.house.settle()
    assert [REFUSAL in text for text in await scene.answers(scene.head)] == [True]
    await assert_nowhere(scene, caplog)


async def test_a_form_half_filled_stays_as_it_is(scene: SecrecyScene) -> None:
    await scene.line.says(scene.head, scene.head, "请假\n类别：出差")
    await scene.house.settle()
    before = await _draft(scene)
    await scene.line.says(scene.head, scene.head, f"机密\n{SECRET}")
    await scene.house.settle()
    assert await _draft(scene) == before
    said = await scene.answers(scene.head)
    assert "填到一半的请假报告都在" in said[-2]
    assert said[-1] == said[-3]  # the question again, where its buttons are seen
    assert scene.line.history(scene.head)[-1]["buttons"]


async def _draft(scene: SecrecyScene) -> list[Any]:
    """What lies on each form that was begun."""
    async with scene.house.office.database.session() as session:
        rows = await session.execute(select(drafts.c.procedure, drafts.c["values"], drafts.c.asking))
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("opened", ["", "请假", "会签", "请假\n类别：出差"])
async def test_what_came_first_of_an_album_goes_with_the_one_that_bears_a_mark(
    scene: SecrecyScene, opened: str
) -> None:
    if opened:
        await scene.line.says(scene.head, scene.head, opened)
        await scene.house.turn(START + 2 * TOGETHER)  # long before the files: no hand-over with them
    album = {"media_group_id": "77"}
    await scene.line.sends_other(scene.head, scene.head, document=document(PLAIN), **album)
    await scene.house.settle()
    assert any(PLAIN in view["text"] for view in scene.line.history(scene.head))
    await scene.line.sends_other(scene.head, scene.head, document=document(MARKED), **album)
    await scene.house.settle()
    await scene.line.sends_other(scene.head, scene.head, document=document("乙说明.docx"), **album)
    await scene.house.settle()
    assert sum(REFUSAL in text for text in await scene.answers(scene.head)) == 1
    await assert_given_back(scene)
    if opened.count("\n"):  # what lay on the form before the files is there still, and in the newest message
        assert "类别：出差" in scene.line.history(scene.head)[-1]["text"]
        assert scene.line.history(scene.head)[-1]["buttons"]


async def test_the_note_under_the_first_file_goes_too(scene: SecrecyScene) -> None:
    album = {"media_group_id": "77"}
    note = f"会签\n标题：{PLAIN}\n单位：人社局"
    await scene.line.sends_other(scene.head, scene.head, document=document("一.docx"), caption=note, **album)
    await scene.house.settle()
    await scene.line.sends_other(scene.head, scene.head, document=document(MARKED), **album)
    await scene.house.settle()
    await assert_given_back(scene)
    assert "已收起，内容没有保留" in next(
        view["text"] for view in scene.line.history(scene.head) if view["sender"]["is_bot"]
    )


async def test_an_edit_that_adds_a_mark_takes_the_file_back(scene: SecrecyScene) -> None:
    message = await scene.line.sends_file(scene.head, scene.head, PLAIN, b"x", "会签\n单位：人社局")
    await scene.house.settle()
    await scene.line.edits(scene.head, scene.head, message, "会签\n密级：秘密")
    await scene.house.settle()
    assert sum(REFUSAL in text for text in await scene.answers(scene.head)) == 1
    await assert_given_back(scene)


async def test_an_edit_that_adds_a_mark_clears_the_form_that_was_put_aside(scene: SecrecyScene) -> None:
    message = await scene.line.sends_file(scene.head, scene.head, PLAIN, b"x", "会签\n单位：人社局")
    await scene.line.says(scene.head, scene.head, "请假\n类别：出差")
    await scene.house.settle()
    await press(scene, "先放着")
    await scene.house.turn(START + 2 * TOGETHER)
    await scene.line.edits(scene.head, scene.head, message, "会签\n密级：秘密")
    await scene.house.settle()
    await assert_given_back(scene)
    assert "类别：出差" in scene.line.history(scene.head)[-1]["text"]


async def test_one_that_waits_for_the_choice_gives_back_too(scene: SecrecyScene) -> None:
    await scene.line.says(scene.head, scene.head, "请假\n类别：出差")
    await scene.line.says(scene.head, scene.head, "会签\n单位：人社局")
    await scene.house.turn(START + 2 * TOGETHER)
    album = {"media_group_id": "77"}
    await scene.line.sends_other(scene.head, scene.head, document=document(PLAIN), **album)
    await scene.house.settle()
    await scene.line.sends_other(scene.head, scene.head, document=document(MARKED), **album)
    await scene.house.settle()
    await assert_given_back(scene)
    newest = scene.line.history(scene.head)[-1]
    assert [button["label"] for row in newest["buttons"] for button in row] == ["继续", "先放着", "放弃"]


async def test_behind_a_webhook_in_either_order_and_read_or_not(
    scene: SecrecyScene, caplog: pytest.LogCaptureFixture
) -> None:
    app = webhook_app(scene.house.desk.receiver, "s")
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://bot", headers={SECRET_HEADER: "s"}
    ) as client:
        for at, names in enumerate(((PLAIN, MARKED), (MARKED, PLAIN))):
            for each, name in enumerate(names):  # one request each, without a pause between them
                update = message(10 * at + each + 1, document=document(name), media_group_id=f"A{at}")
                update["message"]["message_id"] = 10 * at + each + 1
                update["message"]["chat"]["id"] = update["message"]["from"]["id"] = scene.head
                assert (await client.post("/", json=update)).status_code == 200
    await scene.house.settle()
    assert sum(REFUSAL in text for text in await scene.answers(scene.head)) == 2
    await assert_given_back(scene)
    assert await scene.updates() == [(True, False)] * 4


async def test_what_was_handed_in_already_is_named_to_the_person(scene: SecrecyScene) -> None:
    album = {"media_group_id": "77"}
    await scene.line.sends_other(scene.head, scene.head, document=document(PLAIN), **album)
    await scene.house.settle()
    await scene.line.says(scene.head, scene.head, "取消")
    await scene.line.sends_other(scene.head, scene.head, document=document(MARKED), **album)
    await scene.house.settle()
    assert "已经随表提交的，请立即从“我的”撤回，并告区政府办公室" in (await scene.answers(scene.head))[-1]


NOTE = f"会签\n标题：{PLAIN}\n类型：文稿\n单位：财政局、人社局\n时限：3"


def assert_no_bytes(scene: SecrecyScene, *words: str) -> None:
    """Neither in the pages of SQLite's file, nor in the free ones, nor in its log of changes."""
    database = scene.house.office.database
    if not database.is_sqlite:
        return
    file = Path(str(database.engine.url.database))
    parts = list(file.parent.glob(f"{file.name}*"))
    assert parts
    for part in parts:
        content = part.read_bytes()
        for word in words:
            assert word.encode() not in content, (part.name, word)
            assert word.encode("unicode-escape") not in content, (part.name, word)


@pytest.mark.parametrize("one_batch", [True, False], ids=["one batch", "one after another"])
@pytest.mark.parametrize(
    "sent", [(PLAIN, MARKED), (MARKED, PLAIN), (PLAIN, "机密"), ("机密", PLAIN), (NOTE, MARKED)], ids=str
)
async def test_what_is_sent_within_the_moment_is_refused_together(
    scene: SecrecyScene, caplog: pytest.LogCaptureFixture, sent: tuple[str, str], one_batch: bool
) -> None:
    first, second = sent
    await says(scene, first)
    if not one_batch:
        await scene.house.turn(START + TOGETHER)
    await says(scene, second)
    await scene.house.settle()
    said = await scene.answers(scene.head)
    assert sum(REFUSAL in text for text in said) == 1
    assert ("紧接着发来的文件也没有收" in said[-1]) == (second == PLAIN and not one_batch)
    await assert_given_back(scene)
    assert_no_bytes(scene, PLAIN)
    assert PLAIN not in caplog.text


@pytest.mark.parametrize(
    ("sent", "apart"),
    [
        ((PLAIN, MARKED), TOGETHER + timedelta(seconds=1)),
        ((MARKED, PLAIN), TOGETHER + timedelta(seconds=1)),
        ((NOTE, "机密"), timedelta()),  # words beside words: each is judged by itself
        ((MARKED, NOTE), timedelta()),  # after a refusal the person goes on writing
    ],
    ids=str,
)
async def test_what_is_no_hand_over_stays(
    scene: SecrecyScene, sent: tuple[str, str], apart: timedelta
) -> None:
    await says(scene, sent[0])
    await scene.house.turn(START + apart)
    await says(scene, sent[1])
    await scene.house.settle()
    assert sum(REFUSAL in text for text in await scene.answers(scene.head)) == 1
    assert PLAIN in str(await _draft(scene))
    assert PLAIN in scene.line.history(scene.head)[-1]["text"]


async def test_what_was_handed_in_and_sent_out_is_taken_out_of_the_matter_again(scene: SecrecyScene) -> None:
    await says(scene, NOTE)
    await scene.house.turn(START + 2 * TOGETHER)
    await scene.line.sends_file(scene.head, scene.head, PLAIN, b"x")
    await scene.house.settle()
    await press(scene, "发完了")
    await press(scene, "提交")
    assert any(view["file"] for view in everywhere(scene) if view["chat_id"] != scene.head)
    async with scene.house.office.database.session() as session:
        file_id = str(await session.scalar(select(countersign_papers.c.file_id)))
    assert file_id != "None"
    await says(scene, MARKED)
    await scene.house.settle()
    async with scene.house.office.database.session() as session:
        assert await session.scalar(select(countersign_papers.c.file_id)) is None
        for table in metadata.sorted_tables:
            assert file_id not in str((await session.execute(select(table))).all()), table.name
    assert_no_bytes(scene, file_id)
    assert [view for view in everywhere(scene) if view["file"]] == []
    assert "已经随会签提交的，已从中取出，区政府办公室已同时得知" in (await scene.answers(scene.head))[-1]
    for clerk in scene.roster.desk:
        told = (await scene.answers(account(clerk)))[-1]
        assert told.startswith("<b>可能涉密的文件已随表提交</b>")
        assert "已随会签提交，现已从该件和各处对话中取出" in told
        assert "第五十九条、第七十九条" in told
    assert [row["handed in"] for row in await scene.refusals()] == [["会签"]]


async def test_in_a_group_only_what_is_meant_for_the_bot_is_answered(
    scene: SecrecyScene, caplog: pytest.LogCaptureFixture
) -> None:
    scene.line.make_bot_administrator(scene.group)
    await scene.line.says(scene.head, scene.group, f"机密\n{SECRET}")
    await scene.line.says(scene.head, scene.group, f"/x@other_bot 机密 {SECRET}")
    await scene.house.settle()
    assert await scene.answers(scene.group) == []
    assert await scene.refusals() == []
    await scene.line.says(scene.head, scene.group, f"/board 机密 {SECRET}")
    await scene.line.says(scene.head, scene.group, f"@banjie_bot （秘密）{SECRET}")
    await scene.house.settle()
    assert [REFUSAL in text for text in await scene.answers(scene.group)] == [True, True]
    await assert_nowhere(scene, caplog)


async def test_without_the_servers_deletion_the_refusal_stands(scene: SecrecyScene) -> None:
    message = await scene.line.says(scene.head, scene.head, "机密")
    del scene.line.world.chat(scene.head).messages[message]  # the person was quicker
    await scene.house.settle()
    assert [REFUSAL in text for text in await scene.answers(scene.head)] == [True]
    async with scene.house.office.database.session() as session:
        state = await session.scalar(select(outbox.c.state).where(outbox.c.kind == "removal"))
    assert state is State.DROPPED
