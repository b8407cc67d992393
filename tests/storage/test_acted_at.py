"""When a person acted: by a message's date, and for a tap by when nobody was there to receive it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage.database import Database
from storage.inbox import acted_at, inbox_row, oldest_waiting, store, waiting

MIDNIGHT = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)  # 24:00 of the 26th at Shanghai
SECOND = timedelta(seconds=1)


def text(at: datetime, update_id: int = 1) -> dict[str, Any]:
    return {"update_id": update_id, "message": {"chat": {"id": 5}, "date": int(at.timestamp()), "text": "有"}}


def tap(card_at: datetime | None, edited_at: datetime | None = None, update_id: int = 1) -> dict[str, Any]:
    card = {"chat": {"id": 5}, "date": int(card_at.timestamp()) if card_at else 0}
    if edited_at:
        card["edit_date"] = int(edited_at.timestamp())
    return {"update_id": update_id, "callback_query": {"id": "1", "from": {"id": 5}, "message": card}}


@pytest.mark.parametrize(
    ("written", "received", "acted"),
    [
        (MIDNIGHT - 30 * SECOND, MIDNIGHT + 600 * SECOND, MIDNIGHT - 30 * SECOND),
        (MIDNIGHT - 0.4 * SECOND, MIDNIGHT + 0.3 * SECOND, MIDNIGHT - SECOND),  # a date is cut to the second
        (MIDNIGHT + 0.2 * SECOND, MIDNIGHT + 0.3 * SECOND, MIDNIGHT + 0.3 * SECOND),
        (MIDNIGHT + 9 * SECOND, MIDNIGHT + 0.3 * SECOND, MIDNIGHT + 0.3 * SECOND),  # our clock is behind
    ],
)
def test_a_message_counts_by_its_date(written: datetime, received: datetime, acted: datetime) -> None:
    assert acted_at(text(written), received, None) == acted
    assert acted_at(text(written), received, MIDNIGHT - 900 * SECOND) == acted, "whatever else was missed"


def test_a_tap_counts_as_received_where_somebody_was_there() -> None:
    assert acted_at(tap(MIDNIGHT - 900 * SECOND), MIDNIGHT + SECOND, None) == MIDNIGHT + SECOND


def test_a_tap_that_may_have_waited_counts_as_done_at_once() -> None:
    received, since = MIDNIGHT + 600 * SECOND, MIDNIGHT - 600 * SECOND
    assert acted_at(tap(MIDNIGHT - 3600 * SECOND), received, since) == since
    assert acted_at(tap(None), received, since) == since, "an old card without a date"
    later = MIDNIGHT - 60 * SECOND
    assert acted_at(tap(later), received, since) == later, "nobody taps a card before it is there"
    assert acted_at(tap(since, later), received, since) == later
    assert acted_at(tap(received + SECOND), received, since) == received


async def test_what_waits_is_older_than_its_receipt(database: Database) -> None:
    received = MIDNIGHT + 600 * SECOND
    async with database.session() as session:
        inbox_rows = [inbox_row(tap(MIDNIGHT - 900 * SECOND, update_id=7)), inbox_row(text(MIDNIGHT, 8))]
        stored = await store(session, inbox_rows, received, MIDNIGHT - 600 * SECOND)
        assert [one.acted_at for one in stored] == [MIDNIGHT - 600 * SECOND, MIDNIGHT]
        assert await oldest_waiting(session) == MIDNIGHT - 600 * SECOND
        assert [one.acted_at for one in await waiting(session)] == [one.acted_at for one in stored]
