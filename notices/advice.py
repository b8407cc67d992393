"""征求意见: what who is asked reads, and what who asked hears."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from markupsafe import Markup

from notices.card import copy_of, headline, mark_of, under
from notices.notice import Button, Notice, Rows
from rules.remarks.advice import Advice
from rules.roster import Official

ANSWER: Final = "answer"


def card_of(advice: Advice, holder: Official) -> str:
    """The name of the card of whoever is asked; a stand-in's has a name of its own."""
    return copy_of(f"advice:{advice.id}", advice.adviser, holder)


def called(advice: Advice) -> str:
    """What the card that is decided on says first, without what is wanted there."""
    first = str(Markup(advice.facts.split("\n", 1)[0]).striptags())  # noqa: S704 - our own words
    return first.partition("，请")[0]


def text(advice: Advice) -> Markup:
    """Who asks what, and beneath it the matter as who decides has it before them."""
    over = "已作出决定，不需答复" if advice.moot_at else "请您写一句意见"
    state = f"已由{advice.by}答复" if advice.decided_at else over
    lines = [
        headline(f"{advice.asked_by.name}征求您的意见：", called(advice), "", state),
        Markup("问：{}").format(advice.question),
    ]
    if advice.view:
        lines.append(Markup("意见：{}").format(advice.view))
    if advice.open:
        who = Markup("您的意见只给决定这件事的同志看（现为{}），由其决定。")
        lines.append(who.format(advice.asked_by.titled))
        lines.append(Markup("——\n{}").format(Markup(advice.facts)))  # noqa: S704 - our own words
    return Markup("\n").join(lines)


def buttons(advice: Advice, holder: Official) -> Rows:
    """[写意见] while it is waited for."""
    mark = mark_of(advice.adviser, holder)
    return ((Button(f"写意见{mark}", f"advice:{ANSWER}:{advice.id}"),),) if advice.open else ()


def asked(advice: Advice, why: str = "") -> Notice:
    """The card of whoever has it now."""
    to = advice.holder
    return Notice(
        to,
        under(why, text(advice)),
        buttons(advice, to),
        subject=f"{advice.asked_by.titled}征求意见",
        card=card_of(advice, to),
    )


def is_answered(advice: Advice, card: Notice) -> Notice:
    """The card once more, to who decides: the view is in, and stands beneath it."""
    whose = "您" if card.to is advice.asked_by else advice.asked_by.titled
    return replace(card, text=under(f"{advice.by}已答复{whose}征求的意见，见下。", card.text))


def passed_on(advice: Advice, cards: Sequence[Notice]) -> Markup:
    """To the adviser: who has their view now."""
    now = [card.to.titled for card in cards if isinstance(card.to, Official)]
    return Markup("已答复{}。").format("、".join(now or [advice.asked_by.titled]))


def answered(advice: Advice) -> Notice:
    """To who asked, where their own card is not before them any more."""
    text = Markup("<b>{}的意见</b>：{}\n{}").format(advice.by, called(advice), advice.view)
    return Notice(advice.asked_by, text, subject="征求意见的答复", matter=advice.subject, quiet=True)


def silent(advice: Advice) -> Iterable[Notice]:
    """To who asked: two working days without an answer; the decision does not wait for it."""
    line = Markup("{}两个工作日没有答复您征求的意见：{}。您可以直接决定，也可以致电{}。").format(
        advice.whose, called(advice), advice.holder.phone or "本人"
    )
    return [Notice(advice.asked_by, line, subject="征求意见未答复", matter=advice.subject)]
