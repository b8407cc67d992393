"""What is said where one leave goes on from another (art. 77)."""

from markupsafe import Markup

from notices.leave.words import acting_label, dates_of
from notices.notice import Notice
from rules.leave.matter import Leave


def acting_over(before: Leave, then: Leave) -> list[Notice]:
    """Who acted by the first leave: it is over, and who acts now. Nothing where it is the same person."""
    if before.acting is None or before.acting is then.acting:
        return []
    line = Markup("{}接续外出：{}。").format(then.applicant.titled, dates_of(then))
    if then.acting:
        line += Markup("{}改为{}，").format(acting_label(then), then.acting.titled)
    over = Markup("您的{}到此结束。").format(acting_label(before))
    return [Notice(before.acting, line + over, subject="代为主持结束")]
