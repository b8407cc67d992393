"""What the bot asks of the servers: who it is, files, chats and members, command menus, where updates go."""

import re
from typing import Any

from bot.sandbox.calls import Call
from bot.sandbox.errors import bad_request
from bot.sandbox.events import CommandView
from bot.sandbox.world import Chat, Raw, World

MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_COMMANDS = 100
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})
_SCOPES = _CHAT_SCOPES | {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_ADMINISTRATOR_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


def get_me(call: Call) -> Raw:
    """getMe: privacy mode is on."""
    return call.world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_file(call: Call) -> Raw:
    """getFile: where a file up to 20 MB can be fetched."""
    if not call.text("file_id"):
        raise bad_request("file_id not specified")
    file = call.world.files.get(call.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


def send_chat_action(call: Call) -> bool:
    """sendChatAction: 正在输入……"""
    chat = call.world.reached(call.params.get("chat_id"))
    if not call.text("action"):
        raise bad_request("wrong parameter action in request")
    call.world.feed.emit({"type": "typing", "chat_id": chat.id, "action": call.text("action")})
    return True


def get_chat(call: Call) -> Raw:
    """getChat."""
    chat = call.world.reached(call.params.get("chat_id"), write=False)
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return chat.api | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def get_chat_member(call: Call) -> Raw:
    """getChatMember: the first of the group's people is its owner."""
    world = call.world
    chat = world.reached(call.params.get("chat_id"), write=False)
    id_ = call.integer("user_id")
    if id_ == world.bot["id"]:
        return member(world.bot, chat.bot)
    person = world.users.get(id_)
    if person is None:
        raise bad_request("user not found")
    if id_ not in chat.members:
        return member(person.as_api(), "left")
    owner = chat.kind != "private" and chat.members[0] == id_
    return member(person.as_api(), "creator" if owner else "member")


_RESTRICTED_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)


def member(user: Raw, status: str) -> Raw:
    """The Bot API's ChatMember of that status."""
    more: Raw = {}
    if status == "kicked":
        more = {"until_date": 0}
    elif status == "restricted":
        more = dict.fromkeys(_RESTRICTED_RIGHTS, False) | {"is_member": True, "until_date": 0}
    elif status == "creator":
        more = {"is_anonymous": False}
    elif status == "administrator":
        more = dict.fromkeys(_ADMINISTRATOR_RIGHTS, False) | {"can_manage_chat": True}
    return {"user": user, "status": status, **more}


def leave_chat(call: Call) -> bool:
    """leaveChat."""
    chat = call.world.reached(call.params.get("chat_id"))
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot = "left"
    call.world.show_chat(chat)
    call.note(chat_id=chat.id)
    return True


def set_my_commands(call: Call) -> bool:
    """setMyCommands; none at all is the same as deleting them."""
    commands = call.json("commands", "commands") or []
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = [_command(command) for command in commands]
    _keep(call, kept)
    return True


def delete_my_commands(call: Call) -> bool:
    """deleteMyCommands."""
    _keep(call, [])
    return True


def get_my_commands(call: Call) -> list[Raw]:
    """getMyCommands of exactly that scope and language."""
    return call.world.commands.get(_scope(call), [])


def set_chat_menu_button(call: Call) -> bool:
    """setChatMenuButton of one private chat, or of all."""
    chat_id = call.params.get("chat_id")
    id_ = call.world.reached(chat_id).id if chat_id is not None else 0
    call.world.menu_buttons[id_] = call.json("menu_button", "menu button") or {"type": "default"}
    return True


def get_chat_menu_button(call: Call) -> Raw:
    """getChatMenuButton."""
    buttons = call.world.menu_buttons
    return buttons.get(call.integer("chat_id")) or buttons.get(0) or {"type": "commands"}


def commands_for(world: World, user_id: int, chat: Chat, language: str = "zh") -> list[CommandView]:
    """The menu of this person in this chat: the narrowest scope that has one."""
    wide = ["all_private_chats"] if chat.kind == "private" else ["all_group_chats"]
    if chat.kind != "private" and chat.members[:1] == [user_id]:
        wide.insert(0, "all_chat_administrators")
    scopes = [("chat_member", chat.id, user_id), ("chat", chat.id, 0), *((scope, 0, 0) for scope in wide)]
    if chat.kind != "private" and chat.members[:1] == [user_id]:
        scopes.insert(1, ("chat_administrators", chat.id, 0))
    for scope in [*scopes, ("default", 0, 0)]:
        for tongue in (language, ""):
            if commands := world.commands.get((*scope, tongue)):
                return [{"command": c["command"], "description": c["description"]} for c in commands]
    return []


def _command(command: object) -> Raw:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 0 < len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _keep(call: Call, commands: list[Raw]) -> None:
    scope = _scope(call)
    if commands:
        call.world.commands[scope] = commands
    else:
        call.world.commands.pop(scope, None)
    call.world.feed.emit({"type": "commands", "chat_id": scope[1]})


def _scope(call: Call) -> tuple[Any, ...]:
    """(kind, chat, user, language)."""
    scope = call.json("scope", "BotCommandScope") or {"type": "default"}
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat_id = user_id = 0
    if kind in _CHAT_SCOPES:
        chat = call.world.reached(scope.get("chat_id"), write=False)
        if chat.kind == "private" and kind != "chat":
            raise bad_request("can't use specified scope in private chats")
        chat_id = chat.id
        user_id = int(scope.get("user_id") or 0) if kind == "chat_member" else 0
    return kind, chat_id, user_id, call.text("language_code")
