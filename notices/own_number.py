"""What is said of binding by one's own number: to who has it, to their other account, to the office."""

from markupsafe import Markup, escape

from notices.notice import Button, Notice, NumberKey, Rows, Urgency
from rules.binding import BindingTerms
from rules.own_number import NumberBinding
from rules.roster import Official

KEY = "用本人手机号绑定"
NO_MATCH = "没有核对上，请向区政府办公室要绑定码，发送 /start 加绑定码。"
ANOTHERS = f"这不是您本人的名片，不能用来绑定，请点下面的“{KEY}”。"
STILL_WAITS = "改绑仍在等原账号或区政府办公室同意。"
_GREETING = Markup(
    "您好，这里是区政府办公室值班机器人。\n请先绑定：点下面的“{}”，"
    "或发送 /start 加绑定码（由区政府办公室发给您）。"
).format(KEY)


def key_card(chat_id: int) -> str:
    """The name under which a chat's offers of the key stand in the books."""
    return f"number:{chat_id}"


def to_stranger(chat_id: int, said: str, terms: BindingTerms) -> Notice:
    """Whoever is not bound hears the same, on the roster or not.

    However many write at once, what people in office wait for goes out before.
    """
    if not terms.by_number:
        return Notice(chat_id, escape(said), urgency=Urgency.BROADCAST)
    return Notice(chat_id, _GREETING, key=NumberKey(KEY), card=key_card(chat_id), urgency=Urgency.BROADCAST)


CODE_FITS = "绑定码已核对。"
NUMBER_FITS = "手机号已核对。"


def key_away(chat_id: int, said: str) -> Notice:
    """The key goes, with a line that says what happens."""
    return Notice(chat_id, escape(said), key=NumberKey(), urgency=Urgency.ANSWER)


def waits(chat_id: int) -> Notice:
    """To the account that is to wait."""
    return key_away(
        chat_id,
        "手机号已核对。这个手机号已绑定另一个账号，已请原账号和区政府办公室确认，同意后这里即可使用；"
        "急用请致电区政府办公室。",
    )


def declined(chat_id: int) -> Notice:
    """To the account that waited in vain."""
    return key_away(chat_id, "改绑没有同意。如有疑问，请联系区政府办公室。")


def old_card(request: NumberBinding) -> str:
    """The name of the card that asks the old account."""
    return f"binding:{request.id}:old"


def desk_card(request: NumberBinding) -> str:
    """The name of the office's card."""
    return f"binding:{request.id}"


def to_old_account(official: Official, request: NumberBinding) -> Notice:
    """Is it they who want to go over to another account?"""
    text = Markup(
        "⚠️ <b>有账号要改绑到您名下</b>，请您确认：{}\n"
        "它用的是您登记的手机号。是您换账号的，点“是我本人”，这个账号随即解除绑定；\n"
        "不是的，点“不是我”，绑定不变，并请告知区政府办公室。"
    ).format(request.account)
    buttons = _keys(request, "是我本人", "不是我")
    return Notice(official, text, buttons, card=old_card(request))


def to_desk(clerk: Official, request: NumberBinding, official: Official) -> Notice:
    """What was bound can be taken back; what waits can be decided, where the old account is out of reach."""
    if request.bound_at:
        text, buttons = on_desk(request, official)
        return Notice(clerk, text, buttons, card=desk_card(request), quiet=True)
    text = Markup(
        "⚠️ <b>{}申请改绑账号</b>：{}\n"
        "它用的是本人登记的手机号，已请原账号确认，确认前绑定不变。\n"
        "原账号用不了的，请先电话核实（{}）再点。"
    ).format(official.titled, request.account, official.phone)
    return Notice(clerk, text, _keys(request, "同意改绑", "不同意改绑"), card=desk_card(request))


def on_desk(request: NumberBinding, official: Official, by: Official | None = None) -> tuple[Markup, Rows]:
    """The office's card once the account is bound; `by` whose consent, where it took one."""
    agreed = Markup("（{}同意改绑）").format(by.name) if by else Markup()
    text = Markup(
        "🔗 {}已用本人手机号绑定{}，账号：{}。\n如非本人（如手机号已换人使用），请点“撤销绑定”，再发绑定码。"
    ).format(official.titled, agreed, request.account)
    return text, ((Button("撤销绑定", f"binding:{request.id}:revoke"),),)


def refused(request: NumberBinding, official: Official, by: Official) -> Markup:
    """The office's card, and the old account's, once another account was not agreed to."""
    return Markup("✕ {}没有改绑到账号{}：{}不同意，原绑定不变。").format(
        official.titled, request.account, by.name
    )


def overtaken(request: NumberBinding, bound: Official) -> Markup:
    """The office's card, and the old account's, once that account was bound by a code meanwhile."""
    return Markup("账号{}已凭绑定码绑定为{}，这里不用再办。").format(request.account, bound.titled)


def revoked(request: NumberBinding, official: Official, by: Official) -> Markup:
    """The office's card once it has taken the binding back."""
    return Markup(
        "✕ {}的绑定已撤销（{}），账号：{}，此账号不能再用手机号绑定。\n请当面或电话核实后发绑定码。"
    ).format(official.titled, by.name, request.account)


AGREED = Markup("✓ 已改绑到您的另一个账号，这里不再使用。")


def _keys(request: NumberBinding, agree: str, decline: str) -> Rows:
    data = f"binding:{request.id}"
    return ((Button(agree, f"{data}:agree"), Button(decline, f"{data}:decline")),)
