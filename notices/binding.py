"""What people and groups are told when they are bound and unbound."""

from markupsafe import Markup

from notices import menu
from rules.roster import Official, Role, Roster, Unit
from storage.outbox import Button, Notice, Rows, Urgency
from storage.work import Work

HOW_TO_BIND_A_GROUP = Markup("本群尚未绑定单位：请本单位主要负责人或区政府办公室在群内发送 /bind（绑定）。")
IN_PRIVATE = Markup("请在与我的私聊中办理。")
BE_YOURSELF = "请以本人身份发送（不要用匿名管理员身份）。"
PICK_A_UNIT = Markup("本群是哪个单位的工作群？请办公室的同志选定，或发送“/bind 单位名称”。")


async def welcome(work: Work, official: Official) -> None:
    """First answer after binding: who the bot takes the person for, and what he may do."""
    text = Markup("✅ <b>绑定成功</b>\n{}\n{} {}\n\n{}").format(
        official.unit.full_name, official.post, official.name, menu.menu_text(official)
    )
    await work.send(Notice(official, text, buttons=menu.buttons_for(official), urgency=Urgency.ANSWER))
    await work.menu(official, menu.commands_for(official))


def waits(official: Official, count: int) -> Notice:
    """Before the cards that have waited for somebody who could not be reached until now."""
    text = Markup("有{}件事项等您办理，请看下面的卡片；发“待办”可随时重新调出。").format(count)
    return Notice(official, text, subject="待办事项")


def standing(official: Official) -> Notice:
    """/bind in private: who the account is bound to, and how that is changed."""
    text = Markup("您已绑定：<b>{}</b>。\n换手机不必重新绑定；换账号请向区政府办公室要新的绑定码。").format(
        official.titled
    )
    return Notice(official, text, urgency=Urgency.ANSWER)


def wrong_code(chat_id: int, said: str, tries_left: int, hours: int) -> Notice:
    """A code that does not bind; the last one says that silence follows."""
    after = (
        f"还可再试{tries_left}次。"
        if tries_left
        else f"试错次数过多，请{hours}小时后再试，或致电区政府办公室。"
    )
    return Notice(chat_id, Markup("{}{}").format(said, after), urgency=Urgency.ANSWER)


async def tell_desk_of_person(work: Work, official: Official, account: str) -> None:
    """The office is told of each binding, with the account's own name, so that a wrong one is noticed."""
    text = Markup("🔗 {} 已绑定，账号：{}。\n如非本人，请重新发放绑定码，原绑定即解除。").format(
        official.titled, account
    )
    await _tell_desk(work, text, besides=official)


async def farewell(work: Work, official: Official) -> None:
    """One line to the account that is about to be unbound, and its command menu taken away."""
    if official.telegram_id is None:
        return
    text = Markup("您的账号已与“{}”解除绑定。如有疑问，请联系区政府办公室。").format(official.titled)
    await work.menu(official, ())
    await work.send(Notice(official.telegram_id, text))


# ---------------------------------------------------------------- groups


async def group_farewell(work: Work, unit: Unit) -> None:
    """One line to the group of a unit that is about to be closed: nothing more comes here."""
    if unit.group_chat_id is not None:
        text = Markup(
            "{}已撤并，本群不再收到通知。由其他单位继续使用的，请其主要负责人或联络员在群里发 /bind。"
        ).format(unit.name)
        await work.send(Notice(unit.group_chat_id, text))


def unit_buttons(roster: Roster) -> Rows:
    """Every unit to pick from, two in a row; those that have a group already say so."""
    buttons = [
        Button(f"{unit.name}（已绑）" if unit.group_chat_id else unit.name, f"bind:unit:{unit.id}")
        for unit in roster.units
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def group_bound(unit: Unit) -> Markup:
    """What the group reads once it is bound."""
    return Markup(
        "✅ 本群已绑定为<b>{}</b>工作群，与本单位有关的通知会发到这里；"
        "请假事由、电话和他人的意见不在群内公布。\n不再使用时请发送 /unbind（解绑）。"
    ).format(unit.name)


def group_already_bound(unit: Unit) -> Markup:
    """The same /bind again."""
    return Markup("本群已是{}工作群，不必重复绑定。").format(unit.name)


def group_topic_moved(unit: Unit) -> Markup:
    """/bind again, in another topic of the same group."""
    return Markup("{}的通知今后发到本话题。").format(unit.name)


def group_replaced(unit: Unit) -> Markup:
    """What the unit's former group reads."""
    return Markup("{}工作群已改为另一个群，本群不再接收通知。").format(unit.name)


def group_unbound(unit: Unit) -> Markup:
    """What the group reads once it is unbound."""
    return Markup("本群已与{}解除绑定，不再接收通知。").format(unit.name)


async def tell_of_group(work: Work, unit: Unit, title: str, actor: Official) -> None:
    """The office and the unit's head learn which group speaks for the unit."""
    text = Markup("🔗 {}把群“{}”绑定为{}工作群。").format(actor.titled, title, unit.name)
    await _tell_desk(work, text, besides=actor)
    head = (await work.roster()).head_of(unit)
    if head and head is not actor and head not in (await work.roster()).desk:
        await work.send(Notice(head, text))


async def tell_of_lost_group(work: Work, unit: Unit, title: str) -> None:
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


async def _tell_desk(work: Work, text: Markup, *, besides: Official | None = None) -> None:
    for clerk in (await work.roster()).desk:
        if clerk.telegram_id and clerk is not besides:
            await work.send(Notice(clerk, text))
