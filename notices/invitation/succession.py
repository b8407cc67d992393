"""An event on the desk's card once the unit that reported it is closed (art. 10)."""

from datetime import datetime

from markupsafe import Markup

from notices.invitation.words import short
from notices.notice import Button
from notices.succession import Left
from rules.invitation.matter import Invitation
from rules.invitation.succession import invitation_left


def of_invitation(invitation: Invitation, now: datetime) -> Left:
    """The leaders' answers stand; what is missing is whom to ask about it."""
    return Left(
        f"invitation:{invitation.id}",
        Markup("活动邀请{}").format(short(invitation)),
        "报送单位",
        invitation.unit,
        "领导的答复不受影响；单位一方暂无人联系。",
        (Button("取消活动", f"invitation:{invitation.id}:cancel"),),
        invitation_left(invitation, now),
    )
