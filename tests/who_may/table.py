"""Who may do what: the table beside this file, a line for every action.

Under each role and relation it stands whether they may (✓), are refused (×), or are only told how things
stand (○); a dash where nobody is so related to it there. `python -m tests.who_may` plays the rehearsals that
the lines name once more and writes down what they show: what differs in `git diff` is then to be judged.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from tests.who_may.trial import RELATIONS

FILE: Final = Path(__file__).with_name("who_may.csv")
_HEAD: Final = ("动作", "事项", "做什么", "演练", "未演练的原因", "本人是")


@dataclass
class Line:
    """One action: what it is called, on which rehearsal it comes about, and what each relation comes to.

    Where it comes about on none it is said `why`. `own` is the role of who does it there.
    """

    action: str
    matter: str
    what: str
    scene: str
    why: str = ""
    own: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)


@cache
def lines() -> list[Line]:
    """As they stand in the file."""
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        return [
            Line(
                action,
                matter,
                what,
                scene,
                why,
                own,
                dict(zip(RELATIONS, marks, strict=True)) if any(marks) else {},
            )
            for action, matter, what, scene, why, own, *marks in list(csv.reader(file))[1:]
        ]


def write(table: Iterable[Line]) -> None:
    """Write them down anew, as Excel reads it."""
    with FILE.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow([*_HEAD, *RELATIONS])
        for one in table:
            marks = [one.marks.get(name, "") for name in RELATIONS]
            rows.writerow([one.action, one.matter, one.what, one.scene, one.why, one.own, *marks])


def played_on(scene: str) -> dict[str, Mapping[str, str]]:
    """What the rehearsal of that name has to show, by action; nothing for most rehearsals."""
    return {one.action: one.marks for one in lines() if one.scene == scene}
