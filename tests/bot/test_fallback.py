"""The other channels: rows of the outbox, sent by apprise beside Telegram, tried again, and marked."""

import asyncio
import json
import logging
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from pydantic import SecretStr
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from tenacity import wait_none

from bot import fallback
from bot.checkup import findings
from bot.config import BadConfig, load
from bot.delivery import Delivery
from bot.fallback import AppriseChannels
from bot.logs import Redacted
from bot.pace import UNLIMITED, Pace
from jobs.reach import overdue
from matters.reach import keep
from notices.notice import Notice, State
from rules.reach import CallRequest, ask
from rules.reach_terms import Channel
from rules.roster import Official, Role, Unit, UnitKind
from rules.settings import Settings
from storage.database import Database
from storage.database_unavailable import DatabaseUnavailable
from storage.office import Office
from storage.outbox import Kind
from storage.tables import outbox
from tests.stage import Line

NOW = datetime(2026, 11, 23, 15, 50, tzinfo=UTC)
HEAD, CLERK = 101, 102
CHANNELS = (Channel("短信", personal=True), Channel("公用群"))


# apprise looks for a module that Python 3.13 has no more.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fallback, "PAUSES", wait_none())
    monkeypatch.setattr("bot.again.FIRST", 0.01)


@dataclass
class Receiver:
    """Somebody's SMS gateway on this machine; refuses as long as it is told to."""

    took: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refusals: int = 0
    tries: int = 0
    port: int = 0

    def address(self, path: str) -> SecretStr:
        return SecretStr(f"json://office:h0rse-battery@127.0.0.1:{self.port}/{path}")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    here = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            here.tries += 1
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            refused = here.tries <= here.refusals
            if not refused:
                here.took.append((self.path, body))
            self.send_response(503 if refused else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()


class FallbackLine(Line):
    """A head and a clerk, and two other channels to the head."""

    def __init__(self, database: Database, receiver: Receiver) -> None:
        self.now = NOW
        super().__init__(Office(database, Settings(channels=CHANNELS), lambda: self.now))
        self.addresses = {
            "短信": receiver.address("sms/{phone}"),
            "公用群": receiver.address("group"),
        }

    @asynccontextmanager
    async def sending(
        self, pace: Pace = UNLIMITED, channels: AppriseChannels | None = None
    ) -> AsyncIterator[Delivery]:
        async with super().sending(pace, channels or AppriseChannels(self.addresses)) as delivery:
            yield delivery

    async def ask(self) -> None:
        """The clerk asks the head to call back, and the head keeps silent."""
        async with self.office.work("ask") as work:
            head, clerk = [await work.official(id) for id in (HEAD, CLERK)]
            assert head is not None
            assert clerk is not None
            terms = work.office.settings.reach
            call = ask(clerk, head, leave=None, before=None, terms=terms, now=work.now)
            call.due_at = work.now
            work.add(call)
            await work.flush()
            await overdue(work, call.id)

    async def rows(self) -> list[tuple[str, State, str | None]]:
        async with self.office.database.session() as session:
            found = await session.execute(
                select(outbox).where(outbox.c.kind == Kind.FALLBACK).order_by(outbox.c.id)
            )
            return [(row.payload["channel"], row.state, row.error) for row in found]

    def clerk_reads(self) -> str:
        """The newest message the clerk has, as it now looks."""
        text: str = self.telegram.history(CLERK)[-1]["text"]
        return text


@pytest.fixture
async def scene(database: Database, receiver: Receiver) -> FallbackLine:
    scene = FallbackLine(database, receiver)
    finance = Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT)
    desk = Unit("区政府办", "千文区政府办公室", UnitKind.OFFICE)
    await scene.settle(
        *(
            Official(f"某{id}", unit, "职务", role, phone=f"1380000{id:04}", telegram_id=id)
            for id, role, unit in ((HEAD, Role.UNIT_HEAD, finance), (CLERK, Role.OFFICE_STAFF, desk))
        )
    )
    return scene


async def test_each_channel_gets_a_word_without_details_and_the_card_says_so(
    scene: FallbackLine, receiver: Receiver
) -> None:
    async with scene.sending() as delivery:
        await scene.ask()
        await delivery.idle()
    assert sorted((path, body["title"], body["message"]) for path, body in receiver.took) == [
        ("/group", "请尽快回电", "财政局职务 某101：区政府办公室请您尽快回电。"),
        ("/sms/13800000101", "请尽快回电", "财政局职务 某101：区政府办公室请您尽快回电。"),
    ]
    assert await scene.rows() == [("短信", State.SENT, None), ("公用群", State.SENT, None)]
    assert "其他渠道：短信已发出、公用群已发出" in scene.clerk_reads()


async def test_what_was_queued_before_a_stop_goes_out_after_it(
    scene: FallbackLine, receiver: Receiver
) -> None:
    await scene.ask()
    assert [state for _, state, _ in await scene.rows()] == [State.WAITING, State.WAITING]
    async with scene.sending() as delivery:
        await delivery.idle()
    assert len(receiver.took) == 2
    async with scene.sending() as delivery:
        await delivery.idle()
    assert len(receiver.took) == 2


async def test_a_channel_that_fails_is_tried_again(scene: FallbackLine, receiver: Receiver) -> None:
    receiver.refusals = 3
    async with scene.sending() as delivery:
        await scene.ask()
        await delivery.idle()
    assert receiver.tries == 5
    assert {state for _, state, _ in await scene.rows()} == {State.SENT}


async def test_a_database_away_for_longer_than_a_channel_fails_no_call(
    scene: FallbackLine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the database's absence, not the channel's refusal: waited for, and counted against nobody."""
    await scene.ask()
    away, gone, session = asyncio.Event(), asyncio.Semaphore(0), Database.session

    @asynccontextmanager
    async def absent(database: Database) -> AsyncIterator[AsyncSession]:
        if away.is_set():
            gone.release()
            raise DatabaseUnavailable("shutting down")
        async with session(database) as found:
            yield found

    monkeypatch.setattr(Database, "session", absent)
    async with scene.sending() as delivery:
        away.set()  # before either row's own task has begun
        for _ in range(3 * fallback.TRIES):
            await asyncio.wait_for(gone.acquire(), 10)
        assert receiver.took == []
        away.clear()
        await delivery.idle()
    assert len(receiver.took) == 2
    assert await scene.rows() == [("短信", State.SENT, None), ("公用群", State.SENT, None)]


async def test_a_fault_of_ours_ends_the_row_and_not_only_its_task(
    scene: FallbackLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(fallback.Fallback, "fate", broken)
    async with scene.sending() as delivery:
        await scene.ask()
        await asyncio.wait_for(delivery.idle(), 10)
    assert {(state, error) for _, state, error in await scene.rows()} == {(State.FAILED, "internal error")}


async def test_one_that_fails_for_good_is_shown_on_the_card_and_no_secret_in_the_log(
    scene: FallbackLine, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    receiver.refusals = 100
    scene.addresses["公用群"] = SecretStr("nonsense://t0ps3cret")
    with caplog.at_level(logging.DEBUG, "bot"):
        async with scene.sending() as delivery:
            await scene.ask()
            await delivery.idle()
    assert await scene.rows() == [
        ("短信", State.FAILED, "the channel did not take it"),
        ("公用群", State.FAILED, "apprise does not know this kind of address"),
    ]
    assert receiver.tries == fallback.TRIES
    assert "其他渠道：短信未发出、公用群未发出" in scene.clerk_reads()
    ours = [record for record in caplog.records if record.name.startswith("bot")]
    assert ours
    assert not any("h0rse" in record.getMessage() or "t0ps" in record.getMessage() for record in ours)


async def test_nothing_waits_for_a_channel_that_hangs(
    scene: FallbackLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    monkeypatch.setattr(fallback, "_notify", lambda *_: released.wait(10))
    async with scene.sending() as delivery:
        await scene.ask()
        async with scene.office.work("later") as work:
            await work.send(Notice(CLERK, Markup("照常")))
        for _ in range(500):
            if scene.clerk_reads() == "照常":
                break
            await asyncio.sleep(0.01)
        assert scene.clerk_reads() == "照常"
        released.set()
        await delivery.idle()


async def test_an_answer_overtakes_what_still_waits(scene: FallbackLine, receiver: Receiver) -> None:
    await scene.ask()
    async with scene.office.work("answered") as work:
        call = await work.lock(CallRequest, 1)
        call.answer(call.official, work.now)
        await keep(work, call)
    async with scene.sending() as delivery:
        await delivery.idle()
    assert receiver.took == []
    assert {state for _, state, _ in await scene.rows()} == {State.DROPPED}


async def test_what_is_hours_old_is_not_sent_any_more(scene: FallbackLine, receiver: Receiver) -> None:
    await scene.ask()
    scene.now = NOW + timedelta(hours=7)
    async with scene.sending() as delivery:
        await delivery.idle()
    assert receiver.took == []
    assert {state for _, state, _ in await scene.rows()} == {State.DROPPED}


async def test_whom_telegram_does_not_reach_gets_one_word_a_day_on_their_own_channels(
    scene: FallbackLine, receiver: Receiver
) -> None:
    scene.telegram.blocks(HEAD)
    async with scene.sending() as delivery:
        for matter in ("会签答复期限", "请假报告待审批"):
            async with scene.office.work(matter) as work:
                head = await work.official(HEAD)
                assert head is not None
                await work.send(Notice(head, Markup("秘密事由"), subject=matter))
            await delivery.idle()
    assert [(path, body["message"]) for path, body in receiver.took] == [
        (
            "/sms/13800000101",
            "财政局职务 某101：区政府办公室有事项请您办理，请打开值班机器人查看，或致电办公室。",
        )
    ]


async def test_without_a_number_only_the_shared_channels(scene: FallbackLine, receiver: Receiver) -> None:
    async with scene.office.work("no number") as work:
        await work.session.execute(update(Official).values(phone=""))
    async with scene.sending() as delivery:
        await scene.ask()
        await delivery.idle()
    assert [path for path, _ in receiver.took] == ["/group"]


# ---------------------------------------------------------------- the configuration

TOKEN = '[telegram]\ntoken = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(TOKEN + text, encoding="utf-8")
    return path


def test_an_office_names_its_channels_and_the_environment_keeps_the_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUR_SMS", "json://u:s3cret-pass@sms.example.cn/{phone}")
    config = load(
        written(
            tmp_path,
            '[reach]\nanswer_minutes = 10\n[fallback.channels]\n"短信" = "$OUR_SMS"\n"群" = "wecombot://k3y-of-the-group"\n',
        )
    )
    assert config.settings.reach.answer_minutes == 10
    assert config.settings.channels == (Channel("短信", personal=True), Channel("群"))
    assert "s3cret-pass" not in repr(config)
    line = logging.LogRecord("x", 20, "x", 1, "POST json://u:s3cret-pass@h k3y-of-the-group", None, None)
    blacked = Redacted(config.secrets).format(line)
    assert "s3cret" not in blacked
    assert "k3y" not in blacked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[fallback.channels]\n"短信" = "13800000000"',
            (
                "config.toml：[fallback.channels] “短信”应是 apprise 的地址，"
                '例如 "mailtos://账号:密码@example.cn?to={phone}@139.com"。'
            ),
        ),
        (
            '[fallback.channels]\n"短信" = "$NOT_SET_AT_ALL"',
            "config.toml：[fallback.channels] “短信”写的是环境变量 NOT_SET_AT_ALL，但没有设置它。",
        ),
        ("[reach]\nanswer_minutes = 0", "config.toml：[reach] answer_minutes 至少为1，现为0。"),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadConfig) as wrong:
        load(written(tmp_path, text))
    assert str(wrong.value) == said


async def test_the_checkup_looks_at_each_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = written(
        tmp_path,
        'base_url = "http://127.0.0.1:9/bot"\n'
        f'[database]\nurl = "sqlite+aiosqlite:///{tmp_path / "none.db"}"\n'
        '[fallback.channels]\n"短信" = "json://127.0.0.1/{phone}"\n"群" = "nonsense://x"\n',
    )
    lines = [str(finding) async for finding in findings(path)]
    assert "✓ 其他渠道“短信”：地址可用（没有试发）" in lines
    assert "✗ 其他渠道“群”：apprise 不认识这个地址，请对照 https://appriseit.com/services/ 核对。" in lines
