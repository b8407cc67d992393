"""A text instead of a tap: which button it means is asked once, and [是] is that button's own tap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from handlers.context import PRIVATE, Context, Route, own_chat, sender
from handlers.forms.filling import Filling, open_draft
from handlers.forms.kinds import FORMS
from handlers.procedures import FINDERS, PROCEDURES
from handlers.sentences.again import as_if_tapped, as_if_written, quoted
from handlers.sentences.table import ALL_ANSWERS, ANSWERS, TABLE
from handlers.taps import Tap, on_tap
from handlers.undo import subject_of
from matters.undo import live
from notices.notice import Button, Notice, matter_of
from notices.sentences import told
from notices.undo import CODE
from rules.fields import Field, Text
from rules.labelled import Note
from rules.roster import Official
from rules.sentences.answers import Chosen, Pressed, button_meant, choose, is_question, name_of, takes_words
from rules.sentences.expressions import Answer
from rules.sentences.reading import is_courtesy, plain, understand
from rules.working_days import shanghai_day
from storage.taps import Shown, shown_as
from storage.unit_of_work import UnitOfWork

YES: Final = rf"^{told.YES}:(?P<key>\d{{1,12}}):(?P<data>\S+)$"


@dataclass(frozen=True)
class Meant:
    """A button that may be meant, and what the matter it is of is called where nobody else can say."""

    button: Pressed
    subject: str = ""


# ---------------------------------------------------------------- in reply to a card


async def replied(update: Update, context: Context) -> None:
    """A text in reply to one of our messages; what means none of its buttons is read like any other text."""
    message, work = update.message, context.work
    if message is None or message.reply_to_message is None or not message.text:
        return
    official = await sender(update, context)
    shown = await shown_as(work, message.chat.id, message.reply_to_message.message_id)
    if shown is not None and await _answer(update, context, official, message.text, shown):
        return
    if shown is not None and shown.matter and await _doubted(work, official, message):
        return
    await as_if_written(update, context, message.text)


async def _doubted(work: UnitOfWork, official: Official, message: Message) -> bool:
    """Whether a form lies open that would take the words for its answer: it asks, for they were a reply."""
    draft = await open_draft(work, official, message.chat.id)
    if draft is None or draft.waiting or message.text is None:
        return False
    filling = await Filling.of(work, official, draft, message.message_id)
    if not filling.takes(message.text):
        return False
    await filling.doubt(message.text, told.REPLIED_ELSEWHERE)
    return True


async def _answer(update: Update, context: Context, official: Official, text: str, shown: Shown) -> bool:
    """Ask what the text means for the card; False where it is no answer to it."""
    work, key = context.work, update.update_id
    if any(
        name_of(one.label) == plain(text) for one in shown.buttons if _code(one.data) in (told.YES, told.NO)
    ):
        await work.send(told.tap_it(official))
        return True
    buttons = _own(shown.buttons)
    chosen = choose(text, buttons, _answers(buttons), replied=True)
    meant = [Meant(button, shown.subject) for button in _noting(chosen, buttons)]
    if not meant and (shown.matter or not (shown.buttons or is_courtesy(text))):
        live = await _cards(work, official, shown.matter)  # a paper, a line, an older copy
        buttons = [each.button for each in live]
        chosen = choose(text, buttons, _answers(buttons), replied=True)
        wanted = _noting(chosen, buttons)
        meant = [each for each in live if each.button in wanted]
    if meant:
        await _ask(work, official, key, text, meant, chosen.words)
        return True
    code, matter = _code(shown.matter), matter_of(shown.matter)
    others = [one.name for one in (await work.roster()).officials if one is not official]
    if not is_courtesy(text) and not understand(text, TABLE, shanghai_day(work.acted_at), others).said:
        taking = [one for one in buttons if takes_words(one, _answers([one])) and not is_question(text)]
        if code in FINDERS and (taking or not button_meant(text, ANSWERS.get(code, ()))):
            taking.append(Pressed("留言", f"remark:{shown.matter}"))
        if taking := [one for one in taking if told.fits(one.data, key)]:
            called = await _called(work, official, matter or taking[0].data, shown.subject)
            offered = [_button(one) for one in taking]
            await work.send(told.as_words(official, key, called, offered, text, matter))
            return True
    if button := button_meant(text, ANSWERS.get(code, ())):
        called = await _called(work, official, shown.matter, shown.subject)
        await work.send(told.gone(official, button, called))
        return True
    return False


# ---------------------------------------------------------------- without one


async def without_a_card(update: Update, context: Context, official: Official, text: str) -> bool:
    """An answer that is a reply to nothing: it is for what waits for this person and bears such a button."""
    work = context.work
    if not button_meant(text, ALL_ANSWERS):
        return False
    live = await _cards(work, official)
    buttons = [each.button for each in live]
    words, meant = "", list[Meant]()
    for code, answers in ANSWERS.items():
        chosen = choose(text, [one for one in buttons if _code(one.data) == code], answers, replied=False)
        meant += [each for each in live if each.button in chosen.buttons]
        words = words or chosen.words
    if not meant:
        return False
    await _ask(work, official, update.update_id, text, meant, words)
    return True


async def _cards(work: UnitOfWork, official: Official, matter: str = "") -> list[Meant]:
    """The live buttons of what waits for the official, and of what is theirs, of that matter or of any."""
    sources = [source for each in PROCEDURES for source in (*each.todo, *each.mine)]
    cards: list[Notice] = [card for source in sources for card in await source(work, official)]
    cards += await live(work, official)
    found: dict[str, Meant] = {}
    for card in cards:
        if matter and card.of != matter and not card.of.startswith(f"{matter}:"):
            continue
        labels = [Pressed(button.label, button.data) for row in card.buttons for button in row if button.data]
        for button in _own(labels):
            found.setdefault(button.data, Meant(button, card.subject))
    return list(found.values())


# ---------------------------------------------------------------- asking


async def _ask(
    work: UnitOfWork, official: Official, key: int, text: str, meant: Sequence[Meant], words: str
) -> None:
    """Ask once: about the one that is meant, or which of several."""
    options = [
        (_button(each.button), await _called(work, official, each.button.data, each.subject))
        for each in meant
        if told.fits(each.button.data, key)
    ]
    if len(options) == 1:
        ((button, called),) = options
        taken = takes_words(meant[0].button, _answers([meant[0].button]))
        await work.send(told.ask(official, key, button, called, words, taken=taken))
    else:
        await work.send(told.choose(official, key, text, options, words))


async def _called(work: UnitOfWork, official: Official, data: str, subject: str) -> str:
    """What the matter is called: 杨某12月8日至9日的请假."""
    code, _, rest = data.partition(":")
    number = rest.partition(":")[0]
    if code == CODE:
        code, _, number = (await subject_of(work, official, int(number))).partition(":")
    if code not in FINDERS or not number.isdecimal():
        return subject or "这件事"
    return await FINDERS[code].called(work, official, int(number))


async def yes(update: Update, context: Context) -> None:
    """[是], or one of several: exactly the tap of the button that was meant, with the words behind it.

    That tap's own route answers it, so this is none of `handlers.taps`.
    """
    query, work, match = update.callback_query, context.work, context.match
    if query is None or match is None:
        return
    official = await sender(update, context)
    chat, words = own_chat(official), quoted(update, told.QUOTED)
    lying = await open_draft(work, official, chat)
    before = (lying.id, bool(lying.waiting)) if lying is not None else None
    work.sure = True
    await as_if_tapped(update, context, match["data"])
    if words and await _carry(work, official, chat, words, before):
        await work.toast(query.id)  # what the button asks for has been written already
    draft = await open_draft(work, official, chat)
    asked_on = draft is not None and (draft.id, bool(draft.waiting)) != before
    said = told.done(_said(update, match["data"]), asked_on=asked_on)
    await work.redraw(told.ask_card(official, match["key"]), said)


async def _carry(
    work: UnitOfWork, official: Official, chat: int, words: str, before: tuple[int, bool] | None
) -> bool:
    """Put the words onto the form that the button has opened; whether it asked for such."""
    draft = await open_draft(work, official, chat)
    if draft is None or (draft.id, bool(draft.waiting)) == before:
        return False
    if draft.waiting:  # the person chooses first; the words are not lost meanwhile
        draft.keep(_next={**draft.waiting, "note": _as_note(draft.waiting["form"], words)})
        return False
    filling = await Filling.of(work, official, draft)
    field = _for_words(filling.fields)
    if field is None:
        return False
    filling.take_note(Note(values={field.key: words}))
    await filling.go_on(fresh=False)
    return True


def _as_note(form: str, words: str) -> str:
    """The words as a labelled line of the form that waits."""
    field = _for_words(FORMS[form].fields) if form in FORMS else None
    return f"{field.label}：{words}" if field is not None else ""


def _for_words(fields: Sequence[Field[Any]]) -> Field[Any] | None:
    """The first field of free words; places and people's names are none."""
    return next((field for field in fields if type(field) is Text), None)


def _said(update: Update, data: str) -> str:
    """What was asked and is done now: the question's first line, or the button of several."""
    message = update.callback_query.message if update.callback_query is not None else None
    if not isinstance(message, Message) or message.reply_markup is None:
        return "已办"
    labels = [key.text for row in message.reply_markup.inline_keyboard for key in row]
    pressed = [
        key.text
        for row in message.reply_markup.inline_keyboard
        for key in row
        if str(key.callback_data or "").endswith(f":{data}")
    ]
    if "否" in labels or not pressed:
        return (message.text or "").partition("\n")[0].rstrip("？")
    return pressed[0]


@on_tap(f"{told.NO}:{{key}}")
async def no(tap: Tap[None]) -> str:
    """[否], [都不是]: nothing was done."""
    await tap.work.redraw(told.ask_card(tap.official, tap.words["key"]), told.NOT_DONE)
    return ""


# ---------------------------------------------------------------- buttons


def _noting(chosen: Chosen, buttons: Sequence[Pressed]) -> list[Pressed]:
    """The buttons that are meant: 同意并附言 in the place of 同意 where words stand behind it."""
    wanted = [(f"{name_of(one.label)}并附言", _code(one.data)) for one in chosen.buttons if chosen.words]
    noting = [one for one in buttons if (name_of(one.label), _code(one.data)) in wanted]
    return noting if len(noting) == len(chosen.buttons) else list(chosen.buttons)


def _own(buttons: Sequence[Pressed]) -> list[Pressed]:
    """Those of a procedure whose words are known."""
    return [one for one in buttons if _code(one.data) in ANSWERS]


def _answers(buttons: Sequence[Pressed]) -> Sequence[Answer]:
    return [
        answer
        for code in dict.fromkeys(_code(one.data) for one in buttons)
        for answer in ANSWERS.get(code, ())
    ]


def _code(data: str) -> str:
    return data.partition(":")[0]


def _button(pressed: Pressed) -> Button:
    return Button(name_of(pressed.label) if pressed.label.endswith("件）") else pressed.label, pressed.data)


_SAID = filters.UpdateType.MESSAGE & filters.TEXT & filters.REPLY & ~filters.COMMAND
FIRST_ROUTES: list[Route] = [MessageHandler(PRIVATE & _SAID, replied)]
"""Before whatever reads words: 请假 in reply to a meeting's card is no leave."""
ROUTES: list[Route] = [
    CallbackQueryHandler(yes, pattern=YES),
    no,
]
