"""送会签: the lead unit's head lets a prepared sheet go, or sends it back to be mended (art. 63)."""

from markupsafe import Markup

from handlers.context import Route
from handlers.countersign.form import COUNTERSIGN, refill
from handlers.forms.entry import begin
from handlers.forms.kinds import Form, asks
from handlers.taps import Tap, on_tap
from matters.countersign.sending import let_go
from matters.countersign.show import bring_up_to_date
from notices.countersign import told as notices
from notices.countersign.card import PAPERS, RELEASE, REVISE, SEND_BACK, papers
from rules.countersign.matter import Countersign, CountersignState
from rules.fields import reason
from rules.forms import Values
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official
from storage.queries.countersign import sheets as stored
from storage.unit_of_work import UnitOfWork


@on_tap(f"countersign:<id>:{RELEASE}|{SEND_BACK}|{REVISE}|{PAPERS}", Countersign)
async def act(tap: Tap[Countersign]) -> str:
    """The lead unit's people tap 送会签, 退回修改 or 修改; everybody concerned may have the files again."""
    work, official, sheet = tap.work, tap.official, tap.matter
    seat = await stored.seat(work, sheet.lead_unit)
    match tap.act:
        case "release":
            await let_go(work, official, sheet, seat)
            return "已送出。"
        case "send_back":
            sheet.may_release(official, seat)
            await tap.begin(sending_back, {"sheet": sheet.id})
            return "请在下方写明修改意见。"
        case "revise":
            sheet.may_lead(official, seat)
            if sheet.state is not CountersignState.SENT_BACK:
                raise Refused(f"这份会签{sheet.state}，不能修改。")
            await tap.begin(COUNTERSIGN, refill(sheet))
            return ""
        case _:
            await _may_read(work, official, sheet)
            await work.send(*papers(sheet, official))
            return ""


async def _may_read(work: UnitOfWork, official: Official, sheet: Countersign) -> None:
    """The lead unit, the units asked, the office, and who stands in for one of their heads."""
    units = {sheet.lead_unit, *(one.unit for one in sheet.consultations)}
    if official.unit in units or official.role in OFFICE_DESK:
        return
    if any(official in (one.stand_in, one.passed_to) for one in sheet.consultations):
        return
    if (await stored.seat(work, sheet.lead_unit)).holds(official):
        return
    if any(official in (mediation.mediator, mediation.stand_in) for mediation in sheet.mediations):
        return
    raise Refused("这些文件只供主办单位、会签单位和区政府办公室查看。")


@asks(
    "countersign.send_back",
    "退回修改的意见",
    reason("意见", "请写一句修改意见。", "第二章请与财政局先行沟通", phrases="send_back"),
)
async def sending_back(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    sheet = await work.lock(Countersign, values["sheet"])
    seat = await stored.seat(work, sheet.lead_unit)
    sheet.send_back(official, seat, values["reason"])
    await work.note(
        official,
        "countersign.send_back",
        f"countersign:{sheet.id}",
        article=63,
        acting_for=seat.acting_for(official),
        detail={"reason": values["reason"]},
        undo="退回修改",
    )
    await bring_up_to_date(work, sheet)
    await work.send(notices.sent_back(sheet, official))
    if sheet.drafter.telegram_id is not None:
        await begin(work, sheet.drafter, sheet.drafter.telegram_id, COUNTERSIGN, values=refill(sheet))
    return Markup("已退回修改：{}。").format(sheet.matter)


FORMS: tuple[Form, ...] = (sending_back,)
ROUTES: list[Route] = [act]
