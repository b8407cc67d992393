"""全部同意: one question that names every matter, and one tap that presses the same button on each card.

Only cards without a warning are offered, and nothing urgent. Each is pressed as if it were tapped alone, so
that its own route decides: with its own lock, its own audit row, and its own refusal where there is one.
Under the answer stands one [撤销同意] for all of them (handlers/undo.py).
"""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.context import Context, Route, own_chat, sender
from handlers.listing import KINDS, TODO, items_of, key_of
from handlers.procedures import PROCEDURES
from handlers.sentences.again import as_if_tapped
from handlers.taps import DEAD, Tap, on_tap
from notices import listing
from notices.listing import Line
from notices.notice import Button, Notice, Rows, Urgency
from rules.refused import Refused
from rules.roster import Official
from rules.sentences.answers import name_of
from storage.taps import shown_as
from storage.undo import apart
from storage.unit_of_work import UnitOfWork

DO: Final = "alike:do:"
_FEW: Final = 2
"""From so many on it is worth a button of its own."""
_MOST: Final = 10
"""So many are named in one question."""
_OPEN: Final = f"list:{TODO}:"
_TOGETHER: Final = {(each.code, word): called for each in PROCEDURES for word, called in each.together}


def _button(card: Notice, what: tuple[str, str]) -> str:
    """The data of that button on the card; empty where it has none, or where the card wants to be read."""
    code, word = what
    if card.urgent or card.warns:
        return ""
    buttons = [button for row in card.buttons for button in row]
    found = (one.data for one in buttons if name_of(one.label) == word and one.data.startswith(f"{code}:"))
    return next(found, "")


def offers(cards: Sequence[Notice]) -> Rows:
    """[全部同意（3件请假）] for what is alike on the list."""
    rows = []
    for code, word in _TOGETHER:
        alike = [card for card in cards if _button(card, (code, word))]
        if len(alike) >= _FEW:
            label = f"全部{word}（{len(alike[:_MOST])}件{_TOGETHER[code, word]}）"
            rows.append((Button(label, f"alike:ask:{code}:{word}"),))
    return tuple(rows)


async def _cards(work: UnitOfWork, official: Official, what: tuple[str, str]) -> dict[str, Notice]:
    """The cards of 待办 that bear the button, by what finds them again."""
    items = await items_of(work, official, KINDS[TODO])
    return {key_of(item[0]): item[0] for item in items if _button(item[0], what)}


def _what(written: str) -> tuple[str, str]:
    code, _, word = written.partition(":")
    if (code, word) not in _TOGETHER:
        raise Refused(DEAD)
    return code, word


@on_tap("alike:ask:*what")
async def ask(tap: Tap[None]) -> str:
    """全部同意: name each, a number under which it can be read first."""
    what = _what(tap.words["what"])
    cards = list((await _cards(tap.work, tap.official, what)).items())[:_MOST]
    if not cards:
        return "现在没有可以一起办的了，请点「刷新」。"
    lines = [listing.line_of(card, tap.work.now, f"{_OPEN}{key}") for key, card in cards]
    head = Markup("<b>{}以下{}件{}？</b>").format(what[1], len(cards), _TOGETHER[what])
    text = Markup("\n").join(
        [head, *listing.numbered(lines), Markup("<i>点数字先看；要分别办的点“不办”。</i>")]
    )
    yes = Button(f"全部{what[1]}", f"{DO}{tap.words['what']}")
    buttons = (*listing.numbers(lines), (yes, Button("不办", f"alike:no:{tap.work.update_id}")))
    card = question_card(tap.official, str(tap.work.update_id))
    await tap.work.send(Notice(tap.official, text, buttons, card=card, urgency=Urgency.ANSWER))
    return ""


def question_card(official: Official, key: str) -> str:
    """The name of the question: of no matter, so that its list, which is read back, is never folded."""
    return f"alike:asked:{official.id}:{key}"


@on_tap("alike:no:{key}")
async def no(tap: Tap[None]) -> str:
    """不办."""
    await tap.work.redraw(question_card(tap.official, tap.words["key"]), Markup("好的，没有办。"))
    return ""


async def do(update: Update, context: Context) -> None:
    """Press it on each of those that the question named, and say of each what came of it.

    What has a warning by now, or no such button, stays where it is, and so does what is refused.
    """
    query, work, match = update.callback_query, context.work, context.match
    official = await sender(update, context)
    if query is None or query.message is None or match is None:
        return
    what = _what(match["what"])
    question = await shown_as(work, own_chat(official), query.message.message_id)
    if question is None:
        raise Refused(DEAD)
    keys = [one.data.removeprefix(_OPEN) for one in question.buttons if one.data.startswith(_OPEN)]
    if not keys:
        await work.toast(query.id, "已经办过了。")
        return
    named = dict(zip(keys, listing.said_in(question.text), strict=True))
    cards = await _cards(work, official, what)
    told, done = list[Line](), 0
    for key, called in named.items():
        card = cards.get(key)
        if card is None:
            told.append(Line(f"没有办：{called}。已有变动，请发“待办”再看。"))
            continue
        try:
            async with apart(work):
                await as_if_tapped(update, context, _button(card, what))
            told.append(Line(f"✓ {called}"))
            done += 1
        except Refused as refused:
            told.append(Line(f"没有办：{called}。{refused}"))
    head = Markup("<b>已{}{}件，{}</b>").format(
        what[1], done, "全部办完。" if done == len(told) else f"{len(told) - done}件没有办："
    )
    text = Markup("\n").join([head, *listing.numbered(told)])
    await work.redraw(question.card, text)
    await work.toast(query.id, f"已{what[1]}{done}件。")


ROUTES: list[Route] = [
    ask,
    no,
    CallbackQueryHandler(do, pattern=rf"^{DO}(?P<what>.+)\Z"),
]
