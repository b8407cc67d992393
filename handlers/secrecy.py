"""What bears a secrecy mark is refused (art. 59, 79), and taken out of the chat; nothing of it was stored.

What was sent together with it goes too, also where it came earlier and was read: out of the chat, off the
form that took it, out of what was told about it.
"""

from datetime import datetime

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from handlers.context import Context, Route
from handlers.forms.beginning import messages_of_files, show_again, without
from handlers.forms.filling import Filling, open_draft
from handlers.forms.kinds import FORMS
from notices import secrecy as notices
from rules.roster import Official
from rules.secrecy import ARTICLES, TOGETHER
from storage.queries import drafts
from storage.together import Refusal, read_before, read_near, recall, wipe
from storage.unit_of_work import UnitOfWork

KEY = "banjie_secrecy"
"""Where a stripped update says which marks were seen (bot/secrecy.py); nothing, where it is not spoken of."""


class _Stripped(filters.UpdateFilter):
    """Updates of which only the bones were stored."""

    def filter(self, update: Update) -> bool:
        """Whether it is one."""
        return KEY in update.api_kwargs


async def refuse(update: Update, context: Context) -> None:
    """Say once what was seen and what to do; in private the message is taken out of the chat as well."""
    message, work = update.effective_message, context.work
    if message is None:
        return
    private, seen = message.chat.type == "private", update.api_kwargs[KEY]
    sender = message.from_user
    official = await work.official(sender.id) if sender else None
    filling, stayed = None, False
    closed: list[str] = []
    if private:
        await work.remove(message.chat.id, message.message_id)
        filling, stayed, closed = await _take_back(work, official, message, with_file=bool(seen.get("file")))
    if closed and official:
        await work.send(*notices.to_desk(official, closed, await work.roster()))
    if seen.get("late"):
        await work.send(notices.came_late(message.chat.id))
    if "marks" not in seen or not (private or official):  # groups hear nothing of what strangers do there
        if filling is not None:
            await show_again(filling)
        return
    words, place = seen["marks"], seen["place"]
    await work.note(
        official,
        "secrecy.refused",
        f"update:{update.update_id}",
        article=ARTICLES[0],
        detail={"marks": words, "place": place} | ({"handed in": closed} if closed else {}),
    )
    form = filling.draft.title if filling else ""
    await work.send(notices.refused(message.chat.id, words, place, form, stayed=stayed, closed=closed))
    if filling is not None:
        await show_again(filling)


async def _take_back(
    work: UnitOfWork, official: Official | None, message: Message, *, with_file: bool
) -> tuple[Filling | None, bool, list[str]]:
    """Undo what came with the message, or together with it, before this was known.

    Gives back the form that is still open, whether something was read before that lies on no form now (it may
    have been handed in with one), and the titles of the forms that were finished with since.
    """
    album, chat = message.media_group_id, message.chat.id
    before = await read_before(work.session, (chat, album)) if album else []
    refusal = Refusal(chat, message.message_id, message.date, with_file)
    near = await read_near(work.session, refusal, TOGETHER)
    closed: list[str] = []
    if official and (both := [*before, *near]):
        since = min(one.received_at for one in both)
        closed = await _take_out(work, official, chat, since, {one.message_id for one in both})
    draft = await open_draft(work, official, chat) if official else None
    lying = await Filling.of(work, official, draft) if draft and official else None
    put_aside = await drafts.aside(work, official, chat) if official else ()
    aside = [
        await Filling.of(work, official, one) for one in put_aside if official and one.procedure in FORMS
    ]
    files = {one for each in (*aside, *([lying] if lying else ())) for one in messages_of_files(each)}
    albums = {one.message_id for one in before}
    # The text before a marked file is its cover note; beside a marked text only files are one with it.
    before += [
        one
        for one in near
        if one.message_id not in albums
        and (one.message_id in files or (with_file and one.message_id < message.message_id))
    ]
    for one in before:
        if one.message_id != message.message_id:
            await work.remove(chat, one.message_id)
    gone = {one.message_id for one in before} | {message.message_id}
    names, is_open = await without(lying, gone) if lying else (set[str](), False)
    for each in aside:
        names |= (await without(each, gone))[0]
    if names:
        since = min((one.received_at for one in before), default=datetime.min.replace(tzinfo=work.now.tzinfo))
        await wipe(work.session, chat, since, names)
    stayed = bool(closed) or (bool(albums) and not names)
    return (lying if is_open else None), stayed, closed


async def _take_out(
    work: UnitOfWork, official: Official, chat: int, since: datetime, messages: set[int]
) -> list[str]:
    """Take the files of these messages out of what was submitted since; the titles of the forms concerned."""
    titles: dict[str, None] = {}
    for draft in await drafts.handed_in(work, official, chat, since):
        files = draft.values["_handed_in"]
        gone = {file_id for file_id, message in files.items() if int(message) in messages}
        if gone:
            titles.setdefault(draft.title)
            draft.values = {"_handed_in": {key: value for key, value in files.items() if key not in gone}}
            for chat_id, message_id in await recall(work.session, gone, since):
                await work.remove(chat_id, message_id)
    return list(titles)


ROUTES: list[Route] = [MessageHandler(_Stripped(), refuse)]
