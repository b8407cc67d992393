"""留言: a remark in reply to a matter's card, kept with it and told to who has to act or who asked."""

from typing import Final

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form, asks
from handlers.procedures import PROCEDURES
from handlers.taps import DEAD, Tap, on_tap
from notices import remarks as notices
from rules.fields import Text
from rules.forms import Values
from rules.refused import Refused
from rules.remarks.remark import Remark
from rules.roster import Official
from storage.queries.remarks import cards_of, keep
from storage.unit_of_work import UnitOfWork

HEARS: Final = {each.code: each for each in PROCEDURES if each.hears}
"""The procedures whose matters take a remark."""


@on_tap("remark:{code}:<number>")
async def begin(tap: Tap[None]) -> str:
    """留言: the words that were written already go onto the form, or are asked for."""
    if tap.words["code"] not in HEARS:
        raise Refused(DEAD)
    await tap.begin(remarking, {"code": tap.words["code"], "number": tap["number"]})
    return ""


@asks(
    "remark",
    "留言",
    Text("text", "留言", ask="请写一句，经办和审批的同志看得到。", example="材料已补上", longest=200),
)
async def remarking(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """It stands on the cards of those it is for, and they are told once, quietly."""
    code, number = str(values["code"]), int(values["number"])
    each, subject = HEARS[code], f"{code}:{number}"
    if each.hears is None:
        raise Refused(DEAD)
    hearers = await each.hears(work, official, number)
    people = [one for one in dict.fromkeys(hearers.people) if one is not official]
    cards = dict.fromkeys([*hearers.cards, *await cards_of(work, subject, [official, *people])])
    remark = Remark(subject, official, values["text"], work.now, list(cards))
    await keep(work, remark)
    await work.note(official, "remark", subject)
    for one in people:
        called = await each.called(work, one, number) if each.called else "这件事"
        await work.send(notices.told(one, remark, called))
    return notices.left(people)


FORMS: tuple[Form, ...] = (remarking,)
ROUTES: list[Route] = [begin]
