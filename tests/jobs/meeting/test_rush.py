"""Two hundred people answer within a minute: every answer counts, the office's card is edited a few times."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import Clock
from matters.meeting import count
from notices.message_text import plain
from rules.meeting.attendance import Attendee, Part
from rules.meeting.count import tally
from rules.meeting.matter import Meeting, MeetingKind
from rules.meeting.reply import answer
from rules.roster import Official, Role, Unit, UnitKind
from storage.database import Database
from storage.outbox import Kind
from storage.queries.meeting.meetings import answering
from storage.tables import outbox
from tests.cast import beijing
from tests.stage import Stage

NOW = beijing("2026-12-01 09:00")
PEOPLE, SECONDS = 200, 60


@dataclass
class Crowd:
    """The meeting, who was called to it, and the office's two clerks, by their ids."""

    meeting: int = 0
    people: list[int] = field(default_factory=list)
    clerks: list[int] = field(default_factory=list)


class RushStage(Stage[Crowd]):
    """An office of two clerks that has called two hundred people to a meeting."""

    async def call(self) -> None:
        """The meeting is called, and the card is at the office."""
        desk, bureau = (
            Unit("区政府办公室", "千文区人民政府办公室", UnitKind.OFFICE),
            Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT),
        )
        clerks = [Official(f"甲{n}", desk, "科员", Role.OFFICE_STAFF, telegram_id=n) for n in (1, 2)]
        people = [
            Official(f"第{n}位", bureau, "科员", Role.DEPUTY_HEAD, telegram_id=1000 + n)
            for n in range(PEOPLE)
        ]
        start = NOW + timedelta(days=7)
        async with self.office.work("call") as work:
            work.session.add_all([desk, bureau, *clerks, *people])
            await work.flush()
            meeting = Meeting(
                kind=MeetingKind.SPECIAL,
                title="防汛工作专题会议",
                start=start,
                end=start + timedelta(hours=2),
                place="大礼堂",
                called_by=clerks[0],
                created_at=NOW,
                reply_by=start - timedelta(days=1),
                attendees=[Attendee(one, Part.MEMBER, place) for place, one in enumerate(people)],
            )
            work.add(meeting)
            await work.flush()
            meeting.call(clerks[0], work.now)
            await count.called(work, meeting)
            self.cast = Crowd(meeting.id, [one.id for one in people], [one.id for one in clerks])

    async def come(self, official_id: int) -> None:
        """One of them taps 参加."""
        async with self.office.work(f"u{official_id}") as work:
            official = await work.lock(Official, official_id)
            meeting = await answering(work, self.cast.meeting, official)
            answer(meeting, official, work.now)
            await count.answered(work, meeting)

    async def edits(self) -> dict[int, list[str]]:
        """What each clerk's card was edited to, in order."""
        async with self.office.work("look") as work:
            rows = await work.session.execute(
                select(outbox.c.official_id, outbox.c.payload)
                .where(outbox.c.kind == Kind.EDIT)
                .order_by(outbox.c.id)
            )
            found: dict[int, list[str]] = {}
            for row in rows:
                found.setdefault(row.official_id, []).append(plain(row.payload["text"]))
            return found


@pytest.fixture
async def stage(sqlite_url: str) -> RushStage:
    stage = RushStage(Database(sqlite_url), Crowd(), now=NOW)
    await stage.call()
    return stage


async def test_clock_and_answer_lock_in_one_order(
    postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    stage = RushStage(Database(postgres_url), Crowd(), now=NOW)
    await stage.call()
    async with stage.office.work("answer") as work:
        official = await work.lock(Official, stage.cast.people[0])
        meeting = await answering(work, stage.cast.meeting, official)
        await count.answered(work, meeting)
    async with stage.office.work("answer") as work:
        meeting = await answering(work, stage.cast.meeting, await work.lock(Official, stage.cast.people[1]))
        sweep = asyncio.create_task(Clock(stage.office).sweep())
        await asyncio.wait({sweep}, timeout=0.3)
        assert not sweep.done()  # the clock waits for the answer, and the answer not for the clock
        async with asyncio.timeout(20):
            await count.answered(work, meeting)
    async with asyncio.timeout(20):
        assert await sweep
    assert "deadlock" not in caplog.text
    await stage.office.database.close()


async def test_two_hundred_answers_in_a_minute(stage: RushStage) -> None:
    clock = Clock(stage.office)
    for place, official_id in enumerate(stage.cast.people):
        stage.now = NOW + timedelta(seconds=place * SECONDS / PEOPLE)
        await stage.come(official_id)
        await clock.sweep()
    stage.now += timedelta(seconds=10)
    await clock.sweep()
    async with stage.office.work("look") as work:
        meeting = await work.lock(Meeting, stage.cast.meeting)
        assert tally(meeting.attendees).coming == PEOPLE
        most = SECONDS // work.office.settings.meeting.count_seconds + 1
    edits = await stage.edits()
    assert set(edits) == set(stage.cast.clerks)
    assert all(1 < len(texts) <= most for texts in edits.values())
    assert all(f"应到{PEOPLE}人：参加{PEOPLE}\n" in texts[-1] + "\n" for texts in edits.values())
    await stage.office.database.close()
