"""会签 at the office desk: all sheets that go round, and answers on paper or by phone (art. 53, 63)."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.context import Route
from handlers.countersign.answer import entered
from handlers.countersign.form import COUNTERSIGN
from handlers.forms.kinds import Form
from handlers.taps import Tap, on_tap
from notices.countersign import told as notices
from notices.notice import Notice, Urgency
from rules.countersign.answer import AnswerStatus, CountersignPaper, Opinion, Source
from rules.countersign.life import recordable
from rules.countersign.matter import Countersign
from rules.fields import Choice, Day, Files, Scene, Text, UnitsField
from rules.fields.papers import PAPERS, PICTURES
from rules.forms import Values
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Unit
from storage.queries.countersign import sheets as stored
from storage.queries.countersign.people import answering
from storage.queries.outage import is_being_reckoned
from storage.unit_of_work import UnitOfWork


def of_the_desk(official: Official) -> None:
    """Refuses everybody but the office desk."""
    if official.role not in OFFICE_DESK:
        raise Refused("这一项由区政府办公室办理。")


async def listed(work: UnitOfWork, official: Official) -> None:
    """Every sheet that goes round, with a button each; the office's own are begun from here too."""
    text, buttons = notices.desk(await stored.open_sheets(work))
    await work.send(Notice(official, text, buttons, urgency=Urgency.ANSWER))


@on_tap("countersign:0:start")
async def start(tap: Tap[None]) -> str:
    """A clerk begins a sheet of the office's own."""
    of_the_desk(tap.official)
    await tap.begin(COUNTERSIGN)
    return ""


@on_tap("countersign:<id>:desk|record", Countersign)
async def act(tap: Tap[Countersign]) -> str:
    """A clerk opens one of the sheets, or records an answer."""
    work, official, sheet = tap.work, tap.official, tap.matter
    of_the_desk(official)
    if tap.act == "desk":
        await work.send(notices.at_desk(sheet, official, work.office.settings.periods))
    else:
        await tap.begin(RECORDING, {"sheet": sheet.id, "open": [one.unit.id for one in recordable(sheet)]})
    return ""


def _open_units(scene: Scene) -> Sequence[Unit]:
    """The units whose answer is missing, or was taken from silence."""
    ids = scene.values.get("open") or []
    return [unit for unit in scene.roster.units if unit.id in ids]


def _one_unit(units: list[Unit], scene: Scene) -> None:  # noqa: ARG001
    if len(units) > 1:
        raise Refused("一次录一个单位")


async def _record(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    """Enter it as the unit's answer, marked as recorded by the office, and tell both sides."""
    sheet = await work.lock(Countersign, values["sheet"])
    unit: Unit = values["unit"][0]
    one = next((each for each in sheet.current if each.unit is unit), None)
    of_the_desk(official)
    if one is None:
        raise Refused(f"{unit.name}不在会签范围内。")
    given = sheet.record(
        official,
        one,
        Opinion(values["opinion"]),
        work.acted_at,
        source=Source(values["source"]),
        source_note=values["note"],
        given_on=values["given_on"],
        text=values.get("text") or "",
        papers=[
            CountersignPaper(each.file_id, each.name, each.size, each.photo)
            for each in values.get("papers") or ()
        ],
        judged=not await is_being_reckoned(work),
    )
    await entered(work, official, sheet, one, given)
    await work.send(*notices.recorded(sheet, one, given, await answering(work, one)))
    late = "，作为逾期意见转主办单位" if given.status is AnswerStatus.LATE else ""
    return Markup("{}：已代录{}的答复{}{}。").format(sheet.matter, unit.name, given.opinion, late)


def _objects(values: Values) -> bool:
    return values.get("opinion") == Opinion.OBJECTION


RECORDING = Form(
    name="countersign.record",
    title="代录会签答复",
    fields=(
        UnitsField("unit", "单位", ask="代录哪个单位的答复？", among=_open_units, check=_one_unit, most=1),
        Choice(
            "opinion",
            "意见",
            ask="该单位的意见是？",
            options=(Opinion.NO_OBJECTION, Opinion.OBJECTION),
            columns=2,
        ),
        Text(
            "text",
            "内容",
            ask="请录入不同意见和理由。",
            longest=1000,
            multiline=True,
            shown=_objects,
        ),
        Choice("source", "方式", ask="怎么答复的？", options=(Source.PAPER, Source.PHONE), columns=2),
        Text("note", "来源", ask="请写明来源。", example="财政局局长来电；或来函文号", longest=100),
        Day(
            "given_on",
            "日期",
            ask="哪天答复的？",
            example="今天",
            past=True,
            default=lambda scene: scene.today,
        ),
        Files(
            "papers",
            "附件",
            ask="有扫描件、照片吗？请发来；没有的请点「跳过」。",
            optional=True,
            most=5,
            endings=PAPERS + PICTURES,
        ),
    ),
    submit=_record,
    refusal_ends=True,
)

FORMS: tuple[Form, ...] = (RECORDING,)
ROUTES: list[Route] = [start, act]
