"""A draft is in the database: another process goes on with it."""

from datetime import timedelta

from sqlalchemy import insert
from telegram.ext import ApplicationBuilder, ContextTypes

from handlers.context import Context
from handlers.forms.kinds import FORMS
from rules.roster import Role, UnitKind
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.tables import officials, units
from tests.handlers.forms.handset import LEAVE, Clock, Handset


async def test_a_form_left_half_way_survives_a_restart(database: Database) -> None:
    async with database.session() as session:
        unit = {"id": 1, "name": "财政局", "full_name": "千文区财政局", "kind": UnitKind.DEPARTMENT}
        await session.execute(insert(units).values(**unit))
        for id, name in ((1, "王芳"), (2, "李收")):
            row = {"id": id, "name": name, "unit_id": 1, "post": "局长", "phone": "13800000003"}
            await session.execute(insert(officials).values(role=Role.UNIT_HEAD, telegram_id=1000 + id, **row))
    clock, known = Clock(), dict(FORMS)
    FORMS.clear()
    FORMS["leave"] = LEAVE
    before = _phone(database, clock)
    await before.write("请假\n类别：出差\n时间：下周一\n地点：济南")
    await before.write("事由：开会")
    clock.now += timedelta(days=1)
    after = _phone(Database(database.url), clock)
    await after.write("李收")
    assert (await after.last()).startswith(
        "请假报告\n类别：出差\n时间：11月30日（周一），共1天\n地点：济南\n事由：开会\n主持：财政局局长 李收\n"
    )
    await after.tap("提交")
    assert (await before.last()).endswith("✅ 已提交。")
    await after.office.database.close()
    FORMS.clear()
    FORMS.update(known)


def _phone(database: Database, clock: Clock) -> Handset:
    application = ApplicationBuilder().token("1:A").context_types(ContextTypes(context=Context)).build()
    return Handset(Office(database, Settings(), clock), 1001, Context(application), clock)
