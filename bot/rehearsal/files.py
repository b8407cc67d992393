"""`banjie rehearse`: plays rehearsal files and prints what is not as written."""

import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

import typer

from bot.rehearsal.player import Stage, minutes, play, show
from bot.rehearsal.scene import Script
from bot.rehearsal.script import Unreadable, read
from bot.rehearsal.stage import HouseStage


async def play_files(paths: Sequence[Path]) -> bool:
    """Play each file on a new SQLite database; at the first difference print it and give False.

    A folder stands for the .txt files in it.
    """
    files = list(_files(paths))
    for path in files:
        try:
            script = read(path)
        except (Unreadable, UnicodeDecodeError) as wrong:
            typer.echo(_complaint(path, wrong))
            return False
        with tempfile.TemporaryDirectory(prefix="banjie-rehearsal-") as folder:
            differences = await play(script, HouseStage(_database(folder)))
        for difference in differences:
            typer.echo(str(difference))
            return False
        typer.echo(f"相符  {script.title or path.name}")
    typer.echo(f"{len(files)}份演练，全部相符。")
    return True


async def show_files(paths: Sequence[Path]) -> bool:
    """Print each rehearsal filled in with what the bot really does: a draft of the minutes to check."""
    return await _each(paths, show, lambda _, lines: typer.echo("\n".join(lines)))


async def write_minutes(paths: Sequence[Path], folder: Path) -> bool:
    """Play each rehearsal to its end and write all that was said to everybody, a file each into `folder`."""
    written: list[Path] = []

    def write(path: Path, lines: list[str]) -> None:
        (folder / path.name).write_text("\n".join([*lines, ""]), encoding="utf-8")
        written.append(path)

    if not await _each(paths, minutes, write):
        return False
    typer.echo(f"{len(written)}份演练的纪要已写入 {folder}。")
    return True


async def _each(
    paths: Sequence[Path],
    played: Callable[[Script, Stage], Awaitable[list[str]]],
    put: Callable[[Path, list[str]], None],
) -> bool:
    """Hand on the lines of each rehearsal, played on a new database; at the first unreadable one False."""
    for path in _files(paths):
        try:
            script = read(path)
        except (Unreadable, UnicodeDecodeError) as wrong:
            typer.echo(_complaint(path, wrong))
            return False
        with tempfile.TemporaryDirectory(prefix="banjie-rehearsal-") as folder:
            lines = await played(script, HouseStage(_database(folder)))
        put(path, lines)
    return True


def _complaint(path: Path, wrong: Unreadable | UnicodeDecodeError) -> str:
    return str(wrong) if isinstance(wrong, Unreadable) else f"{path} 不是 UTF-8 文本。"


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.txt")) if path.is_dir() else [path]


def _database(folder: str) -> str:
    return f"sqlite+aiosqlite:///{Path(folder) / 'banjie.db'}"
