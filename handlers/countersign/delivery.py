"""A unit that cannot be reached gets the sheet on paper; the office records that, and the period begins."""

from datetime import datetime

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form
from handlers.taps import Tap, on_tap
from matters.countersign.delivery import start
from matters.countersign.show import bring_up_to_date
from notices.countersign.delivery import PAPER
from rules.countersign.delivery import may_record, on_paper, sent_at
from rules.countersign.matter import Countersign
from rules.dates.reading import moment_words
from rules.fields import Moment, Scene, Text
from rules.forms import Values
from rules.refused import Refused
from rules.roster import Official
from storage.unit_of_work import UnitOfWork


@on_tap(f"countersign:<id>:{PAPER}:<one>", Countersign)
async def open_form(tap: Tap[Countersign]) -> str:
    """A clerk taps [已送纸质]."""
    sheet = tap.matter
    one = sheet.consultation(tap["one"])
    may_record(sheet, one, tap.official)
    values = {"sheet": sheet.id, "one": one.id, "since": sent_at(sheet, one).isoformat()}
    await tap.begin(DELIVERED, values)
    return ""


def _since_sent(at: datetime, scene: Scene) -> None:
    if at > scene.now:
        raise Refused("送达时间还没有到")
    sent = datetime.fromisoformat(scene.values["since"])
    if at < sent:
        raise Refused(f"早于送会签的时间（{moment_words(sent)}）")


async def _record(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    sheet = await work.lock(Countersign, values["sheet"])
    one = sheet.consultation(values["one"])
    proof = on_paper(sheet, one, official, values["at"], values["to"], work.now)
    if not await start(work, sheet, one, proof):
        raise Refused(f"《{sheet.title}》会签{sheet.state}，不必登记送达。")
    await bring_up_to_date(work, sheet, one)
    return Markup("已登记{}收到纸质件。\n{}收到（{}签收），请于{}前回复。").format(
        one.unit.name, moment_words(proof.at), proof.note, one.due_label
    )


DELIVERED = Form(
    name="countersign.delivered",
    title="登记纸质送达",
    fields=(
        Text("to", "签收人", ask="纸质件交给了谁？", example="财政局办公室李某", longest=60),
        Moment(
            "at",
            "时间",
            ask="什么时候送到的？",
            example="今天15:30",
            past=True,
            check=_since_sent,
        ),
    ),
    submit=_record,
    refusal_ends=True,  # it was delivered, answered or withdrawn while they were writing
)

FORMS: tuple[Form, ...] = (DELIVERED,)
ROUTES: list[Route] = [open_form]
