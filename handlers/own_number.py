"""Binding by one's own number: the key that shares it, and who agrees to another account."""

from dataclasses import replace

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from handlers.binding import called, move_in, wrong_try
from handlers.context import PRIVATE, Context, Route
from handlers.forms.filling import open_draft
from handlers.forms.other import other
from handlers.taps import Tap, on_tap
from matters import binding
from notices import binding as told_of_codes
from notices import own_number as told
from notices.notice import NumberKey
from rules.binding import tries_left
from rules.own_number import NumberBinding, whose
from rules.roster import Official
from storage.queries import roster as stored
from storage.queries.own_number import earlier
from storage.unit_of_work import UnitOfWork


async def shared(update: Update, context: Context) -> None:
    """A contact sent in private: the sender's own binds who is not bound; to others it may answer a form."""
    message, user, work = update.effective_message, update.effective_user, context.work
    if message is None or message.contact is None or user is None:
        return
    own = message.contact.user_id == user.id
    if official := await work.official(user.id):
        if own and await open_draft(work, official, message.chat.id) is None:
            await work.send(replace(told_of_codes.bound_already(official), key=NumberKey()))
        else:
            await other(update, context)
        return
    terms = work.office.settings.binding
    left = tries_left(await stored.recent_wrong_tries(work, user.id), terms, work.now)
    if not left:
        return
    found = await _found(work, message) if own and terms.by_number else None
    if found is None:
        said = told.NO_MATCH if own or not terms.by_number else told.ANOTHERS
        await wrong_try(work, user.id, said, left)
        return
    before = await earlier(work, found, user.id)
    if before is not None and before.waits(terms, work.now):
        await wrong_try(work, user.id, told.STILL_WAITS, left)
        return
    request = NumberBinding(found.id, user.id, called(user), work.now)
    work.add(request)
    await work.flush()
    if found.telegram_id is None:
        await work.send(told.key_away(user.id, told.NUMBER_FITS))
        await _bind(work, request, found)
        await move_in(work, found, found, through="number")
    else:
        await work.note(found, "binding.asked", f"official:{found.id}", detail={"telegram_id": user.id})
        await work.send(told.waits(user.id), told.to_old_account(found, request))
    await work.retire(told.key_card(user.id))
    await binding.tell_desk_of_number(work, request, found)


async def _found(work: UnitOfWork, message: Message) -> Official | None:
    """Whose number it is, their row locked; an account once turned away or taken back needs a code."""
    contact = message.contact
    found = whose(await work.roster(), contact.phone_number) if contact and contact.user_id else None
    if found is None or contact is None or contact.user_id is None:
        return None
    official = await work.lock(Official, found.id)
    before = await earlier(work, official, contact.user_id)
    return None if before and before.refused_at else official


async def _bind(work: UnitOfWork, request: NumberBinding, official: Official) -> None:
    """Also whoever has left office and still holds the account lets go of it, and no code lives on."""
    await stored.release_account(work, request.telegram_id)
    await stored.unbind(work, official)
    request.bind(official, work.now)
    await work.flush()


@on_tap("binding:<id>:agree|decline", NumberBinding)
async def decide(tap: Tap[NumberBinding]) -> str:
    """是我本人, 同意改绑, or not: the old account itself, or the office that has rung them up."""
    work, request, agree = tap.work, tap.matter, tap.act == "agree"
    official = await work.lock(Official, request.official_id)
    request.may_be_decided(tap.official, official, work.office.settings.binding, work.now)
    if (bound := await work.official(request.telegram_id)) is not None:
        request.turn_away(work.now)  # a code was quicker
        text = told.overtaken(request, bound)
        for card in (told.old_card(request), told.desk_card(request)):
            await work.redraw(card, text)
        return "这个账号已凭绑定码绑定。"
    if agree:
        await binding.farewell(work, official)
        await _bind(work, request, official)
        await move_in(work, official, tap.official, through="number")
        await work.redraw(told.old_card(request), told.AGREED)
        await work.redraw(told.desk_card(request), *told.on_desk(request, official, tap.official))
        return "已改绑。"
    request.turn_away(work.now)
    detail = {"telegram_id": request.telegram_id}
    await work.note(tap.official, "binding.declined", f"official:{official.id}", detail=detail)
    text = told.refused(request, official, tap.official)
    for card in (told.old_card(request), told.desk_card(request)):
        await work.redraw(card, text)
    await work.send(told.declined(request.telegram_id))
    return "没有改绑。"


@on_tap("binding:<id>:revoke", NumberBinding)
async def revoke(tap: Tap[NumberBinding]) -> str:
    """撤销绑定: the office finds that it was somebody else."""
    work, request = tap.work, tap.matter
    official = await work.lock(Official, request.official_id)
    request.take_back(tap.official, official, work.now)
    await binding.farewell(work, official)
    await stored.unbind(work, official)
    detail = {"telegram_id": request.telegram_id}
    await work.note(tap.official, "binding.revoked", f"official:{official.id}", detail=detail)
    await work.redraw(told.desk_card(request), told.revoked(request, official, tap.official))
    return "绑定已撤销。"


ROUTES: list[Route] = [
    MessageHandler(filters.UpdateType.MESSAGE & PRIVATE & filters.CONTACT, shared),
    decide,
    revoke,
]
