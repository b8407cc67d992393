"""A bot that only binds, on the sample roster, with nobody bound."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from telegram.ext import ApplicationBuilder, ContextTypes

from bot.delivery import Delivery
from bot.pace import UNLIMITED
from bot.receiving import Receiver
from bot.roster.files import SAMPLE, read_file
from bot.sandbox.request import LocalRequest
from bot.sandbox.telegram import LocalTelegram
from handlers import binding, own_number
from handlers.context import Context
from rules.roster_change import compare
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.queries import roster as stored
from tests.handlers.binding_stage import (
    CLERK,
    GROUP,
    HEAD,
    LIAISON,
    NAMES,
    OTHER_GROUP,
    PHONES,
    STRANGER,
    Moment,
    Routed,
    Stage,
)


@pytest.fixture
def moment() -> Moment:
    return Moment()


@pytest.fixture
async def stage(database: Database, moment: Moment) -> AsyncIterator[Stage]:
    office = Office(database, Settings(), moment.now)
    async with office.work("sample") as work:
        await stored.apply(work, compare(await work.roster(), read_file(SAMPLE)))
    telegram = LocalTelegram(moment.now)
    for user, name in {**NAMES, STRANGER: "路人"}.items():
        telegram.add_user(user, name, username="luren" if user == STRANGER else "", phone=PHONES[user])
    telegram.add_group(GROUP, "财政局工作群", [HEAD, LIAISON, CLERK, STRANGER], announce=False)
    telegram.add_group(OTHER_GROUP, "财政局新群", [HEAD, CLERK], announce=False)
    application = (
        ApplicationBuilder()
        .application_class(Routed)
        .token(telegram.token)
        .base_url("https://local.invalid/bot")
        .request(LocalRequest(telegram))
        .get_updates_request(LocalRequest(telegram))
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    application.add_handlers([*binding.ROUTES, *own_number.ROUTES, *binding.LAST_ROUTES])
    await application.initialize()
    receiver, delivery = Receiver(office, application), Delivery(office, application.bot, UNLIMITED)
    sending = asyncio.create_task(delivery.run())
    yield Stage(office, telegram, receiver, delivery)
    await receiver.stop()
    sending.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await sending
    await application.shutdown()
