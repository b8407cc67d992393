"""What is told of a report that nobody decides while its days go by, and of one decided afterwards."""

from collections.abc import Iterable, Mapping
from typing import Final

from markupsafe import Markup

from notices.card import labelled
from notices.leave.told import desk, earlier, group, tell
from notices.leave.words import dates_of, ground
from notices.notice import Notice
from rules.approval import Approval
from rules.leave.filing import filed_with_committee
from rules.leave.matter import Leave
from rules.reminders import Stage
from rules.roster import Roster

_REPORT: Final[Mapping[Stage, tuple[str, str]]] = {
    Stage.EVE: ("外出在即", "外出须事前报告，未经批准请勿外出；确有急事，请直接致电。"),
    Stage.DAY: ("外出时间已到", "外出须事前报告，批准以前不作请假，也没有人代为主持；确有急事，请直接致电。"),
    Stage.OVER: ("行程已过", "未经批准的外出，须经追认才作请假；作废的，也告知您。"),
}
_CHANGE: Final[Mapping[Stage, tuple[str, str]]] = {
    Stage.EVE: ("原定时间将到", "批准以前，仍按原定安排；确有急事，请直接致电。"),
    Stage.DAY: ("原定时间已到", "批准以前，仍按原定安排；确有急事，请直接致电。"),
    Stage.OVER: ("所申请的时间已过", "未经批准，原定安排有效；追认或作废的，都告知您。"),
}
"""For each stage what has come, and what holds meanwhile for the applicant."""


def near(leave: Leave, approval: Approval, stage: Stage, roster: Roster) -> tuple[str, Iterable[Notice]]:
    """What stands above the approver's card, and what applicant and desk hear."""
    change = leave.change
    come, holds = (_CHANGE if change else _REPORT)[stage]
    matter = f"{change.kind}申请" if change else "请假报告"
    asks = "追认或作废" if stage is Stage.OVER else "审批"
    who, when, phone = leave.applicant.titled, dates_of(leave), approval.holder.phone or "花名册未载"
    own = Markup("<b>您{}的{}尚未审批，{}</b>\n待{}{}，已再次提醒，电话{}。\n{}{}")
    line = Markup("{}{}的{}尚未审批，{}，待{}{}，请协助提醒。\n电话：{}")
    told = [tell(leave, own.format(when, matter, come, approval.whose, asks, phone, holds, ground(leave)))]
    text = line.format(who, when, matter, come, approval.whose, asks, phone)
    told += [
        Notice(one, text, subject=f"{matter}未批，{come}", matter=f"leave:{leave.id}")
        for one in roster.desk
        if one not in (leave.applicant, approval.holder)
    ]
    do = "请点「追认」或「作废」" if stage is Stage.OVER else "请即办理"
    return f"{come}，这份{matter}尚未审批，{do}：", told


def approved(leave: Leave, roster: Roster) -> list[Notice]:
    """It is approved when it is over: everybody hears of it as something past."""
    last = leave.approvals[-1]
    who, when, how = leave.applicant.titled, dates_of(leave), f"已由{last.by}{last.outcome}"
    lines = [Markup("<b>您{}的请假报告{}</b>").format(when, how), Markup("行程已过，按请假记录。")]
    lines += labelled("意见", last.comment)
    if filed_with_committee(leave.applicant):
        lines.append(Markup("请按要求向区委补报。"))
    back = "" if leave.returned_at else "尚未销假的，请即点「销假」，逾期自今天起算。"
    lines.append(Markup("{}{}").format(back, ground(leave)))
    line = Markup("{}{}外出，请假报告{}；行程已过，").format(who, when, how)
    told = [tell(leave, Markup("\n").join(filter(None, lines)))]
    if leave.acting:
        text = line + Markup("当时未经批准，没有由您代为主持的事项，您无需再办。")
        told.append(Notice(leave.acting, text, subject=f"{who}外出期间的工作", quiet=True))
    text = line + Markup("按请假登记。{}").format(ground(leave))
    told += [Notice(one, text, subject="请假报告事后审批", quiet=True) for one in desk(leave, roster)]
    return [*told, *group(leave, Markup("{}{}外出，已事后审批。").format(who, when))]


def voided(approval: Approval, leave: Leave, roster: Roster) -> list[Notice]:
    """作废: it never was a leave, and nobody ever acted; everybody who was asked or told hears so."""
    who, when, by = leave.applicant.titled, dates_of(leave), approval.by
    own = Markup(
        "<b>{}将您{}的请假报告作废</b>\n理由：{}\n这次外出未经批准，不作请假；其间没有人代为主持。{}"
    )
    line = Markup("{}将{}{}的请假报告作废：这次外出未经批准，不作请假。")
    told = [
        tell(leave, own.format(by, when, approval.comment, ground(leave))),
        *earlier(leave, approval, line),
    ]
    text = line.format(by, who, when)
    if leave.acting:
        acting = text + Markup("其间没有由您代为主持的事项，您无需再办。")
        told.append(Notice(leave.acting, acting, subject="请假报告作废", news=True))
    matter = f"leave:{leave.id}"
    told += [
        Notice(one, text, subject="请假报告作废", matter=matter, news=True, quiet=True)
        for one in desk(leave, roster)
    ]
    return told
