"""The registration of a unit's second briefing lies with the director, and follows who decides."""

from collections.abc import Sequence

from matters.briefing.show import bring_up_to_date
from matters.todo import Counted
from notices.briefing.card import decide_card, name, silent, text, to_decide
from notices.notice import Notice
from rules.briefing.matter import ARTICLE, Briefing
from storage.queries.briefing.briefings import waiting
from storage.unit_of_work import UnitOfWork


async def _asked(_work: UnitOfWork, briefing: Briefing, _same: Briefing, why: str) -> Sequence[Notice]:
    return [to_decide(briefing, briefing.holder, why)] if briefing.holder else []


REGISTRATION: Counted[Briefing, Briefing] = Counted(
    matter=Briefing,
    code="briefing",
    open=waiting,
    waiting=lambda briefing: [briefing] if briefing.waiting and briefing.director else [],
    applicant=lambda briefing, _same, _now: briefing.submitted_by,
    called=lambda briefing, _same: f"{name(briefing)}的备案",
    card=lambda briefing, _same, _holder: decide_card(briefing),
    text=lambda briefing, _same, _roster: text(briefing),
    asked=_asked,
    redraw=lambda work, briefing, _same: bring_up_to_date(work, briefing),
    article=lambda _briefing: ARTICLE,
    again=lambda _briefing, _same: "这件申请已送您一个工作日，请决定：",
    silent=lambda briefing, _same, roster: silent(briefing, roster),
)


async def ask(work: UnitOfWork, briefing: Briefing) -> None:
    """Lay its registration before whoever decides: the whole desk, or the director or who stands in."""
    if briefing.director is None:
        await work.send(*(to_decide(briefing, one) for one in (await work.roster()).desk))
        return
    await REGISTRATION.lay(work, briefing, briefing)
    await REGISTRATION.ask(work, briefing, briefing, "")
