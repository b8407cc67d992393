"""Delegation (委托代办): its two cards, and what the two are told."""

from markupsafe import Markup

from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.delegation import Delegation, DelegationState
from rules.fields.times import say_span
from rules.roster import Official
from rules.working_days import shanghai_day

ACCEPT, DECLINE, END = "accept", "decline", "end"
START = Button("委托代办", "menu:delegate")


def card(delegation: Delegation) -> Markup:
    """Both read the same: who, for whom, what and when."""
    ground = cite(delegation.article) if delegation.article else ""
    return Markup("<b>委托代办 · {}</b>\n委托：{}\n代办：{}\n事项：{}\n时间：{}{}").format(
        delegation.state,
        delegation.principal.titled,
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
    text = card(delegation)
    if delegation.state is DelegationState.OFFERED:
        text = Markup("<i>{}请您代为办理：</i>\n").format(delegation.principal.titled) + text
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
    who, when = delegation.delegate.titled, _span(delegation)
    if delegation.state is DelegationState.ACCEPTED:
        text = Markup("{}已接受委托，{}代您办理{}。").format(who, when, delegation.scope)
    else:
        text = Markup("{}未接受委托（{}）。您可另选一位同志。").format(who, when)
    return Notice(delegation.principal, text, subject="委托代办的答复", news=True)


def begins(delegation: Delegation) -> list[Notice]:
    """On its first day: both are reminded, or the principal learns that nobody has answered."""
    who, by = delegation.principal.titled, delegation.delegate.titled
    if delegation.state is DelegationState.OFFERED:
        text = Markup("{}尚未答复您的委托，待办仍由您本人办理。").format(by)
        return [Notice(delegation.principal, text, subject="委托代办", asks=True)]
    to_him = Markup("即日起由您代{}办理{}，时间：{}。").format(who, delegation.scope, _span(delegation))
    own = Markup("即日起由{}代您办理{}，时间：{}。").format(by, delegation.scope, _span(delegation))
    return [
        Notice(delegation.delegate, to_him, subject="委托代办", asks=True),
        Notice(delegation.principal, own, subject="委托代办"),
    ]


def over(delegation: Delegation, *, accepted: bool) -> list[Notice]:
    """It has come to its end by itself."""
    who, by = delegation.principal.titled, delegation.delegate.titled
    if not accepted:
        text = Markup("您给{}的委托已到期，对方未答复。").format(by)
        return [Notice(delegation.principal, text, subject="委托代办")]
    return [
        Notice(
            delegation.delegate, Markup("您代{}办理已到期。").format(who), subject="委托代办到期", quiet=True
        ),
        Notice(
            delegation.principal, Markup("{}代您办理已到期。").format(by), subject="委托代办到期", quiet=True
        ),
    ]


def ended(delegation: Delegation, by: Official) -> list[Notice]:
    """Ended early, by one of the two or because one has left: the other is told."""
    one, other = delegation.principal, delegation.delegate
    gone = f"{by.titled}已离任，" if by.left_at else ""
    text = Markup("{}{}与{}之间的委托代办已结束（{}）。").format(
        gone, one.titled, other.titled, _span(delegation)
    )
    return [
        Notice(o, text, subject="委托代办结束") for o in (one, other) if o is not by and o.left_at is None
    ]


def delegate_away(delegation: Delegation) -> Notice:
    """The delegate is away themselves: the matters stay with the principal, who is at hand."""
    text = Markup("受您委托的{}已外出，期间待办由您本人办理；也可另行委托。").format(
        delegation.delegate.titled
    )
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
