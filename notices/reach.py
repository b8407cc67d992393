"""请回电: what the one who is asked reads, what the office reads, and what goes to the other channels.

The matter is never named, neither in the chat nor elsewhere: the office says it on the phone (art. 77).
"""

from collections.abc import Sequence
from datetime import timedelta

from markupsafe import Markup

from notices.card import headline, introduced
from notices.notice import Button, Notice, Rows, State, Urgency
from rules.articles import cite
from rules.dates.reading import moment_words
from rules.leave.matter import Leave
from rules.reach import CallRequest, Ending, may_be_called_from
from rules.roster import Official, Roster

ANSWER, PHONED, WITHDRAW, AGAIN = "answer", "phoned", "withdraw", "again"
FROM_LEAVE = "call"

Elsewhere = Sequence[tuple[str, State]]
"""The other channels used for a request, and how far each has got."""
_FATES = {
    State.WAITING: "正在发送",
    State.SENT: "已发出",
    State.FAILED: "未发出",
    State.DROPPED: "不再发送",
}


def own_card(call: CallRequest) -> str:
    """The name of the card of the one who is asked."""
    return f"call:{call.id}"


def office_card(call: CallRequest) -> str:
    """The name of the office's copies."""
    return f"call:{call.id}:office"


# ---------------------------------------------------------------- the one who is asked


def own_text(call: CallRequest) -> Markup:
    """Who asks, on which number, and by when to say so."""
    asker, head = call.asked_by, "请您尽快回电"
    line = Markup("电话：{}").format(asker.phone or "花名册未登记")
    ground = cite(call.article) if call.article else ""
    if call.answered_at:
        head = "您已回应，请尽快回电"
        last = Markup("您已于{}回应{}。").format(moment_words(call.answered_at), _late(call.late))
    elif call.ending is Ending.PHONED:
        head, last = "已与您联系上", Markup("区政府办公室已与您电话联系上，不必再点。")
    elif call.ending is Ending.REPEATED:
        head, last = "已重新请您回电", Markup("见下方最新卡片。")
    elif call.ending:
        head, last = "已撤回，您不必回电", Markup("")
    elif call.overdue_at:
        last = Markup("已过{}，请立即点「已收到，马上回电」并回电。{}").format(
            moment_words(call.due_at), ground
        )
    else:
        last = Markup("请于{}前点「已收到，马上回电」。{}").format(moment_words(call.due_at), ground)
    return Markup("\n").join(filter(None, [headline(introduced(asker), "", "", head), line, last]))


def own_buttons(call: CallRequest) -> Rows:
    """[已收到，马上回电], as long as the office waits."""
    return ((Button("已收到，马上回电", f"call:{call.id}:{ANSWER}"),),) if call.open else ()


def own(call: CallRequest) -> Notice:
    """The card for the one who is asked, at any hour."""
    return Notice(
        call.official,
        own_text(call),
        own_buttons(call),
        subject="请回电",
        card=own_card(call),
        urgency=Urgency.ANSWER,
    )


# ---------------------------------------------------------------- the office


def office_text(call: CallRequest, used: Elsewhere = ()) -> Markup:
    """Where it stands, whom to ring on which number, and what the other channels have done."""
    lines = [
        headline("请", f"{introduced(call.official)}回电", "", state_words(call)),
        Markup("电话：{}").format(call.phone or "（花名册未登记）"),
        Markup("发出：{}，{}").format(moment_words(call.asked_at), call.asked_by.titled),
    ]
    if call.answered_at:
        lines.append(Markup("回应：{}{}").format(moment_words(call.answered_at), _late(call.late)))
    elif call.ending and call.ended_at:
        by = call.ended_by.titled if call.ended_by else "本人离任"
        lines.append(Markup("{}：{}，{}").format(call.ending, moment_words(call.ended_at), by))
    elif not call.missing:
        lines.append(Markup("限{}前回应").format(moment_words(call.due_at)))
    if used:
        said = "、".join(f"{name}{_FATES[state]}" for name, state in used)
        lines.append(Markup("其他渠道：{}").format(said))
    if call.missing:
        lines.append(Markup("请直接致电；联系上后请点「已联系上」。"))
    return Markup("\n").join(lines)


def state_words(call: CallRequest) -> str:
    """Where it stands, in a word."""
    if call.answered_at:
        return "已回应"
    if call.ending:
        return str(call.ending)
    if call.unreached_at:
        return "未送达"
    return "未回应" if call.overdue_at else "等待回应"


def office_buttons(call: CallRequest) -> Rows:
    """What the office may enter as long as it waits."""
    if not call.open:
        return ()
    acts = [("已联系上", PHONED), *([("再次请回电", AGAIN)] if call.missing else []), ("撤回", WITHDRAW)]
    return (tuple(Button(word, f"call:{call.id}:{act}") for word, act in acts),)


def office(call: CallRequest, to: Official, used: Elsewhere = ()) -> Notice:
    """The office's card for one at the desk."""
    return Notice(
        to,
        office_text(call, used),
        office_buttons(call),
        subject=f"请{call.official.titled}回电",
        card=office_card(call),
        urgent=True,
    )


def desk(call: CallRequest, roster: Roster, used: Elsewhere = ()) -> list[Notice]:
    """The card anew for the whole desk: whoever is on duty has to ring them."""
    return [
        office(call, clerk, used)
        for clerk in roster.desk
        if clerk is not call.official and clerk.telegram_id is not None
    ]


def answered(call: CallRequest) -> Notice:
    """To the one who asked: they will call, right now."""
    text = headline(introduced(call.official), "已收到", "", f"马上回电{_late(call.late)}")
    return Notice(call.asked_by, text, urgency=Urgency.ANSWER)


def leave_button(leave: Leave) -> Rows:
    """[请回电] on the office's copy of a leave that stands."""
    if not may_be_called_from(leave):
        return ()
    return ((Button("请回电", f"leave:{leave.id}:{FROM_LEAVE}"),),)


def _late(late: timedelta | None) -> str:
    if late is None:
        return ""
    hours, rest = divmod(late // timedelta(minutes=1), 60)
    said = f"{hours}小时{f'{rest}分钟' if rest else ''}" if hours else f"{rest}分钟"
    return f"（超时{said}）"


def whom(call: CallRequest) -> dict[str, str]:
    return {"official": call.official.titled}
