"""Writes the table anew from what the rehearsals show: those it names, and those given for what is new."""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from bot.rehearsal.player import scenes
from bot.rehearsal.script import read
from bot.sandbox.house import found
from tests.who_may.actions import actions, commands
from tests.who_may.commands import MONDAY, CommandStage
from tests.who_may.pages import write_page
from tests.who_may.table import FILE, Line, lines, write
from tests.who_may.trial import WhoStage

REHEARSALS = Path(__file__).parents[1] / "rehearsals"


async def main(more: list[Path]) -> None:
    """Play them on SQLite, one after another."""
    known = {one.action: one for one in lines()} if FILE.exists() else {}
    names = dict.fromkeys(one.scene for one in known.values() if one.scene)
    wanted = set(actions())
    with tempfile.TemporaryDirectory() as folder:
        district = Path(folder) / "district.db"
        await found(f"sqlite+aiosqlite:///{district}")
        for path in [*(REHEARSALS / f"{name}.txt" for name in names), *more]:
            own = {action for action in wanted if path in more or known[action].scene == path.stem}
            copy = shutil.copy(district, Path(folder) / "played.db")
            stage = WhoStage(f"sqlite+aiosqlite:///{copy}", own)
            async for _ in scenes(read(path), stage):
                pass
            for action, marks in stage.found.items():
                before = known.get(action, Line(action, "", "", ""))
                what = before.what or stage.labels[action]
                known[action] = Line(action, before.matter, what, path.stem, "", stage.owners[action], marks)
            wanted -= set(stage.found)
        copy = shutil.copy(district, Path(folder) / "commands.db")
        stage_of_commands = CommandStage(f"sqlite+aiosqlite:///{copy}", set())
        for action, marks in (await stage_of_commands.commands(MONDAY, commands())).items():
            known.setdefault(action, Line(action, "", "", "")).marks = marks
    table = [known.get(action, Line(action, "", "", "")) for action in actions()]
    write(table)
    lines.cache_clear()
    write_page()


if __name__ == "__main__":
    asyncio.run(main([Path(name) for name in sys.argv[1:]]))
