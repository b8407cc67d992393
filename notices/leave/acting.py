"""What the one who is to act is told, and what follows when they cannot (art. 77, 7 and 9)."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from notices.card import headline, introduced
from notices.leave.words import acting_label, dates_of, ground, span_of
from notices.notice import Button, Notice, Rows, Urgency
from rules.acting import AskedToAct
from rules.articles import cite
from rules.dates.reading import moment_words
from rules.delegation import begins_at
from rules.leave.acting import LIVE, latest_of, needs_another
from rules.leave.ledger import STANDS
from rules.leave.matter import Leave, LeaveState
from rules.roster import VICE_MAYORS, Official, Role, Roster

AWARE, CANNOT, NAME = "aware", "cannot", "name"


def acting_card(leave: Leave, official: Official) -> str:
    """The name of the card of one who was asked."""
    return f"leave:{leave.id}:acting:{official.id}"


def asked_to_act(leave: Leave, asked: AskedToAct) -> Notice:
    """The card with which somebody learns that they are to act, and may say that they cannot."""
    return Notice(
        asked.official,
        text_of(leave, asked),
        buttons_of(leave, asked),
        subject=f"{leave.applicant.titled}外出期间的工作",
        card=acting_card(leave, asked.official),
    ).wanted(begins_at(leave.start, leave.start_half), urgent=leave.urgent)


def text_of(leave: Leave, asked: AskedToAct) -> Markup:
    """Who is away when, what is asked of the reader, and where it stands."""
    planned = leave.state not in STANDS
    mine = leave.acting is asked.official
    will, (task, article) = "拟" if planned else "", _task(leave, asked.official)
    when = dates_of(leave) if mine else ""
    lines = [
        headline(introduced(leave.applicant), f"{will}外出", when, _wanted(leave, asked)),
        Markup("时间：{}").format(span_of(leave) if mine else asked.dates),
        Markup("外出期间{}{}。{}").format(will, task, article),
    ]
    if leave.state is LeaveState.APPROVED and mine:
        lines.append(Markup("联系电话：{}").format(leave.phone))
    lines.append(escape(_where_it_stands(leave, asked, mine=mine)))
    return Markup("\n").join(lines)


def _wanted(leave: Leave, asked: AskedToAct) -> str:
    """What the reader is to do about it, or that there is nothing more to do."""
    if leave.state not in LIVE or leave.acting is not asked.official or asked.declined:
        return "您无需再办" if not asked.declined else "您已答复不能代"
    return f"由您{acting_label(leave)}" if asked.answer else f"请您{acting_label(leave)}"


def _task(leave: Leave, official: Official) -> tuple[str, str]:
    """What they do meanwhile, with the article."""
    if leave.of_the_mayor:
        whole = "全面" if official.role is Role.EXECUTIVE_VICE_MAYOR else ""
        return f"由您主持区政府{whole}工作", cite(7)
    if leave.applicant.role in VICE_MAYORS:
        return "由您补位，代为处理有关工作", cite(9)
    return "由您代为主持工作", ground(leave)


def _where_it_stands(leave: Leave, asked: AskedToAct, *, mine: bool) -> str:
    if asked.declined:
        return f"您已答复无法代为主持：{asked.reason}"
    if _past(leave):
        return "行程已过，当时未经批准，您无需再办。"
    if leave.state is LeaveState.CONTINUED and mine:
        return f"本人接续下一份请假，您的{acting_label(leave)}到此结束。"
    if leave.state is LeaveState.RETURNED and mine:
        return f"本人已销假，您的{acting_label(leave)}到此结束。"
    if leave.state not in LIVE:
        return f"报告{leave.state}，您无需再办。"
    if not mine:
        return "已改由其他同志代为主持，您无需再办。"
    approved = "报告已批准。" if leave.state is LeaveState.APPROVED and not leave.of_the_mayor else ""
    if asked.answer and asked.answered_at:
        return f"{approved}您已于{moment_words(asked.answered_at)}知悉。"
    return f"{approved}请点「知悉」；确有困难的，请点「无法代为主持」并说明理由。"


def _past(leave: Leave) -> bool:
    """Whether it was, or can be, approved only when it was over: nobody ever acted by it."""
    undecided = leave.state is LeaveState.PENDING and leave.overtaken
    return undecided or (leave.state in STANDS and leave.approved_too_late)


def buttons_of(leave: Leave, asked: AskedToAct) -> Rows:
    """[知悉] until they have tapped it, [无法代为主持] as long as it is theirs."""
    if _past(leave) or leave.state not in LIVE or leave.acting is not asked.official or asked.declined:
        return ()
    cannot = Button("无法代为主持", f"leave:{leave.id}:{CANNOT}")
    if asked.answer:
        return ((cannot,),)
    return ((Button("知悉", f"leave:{leave.id}:{AWARE}"), cannot),)


def name_button(leave: Leave) -> Rows:
    """[另定主持] on the applicant's card, once the one named cannot."""
    return ((Button("另定主持", f"leave:{leave.id}:{NAME}"),),) if needs_another(leave) else ()


def acting_lines(leave: Leave) -> list[Markup]:
    """The lines of a leave's card on who acts, with the answers given."""
    lines = []
    asked = latest_of(leave, leave.acting) if leave.acting else None
    if leave.acting:
        knows = "（本人已知悉）" if asked and asked.answer and not asked.declined else ""
        lines.append(Markup("{}：{}{}").format(acting_label(leave), leave.acting.titled, knows))
    elif needs_another(leave):
        lines.append(Markup("{}：待另定").format(acting_label(leave)))
    unable = (one for one in leave.asked_to_act if one.declined and one.official is not leave.acting)
    lines += [Markup("{}无法代为主持：{}").format(one.official.titled, one.reason) for one in unable]
    return lines


def declined(leave: Leave, asked: AskedToAct, roster: Roster, *, anybody_else: bool) -> list[Notice]:
    """The applicant is to name another; the office knows it once the leave stands, or nobody is left."""
    when, does, by = dates_of(leave), acting_label(leave), asked.official
    subject, line = "须另定代为主持的同志", Markup("{}\n{}无法{}，理由：{}\n{}")
    then = "请另定一位同志。" if anybody_else else "已没有其他同志可选，请与区政府办公室商定。"
    own = headline("", "您的外出", when, f"{by.name}无法{does}")
    told = [
        Notice(
            leave.applicant, line.format(own, by.titled, does, asked.reason, then), subject=subject, asks=True
        )
    ]
    if leave.state is LeaveState.APPROVED or not anybody_else:
        then = "请其另定。" if anybody_else else "已没有其他同志可选，请协调。"
        first = headline(introduced(leave.applicant), "外出", when, f"{by.name}无法{does}")
        text = line.format(first, by.titled, does, asked.reason, then)
        told += [Notice(o, text, subject=subject) for o in _desk(leave, roster, asked.official)]
    return told


def named(leave: Leave, before: Official, found: Iterable[str], roster: Roster) -> list[Notice]:
    """Another is named: those who were asked to approve hear it, and the office once the leave stands."""
    if leave.acting is None:
        return []
    who, when, does = introduced(leave.applicant), dates_of(leave), acting_label(leave)
    first = headline(who, "外出", when, f"改由{leave.acting.name}{does}")
    line = Markup("{}：{}（原定{}）").format(does, leave.acting.titled, before.titled)
    text = Markup("\n").join([first, line, *(Markup("⚠️ {}").format(sentence) for sentence in found)])
    told = [approval.approver for approval in leave.this_round if approval.asked_at]
    if leave.state is LeaveState.APPROVED:
        told += _desk(leave, roster)
    told = [official for official in dict.fromkeys(told) if official is not leave.acting]
    notices = [Notice(official, text, subject="代为主持的同志有变") for official in told]
    chat = leave.applicant.unit.group_chat_id
    if leave.state is LeaveState.APPROVED and chat:
        notices.append(Notice(chat, first, urgency=Urgency.BROADCAST))
    return notices


def told_again(leave: Leave, found: Iterable[str]) -> Markup:
    """What the applicant's form becomes once they have named another."""
    if leave.acting is None:
        return Markup()
    done = Markup("已改由{}{}，并已告知本人。").format(leave.acting.titled, acting_label(leave))
    return Markup("\n").join([done, *(Markup("⚠️ {}").format(sentence) for sentence in found)])


def _desk(leave: Leave, roster: Roster, *but: Official) -> list[Official]:
    told = {leave.applicant, leave.acting, *but}
    return [official for official in roster.desk if official not in told]
