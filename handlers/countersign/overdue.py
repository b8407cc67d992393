"""催办全部: a vice mayor presses the units of theirs whose signatures are late, with one tap (art. 53)."""

from handlers.context import Route
from handlers.taps import Tap, on_tap
from matters.countersign import overdue as overdue_matter
from notices.countersign.overdue import PRESS, card, text
from rules.countersign.nudges import press, say_left
from storage.queries.countersign.clock import sheets
from storage.queries.countersign.people import People


@on_tap(f"countersign:{PRESS}")
async def press_all(tap: Tap[None]) -> str:
    """Whoever is in charge now; who has answered since, or was reminded just now, is left in peace."""
    work, settings = tap.work, tap.work.office.settings
    await sheets(work, [sheet.id for sheet, _ in await overdue_matter.of(work, tap.official)])
    people = await People.of(work)
    cases = await overdue_matter.of(work, tap.official)
    reminded, left = press(cases, work.now, await work.calendar(), settings.hours, settings.countersign)
    for sheet, one in reminded:
        detail = {"units": [one.unit.name]}
        subject, article = f"countersign:{sheet.id}", sheet.article_of(one)
        await work.note(tap.official, "countersign.nudge", subject, article=article, detail=detail)
        await overdue_matter.nudge(work, sheet, one, tap.official.titled, people.unit(one))
    await work.redraw(card(tap.official), text(cases))
    names = "、".join(dict.fromkeys(one.unit.name for _, one in reminded))
    return f"已催办{names}。" + (f"{say_left(left)}。" if left else "")


ROUTES: list[Route] = [press_all]
