"""A group that refuses the bot: its unit's head and the office are told once, and again when it works."""

from typing import Final

# As the Bot API words them, in small letters.
OUT: Final = ("bot was kicked", "bot is not a member", "group chat was de", "chat not found")
_CLOSED: Final = ("topic_closed",)
NO_TOPIC: Final = ("topic_deleted", "message thread not found")
_NO_RIGHTS: Final = (
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
    "chat_send_",
    "chat_restricted",
    "chat_admin_required",
    "forbidden",
)
WHY: Final = (
    (_CLOSED, "绑定的话题已关闭。请群管理员重新打开，或在另一话题内发送 /bind（绑定）。"),
    (NO_TOPIC, "绑定的话题已不存在，通知改发到群的主话题。要发到别的话题，请在该话题内发送 /bind（绑定）。"),
    (_NO_RIGHTS, "机器人在群内没有发言权限。请群管理员允许机器人发言。"),
)
