"""申请延期: a unit asks the lead unit for more time, which agrees or does not (art. 63)."""

from datetime import date

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form, asks
from handlers.taps import Tap, on_tap
from matters.countersign.show import bring_up_to_date
from notices.countersign import extension as notices
from rules.countersign.answer import Opinion
from rules.countersign.life import ask_extension, decide_extension
from rules.countersign.matter import Countersign
from rules.dates.reading import say_day
from rules.fields import Day, Scene, reason
from rules.forms import Values
from rules.refused import Refused
from rules.roster import Official
from storage.queries.countersign import sheets as stored
from storage.queries.countersign.people import answering, leading
from storage.unit_of_work import UnitOfWork


def _later(day: date, scene: Scene) -> None:
    if not scene.calendar.is_working(day):
        raise Refused(f"{say_day(day, scene.today)}不是工作日，请另选一天")
    last = scene.values.get("last")
    if last and day <= date.fromisoformat(last):
        raise Refused(f"{say_day(day, scene.today)}不晚于现在的期限（{scene.values['due']}）")


@asks(
    "countersign.extend",
    "申请延期",
    Day("until", "延至", ask="延期到哪一天？", example="{soon}", check=_later),
    reason("理由", "请写一句延期的理由。", "须报局党组会研究", phrases="extension"),
)
async def extending(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    sheet = await work.lock(Countersign, values["sheet"])
    one = sheet.consultation(values["one"])
    seat, liaisons = await stored.seat(work, one.unit), await stored.liaisons(work, one.unit)
    calendar = await work.calendar()
    extension = ask_extension(
        sheet,
        official,
        one,
        values["until"],
        values["reason"],
        work.acted_at,
        seat=seat,
        liaisons=liaisons,
        calendar=calendar,
    )
    await work.flush()
    await work.note(
        official,
        "countersign.extend",
        f"countersign:{sheet.id}",
        article=63,
        acting_for=seat.acting_for(official) if seat.holds(official) else None,
        detail={"unit": one.unit.name, "until": values["until"].isoformat(), "reason": values["reason"]},
    )
    await bring_up_to_date(work, sheet, one)
    await work.send(*notices.extension_asked(sheet, one, extension, await leading(work, sheet)))
    return Markup("已向{}申请延期至{}；未答复前仍按原期限计。").format(
        sheet.lead_unit.name, say_day(extension.until, work.now)
    )


@on_tap(f"countersign:<id>:{notices.GRANT}|{notices.DENY}:<one>:<extension>", Countersign)
async def more_time(tap: Tap[Countersign]) -> str:
    """The lead unit taps 同意延期 or 不同意延期."""
    work, official, sheet = tap.work, tap.official, tap.matter
    one = sheet.consultation(tap["one"])
    seat, was_deemed = await stored.seat(work, sheet.lead_unit), one.deemed
    extension = decide_extension(
        sheet,
        official,
        one,
        tap["extension"],
        work.now,  # a day that is over by now gives the unit nothing
        agree=tap.act == notices.GRANT,
        seat=seat,
        calendar=await work.calendar(),
    )
    await work.note(
        official,
        f"countersign.{tap.act}",
        f"countersign:{sheet.id}",
        article=63,
        acting_for=extension.decided_for,
        detail={
            "unit": one.unit.name,
            "until": extension.until.isoformat(),
            **({"undone": Opinion.DEEMED} if was_deemed and not one.deemed else {}),
        },
        undo=str(extension.state),
    )
    await bring_up_to_date(work, sheet, one)
    await work.send(*notices.extension_decided(sheet, one, extension, await answering(work, one)))
    return f"已答复：{extension.state}。"


FORMS: tuple[Form, ...] = (extending,)
ROUTES: list[Route] = [more_time]
