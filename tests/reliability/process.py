"""`banjie run` as a process of its own, which may be killed at any moment."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

from bot.config import SECRETS

ROOT = Path(__file__).parents[2]
_START_SECONDS = 30.0


class BotProcess:
    """The bot on its database and its servers; its log goes to one file over all its lives."""

    def __init__(
        self, folder: Path, base_url: str, token: str, database_url: str, *, replicas: bool = False
    ) -> None:
        folder.mkdir(exist_ok=True)
        self.log = folder / "bot.log"
        self._config = folder / "config.toml"
        self._config.write_text(
            f'[telegram]\ntoken = "{token}"\nbase_url = "{base_url}"\nmessages_per_second = 0\n'
            f'[database]\nurl = "{database_url}"\nreplicas = {str(replicas).lower()}\n'
            "[clock]\ntick_seconds = 1\n",
            encoding="utf-8",
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; returns at once."""
        environment = {name: value for name, value in os.environ.items() if name not in SECRETS}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "bot", "run", "--config", str(self._config)],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """SIGKILL, which no program can prepare for; gone when this returns."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    async def stop(self) -> int:
        """End it as an operator would; its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return await asyncio.to_thread(self._process.wait, _START_SECONDS)

    @property
    def ended(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self._process.poll() if self._process else None

    def told(self) -> str:
        """All it has logged."""
        return self.log.read_text(encoding="utf-8")

    async def until(self, event: asyncio.Event, *, unless: asyncio.Event) -> None:
        """Wait for either event; AssertionError with the log if the bot ends by itself before."""
        async with asyncio.timeout(_START_SECONDS):
            while not (event.is_set() or unless.is_set()):
                assert self.ended is None, f"the bot ended by itself:\n{self.told()}"
                await asyncio.sleep(0.01)
