"""What a sentence or a reply is answered with: what is asked about it, and what it may mean."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from notices.card import headline
from notices.notice import DATA_LIMIT, Button, Notice, Rows, Urgency
from rules.roster import Official
from rules.text import clip

QUOTED = "\n您写的是："
"""Behind this stands what the person wrote: the button that is tapped then takes it along."""
SAY, YES, NO = "say", "yes", "no"
REPLIED_ELSEWHERE = "您回复的是另一张卡片，那张卡片用不上这句话；是填在这里的吗？"
MENU = Button("菜单", "menu:menu")
_LONGEST = 300
"""Signs of what was written that are shown and taken along."""
_LISTED = 8

# ---------------------------------------------------------------- a sentence


def unsure(official: Official, text: str, likely: Sequence[str], key: int) -> Notice:
    """What was not understood for certain: buttons for what is likely, and the way to the menu."""
    if not likely:
        return Notice(
            official,
            Markup("没看懂您的意思。请点“菜单”选要办的事，或发“帮助”看怎么写。"),
            ((MENU, Button("帮助", "menu:help")),),
            urgency=Urgency.ANSWER,
        )
    return Notice(
        official,
        Markup("还不能确定您要办什么，什么也没有办。要办的请点下面的按钮；都不是的，请点“菜单”。{}").format(
            _quote(text)
        ),
        (tuple(Button(word, f"{SAY}:{key}:{word}") for word in likely), (MENU,)),
        card=said_card(official, key),
        urgency=Urgency.ANSWER,
    )


def said_card(official: Official, key: int) -> str:
    """The name of one question what a sentence means."""
    return f"say:{official.id}:{key}"


def meant(word: str) -> Markup:
    """What that question becomes once it is answered."""
    return Markup("已按「{}」办理，请看下面。").format(word)


# ---------------------------------------------------------------- a reply


def fits(data: str, key: int) -> bool:
    """Whether a button's data has room for the question before it."""
    return len(f"{YES}:{key}:{data}".encode()) <= DATA_LIMIT


def ask_card(official: Official, key: int | str) -> str:
    """The name of one question whether a button is meant."""
    return f"ask:{official.id}:{key}"


def ask(official: Official, key: int, button: Button, called: str, words: str, *, taken: bool) -> Notice:
    """「同意」杨某12月8日至9日的请假？ [是] [否]; `taken`: the button takes the words along."""
    text = Markup("「{}」{}？").format(button.label, called)
    if words:
        text += (
            _quote(words)
            if taken
            else Markup("\n（这个按钮不带附言，“{}”不会发出。）").format(clip(words, 60))
        )
    row = (Button("是", f"{YES}:{key}:{button.data}"), Button("否", f"{NO}:{key}"))
    return _asking(official, key, text, (row,), button)


def sure(official: Official, key: int, question: str, data: str) -> Notice:
    """What very many hear of is asked about before it is done; [是] is the tap itself."""
    row = (Button("是", f"{YES}:{key}:{data}"), Button("否", f"{NO}:{key}"))
    first, _, rest = question.partition("？\n")
    text = Markup("{}？\n{}").format(headline("", first), rest)
    return _asking(official, key, text, (row,), Button("是", data))


def _asking(official: Official, key: int, text: Markup, rows: Rows, about: Button | None = None) -> Notice:
    """A question of its own card; what is replied to it is for the matter that it is about."""
    matter = ":".join(about.data.split(":")[:2]) if about is not None else ""
    card = ask_card(official, key)
    return Notice(official, text, rows, card=card, matter=matter, urgency=Urgency.ANSWER)


def tap_it(official: Official) -> Notice:
    """是 was written under a question: only the tap counts."""
    return Notice(official, Markup("请点上面问题下的按钮，写字不作数。"), urgency=Urgency.ANSWER)


def choose(
    official: Official, key: int, said: str, options: Sequence[tuple[Button, str]], words: str
) -> Notice:
    """Several may be meant: one tap on one of them is the answer."""
    shown = options[:_LISTED]
    text = Markup("“{}”可以是下面几件，点哪一件，就办哪一件；都不是的，请点“都不是”。").format(clip(said, 20))
    if len(options) > _LISTED:
        text += Markup("\n只列了前{}件，其余请发“待办”逐件办理。").format(_LISTED)
    if words:
        text += _quote(words)
    rows = tuple((_yes(key, button, f"{button.label}：{called}"),) for button, called in shown)
    return _asking(official, key, text, (*rows, (_none(key),)))


def as_words(
    official: Official, key: int, called: str, buttons: Sequence[Button], words: str, matter: str
) -> Notice:
    """A text that is no button's: it offers itself as a reason, or as a remark on the matter."""
    what = "是哪一项的理由或意见？" if len(buttons) > 1 else f"是「{buttons[0].label}」吗？"
    text = Markup("{}：这{}\n点一下即办；都不是的，请点“都不是”。{}").format(called, what, _quote(words))
    rows = tuple((_yes(key, button, button.label),) for button in buttons)
    return _asking(official, key, text, (*rows, (_none(key),)), Button("", f"{matter}:"))


def _yes(key: int, button: Button, label: str) -> Button:
    return Button(clip(label, 60), f"{YES}:{key}:{button.data}")


def _none(key: int) -> Button:
    return Button("都不是", f"{NO}:{key}")


def done(said: str, *, asked_on: bool) -> Markup:
    """What the question becomes after [是]; `asked_on`: the button asks for more first."""
    return Markup("{}：请在下面接着填。").format(said) if asked_on else Markup("✓ {}").format(said)


NOT_DONE = Markup("好的，没有办。")
"""What it becomes after [否]."""


def gone(official: Official, label: str, called: str) -> Notice:
    """The card that was answered bears no such button any more."""
    text = Markup(
        "{}：现在没有可点的「{}」，可能已经办过，或者不再等您。请发“待办”看还有什么等您办。"
    ).format(called, label)
    return Notice(official, text, ((Button("待办", "menu:todo"),),), urgency=Urgency.ANSWER)


def nothing_waits(official: Official, label: str) -> Notice:
    """An answer to no card, where none waits for such a one."""
    text = Markup("现在没有等您「{}」的事项。").format(label)
    return Notice(official, text, ((Button("待办", "menu:todo"), MENU),), urgency=Urgency.ANSWER)


def _quote(words: str) -> Markup:
    return escape(QUOTED + clip(words, _LONGEST))
