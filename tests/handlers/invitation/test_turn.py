"""What invites a leader in a group: who is pointed at, and that only the sender hears of it (art. 86)."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from telegram import Chat, Message, MessageEntity, Update, User

from handlers.context import CURRENT, Context, sender
from handlers.invitation.turn import LAST_ROUTES, in_group
from rules.roster import Official, Role, Unit, UnitKind
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.tables import outbox

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
VICE, LIAISON, CLERK, STRANGER = 101, 102, 103, 999


def wrote(
    text: str, who: int, *, pointed: Sequence[MessageEntity] = (), answers: int = 0, name: str = ""
) -> Update:
    group = Chat(-5, Chat.SUPERGROUP)
    person = User(who, "某人", is_bot=False, username=name or None)
    before = Message(1, NOW, group, from_user=User(answers, "某人", is_bot=False)) if answers else None
    message = Message(2, NOW, group, from_user=person, text=text, entities=pointed, reply_to_message=before)
    return Update(1, message=message)


@pytest.fixture
async def office(database: Database) -> Office:
    office = Office(database, Settings(), lambda: NOW)
    unit = Unit("文旅局", "千文区文化和旅游局", UnitKind.DEPARTMENT)
    desk = Unit("办公室", "千文区政府办公室", UnitKind.OFFICE)
    people = [
        Official("孙宇宙", desk, "副区长", Role.VICE_MAYOR, telegram_id=VICE),
        Official("蒋闰余", unit, "科长", Role.LIAISON, telegram_id=LIAISON),
        Official("褚秋收", desk, "科员", Role.OFFICE_STAFF, telegram_id=CLERK),
    ]
    async with office.work("roster") as work:
        work.session.add_all([unit, desk, *people])
    return office


async def heard(office: Office, update: Update) -> list[int | None]:
    """The chats that hear something of it."""
    assert any(route.check_update(update) not in (None, False) for route in LAST_ROUTES)
    async with office.work("update:1") as work:
        token = CURRENT.set(work)
        try:
            await in_group(update, Context.__new__(Context))
        finally:
            CURRENT.reset(token)
    async with office.work("look") as work:
        return list(await work.session.scalars(select(outbox.c.chat_id)))


INVITES = "请您12月10日出席我局开幕"


async def test_a_leader_pointed_at(office: Office) -> None:
    entity = MessageEntity(MessageEntity.TEXT_MENTION, 0, 2, user=User(VICE, "老孙", is_bot=False))
    assert await heard(office, wrote(f"老孙 {INVITES}", LIAISON, pointed=[entity])) == [LIAISON]


async def test_a_leaders_message_answered(office: Office) -> None:
    assert await heard(office, wrote(INVITES, LIAISON, answers=VICE)) == [LIAISON]


@pytest.mark.parametrize(
    ("text", "who", "answers"),
    [
        (INVITES, LIAISON, LIAISON),  # to a colleague
        (INVITES, CLERK, VICE),  # the office arranges such things
        (f"孙区长，{INVITES}", STRANGER, 0),
        ("明天上午九点开会，请大家参加", LIAISON, 0),
    ],
)
async def test_left_alone(office: Office, text: str, who: int, answers: int) -> None:
    assert await heard(office, wrote(text, who, answers=answers)) == []


async def test_a_leader_is_known_by_what_they_are_called_now(office: Office) -> None:
    text = f"@sun_yz {INVITES}"
    assert await heard(office, wrote(text, LIAISON)) == []  # they have not been seen under that name
    async with office.work("theirs") as work:
        token = CURRENT.set(work)
        try:
            await sender(wrote("在岗", VICE, name="sun_yz"), Context.__new__(Context))
        finally:
            CURRENT.reset(token)
    assert await heard(office, wrote(text, LIAISON)) == [LIAISON]
