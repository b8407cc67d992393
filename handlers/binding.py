"""Binding people by code and groups by /bind, and what happens to a group the bot is in."""

from telegram import ChatMember, ChatMemberRestricted, Update, User
from telegram.ext import ChatMemberHandler, CommandHandler, MessageHandler, filters

from handlers.arrival import bring
from handlers.context import GROUP, Context, Route, Stranger, command, sender, word
from handlers.taps import Tap, on_tap
from matters import binding, group_refusal
from matters.menu import MENU
from notices import binding as told
from notices import menu
from notices.notice import Button, Notice, Urgency
from rules.binding import WrongTry, tries_left
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Role, Unit
from rules.text import clean
from storage.queries import roster as stored
from storage.queries.absence import follow_soon
from storage.unit_of_work import UnitOfWork

_WITH_UNIT = r"^\s*/?绑定\s+(?P<unit>\S{1,60})\s*$"
_NOT_A_CODE = "绑定码不对，请核对办公室发给您的绑定码。"
_PRESENT = {ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER}
_ONLY_THESE = "工作群由本单位主要负责人或区政府办公室绑定、解绑，请他们在群内发送。"

# ---------------------------------------------------------------- people


async def start(update: Update, context: Context) -> None:
    """/start CODE (typed, by link or by QR code) binds; /start alone greets."""
    user, work = update.effective_user, context.work
    assert user is not None  # noqa: S101 - a private message has a sender
    left = tries_left(await stored.recent_wrong_tries(work, user.id), work.office.settings.binding, work.now)
    if not left:
        return
    typed = "".join(context.args or ())
    official = await work.official(user.id)
    if typed:
        await _redeem(work, typed, official, update, left)
    elif official is None:
        raise Stranger
    else:
        text, buttons = menu.menu_text(official), MENU.buttons(official)
        await work.send(Notice(official, text, buttons=buttons, urgency=Urgency.ANSWER))
        await work.menu(official, MENU.commands(official))


async def _redeem(work: UnitOfWork, typed: str, bound: Official | None, update: Update, left: int) -> None:
    """Bind the sender to whom the code was issued for, or count a wrong try."""
    user = update.effective_user
    assert user is not None  # noqa: S101 - see start
    code = await stored.find_code(work, typed)
    if code is None:
        await wrong_try(work, user.id, _NOT_A_CODE, left)
        return
    if bound and bound.id == code.official_id and code.used_at:
        await work.send(told.bound_already(bound))  # the link tapped a second time
        return
    if bound and bound.id != code.official_id and code.live(work.acted_at):
        raise Refused(
            f"您的账号已绑定{bound.titled}，一个账号只能绑定一人；如需改绑，请联系区政府办公室，此码未使用。"
        )
    official = await work.lock(Official, code.official_id)
    if dead := code.why_dead(official, work.acted_at):
        await wrong_try(work, user.id, dead, left)
        return
    await stored.release_account(work, user.id)
    code.redeem(official, user.id, work.acted_at)
    await binding.put_key_away(work, user.id)
    await move_in(work, official, official)
    await binding.tell_desk_of_person(work, official, called(user))


def called(user: User) -> str:
    """The account as Telegram names it, so that a wrong one is noticed."""
    return clean(f"{user.full_name}（@{user.username}）" if user.username else user.full_name)


async def move_in(work: UnitOfWork, official: Official, by: Official, **how: str) -> None:
    """Into the account just bound: a greeting with the menu, and all that waits for the official."""
    detail = {"telegram_id": official.telegram_id, **how}
    await work.note(by, "binding.bound", f"official:{official.id}", detail=detail)
    await follow_soon(work, official)  # what could not be delivered to them before
    await binding.welcome(work, official)
    await bring(work, official, anew=True)


async def wrong_try(work: UnitOfWork, telegram_id: int, said: str, left: int) -> None:
    """Not raised as a refusal: the try has to stay counted."""
    work.add(WrongTry(telegram_id, work.now))
    hours = work.office.settings.binding.wrong_tries_hours
    await work.send(told.wrong_code(telegram_id, said, left - 1, hours))


async def my_binding(update: Update, context: Context) -> None:
    """/bind in private: with a code it binds, alone it says who one is bound as."""
    if context.args:
        await start(update, context)
    else:
        await context.work.send(told.bound_already(await sender(update, context)))


# ---------------------------------------------------------------- groups


async def bind_group(update: Update, context: Context) -> None:
    """/bind in a group: a head binds their own unit, the office any, by name or from the list."""
    work, chat = context.work, update.effective_chat
    assert chat is not None  # noqa: S101 - a group message has its chat
    official = await _speaker(update, context)
    name = (context.match.groupdict().get("unit") if context.match else None) or " ".join(context.args or ())
    if official.role in OFFICE_DESK:
        if not name:
            card = f"bind:{chat.id}"
            await work.retire(card)
            buttons = told.unit_buttons(await work.roster())
            await work.send(Notice(chat.id, told.PICK_A_UNIT, buttons, card=card, urgency=Urgency.ANSWER))
            return
        unit = (await work.roster()).unit(name)
        if unit is None:
            raise Refused(f"花名册里没有“{name}”，请写单位简称或全称；只发送 /bind 可从列表中选。")
    elif official.role is Role.UNIT_HEAD:
        unit = official.unit
        if name and not unit.called(name):
            raise Refused(f"您只能绑定本单位（{unit.name}）的工作群；其他单位请联系区政府办公室。")
    else:
        raise Refused(_ONLY_THESE)
    await _bind(work, unit, official, chat.id, chat.title or "")


@on_tap("bind:unit:<unit>")
async def pick_unit(tap: Tap[None]) -> str:
    """The office taps a unit of the list in the group."""
    work, official, chat = tap.work, tap.official, tap.chat
    if official.role not in OFFICE_DESK or chat.id > 0:
        raise Refused("请区政府办公室的同志选定。")
    unit = next((unit for unit in (await work.roster()).units if unit.id == tap["unit"]), None)
    if unit is None:
        raise Refused("这个单位已不在花名册里，请重新发送 /bind。")
    await _bind(work, unit, official, chat.id, chat.title or "", card=f"bind:{chat.id}")
    return f"已选{unit.name}。"


async def _bind(
    work: UnitOfWork, unit: Unit, actor: Official, chat_id: int, title: str, card: str = ""
) -> None:
    """Make the chat the unit's group; a former group of the unit is told that it is no longer."""
    current = await stored.unit_of_group(work, chat_id)
    if current is not None and current is not unit:
        raise Refused(f"本群已绑定{current.name}；如需改绑，请先发送 /unbind（解绑）。")
    topic = work.spoken_in[1] if work.spoken_in else None
    if current is unit and unit.group_topic_id != topic:
        unit.move_to_topic(topic)
        await work.note(actor, "binding.group_topic", f"unit:{unit.id}", detail={"topic": topic})
        text = told.group_topic_moved(unit)
    elif current is unit:
        text = told.group_already_bound(unit)
    else:
        unit = await work.lock(Unit, unit.id)
        former = unit.bind_group(chat_id, topic)
        await work.note(actor, "binding.group", f"unit:{unit.id}", detail={"chat": chat_id})
        text = told.group_bound(unit)
        if former:
            await work.send(Notice(former, told.group_replaced(unit)))
        await binding.tell_of_group(work, unit, title, actor)
    if card:
        await work.retire(card, text)
    else:
        await work.send(Notice(chat_id, text, urgency=Urgency.ANSWER))


async def unbind_group(update: Update, context: Context) -> None:
    """/unbind in a group, by the unit's head or the office."""
    work, chat = context.work, update.effective_chat
    assert chat is not None  # noqa: S101 - a group message has its chat
    official = await _speaker(update, context)
    unit = await stored.unit_of_group(work, chat.id)
    if unit is None:
        raise Refused("本群没有绑定单位。")
    if official.role not in OFFICE_DESK and not (official.role is Role.UNIT_HEAD and official.unit is unit):
        raise Refused(_ONLY_THESE)
    unit.lose_group()
    await work.note(official, "binding.group_unbound", f"unit:{unit.id}", detail={"chat": chat.id})
    await work.send(Notice(chat.id, told.group_unbound(unit), urgency=Urgency.ANSWER))


async def _speaker(update: Update, context: Context) -> Official:
    """Who speaks in the group. A stranger hears it in the group, in one line: they asked for it there."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.sender_chat is not None:
        raise Refused(told.BE_YOURSELF)
    official = await context.work.official(user.id)
    if official is None:
        raise Refused(_ONLY_THESE)
    return official


async def group_line(update: Update, context: Context) -> None:
    """Any other command in a group: where to bind it, or where such things are done."""
    chat = update.effective_chat
    assert chat is not None  # noqa: S101 - a group message has its chat
    if await stored.unit_of_group(context.work, chat.id) is None:
        notice = Notice(chat.id, told.HOW_TO_BIND_A_GROUP, urgency=Urgency.ANSWER)
    else:
        link = Button("打开私聊", url=f"https://t.me/{context.bot.username}")
        notice = Notice(chat.id, told.IN_PRIVATE, ((link,),), urgency=Urgency.ANSWER)
    await context.work.send(notice)


async def membership(update: Update, context: Context) -> None:
    """The bot was added to a group, put out of it, or may write there again."""
    change, work = update.my_chat_member, context.work
    if change is not None and change.chat.id > 0 and _present(change.new_chat_member):
        official = await work.official(change.chat.id)
        if official is not None:  # they have unblocked the bot
            await bring(work, official, anew=False)
            await follow_soon(work, official)
    if change is None or change.chat.id > 0 or change.chat.type not in ("group", "supergroup"):
        return
    was, is_now = _present(change.old_chat_member), _present(change.new_chat_member)
    unit = await stored.unit_of_group(work, change.chat.id)
    if is_now and not was and unit is None:
        await work.send(Notice(change.chat.id, told.HOW_TO_BIND_A_GROUP, urgency=Urgency.ANSWER))
    elif was and not is_now and unit is not None:
        unit.lose_group()
        await work.note(None, "binding.group_lost", f"unit:{unit.id}", detail={"chat": change.chat.id})
        await binding.tell_of_lost_group(work, unit, change.chat.title or "")
    elif not _may_write(change.old_chat_member) and _may_write(change.new_chat_member):
        await group_refusal.taken(work, change.chat.id)


def _present(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in _PRESENT


def _may_write(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and bool(member.can_send_messages)
    return member.status in _PRESENT


async def migrated(update: Update, context: Context) -> None:
    """The group became a supergroup; both chats say so, either is enough."""
    message = update.effective_message
    if message is None:
        return
    if message.migrate_to_chat_id:
        await stored.follow_migration(context.work, message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await stored.follow_migration(context.work, message.migrate_from_chat_id, message.chat.id)


ROUTES: list[Route] = [
    command("start", start),
    command("bind", my_binding),
    word("绑定", my_binding),
    command("bind", bind_group, chats=GROUP),
    word("绑定", bind_group, chats=GROUP),
    MessageHandler(GROUP & filters.Regex(_WITH_UNIT), bind_group),
    command("unbind", unbind_group, chats=GROUP),
    word("解绑", unbind_group, chats=GROUP),
    pick_unit,
    ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
    MessageHandler(filters.StatusUpdate.MIGRATE, migrated),
]
LAST_ROUTES: list[Route] = [
    CommandHandler(["start", *(entry.command for entry in MENU.entries)], group_line, filters=GROUP),
]
