"""The bot is killed again and again while an office goes on with all its procedures.

The bot is a process of its own, ended by SIGKILL at moments that a seed chooses; the people go on meanwhile.
What stands in the books in the end is what stands there when nobody kills it. `make soak` does so two hundred
times on each kind of database.
"""

import logging
import shutil
from pathlib import Path

import pytest

from bot.delivery import IN_FLIGHT
from tests.reliability.fuzz import SOAK
from tests.reliability.under_fire import Outcome, play

log = logging.getLogger(__name__)
MIX = sorted((Path(__file__).parent / "mix").glob("*.txt"))
KILLS = 10
"""In one run, on each kind of database."""
SEEDS = range(1, 21) if SOAK else [1]
_CALM: list[Outcome] = []


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_books_are_those_of_an_undisturbed_run(
    sqlite_template: Path, postgres_url: str, tmp_path: Path, seed: int
) -> None:
    def empty(name: str) -> str:
        return f"sqlite+aiosqlite:///{shutil.copy(sqlite_template, tmp_path / f'{name}.db')}"

    if not _CALM:
        _CALM.append(await play(empty("calm"), tmp_path / "calm", MIX, seed=seed, kills=0))
    for name, url in {"sqlite": empty("shot"), "postgresql": postgres_url}.items():
        shot = await play(url, tmp_path / name, MIX, seed=seed, kills=KILLS)
        _same(_CALM[0], shot)
        again = shot.repeated - _CALM[0].repeated
        log.warning("%s, seed %s: %s, %s sent, %s again", name, seed, dict(shot.killed), shot.sent, again)


def _same(calm: Outcome, shot: Outcome) -> None:
    """Whatever was decided stands once, whoever was to be told was; twice only for a lost answer."""
    assert shot.killed.total() == KILLS
    for table, rows in calm.matters.items():
        assert shot.matters[table] == rows, table
    assert shot.decisions == calm.decisions
    assert shot.notices == calm.notices
    assert 0 <= shot.repeated - calm.repeated <= KILLS * IN_FLIGHT
