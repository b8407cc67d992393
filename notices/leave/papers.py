"""The papers of a leave on their way to those who decide (art. 77)."""

from markupsafe import Markup, escape

from notices.notice import Attachment, Button, Notice, Rows
from rules.leave.matter import Leave
from rules.roster import Official

PAPERS = "papers"


def papers(leave: Leave, to: Official | int) -> list[Notice]:
    """Every paper as a message of its own, as Telegram already has it."""
    many = len(leave.papers)
    return [
        Notice(
            to,
            Markup("{}的请假材料（{}/{}）").format(leave.applicant.titled, place, many),
            attachment=Attachment(paper.name, file_id=paper.file_id, photo=paper.photo),
        )
        for place, paper in enumerate(leave.papers, 1)
    ]


def named(leave: Leave) -> list[Markup]:
    """The line of the card that names them, if there are any."""
    if not leave.papers:
        return []
    return [Markup("材料：") + escape("、".join(f"《{paper.name}》" for paper in leave.papers))]


def button(leave: Leave) -> Rows:
    """[材料（2件）] to have them sent once more."""
    many = len(leave.papers)
    return ((Button(f"材料（{many}件）", f"leave:{leave.id}:{PAPERS}"),),) if many else ()
