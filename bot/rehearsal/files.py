"""`banjie rehearse`: plays rehearsal files and prints what is not as written."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from bot.rehearsal.player import minutes, play, show
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
            typer.echo(str(wrong) if isinstance(wrong, Unreadable) else f"{path} 不是 UTF-8 文本。")
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
    for path in _files(paths):
        with tempfile.TemporaryDirectory(prefix="banjie-rehearsal-") as folder:
            try:
                lines = await show(read(path), HouseStage(_database(folder)))
            except Unreadable as wrong:
                typer.echo(str(wrong))
                return False
        typer.echo("\n".join(lines))
    return True


async def write_minutes(paths: Sequence[Path], folder: Path) -> bool:
    """Play each rehearsal to its end and write all that was said to everybody, a file each into `folder`."""
    written = 0
    for path in _files(paths):
        with tempfile.TemporaryDirectory(prefix="banjie-rehearsal-") as database:
            try:
                lines = await minutes(read(path), HouseStage(_database(database)))
            except Unreadable as wrong:
                typer.echo(str(wrong))
                return False
        (folder / path.name).write_text("\n".join([*lines, ""]), encoding="utf-8")
        written += 1
    typer.echo(f"{written}份演练的纪要已写入 {folder}。")
    return True


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.txt")) if path.is_dir() else [path]


def _database(folder: str) -> str:
    return f"sqlite+aiosqlite:///{Path(folder) / 'banjie.db'}"
