"""Plays every rehearsal, on each kind of database: these are the acceptance tests of the procedures."""

import re
from collections import defaultdict
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
from storage.outbox import Kind
from storage.retention import forget_matters, forget_messages
from storage.tables import outbox
from tests.trying_stage import TRIED, TryingStage
from tests.who_may.table import played_on
from tests.who_may.trial import WhoStage

LOCK_SCREEN: Final = 45
FAR_OFF: Final = datetime(2060, 1, 1, tzinfo=UTC)
_NUMBER: Final = "第[一二三四五六七八九十]+条"
ARTICLE: Final = re.compile(f"(?<=[（》、]){_NUMBER}(?!：)|{_NUMBER}(?=规定|未列明)")
"""An article as it is cited: not in a quotation of it, nor in what people write."""
REHEARSALS = sorted((Path(__file__).parent / "rehearsals").glob("*.txt"))


@pytest.mark.parametrize("path", REHEARSALS)
async def test_rehearsal(path: Path, district_url: str) -> None:
    """On SQLite some of them also show that whatever is decided leaves nothing behind once taken back, and
    who may do what is done there (tests/who_may).
    """
    stage = _stage(path.stem, district_url)
    for difference in await play(read(path), stage):
        pytest.fail(str(difference), pytrace=False)
    await _told_once(district_url)
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
    """Whatever was said of a matter: its first line on a lock screen, the rest on one, no article twice."""
    database = Database(url)
    async with database.session() as session:
        rows = (await session.execute(select(outbox.c.payload))).all()
    await database.close()
    said = [row.payload["text"] for row in rows if is_of_matter(row.payload.get("matter", ""))]
    assert not [text for text in said if len(plain(text).split("\n")[0]) > LOCK_SCREEN]
    assert not [text for text in said if screen_lines(without(text)) > SCREEN]
    cited = [ARTICLE.findall(plain(text)) for text in said]
    assert not [articles for articles in cited if len(articles) > len(set(articles))]
    assert not [text for text in said if text.startswith(("<b>【", "【", "📵", "⚠️"))]
    keys = [[key["text"] for key in line] for row in rows for line in row.payload.get("keyboard", ())]
    ends = [[re.fullmatch(ENDS, word) is not None for word in line] for line in keys]
    assert ends == [sorted(line) for line in ends], "what ends something stands last"


async def _told_once(url: str) -> None:
    """Nobody reads the same first line on an edited card and on a message of the same minute."""
    database = Database(url)
    names = ("id", "official_id", "target_id", "payload", "created_at", "message_id")
    person = outbox.c.official_id.is_not(None), outbox.c.kind.in_([Kind.MESSAGE, Kind.EDIT])
    told = select(*(outbox.c[name] for name in names)).where(*person).order_by(outbox.c.id)
    async with database.session() as session:
        rows = (await session.execute(told)).all()
    await database.close()
    sent: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    edited: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    for row in rows:
        minute = row.official_id, f"{row.created_at:%d %H:%M}"
        first = "" if "below" in row.payload else plain(row.payload["text"]).split("\n")[0]
        of_matter = is_of_matter(row.payload.get("matter", ""))
        if row.target_id is None and row.message_id is not None:
            sent[minute][row.id] = first if of_matter else ""
        elif row.target_id is not None and row.target_id not in sent[minute]:
            edited[minute][row.target_id] = first
    for minute, cards in edited.items():
        assert not set(sent[minute].values()) & set(cards.values()) - {""}, minute
