"""The command line: `banjie`, the same as `python -m bot`.

Each command imports what it needs when it is called, so that the bot starts fast and `--help` at once.
"""

# ruff: noqa: PLC0415 - see above

import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.config import BadConfig, load
from rules.refused import Refused

app = typer.Typer(
    name="banjie",
    help="办结：区政府办公室值班台上的机器人。事事有回音，件件有着落，条条有依据。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
roster = typer.Typer(name="roster", help="花名册与绑定码。", no_args_is_help=True)
calendar = typer.Typer(name="calendar", help="工作日历。", no_args_is_help=True)
audit = typer.Typer(name="audit", help="留痕。", no_args_is_help=True)
parked = typer.Typer(name="parked", help="办不成而搁下的消息。", no_args_is_help=True)
for group in (roster, calendar, audit, parked):
    app.add_typer(group)

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", help="配置文件，默认用当前文件夹的 config.toml（如有）。", show_default=False),
]


def main() -> None:
    """Run the command; what is wrong is one line for the person, and exit code 1."""
    try:
        app()
    except (BadConfig, Refused) as wrong:
        typer.echo(str(wrong), err=True)
        sys.exit(1)


@app.command()
def demo(port: Annotated[int, typer.Option(help="网页的端口。", min=1, max=65535)] = 8088) -> None:
    """在本机试用：几部手机、部门群、可以拨动的时钟，全在一个网页里。"""
    missing = [name for name in ("websockets", "python_multipart") if find_spec(name) is None]
    if missing:
        raise Refused(f"试用页面还缺 {'、'.join(missing)}，请先安装：pip install 'banjie[demo]'")
    from bot import logs
    from bot.demo import demo as show

    logs.set_up()
    asyncio.run(show(port))


@app.command()
def run(config: ConfigFile = None) -> None:
    """在 Telegram 上运行。"""
    settings = load(config)
    gc.disable()  # what is loaded stays: looking it over while it grows takes a tenth of the start
    from bot import logs, running

    gc.freeze()
    gc.enable()
    logs.set_up(settings.secrets)
    try:
        runner(sys.platform)(running.run(settings))
    except running.CannotRun as wrong:
        raise Refused(str(wrong)) from wrong


def runner(platform: str) -> Callable[[Coroutine[Any, Any, None]], None]:
    """What runs the bot on that `sys.platform`: uvloop, but on Windows, where there is none."""
    if platform == "win32":
        return asyncio.run
    import uvloop

    return uvloop.run


@app.command()
def check(config: ConfigFile = None) -> None:
    """检查配置、数据库、令牌、花名册和日历，有问题的说明怎么办。"""
    from bot.checkup import checkup

    if not asyncio.run(checkup(config)):
        raise typer.Exit(1)


@app.command()
def rehearse(
    files: Annotated[list[Path], typer.Argument(help="演练文件或文件夹，可以多个。", exists=True)],
    show: Annotated[bool, typer.Option("--show", help="不核对，把机器人的实际言行写成完整纪要。")] = False,
    minutes: Annotated[
        Path | None,
        typer.Option("--minutes", help="不核对，把对每个人说的每句话写进此文件夹，供前后两版比较。"),
    ] = None,
) -> None:
    """演练：照写好的对话走一遍真实程序，与写的不同就指出来。"""
    from bot.rehearsal.files import play_files, show_files, write_minutes

    if minutes:
        minutes.mkdir(parents=True, exist_ok=True)
    played = write_minutes(files, minutes) if minutes else show_files(files) if show else play_files(files)
    if not asyncio.run(played):
        raise typer.Exit(1)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="备份写到哪个文件，不能已经存在。")], config: ConfigFile = None
) -> None:
    """备份数据库，运行中也可以；写完即核对。"""
    from bot.progress import shown
    from storage.backup import back_up

    with shown("备份") as progress:
        back_up(load(config, token=False).database.url.get_secret_value(), file, progress)
    typer.echo(f"已备份到 {file}（{file.stat().st_size / 1_000_000:.1f} MB），核对无误。")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="banjie backup 写出的备份。", exists=True, dir_okay=False)],
    replace: Annotated[
        bool, typer.Option("--replace", help="库里已有内容的，用备份替换。SQLite 的旧库改名留在原处。")
    ] = False,
    config: ConfigFile = None,
) -> None:
    """从备份恢复数据库：先停机器人；备份先通读核对，再替换。"""
    from bot import restoring

    typer.echo(asyncio.run(restoring.restore(load(config, token=False), file, replace=replace)))


class LedgerFormat(StrEnum):
    """What a ledger is written as."""

    XLSX = "xlsx"
    CSV = "csv"


@app.command()
def export(
    ledger: Annotated[str, typer.Argument(help="哪种台账：leave（请假）。")],
    style: Annotated[
        LedgerFormat, typer.Option("--format", help="Excel 工作簿，或只含明细的 CSV。")
    ] = LedgerFormat.XLSX,
    first: Annotated[str, typer.Option("--from", help="从哪天起，如 2026-01-01；不写即从头。")] = "",
    last: Annotated[str, typer.Option("--to", help="到哪天止，如 2026-12-31；不写即到底。")] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", help="写到哪个文件，不能已经存在；- 是标准输出。", show_default=False),
    ] = None,
    config: ConfigFile = None,
) -> None:
    """导出台账：明细和各项统计。导出本身也留痕。"""
    from bot import export as ledgers

    stretch = ledgers.stretch_of(first, last)
    said = asyncio.run(ledgers.export(load(config, token=False), ledger, style.value, stretch, out))
    if said:
        typer.echo(said)


@app.command()
def migrate(config: ConfigFile = None) -> None:
    """建库或升级到本版本的表结构。升级前请先 banjie backup。"""
    from bot import administration

    asyncio.run(administration.migrate(load(config, token=False)))
    typer.echo("数据库已是最新。")


@roster.command("import")
def roster_import(
    file: Annotated[
        Path, typer.Argument(help="花名册 .xlsx，或放着 units.csv、people.csv 的文件夹。", exists=True)
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看差别，不改动。")] = False,
    same: Annotated[
        list[str] | None,
        typer.Option(
            "--same", help="同一人、同一单位，只是名称改了：新名=原名；可写几个。", show_default=False
        ),
    ] = None,
    new: Annotated[
        list[str] | None,
        typer.Option("--new", help="与原来的不是同一人、同一单位：新名；可写几个。", show_default=False),
    ] = None,
    config: ConfigFile = None,
) -> None:
    """导入花名册：先列出差别，再一次改全；有一行不对就一行都不改。"""
    from bot.administration import import_roster
    from rules.roster_match import Answers

    pairs = [tuple(part.strip() for part in pair.partition("=")[::2]) for pair in same or ()]
    if any(not after or not before for after, before in pairs):
        raise Refused("--same 请写作“新名=原名”的样子，如 --same '王方=王芳'。")
    answers = Answers([(after, before) for after, before in pairs], new or ())
    asyncio.run(import_roster(load(config, token=False), file, dry_run=dry_run, answers=answers))


class CodeFormat(StrEnum):
    """How the codes are printed."""

    TABLE = "table"
    CSV = "csv"
    HTML = "html"


@roster.command("codes")
def roster_codes(
    style: Annotated[
        CodeFormat, typer.Option("--format", help="表格、CSV，或可打印、带二维码的网页。")
    ] = CodeFormat.TABLE,
    unit: Annotated[str, typer.Option(help="只发给这个单位的人。")] = "",
    person: Annotated[str, typer.Option(help="只发给这个人；已绑定的随即解除，用新码重新绑定。")] = "",
    config: ConfigFile = None,
) -> None:
    """给还没有绑定的人员发一次性绑定码，写到标准输出；以前发给他们的码随即作废。"""
    from bot.administration import print_codes

    settings = load(config, token=False)
    asyncio.run(print_codes(settings, style.value, unit=unit, person=person))


@calendar.command("import")
def calendar_import(
    file: Annotated[
        Path, typer.Argument(help="放假安排：TOML、JSON，或通知原文存成的文本。", exists=True, dir_okay=False)
    ],
    config: ConfigFile = None,
) -> None:
    """录入下一年的放假安排，列出哪些天变了。"""
    from bot.administration import import_calendar

    asyncio.run(import_calendar(load(config, token=False), file))


@audit.command("verify")
def audit_verify(
    head: Annotated[
        str,
        typer.Option(help="签存过的链头，如 1234:0a1b…；此前的留痕是否与签存时一致。", show_default=False),
    ] = "",
    config: ConfigFile = None,
) -> None:
    """核对留痕有没有被改动、增删或调换。"""
    from bot import audit_desk

    typer.echo(asyncio.run(audit_desk.verify(load(config, token=False), head)))


@audit.command("head")
def audit_head(config: ConfigFile = None) -> None:
    """链头：留痕最后一行的编号、时间、校验值，供抄录到库外存档。"""
    from bot import audit_desk

    typer.echo(asyncio.run(audit_desk.head(load(config, token=False))))


UpdateId = Annotated[int, typer.Argument(help="parked list 列出的编号。", show_default=False)]


@parked.command("list")
def parked_list(config: ConfigFile = None) -> None:
    """列出办不成而搁下的消息：编号、时间、谁、什么、为什么。"""
    from bot import parked_desk

    typer.echo(asyncio.run(parked_desk.listed(load(config, token=False))))


@parked.command("show")
def parked_show(update_id: UpdateId, config: ConfigFile = None) -> None:
    """看一条的全文；里面可能有个人信息。"""
    from bot import parked_desk

    typer.echo(asyncio.run(parked_desk.shown(load(config, token=False), update_id)))


@parked.command("retry")
def parked_retry(update_id: UpdateId, config: ConfigFile = None) -> None:
    """故障排除后再办一次，按本人当时操作的时间算；机器人不用停。"""
    from bot import parked_desk

    typer.echo(asyncio.run(parked_desk.retry(load(config, token=False), update_id)))
