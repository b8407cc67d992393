"""The papers of a leave on their way to those who decide (art. 77)."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from notices.card import files, with_files
from notices.leave.words import dates_of
from notices.notice import Button, Notice, Rows
from rules.leave.matter import Leave
from rules.leave.papers import LeavePaper
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


def added(leave: Leave, fresh: Sequence[LeavePaper], to: Official) -> list[Notice]:
    """To whoever decides: what has come after the report."""
    text = Markup("{}补报了{}的请假材料，请一并审阅。").format(leave.applicant.titled, dates_of(leave))
    called = f"{leave.applicant.titled}补报的请假材料"
    card = Notice(to, text, subject=called, matter=f"leave:{leave.id}")
    return with_files(card, *files(to, ((called, paper) for paper in fresh)))


def are_added(leave: Leave, fresh: Sequence[LeavePaper], to: Official) -> Markup:
    """To the applicant."""
    text = Markup("✅ {}份材料已附到{}的请假报告，已送{}。")
    return text.format(len(fresh), dates_of(leave), to.titled)
