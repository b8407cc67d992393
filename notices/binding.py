"""What people and groups are told when they are bound and unbound."""

from markupsafe import Markup

from notices.notice import Button, Notice, Rows, Urgency
from rules.roster import Official, Roster, Unit

HOW_TO_BIND_A_GROUP = Markup("本群尚未绑定单位：请本单位主要负责人或区政府办公室在群内发送 /bind（绑定）。")
IN_PRIVATE = Markup("请在与我的私聊中办理。")
BE_YOURSELF = "请以本人身份发送（不要用匿名管理员身份）。"
PICK_A_UNIT = Markup("本群是哪个单位的工作群？请办公室的同志选定，或发送“/bind 单位名称”。")


def waits(official: Official, count: int) -> Notice:
    """Before the cards that have waited for somebody who could not be reached until now."""
    text = Markup("有{}件事项等您办理，请看下面的卡片；发“待办”可随时重新调出。").format(count)
    return Notice(official, text, subject="待办事项")


def bound_already(official: Official) -> Notice:
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
        "✅ 本群已绑定为<b>{}</b>工作群。\n"
        "与本单位有关的通知会发到这里；请假事由、电话和他人的意见不在群内公布。\n"
        "不再使用时请发送 /unbind（解绑）。"
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
