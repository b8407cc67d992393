"""Ten working days in which nobody does anything: how many messages go out, how many ring, what is asked.

`make bench` plays ten_days.txt on SQLite and writes docs/phone.md; `python -m tests.bench.ten_days` alone
takes some ten seconds. What went out is read from the outbox and judged by the words of its buttons alone, so
that an earlier commit is measured alike: `--keep FILE` there writes what the next is held against.
"""

import asyncio
import json
import re
import sqlite3
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.rehearsal.player import show
from bot.rehearsal.script import read
from bot.rehearsal.stage import HouseStage
from rules.roster import OFFICE_DESK, Role

HERE: Final = Path(__file__).parent
SCENE, BEFORE = HERE / "ten_days.txt", HERE / "ten_days_before.json"
ACTS: Final = re.compile(
    "^(?:同意|不同意|退回|销假|无不同意见|有不同意见|参加|确认|出席|转呈领导|核准|准假|审核通过|知悉|办结|开始签到|准予受理"
    "|已报备|登记答复|催办全部|代拟|已报区长|已报区委|材料已送审|按|重开|停办|继续|签)"
)
"""Words of buttons that ask for an act."""
ANSWER: Final = 0
_OPENS: Final = "today:"
"""What the number of a line of 今日要办 begins with; the matter that it opens stands behind it."""
ASKED_NO_MORE: Final[Mapping[tuple[str, str], str]] = {
    ("区长", "meeting"): "主持会议的不用答复",
}
"""Whom nobody asks any more, by role and procedure, and why not."""
GROUP: Final = "工作群"


@dataclass
class Told:
    """What one kind of reader got: messages, those that rang, those with something to act on."""

    total: int = 0
    rung: int = 0
    asked: int = 0


@dataclass
class Scene:
    """What came of the ten days; `questions` are who was asked for something, and of which matter."""

    told: dict[str, Told] = field(default_factory=dict)
    questions: set[tuple[str, str]] = field(default_factory=set)
    roles: dict[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> Told:
        """All together."""
        parts = list(self.told.values())
        return Told(*(sum(getattr(one, name) for one in parts) for name in ("total", "rung", "asked")))

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        told = {role: asdict(one) for role, one in self.told.items()}
        return {"told": told, "questions": sorted(map(list, self.questions)), "roles": self.roles}


def before() -> Scene:
    """The same scene as it was played by an earlier commit."""
    kept = json.loads(BEFORE.read_text(encoding="utf-8"))
    told = {role: Told(**one) for role, one in kept["told"].items()}
    return Scene(told, {(who, what) for who, what in kept["questions"]}, kept["roles"])


async def measure() -> Scene:
    """Play it on a database of its own, and count."""
    with tempfile.TemporaryDirectory(prefix="banjie-ten-days-") as folder:
        file = Path(folder) / "office.db"
        lines = await show(read(SCENE), HouseStage(f"sqlite+aiosqlite:///{file}"))
        if stopped := [line for line in lines if line.startswith("# ") and "没有带" in line]:
            raise ValueError(stopped[0])
        with sqlite3.connect(file) as books:
            return _counted(books)


def _counted(books: sqlite3.Connection) -> Scene:
    books.row_factory = sqlite3.Row
    people = {row["id"]: row for row in books.execute("SELECT id, name, role FROM officials")}
    scene = Scene()
    acted = "SELECT update_id, actor_id FROM audit WHERE update_id IS NOT NULL"
    by = {f"u{row['update_id']}": row["actor_id"] for row in books.execute(acted)}
    said = "SELECT * FROM outbox WHERE kind IN ('message', 'edit') AND state = 'sent' ORDER BY id"
    for row in books.execute(said):
        payload, who = json.loads(row["payload"]), people.get(row["official_id"])
        message = row["kind"] == "message"
        if message and _is_answer(row, by):
            continue
        keys = [key for keys in payload.get("keyboard") or () for key in keys]
        asked = {_matter(key, _OPENS) for key in keys}
        acts = message and any(ACTS.match(key["text"]) for key in keys)
        asked |= {next(filter(None, map(_matter, keys)), "")} if acts else set()
        if who is not None and any(asked):
            scene.questions |= {(who["name"], matter) for matter in asked if matter}
            scene.roles[who["name"]] = _role(who)
        if not message or row["message_id"] is None:  # told of within another message
            continue
        one = scene.told.setdefault(_role(who), Told())
        one.total += 1
        one.rung += not payload.get("silent")
        one.asked += acts or bool(payload.get("bundle"))
    return scene


def _is_answer(row: sqlite3.Row, by: Mapping[str, int]) -> bool:
    """Whether it goes to whoever had just written or tapped what set it off."""
    own = row["official_id"] is not None and by.get(row["once"].partition(":")[0]) == row["official_id"]
    return row["urgency"] == ANSWER or own


def _matter(key: dict[str, Any], before: str = "") -> str:
    """The matter that the button names."""
    found = re.match(rf"{before}([a-z]+:[1-9]\d*)", key.get("callback_data", ""))
    return found[1] if found else ""


def _role(who: sqlite3.Row | None) -> str:
    if who is None:
        return GROUP
    return "办公室" if Role(who["role"]) in OFFICE_DESK else str(who["role"])


def table(was: Scene, now: Scene) -> list[str]:
    """Before and after, by role, as a table."""
    order = ["区长", "常务副区长", "副区长", "办公室", "主要负责人", "班子成员", "联络员", "法律顾问", GROUP]
    lines = ["| 谁 | 此前：条数 | 响铃 | 要办的 | 现在：条数 | 响铃 | 要办的 |", "| --- " * 7 + "|"]
    roles = [role for role in order if role in was.told]
    lines += [_row(role, was.told[role], now.told.get(role, Told())) for role in roles]
    return [*lines, _row("**合计**", was.whole, now.whole)]


def _row(role: str, *those: Told) -> str:
    numbers = (str(number) for one in those for number in (one.total, one.rung, one.asked))
    return f"| {role} | {' | '.join(numbers)} |"


def lost(was: Scene, now: Scene) -> list[tuple[str, str]]:
    """Who was asked for something before and is not now, though nothing says why."""
    gone = was.questions - now.questions
    return sorted(one for one in gone if reason(was, one) is None)


def reason(was: Scene, question: tuple[str, str]) -> str | None:
    """Why they are not asked for it any more."""
    who, matter = question
    return ASKED_NO_MORE.get((was.roles.get(who, ""), matter.partition(":")[0]))


def main() -> None:
    """Measure; keep it for later, or show it beside what was kept."""
    scene = asyncio.run(measure())
    if "--keep" in sys.argv:
        kept = json.dumps(scene.stored(), ensure_ascii=False, indent=1)
        Path(sys.argv[sys.argv.index("--keep") + 1]).write_text(kept + "\n", encoding="utf-8")
    else:
        sys.stdout.write("\n".join([*table(before(), scene), f"{lost(before(), scene)}"]) + "\n")


if __name__ == "__main__":
    main()
