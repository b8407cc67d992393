"""/workday in a private chat: which messages it takes, and that the answer goes to who asked."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from telegram import Chat, Message, MessageEntity, Update, User

from handlers import workday
from handlers.context import CURRENT, Context, Stranger
from notices.notice import Urgency
from rules.refused import Refused
from rules.roster import Official, Role, Unit, UnitKind
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.tables import outbox

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HEAD = 101


def wrote(text: str, who: int = HEAD, chat: int | None = None) -> Update:
    """The update of a text message, a command marked as Telegram marks it."""
    length = len(text.split(maxsplit=1)[0]) if text.startswith("/") else 0
    entities = [MessageEntity(MessageEntity.BOT_COMMAND, 0, length)] if length else []
    place = Chat(chat, Chat.SUPERGROUP) if chat else Chat(who, Chat.PRIVATE)
    person = User(who, "某人", is_bot=False)
    return Update(1, message=Message(1, NOW, place, from_user=person, text=text, entities=entities))


def taken(update: Update) -> bool:
    """Whether one of the routes takes the update (commands need a bot to know their own name)."""
    routes = workday.ROUTES[1:]
    return any(route.check_update(update) not in (None, False) for route in routes)


@pytest.mark.parametrize(
    "text",
    [
        "工作日",
        "/工作日",
        "工作日 3个工作日后是哪天",
        "工作日：2027年1月4日上班吗",
        "3个工作日后是哪天",
        "10月8日前5个工作日是几号？",
        "明天上班吗",
        "12月有几个工作日",
    ],
)
def test_takes_the_word_and_plain_questions(text: str) -> None:
    assert taken(wrote(text))


@pytest.mark.parametrize(
    "text",
    [
        "3个工作日后返回",
        "事由：3个工作日后是哪天",
        "工作日加班",
        "请假",
        "会签\n时限：3个工作日",
        "五个工作日",
    ],
)
def test_leaves_the_answers_to_forms_alone(text: str) -> None:
    assert not taken(wrote(text))


def test_stays_out_of_groups() -> None:
    assert not taken(wrote("明天上班吗", chat=-500))


class Asking:
    """One official on an empty SQLite database, asking."""

    def __init__(self, database: Database) -> None:
        self.office = Office(database, Settings(), lambda: NOW)
        self.asked = 0

    async def ask(self, text: str, who: int = HEAD) -> str:
        """What the bot answers, to whom else than the asker nothing."""
        self.asked += 1
        async with self.office.work(f"test:{self.asked}") as work:
            token = CURRENT.set(work)
            try:
                await workday.ask(wrote(text, who), Context.__new__(Context))
            finally:
                CURRENT.reset(token)
            rows = (await work.session.execute(select(outbox).order_by(outbox.c.id))).all()
        assert {(row.chat_id, row.urgency) for row in rows} == {(HEAD, Urgency.ANSWER)}
        said: str = rows[-1].payload["text"]
        return said


@pytest.fixture
async def asking(sqlite_url: str) -> AsyncIterator[Asking]:
    database = Database(sqlite_url)
    await database.migrate()
    asking = Asking(database)
    async with asking.office.work("test") as work:
        unit = Unit("财政局", "区财政局", UnitKind.DEPARTMENT)
        work.add(unit)
        work.add(Official("某人", unit, "局长", Role.UNIT_HEAD, telegram_id=HEAD))
    yield asking
    await database.close()


async def test_answers_the_question_behind_the_command(asking: Asking) -> None:
    assert await asking.ask("/workday 3个工作日后是哪天") == (
        "<b>11月26日（周四）</b>\n3个工作日：11月23日当日不计；11月24日①、25日②、26日③ → 11月26日"
    )
    assert (await asking.ask("/workday@banjie_bot 明天上班吗")).startswith("<b>11月24日（周二）</b>上班")
    assert (await asking.ask("工作日：明天上班吗")).startswith("<b>11月24日（周二）</b>上班")
    assert (await asking.ask("明天上班吗？")).startswith("<b>11月24日（周二）</b>上班")


async def test_bare_it_shows_how_to_ask(asking: Asking) -> None:
    assert "可以这样问" in await asking.ask("/workday")
    assert "可以这样问" in await asking.ask("工作日")


async def test_what_it_cannot_answer_is_refused(asking: Asking) -> None:
    with pytest.raises(Refused, match="没看懂「随便」"):
        await asking.ask("/workday 随便")
    with pytest.raises(Stranger):
        await asking.ask("/workday", who=999)
