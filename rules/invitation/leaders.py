"""From the office to the leaders and back (art. 86): forwarding in order or together, answers, delegates."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rules.dates.reading import moment_words
from rules.invitation.matter import AWAITS_DESK, OPEN, Invitation, InvitationState
from rules.invitation.request import Answer, InvitationRequest, RequestState
from rules.refused import Refused
from rules.roster import LEADERS, Official, Role


def may_forward(invitation: Invitation, clerk: Official) -> None:
    """转呈领导, by the office: what is in order, or one leader more."""
    invitation.at_desk(clerk)
    if invitation.state not in AWAITS_DESK:
        raise Refused(f"这件邀请{invitation.state}，不能转呈。")
    if invitation.change is not None:
        raise Refused("主办单位报来变更尚未审核，请先办理变更。")
    if invitation.needs_approval and not (invitation.approval_number and invitation.approval_papers):
        raise Refused(f"{invitation.kind}须经区委、区政府批准，批准文号或文件未报齐，不能转呈。", 87)


def forward(
    invitation: Invitation,
    clerk: Official,
    leaders: Sequence[Official],
    now: datetime,
    *,
    advice: str = "",
    together: bool = False,
    proposal: Answer | None = None,
    proposed_delegate: Official | None = None,
) -> list[InvitationRequest]:
    """转呈领导: to one, to several `together`, or in their order. Returns those who are asked now.

    Who was not asked yet, or kept silent until it went back to the office, is asked no more; who was just
    asked still is.
    """
    may_forward(invitation, clerk)
    if invitation.begun(now):
        raise Refused("活动时间已到，不能转呈。")
    if not leaders or any(leader.role not in LEADERS for leader in leaders):
        raise Refused("请选择转呈哪位区政府领导。")
    for request in invitation.requests:
        if request.leader in leaders and request.closed_at is None and request.attendee:
            raise Refused(f"{request.leader.titled}已经答复，不必再转呈。")
        if request.leader in leaders and request.state is RequestState.ASKED and not request.unattended_at:
            said = f"已由{request.forwarded_by.name}于{moment_words(request.forwarded_at)}转呈"
            raise Refused(f"{request.leader.titled}{said}，正待答复，不必再转呈。")
    for request in invitation.requests:
        silent = (
            request.asked_at is None or request.escalated_at is not None or request.unattended_at is not None
        )
        if request.leader in leaders or (silent and not request.final):
            request.close("已另行转呈", now)
    bearers = {r.leader: r.entry_with for r in invitation.requests if r.leader in leaders and r.entry_with}
    for request in invitation.requests:
        if request.leader in bearers:
            request.entry_with = None  # their next place goes on with it
    line = max((request.line for request in invitation.requests), default=0) + 1
    for leader in leaders:
        mine = proposal if leader.role is Role.MAYOR else None
        fresh = InvitationRequest(
            invitation.positions,
            line,
            leader,
            clerk,
            now,
            advice,
            together,
            mine,
            proposed_delegate if mine else None,
            entry_with=bearers.get(leader),
        )
        invitation.requests = [*invitation.requests, fresh]
        invitation.positions += 1
    invitation.clerk, invitation.state = clerk, InvitationState.WITH_LEADERS
    invitation.desk_at, invitation.comment = None, ""
    return move_on(invitation, now)


def may_answer(
    invitation: Invitation, official: Official, position: int, now: datetime, stand_in: Official | None = None
) -> InvitationRequest:
    """The request, if it is this official's to answer; otherwise says why not."""
    request = invitation.request(position)
    request.require(official, stand_in)
    if request.closed_at is not None:
        raise Refused(f"这件邀请{request.closed_why}，不需要您答复。")
    if invitation.state not in OPEN:
        raise Refused(f"这件邀请{invitation.state}，不需要答复。")
    if invitation.begun(now):
        raise Refused("活动时间已到，不能再答复。")
    request.require_turn()
    return request


def answer(
    invitation: Invitation,
    official: Official,
    position: int,
    answer: Answer,
    now: datetime,
    *,
    delegate: Official | None = None,
    stand_in: Official | None = None,
    asked_at: datetime | None = None,
    comment: str = "",
) -> InvitationRequest:
    """出席, 不出席 or 委托他人; whoever stands in for the leader may answer as well, marked so.

    A stand-in who answers 出席 goes themselves (art. 9): the leader is away. `asked_at` is when the delegate
    is asked, where that is later than the answer was given.
    """
    request = may_answer(invitation, official, position, now, stand_in)
    if not request.waiting:
        raise Refused(f"{request.settled}；要改的，请点「改变答复」。")
    request.decide(official, answer, now, invitation.version, delegate=delegate, comment=comment)
    if asked_at is not None and request.delegate_asked_at is not None:
        request.delegate_asked_at = asked_at
    if answer is Answer.ATTEND and official is not request.leader:
        request.delegate, request.confirmed, request.confirmed_at = official, True, now
    return request


def enter_answer(
    invitation: Invitation,
    clerk: Official,
    position: int,
    answer: Answer,
    source: str,
    now: datetime,
    delegate: Official | None = None,
) -> InvitationRequest:
    """An answer that the leader gave the office by telephone or on paper, entered with its source."""
    invitation.at_desk(clerk)
    request = may_answer(invitation, invitation.request(position).leader, position, now)
    if not request.waiting:
        raise Refused(f"{request.settled}。")
    request.decide(request.leader, answer, now, invitation.version, delegate=delegate, source=source)
    return request


def rethink(
    invitation: Invitation,
    official: Official,
    position: int,
    now: datetime,
    stand_in: Official | None = None,
    *,
    asked_at: datetime | None = None,
) -> tuple[InvitationRequest, Answer]:
    """改变答复, until the event has begun: asked anew. Returns the answer that is taken back, too.

    `asked_at` is when the question reaches them again, where that is later than their tap.
    """
    request = may_answer(invitation, official, position, now, stand_in)
    if request.answer is None:
        raise Refused("您还没有答复，请直接点选。")
    before = request.answer
    request.ask(asked_at or now)
    invitation.state = InvitationState.WITH_LEADERS
    return request, before


def confirm(
    invitation: Invitation,
    official: Official,
    position: int,
    accepts: bool,
    now: datetime,
    reason: str = "",
    *,
    asked_at: datetime | None = None,
) -> InvitationRequest:
    """A delegate 接受 or 不能参加; in the second case the leader who named them is asked again.

    `asked_at` is when that question reaches the leader, where it is later than what the delegate said.
    """
    request = invitation.request(position)
    if invitation.state not in OPEN or invitation.begun(now):
        raise Refused("活动时间已到，或这件邀请已经办结。")
    request.confirm(official, accepts, now, reason)
    if not accepts:
        said = f"{official.titled}不能参加" + (f"：{reason}" if reason else "")
        if request.answer is Answer.DELEGATE:
            request.ask(asked_at or now)
        else:
            leave_id = request.covers_leave
            request.release()
            request.covers_leave = leave_id  # asked about once, and now the office's to see to
        request.refusal = said
    return request


def move_on(invitation: Invitation, now: datetime) -> list[InvitationRequest]:
    """Ask whoever's turn it is; settle what is answered. Returns those who are asked at this moment."""
    fresh: list[InvitationRequest] = []
    for line in sorted({request.line for request in invitation.requests}):
        queue = [r for r in invitation.requests if r.line == line and r.closed_at is None]
        for request in queue:
            if request.asked_at is None and (request.together or _his_turn(request, queue)):
                request.ask(now)
                fresh.append(request)
    if invitation.state in (InvitationState.WITH_LEADERS, InvitationState.ANSWERED):
        open_ones = [r for r in invitation.requests if r.waiting or (r.awaits_delegate and not r.final)]
        invitation.state = InvitationState.WITH_LEADERS if open_ones else InvitationState.ANSWERED
        invitation.settled_at = None if open_ones else (invitation.settled_at or now)
    return fresh


def _his_turn(request: InvitationRequest, queue: Iterable[InvitationRequest]) -> bool:
    before = [one for one in queue if one.position < request.position]
    return all(one.state is RequestState.DECLINES for one in before)
