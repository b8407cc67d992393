"""Plays every rehearsal, on each kind of database: these are the acceptance tests of the procedures."""

import re
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select

from bot.rehearsal.player import play
from bot.rehearsal.script import read
from bot.rehearsal.stage import HouseStage
from notices.message_text import SCREEN, plain, screen_lines
from notices.notice import ENDS, is_of_matter
from notices.remarks import without
from storage.database import Database
from storage.tables import outbox
from tests.trying_stage import TRIED, TryingStage

LOCK_SCREEN: Final = 45
REHEARSALS = sorted((Path(__file__).parent / "rehearsals").glob("*.txt"))


@pytest.mark.parametrize("path", REHEARSALS)
async def test_rehearsal(path: Path, district_url: str) -> None:
    """On SQLite some of them also show that whatever is decided leaves nothing behind once taken back."""
    tries = path.stem in TRIED and district_url.startswith("sqlite")
    stage = TryingStage(district_url) if tries else HouseStage(district_url)
    for difference in await play(read(path), stage):
        pytest.fail(str(difference), pytrace=False)
    if isinstance(stage, TryingStage):
        assert set(TRIED[path.stem].split()) <= stage.tried
    await _fits_a_phone(district_url)


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
