"""The roster from the command line: shown, then applied whole or not at all; codes for whom they are due."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import select

from bot.roster.desk import hand_out, import_roster
from bot.roster.difference import doubts_summary
from bot.roster.files import SAMPLE
from rules.refused import Refused
from rules.roster import Official
from rules.roster_import import RosterRejected
from rules.roster_match import Answers
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 9, 30, 1, 0, tzinfo=UTC)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, Settings(), lambda: NOW)


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """A copy of the sample to change."""
    for name in ("units.csv", "people.csv"):
        (tmp_path / name).write_text((SAMPLE / name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def edit(district: Path, old: str, new: str) -> None:
    file = district / "people.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


async def run(office: Office, file: Path, *, dry_run: bool = False) -> tuple[str, list[str]]:
    """The last line printed, and the names of those whose matters were to move."""
    console = Console(file=io.StringIO(), width=200, color_system=None)
    moved: list[str] = []

    async def reroute(_work: UnitOfWork, official: Official) -> None:
        moved.append(official.name)

    await import_roster(office, file, console, dry_run=dry_run, reroutes=[reroute])
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()[-1], moved


async def bind(office: Office, name: str, telegram_id: int) -> None:
    async with office.work(f"bind:{telegram_id}") as work:
        (official,) = (await work.roster()).named(name)
        official.telegram_id = telegram_id


async def people(office: Office) -> int:
    async with office.work("count") as work:
        return len((await work.roster()).officials)


async def test_a_dry_run_shows_and_changes_nothing(office: Office, district: Path) -> None:
    last, _ = await run(office, district, dry_run=True)
    assert last == "单位新增33、变更0、撤并0；人员新增105、变更0、离任0。"
    assert await people(office) == 0
    assert (await run(office, district))[0] == last
    assert await people(office) == 105
    assert (await run(office, district))[0] == "花名册没有变化。"


async def test_one_bad_row_and_nothing_changes(office: Office, district: Path) -> None:
    await run(office, district)
    edit(district, "陶鳞潜,财政局,局长,主要负责人", "陶鳞潜,财政局,局长,局长")
    edit(district, "姜羽翔,财政局,副局长,班子成员,13800000032,\n", "")
    with pytest.raises(RosterRejected, match="「人员」第32行：角色“局长”不在规定之列"):
        await run(office, district)
    assert await people(office) == 105


async def test_who_left_is_told_unbound_and_rerouted(office: Office, district: Path) -> None:
    await run(office, district)
    await bind(office, "姜羽翔", 7001)
    edit(district, "姜羽翔,财政局,副局长,班子成员,13800000032,\n", "")
    edit(district, "戚龙师,财政局,", "戚龙师,司法局,")
    last, moved = await run(office, district)
    assert last == "单位新增0、变更0、撤并0；人员新增0、变更1（调动1）、离任1。"
    assert moved == ["姜羽翔", "戚龙师"]
    async with office.work("look") as work:
        assert await work.official(7001) is None
        rows = (await work.session.execute(select(outbox.c.kind, outbox.c.chat_id, outbox.c.payload))).all()
    assert [(row.kind, row.chat_id) for row in rows] == [("menu", 7001), ("message", 7001)]
    assert rows[1].payload["text"].startswith("您的账号已与“财政局副局长 姜羽翔”解除绑定。")


async def test_a_corrected_name_is_no_departure(office: Office, district: Path) -> None:
    await run(office, district)
    await bind(office, "姜羽翔", 7001)
    edit(district, "姜羽翔,财政局", "姜羽祥,财政局")
    last, moved = await run(office, district)
    assert last == "单位新增0、变更0、撤并0；人员新增0、变更1、离任0。"
    assert moved == []
    async with office.work("look") as work:
        official = await work.official(7001)
        assert official is not None
        assert official.name == "姜羽祥"
        assert (await work.session.execute(select(outbox.c.kind))).all() == []


async def test_a_doubt_stops_the_import_until_it_is_answered(office: Office, district: Path) -> None:
    await run(office, district)
    await bind(office, "姜羽翔", 7001)
    edit(district, "姜羽翔,财政局,副局长,班子成员,13800000032", "郝玉,财政局,副局长,班子成员,13800000032")
    console = Console(file=io.StringIO(), width=400, color_system=None)
    change = await import_roster(office, district, console)
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue() == (
        "请先确认是否同一单位、同一人（1）\n"
        "  财政局 郝玉（副局长，13800000032）：是不是原来的财政局 姜羽翔（副局长，13800000032）？"
        "（手机、单位、职务、角色相同，姓名不同）是的，加 --same '郝玉=姜羽翔'；不是，加 --new '郝玉'\n"
        "单位新增0、变更0、撤并0；人员新增0、变更0、离任0；待确认1。\n"
    )
    assert doubts_summary(change).startswith("有1处要先确认，花名册未作任何改动。")
    async with office.work("look") as work:
        assert (await work.roster()).named("姜羽翔")
        assert await work.official(7001) is not None
    with pytest.raises(Refused, match="“姜羽”对不上"):
        await import_roster(office, district, console, answers=Answers(same=[("郝玉", "姜羽")]))
    await import_roster(office, district, console, answers=Answers(new=["郝玉"]))
    async with office.work("look") as work:
        assert await work.official(7001) is None
        assert [official.telegram_id for official in (await work.roster()).named("郝玉")] == [None]


async def test_who_was_taken_off_by_mistake_comes_back_bound(office: Office, district: Path) -> None:
    await run(office, district)
    await bind(office, "姜羽翔", 7001)
    row = "姜羽翔,财政局,副局长,班子成员,13800000032,\n"
    edit(district, row, "")
    await run(office, district)
    edit(district, "陶鳞潜,财政局", f"{row}陶鳞潜,财政局")
    console = Console(file=io.StringIO(), width=400, color_system=None)
    await import_roster(office, district, console)
    answers = Answers(same=[("姜羽翔", "姜羽翔")])
    await import_roster(office, district, console, answers=answers)
    assert isinstance(console.file, io.StringIO)
    was = "财政局 姜羽翔（副局长，13800000032，2026年9月30日离任）"
    assert console.file.getvalue() == (
        "请先确认是否同一单位、同一人（1）\n"
        f"  财政局 姜羽翔（副局长，13800000032）：是不是原来的{was}？（姓名、手机、单位、职务、角色都相同）"
        "是的，加 --same '姜羽翔=姜羽翔'；不是，加 --new '姜羽翔'\n"
        "单位新增0、变更0、撤并0；人员新增0、变更0、离任0；待确认1。\n"
        f"人员恢复（1）\n  {was}：绑定恢复\n"
        "单位新增0、变更0、撤并0；人员新增0、变更0、离任0、恢复1。\n"
    )
    async with office.work("look") as work:
        assert (await work.official(7001)) is not None
        rows = (await work.session.execute(select(outbox.c.kind, outbox.c.payload))).all()
    assert [row.kind for row in rows] == ["menu", "message", "message", "menu"]
    assert rows[2].payload["text"] == (
        "✅ 您已重新列入花名册，账号恢复与“财政局副局长 姜羽翔”的绑定。\n"
        "以前的卡片不再更新，等您办理的请发“待办”查看；没有写完的表单请重新填写。"
    )
    assert rows[3].payload["commands"]


async def test_who_comes_back_without_an_account_is_to_get_a_code(office: Office, district: Path) -> None:
    await run(office, district)
    row = "姜羽翔,财政局,副局长,班子成员,13800000032,\n"
    edit(district, row, "")
    await run(office, district)
    edit(district, "陶鳞潜,财政局", f"{row}陶鳞潜,财政局")
    console = Console(file=io.StringIO(), width=400, color_system=None)
    await import_roster(office, district, console, answers=Answers(same=[("姜羽翔", "姜羽翔")]))
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().splitlines()[1] == (
        "  财政局 姜羽翔（副局长，13800000032，2026年9月30日离任）："
        "原来没有绑定，或者账号已由他人使用，请发码：banjie roster codes --person '姜羽翔(财政局)'"
    )
    (code,) = await hand_out(office, person="姜羽翔(财政局)")
    assert code.official.left_at is None


async def test_codes_go_to_the_unbound_and_to_one_asked_for_by_name(office: Office, district: Path) -> None:
    await run(office, district)
    await bind(office, "陶鳞潜", 7002)
    walked: list[int] = []

    def progress(ids: Sequence[int]) -> Sequence[int]:
        walked.extend(ids)
        return ids

    codes = await hand_out(office, unit="财政局", progress=progress)
    assert [each.official.name for each in codes] == ["姜羽翔", "戚龙师"]
    assert walked == [each.official.id for each in codes]
    (again,) = await hand_out(office, person="陶鳞潜（财政局）")
    assert again.official.telegram_id is None
    with pytest.raises(Refused, match="花名册里没有“钱多多”"):
        await hand_out(office, person="钱多多")
    with pytest.raises(Refused, match="花名册里没有单位“税务局”"):
        await hand_out(office, unit="税务局")
