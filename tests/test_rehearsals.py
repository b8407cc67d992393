"""Plays every rehearsal, on each kind of database: these are the acceptance tests of the procedures."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import func, select

from bot.rehearsal.player import play
from bot.rehearsal.script import read
from bot.rehearsal.stage import HouseStage
from matters.ledgers import LEDGERS
from notices.message_text import SCREEN, plain, screen_lines
from notices.notice import ENDS, is_of_matter
from notices.remarks import without
from storage import audit
from storage.database import Database
from storage.retention import forget_matters, forget_messages
from storage.tables import outbox
from tests.trying_stage import TRIED, TryingStage
from tests.who_may.table import played_on
from tests.who_may.trial import WhoStage

LOCK_SCREEN: Final = 45
FAR_OFF: Final = datetime(2060, 1, 1, tzinfo=UTC)
REHEARSALS = sorted((Path(__file__).parent / "rehearsals").glob("*.txt"))


@pytest.mark.parametrize("path", REHEARSALS)
async def test_rehearsal(path: Path, district_url: str) -> None:
    """On SQLite some of them also show that whatever is decided leaves nothing behind once taken back, and
    who may do what is done there (tests/who_may).
    """
    stage = _stage(path.stem, district_url)
    for difference in await play(read(path), stage):
        pytest.fail(str(difference), pytrace=False)
    if isinstance(stage, TryingStage):
        assert set(TRIED[path.stem].split()) <= stage.tried
        await _goes_after_its_time(district_url)
    if isinstance(stage, WhoStage):
        assert stage.found == played_on(path.stem), "look at it: python -m tests.who_may, git diff"
    await _fits_a_phone(district_url)


async def _goes_after_its_time(url: str) -> None:
    """Of whatever was played all that is over can be removed, but the newest of its kind; the audit holds."""
    database = Database(url)
    try:
        async with database.session() as session:
            kept = [ledger.kept for ledger in LEDGERS.values()]
            for one in kept:
                while await forget_matters(session, one, FAR_OFF):
                    pass
                rows = select(one.begun.table.c.id).where(one.over)
                newest = select(func.max(one.begun.table.c.id)).scalar_subquery()
                assert set(await session.scalars(rows.where(one.begun.table.c.id < newest))) == set()
            while await forget_messages(session, kept, FAR_OFF):
                pass
            assert not (await audit.verify(session)).fault
    finally:
        await database.close()


class _BothStage(WhoStage, TryingStage):
    """Both are tried."""


def _stage(name: str, url: str) -> HouseStage:
    actions = set(played_on(name)) if url.startswith("sqlite") else set()
    if not url.startswith("sqlite") or not (actions or name in TRIED):
        return HouseStage(url)
    if not actions:
        return TryingStage(url)
    return (_BothStage if name in TRIED else WhoStage)(url, actions)


async def _fits_a_phone(url: str) -> None:
    """Whatever was said of a matter: its first line on a lock screen, the rest on one screen."""
    database = Database(url)
    async with database.session() as session:
        rows = (await session.execute(select(outbox.c.payload))).all()
    await database.close()
    said = [row.payload["text"] for row in rows if is_of_matter(row.payload.get("matter", ""))]
    assert not [text for text in said if len(plain(text).split("\n")[0]) > LOCK_SCREEN]
    assert not [text for text in said if screen_lines(without(text)) > SCREEN]
    assert not [text for text in said if text.startswith(("<b>【", "【", "📵", "⚠️"))]
    keys = [[key["text"] for key in line] for row in rows for line in row.payload.get("keyboard", ())]
    ends = [[re.fullmatch(ENDS, word) is not None for word in line] for line in keys]
    assert ends == [sorted(line) for line in ends], "what ends something stands last"
