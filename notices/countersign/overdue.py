"""What a vice mayor is told each morning of signatures that are late in the units they are in charge of."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from notices.countersign.words import head
from notices.notice import Button, Notice, Rows
from notices.unreached import phones
from rules.articles import cite
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from rules.roster import Official

PRESS: Final = "press"
Cases = Sequence[tuple[Countersign, Consultation]]
_MOST: Final = 20
"""Lines of one list; who has more is told how many."""


def card(to: Official) -> str:
    """The name of the list of that morning."""
    return f"countersign:0:overdue:{to.id}"


def overdue(cases: Cases, to: Official) -> Notice:
    """One message for all of them: which unit, which sheet, whom to ring, and one button for all."""
    return Notice(
        to,
        *page(cases),
        subject="会签逾期",
        card=card(to),
        again=True,
        whole=True,
    )


def page(cases: Cases) -> tuple[Markup, Rows]:
    """Its text and buttons."""
    return text(cases), ((Button("催办全部", f"countersign:{PRESS}"),),)


def text(cases: Cases) -> Markup:
    """The list; once the button was tapped it stays, without it."""
    articles = sorted({sheet.article_of(one) for sheet, one in cases})
    lines = [
        Markup("<b>分管单位会签逾期未签{}件，请您督促</b>").format(len(cases)),
        *map(_line, cases[:_MOST]),
    ]
    if len(cases) > _MOST:
        lines.append(Markup("……另有{}件").format(len(cases) - _MOST))
    return Markup("\n").join([*lines, Markup("{}").format(cite(*articles))])


def earlier() -> Markup:
    """What the list of an earlier morning becomes."""
    return Markup("分管单位会签逾期未签（见下方最新一条）")


def _line(case: tuple[Countersign, Consultation]) -> Markup:
    sheet, one = case
    whom = Markup("，待{}签字 {}").format(one.whose, phones([one.asked])) if one.asked else ""
    return Markup("· {}：{}，期限{}{}").format(one.unit.name, head(sheet), one.due_label, whom)
