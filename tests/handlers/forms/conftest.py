"""A small district, its office, and two of its people's phones."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import insert
from telegram.ext import ApplicationBuilder, ContextTypes

from handlers.context import Context
from handlers.forms.files import FORMS_OF_FILES
from handlers.forms.kinds import FORMS, HEARERS
from handlers.sentences.heard import heard
from rules.roster import Role, UnitKind
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.tables import metadata, officials, units
from tests.handlers.forms.handset import LEAVE, REASON, SHEET, SUBMITTED, Clock, Handset

PEOPLE = (
    ("钱玄黄", "区政府", "常务副区长", Role.EXECUTIVE_VICE_MAYOR, "13800000002", None),
    ("王芳", "财政局", "局长", Role.UNIT_HEAD, "13800000003", 1003),
    ("李收", "财政局", "副局长", Role.DEPUTY_HEAD, "13800000004", None),
    ("张昆", "财政局", "办公室主任", Role.LIAISON, "13800000005", 1005),
    ("孔集", "人社局", "局长", Role.UNIT_HEAD, "13800000006", None),
    ("李收", "人社局", "副局长", Role.DEPUTY_HEAD, "13800000007", None),
)


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    """An office with its database, the roster in it, and the three forms known."""
    database = Database(sqlite_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    names = ["区政府", "财政局", "人社局", "住建局", "水务局"]
    kinds = [UnitKind.LEADERS, *[UnitKind.DEPARTMENT] * 4]
    async with database.session() as session:
        for id, (name, kind) in enumerate(zip(names, kinds, strict=True), start=1):
            await session.execute(
                insert(units).values(id=id, name=name, full_name=f"千文区{name}", kind=kind)
            )
        for id, (name, unit, post, role, phone, telegram_id) in enumerate(PEOPLE, start=1):
            row = {"name": name, "unit_id": names.index(unit) + 1, "post": post, "role": role, "phone": phone}
            await session.execute(insert(officials).values(id=id, telegram_id=telegram_id, **row))
    SUBMITTED.clear()
    before = dict(FORMS)
    FORMS.clear()
    FORMS.update({form.name: form for form in (LEAVE, SHEET, REASON, *FORMS_OF_FILES)})
    hearers, HEARERS[:] = list(HEARERS), [heard]
    clock = Clock()
    yield Office(database, Settings(), clock)
    FORMS.clear()
    FORMS.update(before)
    HEARERS[:] = hearers
    await database.close()


@pytest.fixture
def phone(office: Office) -> Handset:
    """王芳's phone, head of 财政局."""
    return _phone(office, 1003)


@pytest.fixture
def other_phone(office: Office) -> Handset:
    """张昆's phone, liaison of 财政局."""
    return _phone(office, 1005)


def _phone(office: Office, telegram_id: int) -> Handset:
    application = ApplicationBuilder().token("1:A").context_types(ContextTypes(context=Context)).build()
    context = Context(application)
    assert isinstance(office.now, Clock)
    return Handset(office, telegram_id, context, office.now)
