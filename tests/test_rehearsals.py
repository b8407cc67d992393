"""Plays every rehearsal, on each kind of database: these are the acceptance tests of the procedures."""

from pathlib import Path

import pytest

from bot.rehearsal.player import play
from bot.rehearsal.script import read
from bot.rehearsal.stage import HouseStage

REHEARSALS = sorted((Path(__file__).parent / "rehearsals").glob("*.txt"))


@pytest.mark.parametrize("path", REHEARSALS)
async def test_rehearsal(path: Path, district_url: str) -> None:
    for difference in await play(read(path), HouseStage(district_url)):
        pytest.fail(str(difference), pytrace=False)
