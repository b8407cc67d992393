"""What was changed on a leave, or is asked to be: as lines of its card, and as told to people."""

from collections.abc import Iterable

from markupsafe import Markup

from notices.card import labelled
from notices.leave.words import acting_label, dates_of
from rules.dates.reading import moment_words
from rules.leave.change import Change, ChangeState
from rules.leave.matter import Leave

NOBODY = "（未定）"


def asked_for(leave: Leave) -> list[Markup]:
    """What is to be changed, from what to what, and why; above all the rest."""
    change = leave.change
    if change is None:
        return []
    asked = Markup("<b>{}：{}</b>").format(change.kind, what(change, leave))
    return [asked, *labelled(f"{change.kind}理由", change.reason)]


def past_line(change: Change, leave: Leave) -> Markup:
    """A change that is settled, in one line with what became of it."""
    when = moment_words(change.decided_at or change.proposed_at)
    fate = "" if change.state is ChangeState.IN_FORCE else f"，{change.state}"
    return Markup("{}（{}{}）：{}").format(change.kind, when, fate, what(change, leave))


def what(change: Change, leave: Leave) -> str:
    """What differs: 时间由…改为…，代为主持由…改为…."""
    parts = []
    if change.of_dates:
        old, new = (dates_of(leave, span) for span in (change.was_span, change.span))
        parts.append(f"时间由{old}改为{new}")
    if change.of_acting:
        old, new = (who.titled if who else NOBODY for who in (change.was_acting, change.acting))
        parts.append(f"{acting_label(leave)}由{old}改为{new}")
    return "，".join(parts)


def rounds(leave: Leave) -> Iterable[int]:
    """The rounds of the leave in order."""
    asked = {approval.round for approval in leave.approvals}
    return sorted(asked | {change.round for change in leave.changes})


def of_round(leave: Leave, number: int) -> Change | None:
    """The change that the round is about; None for the report itself."""
    return next((change for change in leave.changes if change.round == number), None)
