"""What is said where one leave goes on from another (art. 77)."""

from markupsafe import Markup

from notices.card import headline, introduced
from notices.leave.words import acting_label, dates_of
from notices.notice import Notice
from rules.leave.matter import Leave


def acting_over(before: Leave, then: Leave) -> list[Notice]:
    """Who acted by the first leave: it is over, and who acts now. Nothing where it is the same person."""
    if before.acting is None or before.acting is then.acting:
        return []
    over = f"您的{acting_label(before)}到此结束"
    text = headline(introduced(then.applicant), "接续外出", dates_of(then), over)
    if then.acting:
        text += Markup("\n{}改为{}。").format(acting_label(then), then.acting.titled)
    return [Notice(before.acting, text, subject="代为主持结束")]
