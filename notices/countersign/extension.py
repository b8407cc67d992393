"""What is said of 申请延期: the lead unit's card, and what the unit that asked hears (art. 63)."""

from collections.abc import Iterable

from markupsafe import Markup

from notices.card import ask_a_view, headline
from notices.countersign.words import head, titled
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.countersign.answer import Opinion
from rules.countersign.consultation import Consultation
from rules.countersign.extension import Extension, ExtensionState
from rules.countersign.matter import Countersign, CountersignState
from rules.dates.reading import say_day
from rules.roster import Official

GRANT, DENY = "grant", "deny"


def extension_card(sheet: Countersign, extension: Extension) -> str:
    """The name of the card on which the lead unit answers a request for more time."""
    return f"countersign:{sheet.id}:extend:{extension.id}"


def extension_text(sheet: Countersign, consultation: Consultation, extension: Extension) -> Markup:
    """A request for more time, as the lead unit is asked."""
    asked = extension.state is ExtensionState.ASKED
    now_due = f"（现期限：{consultation.due_label}）" if asked and consultation.due_label else ""
    lines = [
        headline(
            consultation.unit.name,
            f"{head(sheet)}申请延期",
            "",
            "请答复" if asked and not extension.decided_by else extension.state,
        ),
        Markup("延至：{}{}").format(say_day(extension.until, extension.asked_at), now_due),
        Markup("理由：{}").format(extension.reason),
        Markup("申请人：{}").format(extension.asked_by.titled),
    ]
    if extension.decided_by is not None:
        lines.append(Markup("答复：{}，{}").format(extension.decider, extension.state))
    elif asked:
        lines.append(Markup("未答复前按原期限计。{}").format(cite(63)))
    elif extension.decided_at is not None:
        still = f"所记{Opinion.DEEMED}不变" if consultation.deemed else "期限不变"
        lines.append(Markup("所申请的日期已过，{}。{}").format(still, cite(63)))
    elif consultation.deemed and extension_buttons(sheet, consultation, extension):
        lines.append(
            Markup("逾期未回复，已{}；现在同意的，该单位恢复答复，原记不再有效。{}").format(
                Opinion.DEEMED, cite(63)
            )
        )
    return Markup("\n").join(lines)


def extension_buttons(sheet: Countersign, one: Consultation, extension: Extension) -> Rows:
    """[同意延期] [不同意延期] [征求意见] until it is answered."""
    if extension.decided_at is not None or sheet.state is not CountersignState.OPEN:
        return ()
    agree = Button(ExtensionState.AGREED, f"countersign:{sheet.id}:{GRANT}:{one.id}:{extension.id}")
    return (
        (agree, Button(ExtensionState.REFUSED, f"countersign:{sheet.id}:{DENY}:{one.id}:{extension.id}")),
        (ask_a_view(extension_card(sheet, extension)),),
    )


def extension_asked(
    sheet: Countersign, one: Consultation, extension: Extension, to: Iterable[Official]
) -> list[Notice]:
    """The lead unit is asked for more time."""
    text, buttons = extension_text(sheet, one, extension), extension_buttons(sheet, one, extension)
    return [
        Notice(
            official, text, buttons, subject=f"{one.unit.name}申请延期", card=extension_card(sheet, extension)
        ).wanted(one.closes_at, urgent=sheet.urgent)
        for official in to
    ]


def extension_over(
    sheet: Countersign, one: Consultation, extension: Extension, to: Iterable[Official]
) -> list[Notice]:
    """The day asked for is over without an answer: to both sides and the desk, what holds."""
    first = headline(one.unit.name, f"{head(sheet)}延期未答复", "", "期限不变，请即答复")
    line = Markup("{}\n申请延期至{}，{}未答复，日期已过。{}")
    until = say_day(extension.until, extension.asked_at)
    text = line.format(first, until, sheet.lead_unit.name, cite(63))
    return [
        Notice(official, text, subject="会签延期未答复", matter=f"countersign:{sheet.id}", news=True)
        for official in to
    ]


def extension_decided(
    sheet: Countersign, one: Consultation, extension: Extension, to: Iterable[Official]
) -> list[Notice]:
    """The unit sees which it is: the new day, or the old one."""
    if extension.state is ExtensionState.AGREED:
        first = titled(sheet, f"同意延期，请于{one.due_label}前答复")
        text = Markup("{}\n{}").format(first, cite(63))
        if any(answer.opinion is Opinion.DEEMED for answer in one.answers):
            text += Markup("\n原记的{}不再有效。").format(Opinion.DEEMED)
    else:
        still = f"仍请于{one.due_label}前答复" if one.due_label and one.waiting else "期限不变"
        until = say_day(extension.until, extension.asked_at)
        text = Markup("{}\n不同意延期至{}。{}").format(titled(sheet, f"不同意延期，{still}"), until, cite(63))
    return [Notice(official, text, subject="会签延期的答复", news=True) for official in to]
