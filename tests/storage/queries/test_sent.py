"""What was put into the outbox before is found without reading all of it."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, text

from notices.notice import State, Urgency
from rules.roster import Official, Role, Unit, UnitKind
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.outbox import Kind, OutboxRow
from storage.queries.sent import lost_since_reached
from storage.tables import outbox
from tests.storage.plans import planned

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


def _row(number: int, who: Official) -> dict[str, Any]:
    """Every hundredth was for somebody without an account; the others are answers to taps."""
    lost = number % 100 == 0
    return {
        "once": f"row:{number}",
        "kind": Kind.MESSAGE if lost else Kind.TOAST,
        "official_id": who.id if lost else None,
        "payload": {},
        "urgency": Urgency.NOTICE,
        "state": State.FAILED if lost else State.SENT,
        "subject": "请假报告待审批" if lost else "",
        "created_at": NOW,
    }


async def test_what_was_lost_on_somebody_without_an_account_is_found_among_all_answers_to_taps(
    database: Database,
) -> None:
    office = Office(database, Settings(), lambda: NOW)
    async with office.work("setup") as work:
        unit = Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT)
        who = Official("某", unit, "局长", Role.UNIT_HEAD, phone="13800000005")
        work.add(who)
        await work.flush()
        await work.session.execute(insert(outbox), [_row(number, who) for number in range(3000)])
    async with office.work("look") as work:
        if not database.is_sqlite:
            await work.session.execute(text("ANALYZE outbox"))
        async with planned(database, work.session) as plans:
            lost = await lost_since_reached(work, OutboxRow(10**6, Kind.MESSAGE, None, who.id, {}))
        assert len(lost) == 30
        assert plans
        assert all("ix_outbox_unbound" in plan for plan in plans)
