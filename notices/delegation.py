"""Delegation (委托代办): its two cards, and what the two are told."""

from markupsafe import Markup

from notices.card import headline, introduced
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.delegation import Delegation, DelegationState
from rules.fields.times import say_span
from rules.roster import Official
from rules.working_days import shanghai_day

ACCEPT, DECLINE, END = "accept", "decline", "end"
START = Button("委托代办", "menu:delegate")


def _first(delegation: Delegation, wanted: object) -> Markup:
    """Whose delegation it is and from when, and what is wanted of the reader."""
    begins = f"{delegation.span.start.month}月{delegation.span.start.day}日起"
    return headline(introduced(delegation.principal), "委托代办", begins, wanted)


def card(delegation: Delegation, wanted: str = "") -> Markup:
    """Both read the same: who, for whom, what and when."""
    ground = cite(delegation.article) if delegation.article else ""
    return Markup("{}\n代办：{}\n事项：{}\n时间：{}{}").format(
        _first(delegation, wanted or delegation.state),
        delegation.delegate.titled,
        delegation.scope,
        _span(delegation),
        f"\n{ground}" if ground else "",
    )


def principals(delegation: Delegation) -> Notice:
    """The card of who hands over."""
    return Notice(
        delegation.principal,
        card(delegation),
        principals_buttons(delegation),
        subject="委托代办",
        card=name(delegation, "principal"),
    )


def delegates(delegation: Delegation) -> Notice:
    """The card of who takes over."""
    offered = delegation.state is DelegationState.OFFERED
    text = card(delegation, "请您接受" if offered else "")
    return Notice(
        delegation.delegate,
        text,
        delegates_buttons(delegation),
        subject=f"{delegation.principal.titled}的委托代办",
        card=name(delegation, "delegate"),
    )


def principals_buttons(delegation: Delegation) -> Rows:
    word = {DelegationState.OFFERED: "收回", DelegationState.ACCEPTED: "结束委托"}.get(delegation.state)
    return ((_button(word, delegation, END),),) if word else ()


def delegates_buttons(delegation: Delegation) -> Rows:
    if delegation.state is DelegationState.OFFERED:
        return ((_button("接受", delegation, ACCEPT), _button("不接受", delegation, DECLINE)),)
    if delegation.state is DelegationState.ACCEPTED:
        return ((_button("结束代办", delegation, END),),)
    return ()


def answered(delegation: Delegation) -> Notice:
    """To the principal: taken on, or not."""
    when = _span(delegation)
    if delegation.state is DelegationState.ACCEPTED:
        text = Markup("{}\n{}代您办理{}。").format(
            headline(introduced(delegation.delegate), "已接受您的委托"), when, delegation.scope
        )
    else:
        first = headline(introduced(delegation.delegate), "未接受您的委托", "", "请另选一位")
        text = Markup("{}\n时间：{}").format(first, when)
    return Notice(delegation.principal, text, subject="委托代办的答复", news=True)


def begins(delegation: Delegation) -> list[Notice]:
    """On its first day: both are reminded, or the principal learns that nobody has answered."""
    if delegation.state is DelegationState.OFFERED:
        text = headline(introduced(delegation.delegate), "尚未答复委托", "", "待办仍由您本人办理")
        return [Notice(delegation.principal, text, subject="委托代办", asks=True)]
    until = Markup("\n事项：{}\n时间：{}").format(delegation.scope, _span(delegation))
    to_him = headline(introduced(delegation.principal), "委托代办", "", "今天起由您代办") + until
    own = headline(introduced(delegation.delegate), "今天起代您办理") + until
    return [
        Notice(delegation.delegate, to_him, subject="委托代办", asks=True),
        Notice(delegation.principal, own, subject="委托代办"),
    ]


def over(delegation: Delegation, *, accepted: bool) -> list[Notice]:
    """It has come to its end by itself."""
    principal, delegate = introduced(delegation.principal), introduced(delegation.delegate)
    if not accepted:
        text = headline(introduced(delegation.delegate), "未答复委托", "", "委托已到期")
        return [Notice(delegation.principal, text, subject="委托代办")]
    return [
        Notice(
            delegation.delegate,
            headline(principal, "委托代办", "", "您的代办已到期"),
            subject="委托代办到期",
            quiet=True,
        ),
        Notice(
            delegation.principal,
            headline(delegate, "代您办理", "", "已到期"),
            subject="委托代办到期",
            quiet=True,
        ),
    ]


def ended(delegation: Delegation, by: Official) -> list[Notice]:
    """Ended early, by one of the two or because one has left: the other is told."""
    one, other = delegation.principal, delegation.delegate
    gone = f"{by.titled}已离任，" if by.left_at else ""
    text = Markup("{}\n{}代办：{}\n时间：{}").format(
        _first(delegation, "已结束"), gone, other.titled, _span(delegation)
    )
    return [
        Notice(o, text, subject="委托代办结束") for o in (one, other) if o is not by and o.left_at is None
    ]


def delegate_away(delegation: Delegation) -> Notice:
    """The delegate is away themselves: the matters stay with the principal, who is at hand."""
    first = headline(introduced(delegation.delegate), "外出", "", "您委托的待办由您本人办理")
    text = first + Markup("\n也可另行委托。")
    return Notice(delegation.principal, text, subject="受托的同志外出", asks=True)


def offer() -> Markup:
    """Beside the button under 我的."""
    return Markup("需由其他同志代办一段时间的，可点「委托代办」。")


def _span(delegation: Delegation) -> str:
    return say_span(delegation.span, shanghai_day(delegation.offered_at))


def name(delegation: Delegation, whose: str) -> str:
    return f"delegation:{delegation.id}:{whose}"


def _button(word: str, delegation: Delegation, act: str) -> Button:
    return Button(word, f"delegation:{delegation.id}:{act}")
