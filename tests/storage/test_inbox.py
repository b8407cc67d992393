"""What an update becomes when it is stored."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from storage.database import Database
from storage.inbox import inbox_row
from storage.together import refused_near
from tests.storage.plans import planned

NOW, MINUTE = datetime(2026, 11, 26, 8, 0, tzinfo=UTC), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("一😀二", "一😀二"),
        ("半\ud83d个", "半\ufffd个"),
        ("空\x00\x00字", "空\ufffd\ufffd字"),
        (r"写作\u0000", r"写作\u0000"),
        ("\\\x00", "\\\ufffd"),
    ],
)
def test_what_is_no_character_is_replaced(written: str, kept: str) -> None:
    one = inbox_row({"update_id": 7, "message": {"chat": {"id": -5}, "text": written}})
    assert (one.update_id, one.chat_key) == (7, -5)
    assert one.raw["message"]["text"] == kept
    assert json.loads(one.payload) == one.raw


@pytest.mark.parametrize(
    "content", [{}, {"chat": None}, {"chat": {"id": "x"}}, {"chat": []}, "nonsense", None]
)
def test_what_names_no_chat_is_kept_all_the_same(content: object) -> None:
    assert inbox_row({"update_id": 7, "message": content}).chat_key == 0


async def test_what_was_written_near_by_is_found_without_reading_the_whole_inbox(database: Database) -> None:
    async with database.session() as session:
        async with planned(database, session) as plans:
            await refused_near(session, {5}, NOW - MINUTE, NOW + MINUTE)
        assert "ix_inbox_chat_key_written_at" in plans[-1]
