"""Binding (绑定) told: to who was bound, to the office, and to groups."""

from markupsafe import Markup

from matters.menu import MENU
from notices import menu
from notices import own_number as told
from notices.notice import Notice, Urgency
from rules.own_number import NumberBinding
from rules.roster import Official, Role, Unit
from storage.queries.own_number import number_key_shown
from storage.unit_of_work import UnitOfWork


async def put_key_away(work: UnitOfWork, chat_id: int) -> None:
    """To an account that a code binds: the key that shares one's number goes, where it was offered."""
    card = told.key_card(chat_id)
    if await number_key_shown(work, card):
        await work.retire(card)
        await work.send(told.key_away(chat_id, told.CODE_FITS))


async def welcome(work: UnitOfWork, official: Official) -> None:
    """First answer after binding: who the bot takes the person for, and what they may do."""
    text = Markup("✅ <b>绑定成功</b>\n{}\n{} {}\n\n{}").format(
        official.unit.full_name, official.post, official.name, menu.menu_text(official)
    )
    await work.send(Notice(official, text, buttons=MENU.buttons(official), urgency=Urgency.ANSWER))
    await work.menu(official, MENU.commands(official))


async def welcome_back(work: UnitOfWork, official: Official) -> None:
    """To an account that is bound again: taken off the roster, and put back on it."""
    text = Markup(
        "✅ 您已重新列入花名册，账号恢复与“{}”的绑定。\n"
        "以前的卡片不再更新，等您办理的请发“待办”查看；没有写完的表单请重新填写。"
    ).format(official.titled)
    await work.send(Notice(official, text, buttons=MENU.buttons(official)))
    await work.menu(official, MENU.commands(official))


async def tell_desk_of_person(work: UnitOfWork, official: Official, account: str) -> None:
    """The office is told of each binding, with the account's own name, so that a wrong one is noticed."""
    text = Markup("🔗 {} 已绑定，账号：{}。\n如非本人，请重新发放绑定码，原绑定即解除。").format(
        official.titled, account
    )
    await _tell_desk(work, text, besides=official)


async def tell_desk_of_number(work: UnitOfWork, request: NumberBinding, official: Official) -> None:
    """The office may take back what a number has bound, or decide what waits."""
    for clerk in (await work.roster()).desk:
        if clerk.telegram_id and clerk.telegram_id != request.telegram_id:
            await work.send(told.to_desk(clerk, request, official))


async def farewell(work: UnitOfWork, official: Official) -> None:
    """One line to the account that is about to be unbound, and its command menu taken away."""
    if official.telegram_id is None:
        return
    text = Markup("您的账号已与“{}”解除绑定。如有疑问，请联系区政府办公室。").format(official.titled)
    await work.menu(official, ())
    await work.send(Notice(official.telegram_id, text))


# ---------------------------------------------------------------- groups


async def group_farewell(work: UnitOfWork, unit: Unit) -> None:
    """One line to the group of a unit that is about to be closed: nothing more comes here."""
    if unit.group_chat_id is not None:
        text = Markup(
            "{}已撤并，本群不再收到通知。\n由其他单位继续使用的，请其主要负责人或联络员在群里发 /bind。"
        ).format(unit.name)
        await work.send(Notice(unit.group_chat_id, text))


async def tell_of_group(work: UnitOfWork, unit: Unit, title: str, actor: Official) -> None:
    """The office and the unit's head learn which group speaks for the unit."""
    text = Markup("🔗 {}把群“{}”绑定为{}工作群。").format(actor.titled, title, unit.name)
    await _tell_desk(work, text, besides=actor)
    head = (await work.roster()).head_of(unit)
    if head and head is not actor and head not in (await work.roster()).desk:
        await work.send(Notice(head, text))


async def tell_of_lost_group(work: UnitOfWork, unit: Unit, title: str) -> None:
    """The bot was put out of a group: the unit's liaison (or else its head) and the office are told."""
    text = Markup("⚠️ 机器人已被移出群“{}”，{}工作群的绑定随之解除，通知将只发个人。\n").format(
        title, unit.name
    )
    text += Markup("如需恢复，请把机器人加回群，再在群内发送 /bind（绑定）。")
    roster = await work.roster()
    desk = roster.desk
    near = roster.of(unit, Role.LIAISON) or [head for head in [roster.head_of(unit)] if head]
    for official in near:
        if official not in desk:
            await work.send(Notice(official, text))
    await _tell_desk(work, text)


async def _tell_desk(work: UnitOfWork, text: Markup, *, besides: Official | None = None) -> None:
    for clerk in (await work.roster()).desk:
        if clerk.telegram_id and clerk is not besides:
            await work.send(Notice(clerk, text))
