"""What may come over the line, dealt by hypothesis: updates of every kind there is, and broken ones."""

import os
from collections.abc import Callable
from typing import Any, Final

from hypothesis import strategies as st

from handlers.forms.kinds import FORMS
from tests.who_may.actions import taps

SOAK: Final = os.environ.get("BANJIE_SOAK") == "1"
MARKER: Final = "<i>疑&</i>"
"""Put into texts: wherever it is said again, it has to be escaped."""

Raw = dict[str, Any]
SECOND: Final = 1_795_395_600


def examples(few: int) -> int:
    """So many in a test run, fifty times as many in a soak."""
    return few * 50 if SOAK else few


# ---------------------------------------------------------------- words

_DATES = st.one_of(
    st.sampled_from(
        ["明天", "下周三上午9点", "12月1日至12月3日", "2月30日", "昨天", "10月1日", "24:00", "周日下午"]
    ),
    st.builds("{}年{}月{}日".format, st.integers(0, 99999), st.integers(0, 99), st.integers(0, 99)),
    st.builds("{}-{}-{} {}:{}".format, *[st.integers(0, 9999) for _ in range(5)]),
    st.from_regex(
        r"[一二三四五六七八九十百零]{1,6}月[0-9初]{1,3}[日号]?(至|到|-|～)?[0-9]{0,3}日?", fullmatch=True
    ),
)
_PLAIN = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="<>&\"'/\u0000\ud83d\u202e\n：:，、。？0123456789年月日请假会签", max_size=60),
    st.just(MARKER),
    st.just("字" * 4096),
    st.integers().map(str),
)
_COMMAND = st.builds(
    "/{}{} {}".format,
    st.sampled_from(["start", "leave", "bind", "find", "workday", "cancel", "todo", "x", "call", "week"]),
    st.sampled_from(["", "@banjie_bot", "@other_bot"]),
    _PLAIN,
)
_WORDS: Final = (
    "我,明天,不,请假,会签,回了吗,财政局,去济南,同意,下周三,区长,有空吗,查找,待办,谢谢,工作日,3个,撤回,催办,"
    "无不同意见,参加,？,邀请,简报,续假,销假"
)
_SENTENCE = st.lists(
    st.sampled_from(_WORDS.split(",")),
    min_size=1,
    max_size=7,
).map("".join)


@st.composite
def notes(draw: st.DrawFn) -> str:
    """A pasted note: some of a form's lines with something behind them."""
    form = FORMS[draw(st.sampled_from([name for name, form in FORMS.items() if form.word]))]
    fields = draw(st.lists(st.sampled_from(form.fields), max_size=8))
    said = _DATES | _PLAIN | _SENTENCE
    return "\n".join(
        [form.word, *(f"{one.label}{draw(st.sampled_from('：:'))}{draw(said)}" for one in fields)]
    )


def texts() -> st.SearchStrategy[str]:
    """What somebody may write."""
    return st.one_of(notes(), _SENTENCE, _COMMAND, _DATES, _PLAIN).map(lambda text: text[:4096] or " ")


def data() -> st.SearchStrategy[str]:
    """What a button may bear: anything a route takes, or nothing of the kind."""
    patterns = [pattern for pattern, _ in taps().values()]
    routed = st.sampled_from(patterns).flatmap(lambda one: st.from_regex(one, fullmatch=True))
    return st.one_of(routed, _PLAIN).map(
        lambda text: text.encode(errors="replace")[:64].decode(errors="ignore")
    )


# ---------------------------------------------------------------- messages

_FILE: Raw = {"file_id": "F", "file_unique_id": "U", "file_size": 9}
_USER: Raw = {"id": 77, "is_bot": False, "first_name": MARKER}
_CHANNEL: Raw = {"id": -100777, "type": "channel", "title": MARKER}
_PLACE: Raw = {"longitude": 117.0, "latitude": 36.6}
_POLL: Raw = {
    "id": "1",
    "question": MARKER,
    "options": [{"text": "a", "voter_count": 0, "persistent_id": "0"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
_ORIGIN: Raw = {"type": "user", "date": SECOND, "sender_user": _USER}


def _contents() -> st.SearchStrategy[Raw]:
    named = st.one_of(_PLAIN, st.sampled_from(["请示.docx", "机密★.docx", "a" * 300 + ".pdf"]))
    text = texts()
    kinds: list[st.SearchStrategy[Raw]] = [
        text.map(lambda said: {"text": said}),
        text.map(
            lambda said: {"text": said, "entities": [{"type": "bot_command", "offset": 0, "length": 3}]}
        ),
        st.builds(
            lambda name, said: {"document": {**_FILE, "file_name": name}, "caption": said[:1024]}, named, text
        ),
        st.builds(
            lambda name, album: {"document": {**_FILE, "file_name": name}, "media_group_id": album},
            named,
            st.just("1"),
        ),
        text.map(lambda said: {"photo": [{**_FILE, "width": 9, "height": 9}], "caption": said[:1024]}),
    ]
    others: list[Raw] = [
        {"audio": {**_FILE, "duration": 1}},
        {"voice": {**_FILE, "duration": 1}},
        {"video": {**_FILE, "duration": 1, "width": 1, "height": 1}},
        {"video_note": {**_FILE, "duration": 1, "length": 1}},
        {"animation": {**_FILE, "duration": 1, "width": 1, "height": 1}, "document": _FILE},
        {
            "sticker": {
                **_FILE,
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"contact": {"phone_number": "+8613800000000", "first_name": MARKER, "user_id": 77}},
        {"contact": {"phone_number": MARKER, "first_name": ""}},
        {"location": _PLACE},
        {"venue": {"location": _PLACE, "title": MARKER, "address": MARKER}},
        {"poll": _POLL},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"game": {"title": "g", "description": "d", "photo": []}},
        {
            "invoice": {
                "title": "t",
                "description": "d",
                "start_parameter": "s",
                "currency": "CNY",
                "total_amount": 1,
            }
        },
        {"story": {"chat": _CHANNEL, "id": 1}},
        {"new_chat_members": [_USER]},
        {"left_chat_member": _USER},
        {"new_chat_title": MARKER},
        {"delete_chat_photo": True},
        {"group_chat_created": True},
        {"migrate_to_chat_id": -100999},
        {"migrate_from_chat_id": -999},
        {"forum_topic_created": {"name": MARKER, "icon_color": 1}},
        {"forum_topic_closed": {}},
        {"video_chat_started": {}},
        {"web_app_data": {"data": MARKER, "button_text": MARKER}},
        {"users_shared": {"request_id": 1, "users": [{"user_id": 77}]}},
        {"chat_shared": {"request_id": 1, "chat_id": -9}},
        {"write_access_allowed": {}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 9}},
        {"boost_added": {"boost_count": 1}},
        {"connected_website": MARKER},
        {
            "refunded_payment": {
                "currency": "XTR",
                "total_amount": 1,
                "invoice_payload": "",
                "telegram_payment_charge_id": "",
            }
        },
        {"something_of_next_year": {"text": MARKER}},
        {},
    ]
    return st.one_of(*kinds, st.sampled_from(others))


@st.composite
def messages(draw: st.DrawFn, people: list[Raw], chats: list[Raw]) -> Raw:
    """A message somebody writes, in private or in some chat, perhaps forwarded or in reply to something."""
    sender = draw(st.sampled_from(people))
    private = {"id": sender["id"], "type": "private", "first_name": sender["first_name"]}
    chat = draw(st.one_of(st.just(private), st.sampled_from(chats)))
    message = {
        "message_id": draw(st.integers(1, 10**6)),
        "date": SECOND,
        "chat": chat,
        "from": sender,
        **draw(_contents()),
    }
    extras: list[Raw] = [
        {},
        {},
        {},
        {"forward_origin": _ORIGIN},
        {"forward_origin": {"type": "hidden_user", "date": SECOND, "sender_user_name": MARKER}},
        {"forward_origin": {"type": "channel", "date": SECOND, "chat": _CHANNEL, "message_id": 1}},
        {"via_bot": {**_USER, "is_bot": True, "username": "x_bot"}},
        {"sender_chat": chat},
        {
            "reply_to_message": {
                "message_id": draw(st.integers(1, 40)),
                "date": SECOND,
                "chat": chat,
                "from": _USER,
                "text": MARKER,
            }
        },
        {"external_reply": {"origin": _ORIGIN}, "quote": {"text": MARKER, "position": 0}},
        {"is_topic_message": True, "message_thread_id": 7},
        {"has_protected_content": True},
        {"is_from_offline": True},
    ]
    return message | draw(st.sampled_from(extras))


@st.composite
def updates(draw: st.DrawFn, people: list[Raw], chats: list[Raw]) -> Raw:
    """An update without its id, of any kind."""
    message = draw(messages(people, chats))
    sender, chat = message["from"], message["chat"]
    business = {"business_connection_id": "b"}
    member = {
        "user": {**_USER, "is_bot": True},
        "status": draw(st.sampled_from(["member", "left"])),
    }
    moved = {
        "chat": chat,
        "from": sender,
        "date": SECOND,
        "old_chat_member": {**member, "status": "member"},
        "new_chat_member": member,
    }
    pressed = {"id": "1", "from": sender, "chat_instance": "1"}
    kinds: dict[str, Callable[[], Raw]] = {
        "message": lambda: message,
        "callback_query": lambda: {**pressed, "message": message, "data": draw(data())},
        "edited_message": lambda: {**message, "edit_date": SECOND + 60},
        "channel_post": lambda: {**message, "chat": _CHANNEL, "sender_chat": _CHANNEL},
        "edited_channel_post": lambda: {**message, "chat": _CHANNEL, "edit_date": SECOND},
        "business_connection": lambda: {
            "id": "b",
            "user": sender,
            "user_chat_id": sender["id"],
            "date": SECOND,
            "is_enabled": True,
        },
        "business_message": lambda: {**message, **business},
        "edited_business_message": lambda: {**message, **business, "edit_date": SECOND},
        "deleted_business_messages": lambda: {**business, "chat": chat, "message_ids": [1]},
        "message_reaction": lambda: {
            "chat": chat,
            "message_id": 1,
            "user": sender,
            "date": SECOND,
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        },
        "message_reaction_count": lambda: {"chat": chat, "message_id": 1, "date": SECOND, "reactions": []},
        "inline_query": lambda: {
            "id": "1",
            "from": sender,
            "query": message.get("text", "")[:256],
            "offset": "",
        },
        "chosen_inline_result": lambda: {"result_id": "1", "from": sender, "query": ""},
        "game": lambda: message,
        "shipping_query": lambda: {
            "id": "1",
            "from": sender,
            "invoice_payload": "",
            "shipping_address": {
                "country_code": "CN",
                "state": "",
                "city": "",
                "street_line1": "",
                "street_line2": "",
                "post_code": "",
            },
        },
        "pre_checkout_query": lambda: {
            "id": "1",
            "from": sender,
            "currency": "XTR",
            "total_amount": 1,
            "invoice_payload": "",
        },
        "purchased_paid_media": lambda: {"from": sender, "paid_media_payload": ""},
        "poll": lambda: _POLL,
        "poll_answer": lambda: {
            "poll_id": "1",
            "user": sender,
            "option_ids": [0],
            "option_persistent_ids": ["0"],
        },
        "my_chat_member": lambda: moved,
        "chat_member": lambda: moved,
        "chat_join_request": lambda: {
            "chat": chat,
            "from": sender,
            "user_chat_id": sender["id"],
            "date": SECOND,
        },
        "chat_boost": lambda: {
            "chat": chat,
            "boost": {
                "boost_id": "1",
                "add_date": SECOND,
                "expiration_date": SECOND,
                "source": {"source": "premium", "user": sender},
            },
        },
        "removed_chat_boost": lambda: {
            "chat": chat,
            "boost_id": "1",
            "remove_date": SECOND,
            "source": {"source": "premium", "user": sender},
        },
        "some_kind_of_next_year": lambda: message,
    }
    kind = draw(st.one_of(st.sampled_from(["message", "callback_query"]), st.sampled_from(list(kinds))))
    update = {kind: kinds[kind]()}
    if kind == "callback_query":
        absent: list[Raw] = [
            {},
            {},
            {"message": None},
            {"message": None, "inline_message_id": "i"},
            {"data": None, "game_short_name": "g"},
        ]
        changed = draw(st.sampled_from(absent))
        update[kind] = {key: value for key, value in (update[kind] | changed).items() if value is not None}
    return update


_JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**25), 10**25),
    st.floats(),
    st.just(""),
    st.just(MARKER),
    st.just([]),
    st.just({}),
    st.just([{}]),
    st.just({"id": "x"}),
    st.just("字" * 5000),
)


@st.composite
def broken(draw: st.DrawFn, people: list[Raw], chats: list[Raw]) -> Raw:
    """An update with one part of it replaced by something else, or taken away."""
    raw = draw(updates(people, chats))
    path: list[Any] = []
    part: Any = raw
    while isinstance(part, dict | list) and part and (not path or draw(st.integers(0, 3))):
        keys = sorted(part) if isinstance(part, dict) else list(range(len(part)))
        path.append(draw(st.sampled_from(keys)))
        part = part[path[-1]]
    junk = draw(_JUNK)
    return _with(raw, path, junk, gone=draw(st.booleans())) if path else raw


def _with(part: Any, path: list[Any], junk: Any, *, gone: bool) -> Any:
    key, *rest = path
    if rest:
        value = _with(part[key], rest, junk, gone=gone)
    elif gone and isinstance(part, dict):
        return {name: one for name, one in part.items() if name != key}
    else:
        value = junk
    if isinstance(part, dict):
        return part | {key: value}
    return [value if place == key else one for place, one in enumerate(part)]
