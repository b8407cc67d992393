"""What is taken out of an update with a secrecy mark before anything of it is kept (art. 59, 79)."""

from typing import Any

import pytest

from bot.secrecy import Sieve
from handlers.secrecy import KEY
from tests.bot.secrecy_scene import message


def stripped(*batch: dict[str, Any], sieve: Sieve | None = None) -> list[dict[str, Any]]:
    return (sieve or Sieve(lambda: "banjie_bot")).strip(batch)


BARE = {
    "update_id": 1,
    "message": {
        "message_id": 9,
        "date": 3,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": ""},
    },
}


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ({"text": "机密"}, "文字"),
        ({"caption": "机密", "photo": [{"file_id": "p"}]}, "文件说明"),
        ({"document": {"file_name": "机密.pdf", "file_id": "d"}}, "文件名"),
        ({"video": {"file_name": "机密.mp4", "file_id": "v"}}, "文件名"),
        ({"audio": {"title": "（机密）", "file_id": "a"}}, "内容"),
        ({"poll": {"question": "定密级：机密", "options": []}}, "内容"),
        ({"venue": {"title": "机密"}}, "内容"),
        ({"text": "请看", "reply_to_message": {"from": {"id": 5, "is_bot": False}, "text": "机密"}}, "文字"),
        ({"text": "请看", "quote": {"text": "机密"}}, "文字"),
        ({"text": "请看", "external_reply": {"document": {"file_name": "机密.pdf"}}}, "文件名"),
    ],
)
def test_whatever_kind_of_message_it_is(content: dict[str, Any], place: str) -> None:
    with_file = {"file": True} if content.keys() & {"photo", "document", "video", "audio"} else {}
    assert stripped(message(**content)) == [{**BARE, KEY: {"marks": ["机密"], "place": place} | with_file}]


def test_who_speaks_for_a_group_without_their_name_is_judged_as_well() -> None:
    said = message(chat="supergroup", text="/bind 机密")
    said["message"]["from"] = {"id": 1087968824, "is_bot": True, "username": "GroupAnonymousBot"}
    (bare,) = stripped(said)
    assert bare[KEY] == {"marks": ["机密"], "place": "文字"}
    assert "text" not in bare["message"]


def test_an_edited_message_is_refused_like_a_new_one() -> None:
    edited = {"update_id": 1, "edited_message": message(text="机密")["message"]}
    assert stripped(edited) == [{**BARE, KEY: {"marks": ["机密"], "place": "文字"}}]


@pytest.mark.parametrize(
    "kind", ["channel_post", "inline_query", "callback_query", "business_message", "poll"]
)
def test_of_any_other_kind_only_the_id_is_left(kind: str) -> None:
    assert stripped({"update_id": 1, kind: {"id": "x", "data": "机密", "from": {"id": 5}}}) == [
        {"update_id": 1, KEY: {}}
    ]


@pytest.mark.parametrize(
    "raw",
    [
        message(text="商业秘密保护办法"),
        message(text="你好"),  # the group's title is not what is said
        message(
            text="为什么",
            reply_to_message={"from": {"id": 1, "is_bot": True}, "text": "文字里有机密\n机密"},
            quote={"text": "机密"},
        ),
        {
            "update_id": 1,
            "callback_query": {
                "id": "1",
                "data": "leave:1:agree",
                "message": {"from": {"id": 1, "is_bot": True}, "text": "（机密）"},
            },
        },
        {"update_id": 1, "my_chat_member": {"chat": {"id": -5, "title": "机密"}}},
        {"update_id": 1, "message": "机密性"},
        {"update_id": 1},
    ],
)
def test_what_bears_no_mark_goes_in_as_it_came(raw: dict[str, Any]) -> None:
    assert stripped(raw) == [raw]


def test_of_an_album_every_file_goes_and_the_person_is_told_once() -> None:
    sieve = Sieve(lambda: "banjie_bot")
    files = [
        message(1, media_group_id="A", document={"file_name": "一.pdf"}),
        message(2, media_group_id="A", document={"file_name": "二（秘密）.pdf"}),
        message(3, media_group_id="B", document={"file_name": "三.pdf"}),
        message(4, media_group_id="A", document={"file_name": "四（秘密）.pdf"}),
    ]
    later = message(5, media_group_id="A", document={"file_name": "五.pdf"})
    first, second, third, fourth = stripped(*files, sieve=sieve)
    (fifth,) = sieve.strip([later], {(5, "A")})
    assert third == files[2]
    assert second[KEY] == {"marks": ["秘密"], "place": "文件名", "file": True}
    assert [first[KEY], fourth[KEY], fifth[KEY]] == [{}, {}, {}]
    assert "document" not in str([first, second, fourth, fifth])


def test_what_was_not_understood_is_stripped_all_the_same() -> None:
    (bare,) = stripped({"update_id": 1, "message": {"text": "机密", "chat": "x", "from": None}})
    assert KEY in bare
    assert "机密" not in str(bare)
