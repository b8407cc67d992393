"""Invitations on the office's morning card."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from notices.board_morning import Section
from notices.invitation.words import short
from rules.invitation.matter import Invitation


def waiting(
    permissions: Sequence[Invitation],
    at_desk: Sequence[Invitation],
    unanswered: Sequence[Invitation],
    incomplete: Sequence[Invitation],
) -> list[Section]:
    """What waits to be admitted, at the desk, with leaders since yesterday, with units to complete it."""
    sections = [
        Section(
            f"活动邀请待准予受理{len(permissions)}件",
            [Markup("{}，{}").format(short(one), one.unit.name) for one in permissions],
            *_of(permissions),
        ),
        Section(
            f"活动邀请待办公室办理{len(at_desk)}件",
            [Markup("{}，{}，{}").format(short(one), one.unit.name, _why(one)) for one in at_desk],
            *_of(at_desk),
        ),
        Section(
            f"活动邀请待领导答复{len(unanswered)}件",
            [
                Markup("{}，待{}").format(short(one), "、".join(request.whose for request in one.waiting))
                for one in unanswered
                if one.waiting
            ],
            *_of([one for one in unanswered if one.waiting]),
        ),
        Section(
            f"活动邀请待主办单位补充{len(incomplete)}件",
            [Markup("{}，{}").format(short(one), one.unit.name) for one in incomplete],
            *_of(incomplete),
        ),
    ]
    return [section for section in sections if section.lines]


def _why(invitation: Invitation) -> str:
    if invitation.change is not None:
        return "有变更待审核"
    return "领导未答复" if invitation.requests else "待审核"


def _of(those: Sequence[Invitation]) -> tuple[list[str], list[datetime]]:
    """The matters of the lines, and when each event begins."""
    return [f"invitation:{one.id}" for one in those], [one.start for one in those]
