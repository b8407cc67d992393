"""Writes down what people see the bot do in the local chat."""

from collections.abc import Callable
from datetime import datetime

from bot.rehearsal.difference import Deed, Key, Rows
from bot.rehearsal.scene import Kind
from bot.sandbox.events import Event, MessageView
from bot.sandbox.telegram import LocalTelegram
from notices.undo import CODE


class Witness:
    """Watches every chat from now on; what people themselves do, typing and menus are left out."""

    def __init__(
        self, telegram: LocalTelegram, now: Callable[[], datetime], place: Callable[[int, int], int]
    ) -> None:
        """`place` gives for a chat and a topic of it (0 for none) where that is written to be."""
        self._telegram, self._now, self._place = telegram, now, place
        self._seen: list[Deed] = []
        self._texts: dict[tuple[int, int], str] = {}
        self._rows: dict[tuple[int, int], Rows] = {}
        telegram.subscribe(self._watch)

    def take(self) -> list[Deed]:
        """What was seen since the last time."""
        seen, self._seen = self._seen, []
        return seen

    def _watch(self, event: Event) -> None:
        match event["type"]:
            case "message":
                self._message(event["message"], Kind.MESSAGE)
            case "edited":
                self._message(event["message"], Kind.EDIT)
            case "reacted":
                view = event["message"]
                self._seen.append(
                    Deed(
                        self._now(), Kind.REACTION, event["chat_id"], view["sign"], message=view["message_id"]
                    )
                )
            case "deleted":
                place = (event["chat_id"], event["message_id"])
                text = self._texts.pop(place, "")
                self._seen.append(Deed(self._now(), Kind.REMOVAL, place[0], text, message=place[1]))
            case "answered" if event["text"]:
                kind = Kind.ALERT if event["alert"] else Kind.TOAST
                self._seen.append(Deed(self._now(), kind, event["user_id"], event["text"]))

    def _message(self, view: MessageView, kind: Kind) -> None:
        place = (view["chat_id"], view["message_id"])
        text, self._texts[place] = self._texts.get(place), view["text"]
        if not view["sender"]["is_bot"] or view["service"]:
            return
        rows = tuple(tuple(Key(button["label"], button["data"]) for button in row) for row in view["buttons"])
        keyboard = view["keyboard"]
        if keyboard is not None:  # in place of the letters
            rows += tuple(tuple(Key(label, "") for label in row) for row in keyboard["rows"])
        before, self._rows[place] = self._rows.get(place, ()), rows
        file = view["file"]
        name = file["name"] if file else ""
        raw = self._telegram.world.chat(place[0]).messages[place[1]].raw
        where = self._place(place[0], raw.get("message_thread_id", 0))
        bare = tuple(row for row in before if not any(key.data.startswith(f"{CODE}:") for key in row))
        lapsed = kind is Kind.EDIT and text == view["text"] and rows == bare != before
        self._seen.append(Deed(self._now(), kind, where, view["text"], rows, name, place[1], lapsed=lapsed))
