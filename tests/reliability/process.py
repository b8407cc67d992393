"""`banjie run` as a process of its own, which may be killed at any moment.

Each life is forked from a process that has loaded the bot's modules already: a test has no time to load them
anew for every kill. From there on it is the command itself, on a clock that the test may set.
"""

import asyncio
import faulthandler
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.clock import real_now
from bot.config import SECRETS

_START_SECONDS = 30.0
_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["bot.cli", "bot.running", "bot.logs", "uvloop", "tests.reliability.process"])


class SetClock:
    """The machine's clock as somebody has set it: `ahead` of the real one, for this process and the bot's."""

    def __init__(self, folder: Path, start: datetime | None = None) -> None:
        self.file = folder / "ahead"
        self.set(start or real_now())

    def set(self, moment: datetime) -> None:
        """It is now that moment, and goes on from there."""
        new = self.file.with_suffix(".new")
        new.write_text(repr((moment - real_now()).total_seconds()), encoding="utf-8")
        new.replace(self.file)

    def now(self) -> datetime:
        """What it shows."""
        return real_now() + timedelta(seconds=float(self.file.read_text(encoding="utf-8")))


class BotProcess:
    """The bot on its database and its servers; its log goes to one file over all its lives."""

    def __init__(
        self,
        folder: Path,
        base_url: str,
        token: str,
        database_url: str,
        clock: SetClock | None = None,
        *,
        replicas: bool = False,
    ) -> None:
        folder.mkdir(exist_ok=True)
        self.log = folder / "bot.log"
        self.log.touch()
        self._clock = clock or SetClock(folder)
        self._config = folder / "config.toml"
        self._config.write_text(
            f'[telegram]\ntoken = "{token}"\nmessages_per_second = 0\nbase_url = "{base_url}"\n'
            f'base_file_url = "{base_url.removesuffix("bot")}file/bot"\n'
            f'[database]\nurl = "{database_url}"\nreplicas = {str(replicas).lower()}\n'
            "[clock]\ntick_seconds = 1\n",
            encoding="utf-8",
        )
        self._process: ForkServerProcess | None = None

    def start(self) -> None:
        """Start it; returns at once."""
        self._process = _FORKS.Process(target=_live, args=(self._config, self.log, self._clock.now))
        self._process.start()

    def kill(self) -> None:
        """SIGKILL, which no program can prepare for; gone when this returns."""
        if self._process is not None:
            self._process.kill()
            self._process.join()

    async def stop(self) -> int | None:
        """End it as an operator would; its exit code."""
        assert self._process is not None
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGTERM)
        await asyncio.to_thread(self._process.join, _START_SECONDS)
        if self._process.exitcode is None:
            os.kill(self._process.pid, signal.SIGUSR1)  # says in its log what it still waits for
            await asyncio.sleep(1)
        return self._process.exitcode

    @property
    def ended(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self._process.exitcode if self._process else None

    def told(self) -> str:
        """All it has logged."""
        return self.log.read_text(encoding="utf-8")

    async def until(self, event: asyncio.Event, *, unless: asyncio.Event) -> None:
        """Wait for either event; AssertionError with the log if the bot ends by itself before."""
        async with asyncio.timeout(_START_SECONDS):
            while not (event.is_set() or unless.is_set()):
                assert self.ended is None, f"the bot ended by itself:\n{self.told()}"
                await asyncio.sleep(0.01)


def _live(config: Path, log: Path, now: Callable[[], datetime]) -> None:
    """One life of the bot."""
    from bot import cli, running  # noqa: PLC0415 - loaded before the fork

    with log.open("ab") as told:
        os.dup2(told.fileno(), 1)
        os.dup2(told.fileno(), 2)
    faulthandler.register(signal.SIGUSR1)
    for name in SECRETS:
        os.environ.pop(name, None)
    vars(running)["real_now"] = now
    sys.argv = ["banjie", "run", "--config", str(config)]
    cli.main()
