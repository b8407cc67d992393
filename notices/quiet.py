"""提醒设置: what somebody's phone rings for, chosen by one tap."""

from typing import Final

from markupsafe import Markup

from notices.notice import Button, Notice, Rows, Urgency
from rules.quiet.choice import Choice
from rules.quiet.terms import QuietTerms
from rules.roster import Official

OPEN: Final = Button("提醒设置", "menu:quiet")
CHOOSE: Final = "quiet"
KEYS: Final = {"all": Choice.ALL, "acts": Choice.ACTS, "digest": Choice.DIGEST}


def _labels(terms: QuietTerms) -> dict[Choice, str]:
    at = "、".join(f"{each.hour}:{each:%M}" for each in terms.times)
    return {
        Choice.ALL: "都响",
        Choice.ACTS: "只有要我办的才响",
        Choice.DIGEST: f"每天{at}汇总",
    }


def card(official: Official) -> str:
    """The name of the person's card."""
    return f"quiet:{official.id}"


def text(official: Official, terms: QuietTerms) -> Markup:
    """What is set, and what no setting keeps back."""
    labels = _labels(terms)
    lines = [
        Markup("<b>提醒设置</b>：{}").format(labels[official.quiet]),
        Markup("· 都响：每条都响铃"),
        Markup("· 只有要我办的才响：其余照样送到，不响"),
        Markup("· {}：工作日两次合成一条，点数字办理").format(labels[Choice.DIGEST]),
        Markup("急件、对您所写所点的答复，随到随响；等不到下次汇总的、会签送达，随到随送。"),
        Markup("下班以后和休息日，只有急件和等不到上班的才响。"),
    ]
    return Markup("\n").join(lines)


def buttons(official: Official, terms: QuietTerms) -> Rows:
    """One a row, a tick before what holds."""
    labels = _labels(terms)
    return tuple(
        (Button(f"{'✓ ' * (official.quiet is choice)}{labels[choice]}", f"{CHOOSE}:{key}"),)
        for key, choice in KEYS.items()
    )


def settings(official: Official, terms: QuietTerms) -> Notice:
    """The card."""
    return Notice(
        official,
        text(official, terms),
        buttons(official, terms),
        card=card(official),
        urgency=Urgency.ANSWER,
    )
