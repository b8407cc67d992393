"""The Chinese font of this machine, for pictures; without one there is text only."""

import os
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

INSTALL: Final = (
    "Debian、Ubuntu：apt install fonts-noto-cjk；CentOS、openEuler：dnf install google-noto-sans-cjk-fonts"
)
"""How to get one; the handbook says more."""
NO_FONT: Final = "这台机器没有中文字体，暂时不能出图，请看文字。"

_KNOWN: Final = (
    "notosanscjksc",
    "notosanscjk-regular",
    "notosanscjk",
    "notosanssc",
    "sourcehansanssc",
    "sourcehansanscn",
    "sourcehansans",
    "wqy-microhei",
    "wqy-zenhei",
    "pingfang",
    "hiragino sans gb",
    "stheiti",
    "msyh",
    "simhei",
    "droidsansfallback",
    "notoserifcjk-regular",
    "sourcehanserif",
    "simsun",
    "uming",
    "ukai",
)
"""Beginnings of the files' names, the clearest on a small screen first."""
_HEAVY: Final = ("bold", "black", "heavy", "light", "thin", "mono", "italic")
_SUFFIXES: Final = frozenset({".ttf", ".ttc", ".otf", ".otc"})
_FOLDERS: Final = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)


@cache
def chinese_font() -> Path | None:
    """A font file with simplified Chinese, or None. Looked for once: after installing one, start anew.

    fontconfig is asked where there is one, as it knows every folder; otherwise the usual folders are read.
    """
    found = sorted(file for file in {*_by_fontconfig(), *_in_folders()} if _rank(file) is not None)
    return min(found, key=lambda file: _rank(file) or (0, 0), default=None)


def _rank(file: Path) -> tuple[int, int] | None:
    """How well the font suits, the lowest best; None for one that is not known to have Chinese."""
    name = file.name.lower()
    for place, beginning in enumerate(_KNOWN):
        if name.startswith(beginning):
            return (any(weight in name for weight in _HEAVY), place)
    return None


def _by_fontconfig() -> Iterator[Path]:
    try:
        listed = subprocess.run(
            ["fc-list", ":lang=zh-cn", "file"],  # noqa: S607 - wherever the system has it
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return
    for line in listed.stdout.splitlines():
        file = Path(line.partition(":")[0].strip())
        if file.suffix.lower() in _SUFFIXES and file.exists():
            yield file


def _in_folders() -> Iterator[Path]:
    for folder in _FOLDERS:
        for place, _, files in os.walk(Path(folder).expanduser()):
            yield from (Path(place, file) for file in files if Path(file).suffix.lower() in _SUFFIXES)
