"""留言: a remark in reply to a matter's card, kept with it and told to who has to act or who asked."""

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form, asks
from handlers.manifest import Finder
from handlers.procedures import FINDERS
from handlers.taps import DEAD, Tap, on_tap
from notices import remarks as notices
from notices.notice import matter_of
from rules.fields import Text
from rules.forms import Values
from rules.refused import Refused
from rules.remarks.remark import Remark
from rules.roster import Official
from storage.queries.remarks import cards_of, keep
from storage.unit_of_work import UnitOfWork


@on_tap("remark:*of")
async def begin(tap: Tap[None]) -> str:
    """留言: the words that were written already go onto the form, or are asked for."""
    of = tap.words["of"]
    await _may_see(tap.work, tap.official, of)
    await tap.begin(remarking, {"of": of})
    return ""


async def _may_see(work: UnitOfWork, official: Official, of: str) -> tuple[Finder, int]:
    """Refuses a remark on what takes none, and of whoever may not see the matter."""
    code, _, number = matter_of(of).partition(":")
    if code not in FINDERS:
        raise Refused(DEAD)
    await FINDERS[code].card(work, official, int(number))
    return FINDERS[code], int(number)


@asks(
    "remark",
    "留言",
    Text("text", "留言", ask="请写一句，经办和审批的同志看得到。", example="材料已补上", longest=200),
)
async def remarking(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """It stands on the cards of those it is for, and they are told once, quietly."""
    of = str(values["of"])
    subject = matter_of(of)
    each, number = await _may_see(work, official, of)
    hearers = await each.hears(work, official, number, of)
    people = [one for one in dict.fromkeys(hearers.people) if one is not official]
    theirs = [] if hearers.of else await cards_of(work, subject, [official, *people])
    cards = dict.fromkeys([*hearers.cards, *theirs])
    remark = Remark(subject, official, values["text"], work.now, list(cards))
    await keep(work, remark)
    await work.note(official, "remark", subject)
    for one in people:
        called = await each.called(work, one, number)
        await work.send(notices.told(one, remark, called, hearers.of))
    return notices.left(people)


FORMS: tuple[Form, ...] = (remarking,)
ROUTES: list[Route] = [begin]
