"""The files of a matter go out together, right before its card, and none is lost or sent twice."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from markupsafe import Markup
from sqlalchemy import select, text
from telegram import Bot
from telegram.error import BadRequest, NetworkError

from bot.albums import Parts, album
from bot.marks import Mark, write
from bot.pace import Pace, Pacer
from bot.sandbox.errors import too_many_requests
from bot.sandbox.request import LocalRequest
from notices.card import files, with_files
from notices.notice import Button, Notice, State
from rules.fields import Paper
from rules.roster import Official, Role, Unit, UnitKind
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.outbox import Kind, OutboxRow, rows_of
from storage.queries.sent import waiting
from storage.receipt import receipt
from storage.tables import outbox
from storage.together import recall
from tests.stage import Line

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
HEAD = 101
KEYS = ((Button("无不同意见", "countersign:1:no_objection"),),)


@pytest.fixture
async def scene(database: Database) -> Line:
    line = Line(Office(database, Settings(), lambda: NOW))
    unit = Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT)
    await line.settle(Official("某", unit, "局长", Role.UNIT_HEAD, telegram_id=HEAD))
    return line


def stored(scene: Line, *names: str) -> list[tuple[str, Paper]]:
    """Files that Telegram has, as they came from somebody."""
    known = [(name, scene.telegram.world.store(name, b"x", photo=name.endswith("jpg"))) for name in names]
    return [("《办法》会签文件", Paper(one.id, name, photo=one.photo)) for name, one in known]


async def sends(scene: Line, held: list[tuple[str, Paper]], proven: bool = False) -> None:
    to = scene.people[HEAD]
    card = Notice(to, Markup("会签"), KEYS, receipt="countersign:1" if proven else "")
    async with scene.office.work("test") as work:
        await work.send(*with_files(card, *files(to, held)))


async def delivered(scene: Line) -> list[Any]:
    async with scene.sending() as delivery:
        await delivery.idle()
    async with scene.office.database.session() as session:
        return list((await session.execute(select(outbox).order_by(outbox.c.id))).all())


def shown(scene: Line) -> list[tuple[Any, ...]]:
    """File, text and album of each message the person has."""
    raw = [one.raw for one in scene.telegram.world.chat(HEAD).messages.values()]
    return [
        (
            one["document"]["file_name"] if "document" in one else "照片" if "photo" in one else "",
            one.get("text", one.get("caption", "")),
            one.get("media_group_id", "")[-1:],
        )
        for one in raw
    ]


async def test_documents_are_one_row_and_one_album_before_the_card(scene: Line) -> None:
    await sends(scene, stored(scene, "稿.docx", "说明.pdf", "依据.pdf"))
    rows = await delivered(scene)
    assert shown(scene) == [
        ("稿.docx", "", "1"),
        ("说明.pdf", "", "1"),
        ("依据.pdf", "《办法》会签文件", "1"),
        ("", "会签", ""),
    ]
    assert [(row.once, row.state) for row in rows] == [("test:1", State.SENT), ("test:1#1", State.SENT)]
    ids = list(scene.telegram.world.chat(HEAD).messages)
    assert (rows[0].message_ids, rows[0].message_id, rows[1].message_id) == (ids[:3], ids[2], ids[3])
    assert [act.silent for act in scene.telegram.done] == [True, True, True, False]


async def test_a_single_file_and_photos_apart_from_documents(scene: Line) -> None:
    await sends(scene, stored(scene, "稿.docx", "甲.jpg", "乙.jpg"))
    await delivered(scene)
    assert shown(scene) == [
        ("稿.docx", "《办法》会签文件", ""),
        ("照片", "", "1"),
        ("照片", "《办法》会签文件", "1"),
        ("", "会签", ""),
    ]


async def test_more_than_ten_are_several_albums(scene: Line) -> None:
    await sends(scene, stored(scene, *(f"{number}.pdf" for number in range(23))))
    await delivered(scene)
    assert [album for _, _, album in shown(scene)] == ["1"] * 10 + ["2"] * 10 + ["3"] * 3 + [""]


async def test_one_bad_file_loses_no_other_and_proves_nothing(scene: Line) -> None:
    held = stored(scene, "稿.docx", "说明.pdf", "依据.pdf")
    held[1] = ("《办法》会签文件", Paper("BQACxx", "说明.pdf"))
    await sends(scene, held, proven=True)
    files_row, card = await delivered(scene)
    assert [name for name, _, _ in shown(scene)] == ["稿.docx", "依据.pdf", ""]
    assert (files_row.state, files_row.error) == (State.SENT, "1 of 3 files were not taken")
    assert [id is None for id in files_row.message_ids] == [False, True, False]
    async with scene.office.work("look") as work:
        told = await receipt(work, card.id)
        assert told is not None
        assert told.sent_at is None


async def test_all_of_them_prove_the_delivery(scene: Line) -> None:
    await sends(scene, stored(scene, "稿.docx", "说明.pdf"), proven=True)
    _, card = await delivered(scene)
    async with scene.office.work("look") as work:
        told = await receipt(work, card.id)
        assert told is not None
        assert told.message_id == card.message_id


async def test_an_album_that_has_to_wait_is_sent_once(scene: Line) -> None:
    await sends(scene, stored(scene, "稿.docx", "说明.pdf"))
    scene.telegram.fails(too_many_requests(1), "sendMediaGroup")
    await delivered(scene)
    assert [name for name, _, _ in shown(scene)] == ["稿.docx", "说明.pdf", ""]


async def test_file_by_file_goes_on_where_the_line_broke(scene: Line) -> None:
    held = stored(scene, "稿.docx", "说明.pdf", "依据.pdf")
    held[0] = ("", Paper("BQACxx", "坏.docx"))
    await sends(scene, held)
    async with scene.office.database.session() as session:
        row: OutboxRow = (await waiting(session, 0, 10))[0]
    parts: Parts = {0: None}
    async with Bot(scene.telegram.token, request=LocalRequest(scene.telegram)) as bot:
        scene.telegram.fails(NetworkError("gone"), "sendDocument", after=True)
        with pytest.raises(NetworkError):
            await album(bot, row, parts)
        assert parts == {0: None}
        sent = await album(bot, row, parts)
        assert sent.lacking == "1 of 3 files were not taken"
        again = await album(bot, row, parts)
        assert again == sent  # nothing left to send
        with pytest.raises(BadRequest):
            await album(bot, row, {0: None, 1: None, 2: None})


async def test_a_marked_file_is_taken_out_of_an_album_before_and_after_it_was_sent(scene: Line) -> None:
    held = stored(scene, "稿.docx", "说明.pdf", "依据.pdf")
    gone = held[1][1].file_id
    await sends(scene, held)
    async with scene.office.work("recall") as work:
        assert await recall(work.session, [gone], NOW) == []
    await delivered(scene)
    assert [name for name, _, _ in shown(scene)] == ["稿.docx", "依据.pdf", ""]
    async with scene.office.work("recall") as work:
        brought = await recall(work.session, [held[2][1].file_id], NOW)
    assert brought == [(HEAD, list(scene.telegram.world.chat(HEAD).messages)[1])]
    async with scene.office.work("recall") as work:
        await recall(work.session, [held[0][1].file_id], NOW)
        left = list((await work.session.execute(select(outbox.c.payload).order_by(outbox.c.id))).scalars())
    assert left[0]["files"] == []


async def test_what_is_taken_out_while_it_is_on_its_way_goes_from_the_chat_again(scene: Line) -> None:
    held = stored(scene, "稿.docx", "说明.pdf", "依据.pdf")
    await sends(scene, held)
    async with scene.office.database.session() as session:
        row = (await waiting(session, 0, 10))[0]
    async with scene.office.work("recall") as work:
        await recall(work.session, [held[1][1].file_id], NOW)
    async with scene.office.work("mark") as work:
        await write(work, [Mark(row, State.SENT, NOW, 13, message_ids=(11, 12, 13))])
    async with scene.office.work("recall") as work:
        assert await recall(work.session, [held[2][1].file_id], NOW) == [(HEAD, 13)]
        kinds = outbox.c.kind == Kind.REMOVAL
        removed = list(await work.session.scalars(select(outbox.c.payload).where(kinds)))
    assert [payload["message_id"] for payload in removed] == [12]


async def test_what_is_marked_while_it_is_recalled_is_known_as_sent(scene: Line) -> None:
    held = stored(scene, "稿.docx", "说明.pdf")
    await sends(scene, held)
    async with scene.office.database.session() as session:
        row = (await waiting(session, 0, 10))[0]

    async def recalled() -> list[tuple[int, int]]:
        async with scene.office.work("recall") as work:
            return await recall(work.session, [held[1][1].file_id], NOW)

    async with scene.office.work("mark") as work:
        await write(work, [Mark(row, State.SENT, NOW, 12, message_ids=(11, 12))])
        at_once = asyncio.create_task(recalled())
        await blocked(scene, at_once)
    assert await at_once == [(HEAD, 12)]


async def blocked(scene: Line, task: asyncio.Task[Any]) -> None:
    """Until it waits for the open transaction; on SQLite, which has one writer, it has not begun."""
    waits = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    while not (scene.office.database.is_sqlite or task.done()):
        async with scene.office.database.session() as session:
            if await session.scalar(waits):
                return


def test_an_album_takes_as_much_of_the_pace_as_it_has_files() -> None:
    pacer = Pacer(Pace(overall=10, chat=1, chat_burst=3), lambda: 100.0)
    pacer.took(HEAD, 10)
    assert pacer.slot == pytest.approx(101.0)
    assert pacer.ready_at(HEAD) == pytest.approx(108.0)


def test_files_alone_need_no_text(scene: Line) -> None:
    sent = files(scene.people[HEAD], stored(scene, "甲.pdf", "乙.pdf"), subject="材料", matter="meeting:7")
    (row,) = rows_of(sent[0], "a")
    assert (row["once"], row["subject"], row["payload"]["matter"]) == ("a", "材料", "meeting:7")
    assert files(scene.people[HEAD], []) == []
