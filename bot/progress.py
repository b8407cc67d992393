"""A progress bar on the terminal for what takes longer than a moment; nothing where nobody looks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

Advance = Callable[[int, int], None]


@contextmanager
def shown(what: str) -> Iterator[Advance]:
    """A bar for the length of the block; call what it gives with (done, all). It goes away at the end."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
