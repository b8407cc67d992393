"""What is told of a report that nobody decides while its days go by, and of one decided afterwards."""

from collections.abc import Iterable, Mapping
from typing import Final

from markupsafe import Markup

from notices.card import labelled, named
from notices.leave.told import desk, earlier, group, own_line, tell, theirs
from notices.leave.words import ground
from notices.notice import Notice
from rules.approval import Approval
from rules.leave.filing import filed_with_committee
from rules.leave.matter import Leave
from rules.reminders import Stage
from rules.roster import Roster

_REPORT: Final[Mapping[Stage, tuple[str, str]]] = {
    Stage.EVE: ("外出在即", "外出须事前报告，未经批准请勿外出；确有急事，请直接致电。"),
    Stage.DAY: ("外出时间已到", "外出须事前报告，批准以前不作请假，也没有人代为主持；确有急事，请直接致电。"),
    Stage.OVER: ("行程已过", ""),
}
_CHANGE: Final[Mapping[Stage, tuple[str, str]]] = {
    Stage.EVE: ("原定时间将到", "批准以前，仍按原定安排；确有急事，请直接致电。"),
    Stage.DAY: ("原定时间已到", "批准以前，仍按原定安排；确有急事，请直接致电。"),
    Stage.OVER: ("所申请的时间已过", ""),
}
"""For each stage what has come, and what the applicant hears; once it is over their card says it."""


def near(leave: Leave, approval: Approval, stage: Stage, roster: Roster) -> tuple[str, Iterable[Notice]]:
    """What stands above the approver's card, and what applicant and desk hear."""
    change = leave.change
    come, holds = (_CHANGE if change else _REPORT)[stage]
    matter = f"{change.kind}申请" if change else "请假报告"
    asks = "追认或作废" if stage is Stage.OVER else "审批"
    phone, what = approval.holder.phone or "花名册未载", change.matter if change else "请假"
    own = Markup("{}\n待{}审批，已再次提醒，电话{}。\n{}{}")
    first = own_line(leave, f"{come}，尚未审批", f"您的{what}")
    said = tell(leave, own.format(first, approval.whose, phone, holds, ground(leave)))
    told = [said] if stage is not Stage.OVER else []  # then their card says it
    text = Markup("{}\n待{}{}，请协助提醒。\n电话：{}").format(
        theirs(leave, f"{come}，尚未审批", what), approval.whose, asks, phone
    )
    told += [
        Notice(one, text, subject=f"{matter}未批，{come}", matter=f"leave:{leave.id}", on_card=True)
        for one in roster.desk
        if one not in (leave.applicant, approval.holder)
    ]
    do = "请点「追认」或「作废」" if stage is Stage.OVER else "请即办理"
    return f"{come}，这份{matter}尚未审批，{do}：", told


def approved(leave: Leave, roster: Roster) -> list[Notice]:
    """It is approved when it is over: everybody hears of it as something past."""
    last = leave.approvals[-1]
    how = f"行程已过，{named(last.decided_by, last.approver)}已{last.outcome}"
    lines = [own_line(leave, how), Markup("行程已过，按请假记录。")]
    lines += labelled("意见", last.comment)
    if filed_with_committee(leave.applicant):
        lines.append(Markup("请按要求向区委补报。"))
    back = "" if leave.returned_at else "尚未销假的，请即点「销假」，逾期自今天起算。"
    lines.append(Markup("{}{}").format(back, ground(leave)))
    line = theirs(leave, how) + Markup("\n")
    told = [tell(leave, Markup("\n").join(filter(None, lines)))]
    if leave.acting:
        text = line + Markup("当时未经批准，没有由您代为主持的事项，您无需再办。")
        subject = f"{leave.applicant.titled}外出期间的工作"
        told.append(Notice(leave.acting, text, subject=subject, quiet=True))
    text = line + Markup("按请假登记。{}").format(ground(leave))
    told += [Notice(one, text, subject="请假报告事后审批", quiet=True) for one in desk(leave, roster)]
    return [*told, *group(leave, theirs(leave, "已事后审批", "外出"))]


def voided(approval: Approval, leave: Leave, roster: Roster) -> list[Notice]:
    """作废: it never was a leave, and nobody ever acted; everybody who was asked or told hears so."""
    by = approval.by
    own = Markup("{}\n{}作废，理由：{}\n这次外出未经批准，不作请假；其间没有人代为主持。{}")
    told = [
        tell(leave, own.format(own_line(leave, "已作废"), by, approval.comment, ground(leave))),
        *earlier(leave, approval, "已作废，不作请假"),
    ]
    text = Markup("{}\n{}作废：这次外出未经批准，不作请假。").format(theirs(leave, "已作废"), by)
    if leave.acting:
        acting = text + Markup("其间没有由您代为主持的事项，您无需再办。")
        told.append(Notice(leave.acting, acting, subject="请假报告作废", news=True))
    matter = f"leave:{leave.id}"
    told += [
        Notice(one, text, subject="请假报告作废", matter=matter, news=True, quiet=True)
        for one in desk(leave, roster)
    ]
    return told
