"""The papers of a leave on their way to those who decide (art. 77)."""

from markupsafe import Markup, escape

from notices.card import files
from notices.notice import Button, Notice, Rows
from rules.leave.matter import Leave
from rules.roster import Official

PAPERS = "papers"


def papers(leave: Leave, to: Official | int) -> list[Notice]:
    """The papers, as Telegram already has them."""
    return files(to, ((f"{leave.applicant.titled}的请假材料", paper) for paper in leave.papers))


def named(leave: Leave) -> list[Markup]:
    """The line of the card that names them, if there are any."""
    if not leave.papers:
        return []
    return [Markup("材料：") + escape("、".join(f"《{paper.name}》" for paper in leave.papers))]


def button(leave: Leave) -> Rows:
    """[材料（2件）] to have them sent once more."""
    many = len(leave.papers)
    return ((Button(f"材料（{many}件）", f"leave:{leave.id}:{PAPERS}"),),) if many else ()
