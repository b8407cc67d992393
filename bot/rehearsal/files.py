"""`banjie rehearse`: plays rehearsal files and prints what is not as written."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from pathlib import Path

import typer

from bot.rehearsal.player import Stage, minutes, play, show
from bot.rehearsal.scene import Script
from bot.rehearsal.script import Unreadable, read
from bot.rehearsal.stage import HouseStage
from bot.sandbox.house import found


async def play_files(paths: Sequence[Path]) -> bool:
    """Play each file on an SQLite database of its own; at the first difference print it and give False.

    A folder stands for the .txt files in it.
    """
    files = list(_files(paths))
    async with _districts() as another:
        for path in files:
            try:
                script = read(path)
            except (Unreadable, UnicodeDecodeError) as wrong:
                typer.echo(_complaint(path, wrong))
                return False
            with another() as database:
                differences = await play(script, HouseStage(database))
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
    """Hand on the lines of each rehearsal, each on its own database; at the first unreadable one False."""
    async with _districts() as another:
        for path in _files(paths):
            try:
                script = read(path)
            except (Unreadable, UnicodeDecodeError) as wrong:
                typer.echo(_complaint(path, wrong))
                return False
            with another() as database:
                lines = await played(script, HouseStage(database))
            put(path, lines)
    return True


@asynccontextmanager
async def _districts() -> AsyncIterator[Callable[[], AbstractContextManager[str]]]:
    """The sample district moves in once, which takes as long as a rehearsal; what is given makes copies."""
    with tempfile.TemporaryDirectory(prefix="banjie-rehearsal-") as folder:
        district = Path(folder) / "district.db"
        await found(_address(district))

        @contextmanager
        def another() -> Iterator[str]:
            with tempfile.TemporaryDirectory(dir=folder) as own:
                yield _address(Path(shutil.copy(district, own)))

        yield another


def _complaint(path: Path, wrong: Unreadable | UnicodeDecodeError) -> str:
    return str(wrong) if isinstance(wrong, Unreadable) else f"{path} 不是 UTF-8 文本。"


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.txt")) if path.is_dir() else [path]


def _address(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"
