"""A new time within five working days needs what a late report needs (art. 86)."""

import pytest

from rules.invitation.change import InvitationChange, InvitationChangeState
from rules.invitation.changing import propose, take_change, too_late, withdraw_change
from rules.invitation.checks import checks
from rules.invitation.matter import Invitation, InvitationState
from rules.periods import Periods
from rules.refused import Refused
from rules.working_days import Calendar
from tests.cast import beijing
from tests.invitation_cast import EVENT, Desk

LATE = beijing("2026-12-04 09:00")


def moved(desk: Desk, invitation: Invitation, start: str, *, why: str = "会期调整") -> InvitationChange:
    start_ = beijing(start)
    late = too_late(invitation, start_, LATE, Calendar(), Periods())
    allows = desk.director if late else None
    change = propose(invitation, desk.liaison, start_, None, invitation.place, [], why, LATE, allows)
    change.id = 1
    return change


def said(invitation: Invitation) -> list[str]:
    return [one.text for one in checks(invitation, Calendar(), Periods()) if one.text.startswith("变更")]


def free(invitation: Invitation) -> bool:
    """Whether nothing but the desk stands in its way."""
    return invitation.question is None and invitation.awaits_desk


@pytest.mark.parametrize(
    ("start", "late"),
    [
        ("2026-12-11 09:00", None),  # the fourth itself is the last day
        ("2026-12-09 09:00", "12月2日(周三)"),
        ("2026-12-10 15:00", None),  # the day stays
    ],
)
def test_which_new_time_comes_too_late(start: str, late: str | None) -> None:
    desk = Desk()
    found = too_late(desk.accepted(desk.vice), beijing(start), LATE, Calendar(), Periods())
    assert (found.label if found else None) == late


def test_a_clerk_alone_does_not_take_it() -> None:
    desk = Desk()
    invitation = desk.accepted(desk.vice)
    change = moved(desk, invitation, "2026-12-09 09:00")
    assert invitation.question is not None
    assert not invitation.awaits_desk
    assert said(invitation) == [
        f"变更距活动3个工作日，最迟应于12月2日(周三)报送；待{desk.director.titled}准予"
    ]
    with pytest.raises(Refused, match=r"须先由.*准予"):
        take_change(invitation, desk.clerk, LATE)
    with pytest.raises(Refused, match="不能代为办理"):
        invitation.permit(desk.clerk, True, LATE, change=1)
    permission = invitation.permit(desk.director, True, LATE, change=1)
    assert free(invitation)
    assert said(invitation) == [f"变更距活动3个工作日，最迟应于12月2日(周三)报送；{permission.done}"]
    take_change(invitation, desk.clerk, LATE)
    assert (change.state, invitation.start) == (InvitationChangeState.IN_FORCE, change.start)


def test_not_permitted_it_stays_as_it_was() -> None:
    desk = Desk()
    invitation = desk.accepted(desk.vice)
    change = moved(desk, invitation, "2026-12-09 09:00")
    invitation.permit(desk.director, False, LATE, "不属特殊情况", change=1)
    assert (change.state, change.comment) == (InvitationChangeState.REFUSED, "不属特殊情况")
    assert (invitation.state, invitation.start, invitation.change) == (InvitationState.ANSWERED, EVENT, None)
    assert invitation.attendees == [desk.vice]


def test_taken_back_nobody_is_asked_any_more() -> None:
    desk = Desk()
    invitation = desk.accepted(desk.vice)
    moved(desk, invitation, "2026-12-09 09:00")
    withdraw_change(invitation, desk.liaison, LATE)
    assert invitation.question is None
    with pytest.raises(Refused, match="这次变更已经办理"):
        invitation.permit(desk.director, True, LATE, change=1)
    second = moved(desk, invitation, "2026-12-08 09:00")
    assert invitation.question is invitation.permission_for(second.number)


def test_it_says_why() -> None:
    desk = Desk()
    invitation = desk.accepted(desk.vice)
    with pytest.raises(Refused, match="请写明特殊情况"):
        moved(desk, invitation, "2026-12-09 09:00", why="")


def test_a_place_alone_is_only_said_to_be_short() -> None:
    desk = Desk()
    invitation = desk.accepted(desk.vice)
    propose(invitation, desk.liaison, EVENT, None, "论坛会场", [], "", LATE)
    assert invitation.question is None
    assert said(invitation) == ["变更距活动4个工作日，请酌定"]
    asked = [one.text for one in checks(invitation, Calendar(), Periods()) if one.article == 87]
    assert asked == ["文中有“论坛”，请核是否经区委、区政府批准"]


def test_the_working_days_counted_anew() -> None:
    desk = Desk()
    invitation = desk.accepted(desk.vice)
    moved(desk, invitation, "2026-12-09 09:00")
    invitation.waive_permission(LATE)
    assert (invitation.question, invitation.permissions) == (None, [])
    assert invitation.awaits_desk
