"""What people are told of a leave (art. 77): who sees what, in which words, with which buttons.

The reason, place and phone go to the applicant, the approvers and the office only; the one who acts sees
the dates and the phone; a group sees the dates and who acts, nothing else.
"""

from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup, escape

from notices.card import headline, introduced, labelled, named, under, with_files
from notices.form_buttons import report_again
from notices.leave.acting import asked_to_act
from notices.leave.card import (
    approver_buttons,
    approver_card,
    asked_text,
    card,
    earlier_cards,
    office_buttons,
    office_card,
    own_buttons,
    own_card,
)
from notices.leave.papers import papers
from notices.leave.words import acting_label, dates_of, early_or_late, ground, span_of, what_holds
from notices.notice import Notice, Urgency
from rules.approval import GOOD, Approval
from rules.articles import cite
from rules.dates.reading import moment_words
from rules.delegation import begins_at
from rules.leave.acting import latest_of
from rules.leave.filing import filed_with_committee
from rules.leave.matter import Leave, LeaveState
from rules.roster import VICE_MAYORS, Official, Roster

# ---------------------------------------------------------------- asking and answering


def asked(approval: Approval, leave: Leave, why: str = "", to: Official | None = None) -> Notice:
    """The card for whose turn it is; `why` stands above it (a nudge, a change of hands).

    It goes to the approver or who stands in for them, as long as `to` does not say which of the two.
    """
    to = to or approval.holder
    return Notice(
        to,
        under(why, asked_text(leave, to)),
        approver_buttons(approval, leave, to),
        subject=f"{leave.applicant.titled}的请假报告待审批",
        card=approver_card(approval, leave, to),
        urgent=leave.urgent,
        warns=bool(leave.remarks or what_holds(leave)),
        until=begins_at(leave.start, leave.start_half),
        replaces=earlier_cards(leave, to),
    )


def with_papers(card: Notice, leave: Leave) -> list[Notice]:
    """The approver's card, the first time it reaches them, with the papers right before it (art. 77)."""
    return with_files(card, *papers(leave, card.to))


def own(leave: Leave, *, begun: bool, why: str = "", late: int = 0) -> Notice:
    """The applicant's own card with what may be done; `late` as on every `card`."""
    return Notice(
        leave.applicant,
        under(why, card(leave, late)),
        own_buttons(leave, begun=begun),
        subject="本人的请假报告",
        card=own_card(leave),
        news=bool(why),
    )


def submitted(leave: Leave) -> Markup:
    """What the form's card becomes once the report has gone out."""
    if leave.waiting:
        return Markup("请假报告已提交，现送{}审批。").format(leave.waiting.whose)
    return Markup("请假报告已提交，无需审批，已告知有关同志。{}").format(
        cite(7 if leave.of_the_mayor else 77)
    )


def agreed(leave: Leave) -> list[Notice]:
    """One step further: the next approver is asked; the applicant sees it on their own card."""
    return with_papers(asked(leave.waiting, leave), leave) if leave.waiting else []


def declined(approval: Approval, leave: Leave) -> list[Notice]:
    """The end of it: the applicant learns by whom and why."""
    text = Markup("{}\n{}不同意。\n理由：{}")
    return [
        replace(
            tell(leave, text.format(own_line(leave, "未获同意"), approval.by, approval.comment)),
            buttons=report_again("leave", leave.id),
        ),
        *earlier(leave, approval, "未获同意"),
    ]


def sent_back(approval: Approval, leave: Leave) -> list[Notice]:
    """The applicant learns what to change; their form opens again below this line."""
    text = Markup("{}\n{}退回修改。\n意见：{}\n原填内容已保留，改好后重新提交即可。")
    return [
        tell(leave, text.format(own_line(leave, "请修改后再报"), approval.by, approval.comment)),
        *earlier(leave, approval, "退回修改，改后重新审批"),
    ]


def own_line(leave: Leave, said: str, what: str = "您的请假") -> Markup:
    """The first line of what the applicant hears: 您的请假 12月1日至3日，…."""
    return headline("", what, dates_of(leave), said)


def theirs(leave: Leave, said: str, what: str = "请假") -> Markup:
    """The same for everybody else."""
    return headline(introduced(leave.applicant), what, dates_of(leave), said)


def earlier(leave: Leave, last: Approval, said: str) -> list[Notice]:
    """Those who agreed in vain, told in one line."""
    line = theirs(leave, f"{named(last.decided_by, last.approver)}{said}" if "退回" in said else said)
    return [
        Notice(
            approval.decided_by or approval.approver,
            line,
            subject="请假审批结果",
            matter=f"leave:{leave.id}",
            news=True,
        )
        for approval in leave.this_round
        if approval.decision in GOOD
    ]


# ---------------------------------------------------------------- it stands


def approved(leave: Leave, roster: Roster, unsure: str = "") -> list[Notice]:
    """Everybody whom the leave concerns, each with what concerns them.

    `unsure` tells the applicant when they will be asked to report back, where a coming notice may move that.
    """
    return [
        *_approved_applicant(leave, unsure),
        *_stand_in(leave, roster),
        *_office(leave, roster),
        *group(leave, _group_line(leave)),
    ]


def return_at(due_words: str, awaits: int) -> str:
    """When the applicant will be asked to report back, as long as a coming notice may move it."""
    return f"销假提醒：{due_words}（暂定，{awaits}年放假安排尚未公布）。"


def _approved_applicant(leave: Leave, unsure: str) -> list[Notice]:
    if leave.of_the_mayor:
        return []  # their form's card says it all
    last = leave.approvals[-1]
    lines = [
        own_line(leave, f"{named(last.decided_by, last.approver)}已同意"),
        Markup("时间：{}").format(span_of(leave)),
    ]
    if leave.acting:
        lines.append(Markup("{}：{}").format(acting_label(leave), leave.acting.titled))
    lines += labelled("意见", last.comment)
    if filed_with_committee(leave.applicant):
        lines.append(Markup("请按要求向区委报备。"))
    lines += [escape(unsure)] if unsure else []
    lines.append(escape("请保持通信联络畅通，确保24小时能随时取得联系；返回后发「销假」。" + ground(leave)))
    return [tell(leave, Markup("\n").join(lines))]


def _stand_in(leave: Leave, roster: Roster) -> list[Notice]:
    if leave.acting is None:
        return []
    when, subject = span_of(leave), f"{leave.applicant.titled}外出期间的工作"
    contact = Markup("\n联系电话：{}").format(leave.phone)
    told_now = latest_of(leave, leave.acting)
    if told_now and not leave.approvals:  # it stands at once: this is the first they hear of it
        return [asked_to_act(leave, told_now), *_designated(leave, roster)]
    if not leave.of_the_mayor:
        at_nine = leave.applicant.role in VICE_MAYORS
        task = "由您补位，代为处理有关工作" if at_nine else "由您代为主持工作"
        line = Markup("{}\n时间：{}\n外出期间{}。{}").format(
            theirs(leave, "由您补位" if at_nine else "由您代为主持", "外出"),
            when,
            task,
            cite(9) if at_nine else ground(leave),
        )
        return [Notice(leave.acting, line + contact, subject=subject, asks=True)]
    whole = "全面" if leave.acting is roster.executive_vice_mayor else ""
    first = theirs(leave, "由您主持工作", "外出")
    line = Markup("{}\n时间：{}\n外出期间由您主持区政府{}工作。{}").format(first, when, whole, cite(7))
    return [Notice(leave.acting, line + contact, subject=subject), *_designated(leave, roster)]


def _designated(leave: Leave, roster: Roster) -> list[Notice]:
    """Where the mayor names another vice mayor, the 常务副区长 hears it (art. 7)."""
    executive = roster.executive_vice_mayor
    if not leave.of_the_mayor or not leave.acting or not executive or executive is leave.acting:
        return []
    line = Markup("{}\n时间：{}\n外出期间指定{}主持区政府工作。{}")
    first = theirs(leave, f"由{leave.acting.name}主持工作", "外出")
    text = line.format(first, span_of(leave), leave.acting.titled, cite(7))
    return [Notice(executive, text, subject=f"{leave.applicant.titled}外出期间的工作", asks=True)]


def _office(leave: Leave, roster: Roster) -> list[Notice]:
    return [
        Notice(
            official,
            card(leave),
            office_buttons(leave),
            subject=f"{leave.applicant.titled}的请假",
            card=office_card(leave),
        )
        for official in desk(leave, roster)
    ]


def desk(leave: Leave, roster: Roster) -> list[Official]:
    """The office desk without those who hear of it anyway."""
    told = {leave.applicant, leave.acting, *(one for a in leave.approvals for one in (a.approver, a.holder))}
    return [official for official in roster.desk if official not in told]


def _group_line(leave: Leave) -> Markup:
    return theirs(leave, f"由{leave.acting.name}{does(leave)}" if leave.acting else "", "外出")


def does(leave: Leave) -> str:
    """What the one who acts does, as a sentence about them has it."""
    if leave.of_the_mayor:
        return "主持区政府工作"
    return "补位" if leave.applicant.role in VICE_MAYORS else "代为主持工作"


def group(leave: Leave, text: Markup) -> list[Notice]:
    """The unit's group; dates and who acts only."""
    chat = leave.applicant.unit.group_chat_id
    return [Notice(chat, text, urgency=Urgency.BROADCAST)] if chat else []


# ---------------------------------------------------------------- taken back, nudged, over


def withdrawn(leave: Leave, asked_before: Iterable[Official], *, stood: bool, roster: Roster) -> list[Notice]:
    """Who was asked hears that they need not decide; if the leave stood already, all who were told do."""
    line = theirs(leave, "已撤回，原定外出取消" if stood else "已撤回，无需再办")
    told = dict.fromkeys(asked_before)
    if stood:
        told |= dict.fromkeys([*([leave.acting] if leave.acting else []), *desk(leave, roster)])
    until, matter = begins_at(leave.start, leave.start_half), f"leave:{leave.id}"
    notices = [
        Notice(one, line, subject="请假报告撤回", matter=matter, news=True, until=until) for one in told
    ]
    off = theirs(leave, "已取消", "外出")
    return [*notices, *(group(leave, off) if stood else [])]


def lapsed(leave: Leave, asked_before: Iterable[Official], *, stood: bool, roster: Roster) -> list[Notice]:
    """The applicant has left the roster: who dealt with their leave need not look further."""
    line = theirs(leave, "已离任，报告终止，无需再办")
    told = dict.fromkeys(asked_before)
    if stood:
        told |= dict.fromkeys([*([leave.acting] if leave.acting else []), *desk(leave, roster)])
    return [
        Notice(official, line, subject="请假报告终止", matter=f"leave:{leave.id}", news=True)
        for official in told
    ]


def run_out(leave: Leave) -> Notice:
    """To the applicant: nothing came of what was sent back, and its days are over."""
    why = f"退回修改以后没有再报，现在行程已过，报告终止。再要外出的，请事前报告。{ground(leave)}"
    return own(leave, begun=True, why=why)


def return_nudge(leave: Leave, *, over: bool) -> Notice:
    """On the evening of the last day, and every working morning after it until 销假."""
    end = f"{leave.end.month}月{leave.end.day}日"
    why = f"已于{end}结束，请销假" if over else "今天结束，返回后请销假"
    text = Markup("{}\n时间：{}\n返回后请点「销假」；不能按时返回的，请点「续假」。{}")
    return Notice(
        leave.applicant,
        text.format(headline("", "您的假期", "", why), span_of(leave), ground(leave)),
        own_buttons(leave, begun=True),
        subject="请销假",
        card=own_card(leave),
    )


def overdue(leave: Leave, roster: Roster) -> list[Notice]:
    """The office learns that somebody has not reported back, with the number to call."""
    text = Markup("{}\n电话：{}").format(theirs(leave, "到期未销假，请联系"), leave.phone)
    if leave.change and leave.waiting:
        text += Markup("\n本人已申请{}，待{}审批。").format(leave.change.kind, leave.waiting.whose)
    told = [official for official in roster.desk if official is not leave.applicant]
    asks_for_more = leave.change is not None and leave.waiting is not None
    matter = "" if asks_for_more else f"leave:{leave.id}"  # the morning card says the rest
    return [Notice(official, text, subject="逾期未销假", matter=matter, on_card=True) for official in told]


def silent(approval: Approval, leave: Leave, roster: Roster) -> list[Notice]:
    """The office learns that an approver has been silent for two working days."""
    first = theirs(leave, "久未审批，请协助提醒", leave.change.matter if leave.change else "请假")
    line = Markup("{}\n送{}已两个工作日，尚未审批。\n电话：{}")
    text = line.format(first, approval.whose, approval.holder.phone or "花名册未载")
    told = [o for o in roster.desk if o not in (leave.applicant, approval.holder)]
    return [
        Notice(official, text, subject="请假报告久未审批", matter=f"leave:{leave.id}", on_card=True)
        for official in told
    ]


def returned(leave: Leave, asked_before: Iterable[Official], roster: Roster, overdue: int) -> list[Notice]:
    """The return, `overdue` by so many days, confirmed to the applicant and told to all who knew of it.

    `asked_before` are those who were just asked about a change of it, and need not decide any more.
    """
    when, late = moment_words(leave.returned_at or leave.submitted_at), early_or_late(leave, overdue)
    if leave.state is LeaveState.PENDING:  # nobody else was told yet that anybody was away
        text = Markup("{}\n时间：{}").format(own_line(leave, "已销假，报告仍在审批中"), span_of(leave))
        return [tell(leave, text)]
    line = headline(introduced(leave.applicant), "请假", "", f"已于{when}销假{late}")
    approvers = dict.fromkeys([*leave.approvers, *asked_before])
    told = [
        tell(
            leave,
            Markup("{}\n欢迎返岗。").format(headline("", "您的请假", "", f"已于{when}销假{late}")),
        ),
        *(Notice(official, line, subject="销假", quiet=True) for official in approvers),
    ]
    if leave.acting and not leave.approved_too_late:
        told.append(
            Notice(
                leave.acting, line + Markup("\n您的{}到此结束。").format(acting_label(leave)), subject="销假"
            )
        )
    told += [Notice(o, line, subject="销假", quiet=True) for o in desk(leave, roster) if o not in approvers]
    return [*told, *group(leave, Markup("{}已返回岗位。").format(introduced(leave.applicant)))]


def passed_on(leave: Leave, cause: Official | None) -> list[Notice]:
    """Somebody left or changed posts: who decides now is asked, the applicant told."""
    if leave.waiting is None:
        return []
    why, to = gone(cause), named(leave.waiting.holder, leave.waiting.approver)
    return [
        tell(leave, Markup("{}\n{}。").format(own_line(leave, f"转由{to}审批"), why)),
        *with_papers(asked(leave.waiting, leave, f"{why}，这份请假报告转您审批。"), leave),
    ]


def nobody_left(leave: Leave, cause: Official | None, roster: Roster) -> list[Notice]:
    """Nobody is left to decide: the office has to see to it, the applicant knows."""
    why = gone(cause)
    first = theirs(leave, "暂时无人审批，请处理")
    text = Markup("{}\n{}。请补齐花名册或另行请示。").format(first, why)
    own_text = Markup("{}\n{}，已告区政府办公室。").format(own_line(leave, "暂时无人审批"), why)
    return [
        *(Notice(official, text, subject="请假报告无人审批", asks=True) for official in desk(leave, roster)),
        tell(leave, own_text),
    ]


def acting_left(leave: Leave, left: Official, roster: Roster) -> list[Notice]:
    """Who was to act cannot, or the applicant is elsewhere now: another has to be named."""
    line = Markup("{}\n{}，外出期间须另定代为主持工作的同志。{}")
    own = line.format(own_line(leave, "请另定代为主持的同志"), gone(left), ground(leave))
    text = line.format(theirs(leave, "须另定代为主持的同志", "外出"), gone(left), ground(leave))
    return [
        tell(leave, own + Markup("请发「我的」，点「变更」。")),
        *(Notice(o, text, subject="须另定代为主持的同志") for o in desk(leave, roster)),
    ]


def gone(official: Official | None) -> str:
    """Why somebody else is asked now; nobody in particular where the portfolios changed."""
    if official is None:
        return "分管工作已调整"
    return f"{official.titled}已离任" if official.left_at else f"{official.titled}职务已调整"


def tell(leave: Leave, text: Markup) -> Notice:
    """A line to the applicant."""
    return Notice(leave.applicant, text, subject="本人的请假报告", matter=f"leave:{leave.id}", news=True)
