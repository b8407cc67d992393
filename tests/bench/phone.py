"""What an official does and reads for one job: messages written, taps, screens read, the longest text.

Each block of jobs.txt is a conversation of its own; the job is what the person named in its heading does and
is shown, from their first act on or from the line # 本人. `make bench` writes docs/phone.md.
"""

import asyncio
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.clock import real_now
from bot.rehearsal import player
from bot.rehearsal.scene import Kind, Say, Script, Tap
from bot.rehearsal.script import parse
from bot.rehearsal.stage import HouseStage
from rules.working_days import shanghai_day
from tests.bench import ten_days
from tests.bench.subjects import REPOSITORY

REPORT: Final = REPOSITORY / "docs" / "phone.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
_OWN: Final = "# 本人"


@dataclass
class Job:
    """One job as one person has it."""

    title: str
    who: str
    script: Script
    own_from: int
    written: int = 0
    taps: int = 0
    screens: int = 0
    longest: int = 0

    @property
    def row(self) -> str:
        """Its line of the table."""
        numbers = (self.written, self.taps, self.screens, self.longest)
        return f"| {self.title} | {' | '.join(map(str, numbers))} |"


def jobs() -> Iterator[Job]:
    """Every block of the file."""
    for block in (ten_days.HERE / "jobs.txt").read_text(encoding="utf-8").split("## ")[1:]:
        heading, _, conversation = block.partition("\n")
        title, _, who = heading.partition("｜")
        lines = conversation.splitlines()
        own_from = lines.index(_OWN) + 2 if _OWN in lines else 0
        yield Job(title, who, parse(f"# {title}\n{conversation}"), own_from)


async def measure(job: Job) -> None:
    """Play it, and count what the person does and sees."""
    begun = False
    with tempfile.TemporaryDirectory(prefix="banjie-phone-") as folder:
        stage = HouseStage(f"sqlite+aiosqlite:///{Path(folder) / 'office.db'}")
        async for played in player.scenes(job.script, stage):
            if played.failure:
                raise ValueError(f"{job.title}：{played.failure}")
            act, own = played.scene.act, played.scene.line >= job.own_from
            mine = own and isinstance(act, Say | Tap) and act.who == job.who
            begun = begun or mine
            job.written += mine and isinstance(act, Say)
            job.taps += mine and isinstance(act, Tap)
            if begun and played.who is not None:
                (chat,) = played.who.chats(job.who)
                seen = [one for one in played.deeds if one.chat == chat]
                read = [one.text for one in seen if one.kind in (Kind.MESSAGE, Kind.EDIT)]
                job.screens += len(read)
                job.longest = max([job.longest, *map(len, read)])


def written(every: list[Job], now: ten_days.Scene) -> str:
    """The part of the report between its markers."""
    was = ten_days.before()
    asked, still = len(was.questions), len(was.questions & now.questions)
    why: dict[str, list[str]] = defaultdict(list)
    for who, what in sorted(was.questions - now.questions):
        why[ten_days.reason(was, (who, what)) or "没有理由"].append(f"{who}（{what}）")
    gone = [f"- {'、'.join(people)}：{reason}。" for reason, people in sorted(why.items())]
    return "\n".join(
        [
            BEGIN,
            f"{shanghai_day(real_now())}量得。\n",
            "| 办一件事 | 自己写几条 | 点几下 | 看几屏 | 最长一条（字） |",
            "| --- " * 5 + "|",
            *(job.row for job in every),
            "\n十个工作日无人办理：\n",
            *ten_days.table(was, now),
            f"\n此前请人办的{asked}件（某人某事），现在仍请的{still}件。不再请的：\n",
            *(gone or ["- 没有。"]),
            END,
        ]
    )


async def measured() -> str:
    """All of it."""
    every = list(jobs())
    for job in every:
        await measure(job)
    return written(every, await ten_days.measure())


def main() -> None:
    """Measure, print, write."""
    text = asyncio.run(measured())
    sys.stdout.write(f"{text}\n")
    report = REPORT.read_text(encoding="utf-8")
    before, _, rest = report.partition(BEGIN)
    REPORT.write_text(before + text + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
