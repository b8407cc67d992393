"""Taps on a form's buttons.

A button answers one question of one turn of one draft. Whatever is tapped late, twice, by somebody else or
was never ours gets a toast and changes nothing.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from handlers.forms.beginning import CHOOSE, WAYS, choose
from handlers.forms.filling import Filling, give_up
from handlers.forms.lists import put_in
from handlers.taps import Tap, on_tap
from matters import forms
from notices import forms as pages
from notices.form_buttons import SPAN_HALVES, View
from rules.dates.reading import Half, HalfDaySpan
from rules.fields import Choice, Day, Field, Files, Moment, Number, Pick, SpanField, Text
from rules.refused import Refused
from rules.working_days import SHANGHAI
from storage.queries import drafts

OUTDATED = "这张卡片已过时，请看最下面的一张。"
FINISHED = "这张表已经办结。"
FORGED = "这个按钮无效。"
ANSWERED = "这一项已经选过。"


@on_tap("f:<draft>:<turn>:{what}")
async def tapped(tap: Tap[None]) -> str:
    """A button of a form: on the whole form (f:12:3:submit) or an answer (f:12:3:span.s.20261201)."""
    draft = await drafts.by_id(tap.work, tap["draft"])
    if draft is None or draft.official_id != tap.official.id or draft.chat_id != tap.chat.id:
        raise Refused(FORGED)
    if draft.closed_at is not None:
        return FINISHED
    if draft.turn != tap["turn"]:
        return OUTDATED
    return await _do(await Filling.of(tap.work, tap.official, draft), tap.words["what"])


@on_tap("f:*rest")
async def forged(tap: Tap[None]) -> str:  # noqa: ARG001
    """Data that begins like ours and is not."""
    raise Refused(FORGED)


async def _do(filling: Filling, what: str) -> str:
    """Carry out the tap; the toast that answers it."""
    key, _, answer = what.partition(".")
    if filling.draft.waiting and what not in (*WAYS, "x"):
        return CHOOSE
    if not answer:
        return await _on_form(filling, key)
    field = filling.form.field(key)
    if field is None or field not in filling.fields:
        raise Refused(FORGED)
    if answer == "ask":
        filling.turn_to(field)
        await filling.show(fresh=False)
        return ""
    if filling.draft.asking != key:
        return ANSWERED
    return await _answer(filling, field, answer)


async def _on_form(filling: Filling, what: str) -> str:
    draft, work = filling.draft, filling.work
    if what == "submit":
        return await _submit(filling)
    if what == "edit" and draft.asking is None:
        await filling.show_page(lambda: forms.ready(pages.fields_to_edit(filling.open_form)), fresh=False)
    elif what == "back":
        asked = filling.form.field(draft.asking)
        if asked is not None:
            filling.leave_as_it_was(asked)
        await filling.go_on(fresh=False)
    elif what == "prev":
        filling.step_back()
        await filling.show(fresh=False)
    elif what in WAYS:
        await choose(filling, what, fresh=False)
    elif what == "cancel":
        await give_up(work, draft)
    elif what != "x":
        raise Refused(FORGED)
    return ""


async def _submit(filling: Filling) -> str:
    """提交: checked once more, since time has gone by since the card was drawn."""
    filling.advance()
    if filling.draft.asking is not None or await filling.problems():
        await filling.show(fresh=False)
        return "还有要改的地方。"
    await filling.submit()
    return ""


# ---------------------------------------------------------------- answers


async def _answer(filling: Filling, field: Field[Any], answer: str) -> str:
    """An answer to the question now asked."""
    what, _, argument = answer.partition(".")
    view = _look_at(filling, field, what, argument)
    if view is not None:
        await filling.show(fresh=False, view=view)
        return ""
    try:
        async with filling.work.savepoint():
            return await _enter(filling, field, what, argument)
    except Refused as refused:  # the answer does not fit, as typed it would not: the question stands
        return str(refused)
    except (ValueError, IndexError, OverflowError):
        raise Refused(FORGED) from None


def _look_at(filling: Filling, field: Field[Any], what: str, argument: str) -> View | None:
    """Another page of a list or another month: only looked at."""
    try:
        if what == "m" and isinstance(field, Day | Moment | SpanField):
            filling.draft.keep(_day=None)
            return View(month=date(int(argument[:4]), int(argument[4:]), 1))
        if what == "p" and isinstance(field, Pick):
            return View(page=int(argument))
        if what == "all" and isinstance(field, Pick):
            filling.draft.keep(_filter=None)
            return View()
    except ValueError:
        return None
    return None


async def _enter(filling: Filling, field: Field[Any], what: str, argument: str) -> str:
    """Let the field's own kind make a value of the tap, and go on with it."""
    draft, scene = filling.draft, filling.scene
    value: object
    if what == "def" and field.default is not None:
        value = field.default(scene)
    elif what == "none" and field.optional:
        value = None
    elif what == "clear" and isinstance(field, Files):
        filling.empty(field)
        await filling.show(fresh=False)
        return ""
    elif what == "meant":
        value = put_in(
            filling, field, filling.read(field, draft.meant(field.key)[_position(argument)]), asked=True
        )
    elif what == "ok" and scene.values.get(field.key):
        value = filling.scene.values.get(field.key)
        filling.settle(field)  # what was wrong in a list besides is left out
    else:
        make = next((make for kind, make in _MAKERS.items() if isinstance(field, kind)), None)
        if make is None:
            raise ValueError(what)
        value = make(filling, field, what, argument)
        if isinstance(value, View):
            await filling.show(fresh=False, view=value)
            return ""
    if value is not None:
        field.hold(value, scene)
    filling.put(field, value)
    await filling.go_on(fresh=False)
    return ""


def _choice(filling: Filling, field: Choice, what: str, argument: str) -> object:
    if what != "c":
        raise ValueError(what)
    return field.choices(filling.scene)[_position(argument)]


def _position(argument: str) -> int:
    """Which of a list; ValueError where it counts from the end, as none of our buttons does."""
    position = int(argument)
    if position < 0:
        raise ValueError(argument)
    return position


def _phrase(filling: Filling, field: Text, what: str, argument: str) -> object:
    if what != "w":
        raise ValueError(what)
    return field.offered(filling.scene)[_position(argument)]


def _number(filling: Filling, field: Number, what: str, argument: str) -> object:  # noqa: ARG001
    number = int(argument)
    if what != "n" or not field.least <= number <= field.most:
        raise ValueError(what)
    return number


def _date(filling: Filling, field: Day, what: str, argument: str) -> object:  # noqa: ARG001
    if what != "d":
        raise ValueError(what)
    return _day(argument)


def _moment(filling: Filling, field: Moment, what: str, argument: str) -> object:
    if what == "d":
        filling.draft.keep(_day=_coming(filling, field, argument).isoformat(), _touched=True)
        return View()
    day = filling.draft.values.get("_day")
    if what != "t" or not day:
        raise ValueError(what)
    wall = datetime.strptime(f"{day} {argument}", "%Y-%m-%d %H%M").replace(tzinfo=SHANGHAI)
    return wall.astimezone(UTC)


def _span(filling: Filling, field: SpanField, what: str, argument: str) -> object:
    """First day, then last day; of a span that stands there, which halves. A tap out of turn is nothing."""
    draft, start = filling.draft, filling.draft.values.get("_from")
    if what == "s":
        if not start:
            draft.keep(_from=_coming(filling, field, argument).isoformat(), _touched=True)
        return View()
    if what == "e" and start:
        day = _day(argument)
        if day < date.fromisoformat(start):
            raise ValueError(argument)
        return HalfDaySpan(date.fromisoformat(start), Half("上午"), day, Half("下午"))
    held = filling.scene.values.get(field.key)
    if what == "h" and isinstance(held, HalfDaySpan) and field.halves:
        first, last = SPAN_HALVES[_position(argument)]
        return HalfDaySpan(held.start, Half(first), held.end, Half(last))
    raise ValueError(what)


def _pick(filling: Filling, field: Pick[Any], what: str, argument: str) -> object:
    """One alone is the answer; one of many, or a group, is put in or taken out, and the list stays there."""
    picked, _, page = argument.partition(".")
    if what == "g":
        ids = list(field.groups(filling.scene).values())[_position(picked)]
    elif what == "o" and int(picked) in {candidate.id for candidate in field.candidates(filling.scene)}:
        ids = [int(picked)]
    else:
        raise ValueError(argument)
    if not field.many:
        return field.unpack(ids[0], filling.scene)
    before = list(filling.draft.values.get(field.key) or [])
    taken_out = set(ids) <= set(before)
    after = [id for id in before if id not in ids] if taken_out else list(dict.fromkeys([*before, *ids]))
    words, in_question = filling.draft.values.get("_filter"), field.key in filling.draft.problems
    if after:
        value = field.unpack(after, filling.scene)
        field.hold(value, filling.scene)
        filling.put(field, value)
        if in_question and not taken_out:  # it answers what was asked, or the next is asked
            return View() if field.key in filling.draft.problems else filling.scene.values[field.key]
    else:
        filling.empty(field)
    filling.draft.keep(_filter=words, _touched=True)
    return View(page=int(page or 0))


_MAKERS: dict[type, Callable[[Filling, Any, str, str], object]] = {
    Choice: _choice,
    Text: _phrase,
    Number: _number,
    Day: _date,
    Moment: _moment,
    SpanField: _span,
    Pick: _pick,
}


def _coming(filling: Filling, field: Moment | SpanField, argument: str) -> date:
    """A day that could be tapped: one gone by bears no button."""
    day = _day(argument)
    if day < filling.scene.today and not field.past:
        raise ValueError(argument)
    return day


def _day(argument: str) -> date:
    return date.fromisoformat(argument)
