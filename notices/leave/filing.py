"""The office desk's checklist of what the district committee is to be told (按要求向区委报备, art. 77)."""

from markupsafe import Markup

from notices.card import headline, introduced
from notices.leave.words import acting_label, dates_of, span_of
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.dates.reading import moment_words
from rules.leave.filing import CANCELLED, CommitteeFiling
from rules.leave.matter import Leave, LeaveState
from rules.roster import Roster

FILED = "filed"


def filing_card(leave: Leave, filing: CommitteeFiling) -> str:
    """The name of the item's card."""
    return f"leave:{leave.id}:filing:{filing.id}"


def text_of(leave: Leave, filing: CommitteeFiling) -> Markup:
    """Whose leave, what the committee is to be told, and who has seen to it when."""
    off = filing.what == CANCELLED
    first = headline(introduced(leave.applicant), "外出", "" if off else dates_of(leave), _head(filing))
    lines = [first]
    late = "行程已过，" if leave.approved_too_late else ""
    lines.append(Markup("原已报备的外出取消") if off else Markup("时间：{}").format(filing.what))
    if leave.acting and not off:
        lines.append(Markup("{}：{}").format(acting_label(leave), leave.acting.titled))
    if filing.filed_at and filing.filed_by:
        lines.append(Markup("已由{}于{}登记。").format(filing.filed_by.titled, moment_words(filing.filed_at)))
    elif filing.open:
        lines.append(Markup("{}请按要求向区委报备，办完请点「已报备」。{}").format(late, cite(77)))
    return Markup("\n").join(lines)


def _head(filing: CommitteeFiling) -> str:
    if filing.filed_at:
        return "已向区委报备"
    return "请向区委报备" if filing.open else "无需向区委报备"


def buttons_of(leave: Leave, filing: CommitteeFiling) -> Rows:
    """[已报备] as long as it is open."""
    return ((Button("已报备", f"leave:{leave.id}:{FILED}:{filing.id}"),),) if filing.open else ()


def to_file(leave: Leave, filing: CommitteeFiling, roster: Roster) -> list[Notice]:
    """The item for everybody at the desk but the one who is away themselves."""
    return [
        Notice(
            official,
            text_of(leave, filing),
            buttons_of(leave, filing),
            subject=f"{leave.applicant.titled}外出向区委报备",
            card=filing_card(leave, filing),
        )
        for official in roster.desk
        if official is not leave.applicant
    ]


def due(leave: Leave) -> str | None:
    match leave.state:
        case LeaveState.APPROVED:
            return span_of(leave)
        case LeaveState.RETURNED if not leave.filings:  # back before it was approved
            return span_of(leave)
        case LeaveState.PENDING | LeaveState.RETURNED | LeaveState.CONTINUED:
            return None
    return CANCELLED
