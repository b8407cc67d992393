"""What is over goes after its time, with all that hangs on it; what is open, and the audit, stay."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from markupsafe import escape
from sqlalchemy import Table, func, insert, select, update

from jobs.housekeeping import RETENTION, forget, remove
from notices.notice import Notice, State
from rules.approval import Approval
from rules.dates.reading import Half
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.leave.papers import LeavePaper
from rules.remarks.remark import Remark
from rules.retention.terms import RetentionTerms
from rules.roster import Official
from rules.settings import Settings
from storage import audit, inbox, parked
from storage.database import Database
from storage.leavers import CLEARED
from storage.tables import binding_codes, call_requests, drafts, file_digests, officials, outbox
from storage.tables import inbox as inbox_table
from storage.tables.leave import approvals, leave_papers, leaves
from storage.tables.remark import remarks
from tests.cast import THURSDAY, Cast
from tests.stage import Stage, enter

YEAR = timedelta(days=366)
PHONE = "13900000001"


@dataclass
class Play:
    """Leave reports of one head; time is passed in."""

    stage: Stage[Cast]
    reports: int = 0

    async def leave(self, state: LeaveState, *, at: datetime = THURSDAY) -> int:
        """A report with an approval, a paper, a remark, a card and its edit, a request to call back."""
        self.stage.now, self.reports = at, self.reports + 1
        cast = self.stage.cast
        async with self.stage.office.work(f"leave:{self.reports}") as work:
            head = await work.lock(Official, cast.head.id)
            vice = await work.lock(Official, cast.vice.id)
            day = date(2026, 12, 1)
            leave = Leave(head, LeaveKind.TRIP, day, Half.AM, day, Half.PM, "济南", "看病", None, PHONE, at)
            leave.state = state
            leave.approvals.append(Approval(0, vice, comment="保重"))
            leave.papers.append(LeavePaper("file", "诊断书.pdf", 1, photo=False))
            work.add(leave)
            await work.flush()
            subject = f"leave:{leave.id}"
            work.add(Remark(subject, vice, "注意身体", at, [f"{subject}:own"]))
            await work.note(head, "leave.submit", subject, article=77)
            await work.send(Notice(head, escape("看病"), card=f"{subject}:own"))
            await work.redraw(f"{subject}:own", escape("看病，已批准"))
            await work.session.execute(
                insert(call_requests).values(
                    asked_by_id=vice.id, official_id=head.id, phone=PHONE, asked_at=at, due_at=at,
                    leave_id=leave.id, answered_at=at,
                )
            )  # fmt: skip
            form = {"official_id": head.id, "chat_id": 1007, "procedure": "leave", "title": "请假", "turn": 0}
            form |= {
                "values": {"_handed_in": {"file": "1"}},
                "problems": {},
                "updated_at": at,
                "closed_at": at,
            }
            await work.session.execute(insert(drafts).values(form))
            return leave.id

    async def sent(self) -> None:
        """Whatever waited to be sent has been sent, and every undo is long over."""
        async with self.stage.office.work("sent") as work:
            await work.session.execute(update(outbox).values(state=State.SENT))

    async def nightly(self, at: datetime) -> None:
        """The duty of one night, with what it puts off to later transactions."""
        self.stage.now = at
        async with self.stage.office.work(f"night:{at}") as work:
            await forget(work, 0)
        while RETENTION in await self.stage.timers():
            async with self.stage.office.work(f"more:{at}") as work:
                await work.drop_timers(RETENTION, 0)
                await remove(work, 0)

    async def count(self, table: Table) -> int:
        async with self.stage.office.database.session() as session:
            return await session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
async def play(database: Database) -> Play:
    cast = Cast()
    stage = Stage(database, cast)
    async with stage.office.work("settle") as work:
        await enter(work, cast.units, cast.officials)
    return Play(stage)


async def _whole(play: Play) -> bool:
    async with play.stage.office.database.session() as session:
        return not (await audit.verify(session)).fault


async def test_what_is_over_goes_after_its_years_and_what_is_open_stays(play: Play) -> None:
    over = [await play.leave(LeaveState.RETURNED), await play.leave(LeaveState.DECLINED)]
    still = await play.leave(LeaveState.APPROVED)
    await play.leave(LeaveState.RETURNED, at=THURSDAY + 9 * YEAR)
    await play.sent()
    await play.nightly(THURSDAY + 9 * YEAR)
    assert await play.count(leaves) == 4
    await play.nightly(THURSDAY + 11 * YEAR)
    async with play.stage.office.database.session() as session:
        left = list(await session.scalars(select(leaves.c.id).order_by(leaves.c.id)))
        assert set(left) & {*over, still} == {still}
        assert len(left) == 2
        subjects = set(await session.scalars(select(remarks.c.subject)))
        assert subjects == {f"leave:{id}" for id in left}
        assert set(await session.scalars(select(call_requests.c.leave_id))) <= {*left, None}
    assert await play.count(approvals) == await play.count(leave_papers) == 2
    assert await _whole(play)


async def test_more_than_one_transactions_worth_goes_in_several(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.retention._AT_ONCE", 3)
    for number in range(8):
        await play.leave(LeaveState.WITHDRAWN, at=THURSDAY + timedelta(minutes=number))
    await play.sent()
    play.stage.now = THURSDAY + 11 * YEAR
    async with play.stage.office.work("night") as work:
        await forget(work, 0)
    assert await play.count(leaves) == 5
    await play.nightly(THURSDAY + 11 * YEAR)
    assert await play.count(leaves) == 1  # whose id must not be given a second time


async def test_nothing_goes_where_the_office_says_so(play: Play) -> None:
    play.stage.office.settings = Settings(
        retention=RetentionTerms(years=1, ledgers={"leave": 0}, message_days=0, left_days=0, parked_days=0)
    )
    for _ in range(2):
        await play.leave(LeaveState.RETURNED)
    await play.sent()
    before = [await play.count(table) for table in (leaves, outbox, call_requests)]
    await play.nightly(THURSDAY + 60 * YEAR)
    assert before == [await play.count(table) for table in (leaves, outbox, call_requests)]


async def test_what_was_sent_goes_but_the_live_cards(play: Play) -> None:
    await play.leave(LeaveState.RETURNED)
    still = await play.leave(LeaveState.APPROVED)
    await play.sent()
    await play.leave(LeaveState.APPROVED, at=THURSDAY + YEAR)
    await play.nightly(THURSDAY + YEAR + timedelta(days=1))
    async with play.stage.office.database.session() as session:
        rows = (await session.execute(select(outbox).order_by(outbox.c.id))).all()
    cards = [row.card for row in rows if row.card]
    assert cards == [f"leave:{still}:own", f"leave:{still + 1}:own"]
    assert [row.target_id for row in rows if row.kind == "edit"] == [row.id for row in rows if row.card]
    assert await play.count(call_requests) == await play.count(drafts) == 1


async def test_what_is_personal_of_who_left_is_cut_down(play: Play) -> None:
    await play.leave(LeaveState.RETURNED)
    await play.leave(LeaveState.LAPSED)
    head = play.stage.cast.head
    async with play.stage.office.work("codes") as work:
        await work.session.execute(
            insert(binding_codes).values(
                official_id=head.id, code_hash="x", issued_at=THURSDAY, expires_at=THURSDAY
            )
        )
    await play.sent()
    async with play.stage.office.work("left") as work:
        (await work.lock(Official, head.id)).left_at = THURSDAY
    await play.nightly(THURSDAY + timedelta(days=364))
    assert (await _people(play))[head.id] == (head.name, "13800000007", 1007)
    await play.nightly(THURSDAY + timedelta(days=366))
    people = await _people(play)
    assert people[head.id] == (head.name, "", None)
    assert people[play.stage.cast.deputy.id][2] is not None
    async with play.stage.office.database.session() as session:
        said = (
            await session.execute(select(leaves.c.reason, leaves.c.place, leaves.c.phone, leaves.c.state))
        ).all()
        assert [tuple(one) for one in said] == [
            (CLEARED, CLEARED, "", "已销假"),
            (CLEARED, CLEARED, "", "本人离任，已终止"),
        ]
        assert set(await session.scalars(select(approvals.c.comment))) == {""}
        assert set(await session.scalars(select(call_requests.c.phone))) <= {""}
        assert list(await session.scalars(select(drafts.c["values"]))) == [{}]
        to_them = select(func.count()).where(outbox.c.chat_id == 1007)
        assert await session.scalar(to_them) == 0
    assert await play.count(binding_codes) == await play.count(leave_papers) == await play.count(remarks) == 0
    assert await _whole(play)


async def _people(play: Play) -> dict[int, tuple[str, str, int | None]]:
    async with play.stage.office.database.session() as session:
        rows = await session.execute(select(officials))
        return {row.id: (row.name, row.phone, row.telegram_id) for row in rows}


async def test_who_came_back_is_left_alone(play: Play) -> None:
    head = play.stage.cast.head
    async with play.stage.office.work("left") as work:
        (await work.lock(Official, head.id)).left_at = None
    await play.nightly(THURSDAY + 5 * YEAR)
    assert (await _people(play))[head.id] == (head.name, "13800000007", 1007)


async def test_a_digest_stays_as_long_as_a_paper_bears_it(play: Play) -> None:
    await play.leave(LeaveState.APPROVED)
    async with play.stage.office.work("digests") as work:
        for file in ("file", "other"):
            await work.session.execute(
                insert(file_digests).values(file_id=file, sha256="0" * 64, at=THURSDAY)
            )
    await play.nightly(THURSDAY + 2 * YEAR)
    async with play.stage.office.database.session() as session:
        assert list(await session.scalars(select(file_digests.c.file_id))) == ["file"]


async def test_what_was_parked_goes_as_well(play: Play) -> None:
    async with play.stage.office.database.session() as session:
        await inbox.store(session, [inbox.inbox_row({"update_id": 7})], THURSDAY)
        await parked.park(session, 7, THURSDAY, ValueError())
    await play.nightly(THURSDAY + timedelta(days=89))
    assert await play.count(inbox_table) == 1
    await play.nightly(THURSDAY + timedelta(days=91))
    assert await play.count(inbox_table) == 0
