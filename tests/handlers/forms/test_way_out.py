"""Whatever is sent in whatever order: an open form shows its way out in the newest message, and it works.

Hypothesis deals notes, files, albums, contacts, taps, commands and waiting, to people who may start the
forms of all four procedures; after every step the whole chat is looked at.
"""

import asyncio
import tempfile
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import select

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, open_house
from rules.forms import Draft
from rules.roster import Role
from storage.tables import drafts

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
NOTES = (
    "请假",
    "请假\n类别：出差\n时间：12月1日至12月8日",
    "会签",
    "会签\n标题：城市更新管理办法\n单位：财政局、人社局",
    "标题：城市更新管理办法\n单位：财政局、人社局",
    "会议",
    "会议\n类型：常务会议\n时间：12月3日 14:30",
    "邀请",
    "邀请\n活动：便民中心启用\n时间：12月10日 9:00",
    "查找",
)
WORDS = ("济南", "时间：12月2日", "好的", "继续", "放弃", "请审阅", "3", "\u200b", "事由：开会\n\n主持：王")
COMMANDS = (
    "草稿",
    "上一步",
    "先放着",
    "待办",
    "我的",
    "菜单",
    "帮助",
    "/nothing",
    "在岗",
    "取消",
    "/leave",
    "/countersign",
)
CAPTIONS = ("", "", "请审阅", NOTES[1], NOTES[3], NOTES[4], NOTES[6], NOTES[8])
FILES = ("方案.docx", "议程.pdf", "病毒.exe", "讲话稿.doc")
OTHERS: tuple[dict[str, Any], ...] = (
    {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9}},
    {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
    {"dice": {"emoji": "🎲", "value": 3}},
    {"something_new": {"text": "好"}},
)


class WayOut(RuleBasedStateMachine):
    """One head or clerk, and the whole bot."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory(prefix="banjie-way-out-")
        self.house: House

    def run(self, doing: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(asyncio.wait_for(doing, 30))

    @initialize(role=st.sampled_from([Role.UNIT_HEAD, Role.LIAISON, Role.OFFICE_STAFF]))
    def open(self, role: Role) -> None:
        self.opened = open_house(
            f"sqlite+aiosqlite:///{Path(self.folder.name) / 'banjie.db'}", TurnableClock(NOW)
        )
        self.house = self.run(self.opened.__aenter__())
        self.house.desk.delivery.gather_seconds = 0.0
        roster = self.run(self.house.roster())
        self.me = account(roster.with_role(role)[0])
        self.line = self.house.telegram

    # ------------------------------------------------------------ what happens

    @rule(text=st.sampled_from(NOTES))
    def notes(self, text: str) -> None:
        self.run(self.line.says(self.me, self.me, text))
        self.look()

    @rule(text=st.sampled_from(WORDS))
    def writes(self, text: str) -> None:
        self.run(self.line.says(self.me, self.me, text))
        self.look()

    @rule(text=st.sampled_from(COMMANDS))
    def commands(self, text: str) -> None:
        self.run(self.line.says(self.me, self.me, text))
        self.look(answered_elsewhere=True)

    @rule(name=st.sampled_from(FILES), caption=st.sampled_from(CAPTIONS))
    def attaches(self, name: str, caption: str) -> None:
        self.run(self.line.sends_file(self.me, self.me, name, b"x", caption))
        self.look()

    @rule(
        files=st.lists(st.tuples(st.sampled_from(FILES), st.sampled_from(CAPTIONS)), min_size=2, max_size=4),
        photo=st.booleans(),
    )
    def attaches_together(self, files: list[tuple[str, str]], photo: bool) -> None:
        album = [(name, b"\x89PNG", caption) for name, caption in files]
        self.run(self.line.sends_album(self.me, self.me, album, photo=photo))
        self.look()

    @rule(which=st.integers(0, 9), text=st.sampled_from((*NOTES, *WORDS)))
    def edits(self, which: int, text: str) -> None:
        """One of the last ten messages of the person is changed."""
        own = [view for view in self.line.history(self.me) if not view["sender"]["is_bot"] and view["text"]]
        if own and len(text) > 1:
            message = own[-1 - which % min(len(own), 10)]["message_id"]
            self.run(self.line.edits(self.me, self.me, message, text))
            self.look()

    @rule(content=st.sampled_from(OTHERS))
    def sends_what_is_not_taken(self, content: dict[str, Any]) -> None:
        self.run(self.line.sends_other(self.me, self.me, **content))
        self.look()

    @rule(place=st.booleans())
    def shares(self, place: bool) -> None:
        if place:
            self.run(self.line.shares_place(self.me, self.me, "三楼会议室", "历山路1号"))
        else:
            self.run(self.line.shares_contact(self.me, self.me, "8613800000001", "芳", "王"))
        self.look()

    @rule(which=st.integers(0, 99), stale=st.booleans())
    def taps(self, which: int, stale: bool) -> None:
        """A button of the form's live card, or any button of ours that a message still bears."""
        cards = [view for view in self.line.history(self.me) if any(self._keys(view))]
        if not cards:
            return
        card = cards[which % len(cards)] if stale else cards[-1]
        keys = list(self._keys(card))
        self.run(self.line.presses(self.me, self.me, card["message_id"], keys[which % len(keys)]))
        self.look(answered_elsewhere=True)

    @rule(what=st.sampled_from(["span.ask", "edit", "submit", "kind.c.0", "papers.ask", "back"]))
    def forges(self, what: str) -> None:
        draft = self.run(self._draft())
        if draft is not None:
            message = self.line.history(self.me)[-1]["message_id"]
            data = f"f:{draft.id}:{draft.turn}:{what}"
            self.run(self.line.presses(self.me, self.me, message, data, forged=True))
        self.look(answered_elsewhere=True)

    @rule()
    def waits(self) -> None:
        self.run(self.house.turn(self.house.clock.now() + timedelta(minutes=31)))
        self.look(answered_elsewhere=True)

    # ------------------------------------------------------------ what must hold

    def look(self, *, answered_elsewhere: bool = False) -> None:
        """An open form has one live card: the newest message, unless a command was answered below it."""
        self.run(self.house.settle())
        draft = self.run(self._draft())
        views = self.line.history(self.me)
        mine = [(place, view) for place, view in enumerate(views) if self._form_keys(view)]
        if draft is None:
            assert not mine, f"dead buttons: {mine[-1][1]['text']}"
            return
        alive = f"f:{draft.id}:{draft.turn}:"
        assert len(mine) == 1, [view["text"] for _, view in mine]
        place, card = mine[0]
        live = [data for data in self._form_keys(card) if data.startswith(alive)]
        assert live, card["text"]
        if not answered_elsewhere:
            below = views[place + 1 :]
            assert not below or any(self._keys(below[-1])), f"newest without a way out: {views[-1]['text']}"
        said = [view["text"] for view in views[place:]]
        if any("请先点“继续”“先放着”或“放弃”" in text for text in said[-1:]):
            assert {"go", "drop"} <= {data.rpartition(":")[2] for data in live}

    def teardown(self) -> None:
        """The way out leads out: three taps at most end whatever is open."""
        if hasattr(self, "line"):
            for _ in range(4):
                draft = self.run(self._draft())
                if draft is None:
                    break
                card = next(v for v in reversed(self.line.history(self.me)) if self._form_keys(v))
                ways = {data.rpartition(":")[2]: data for data in self._form_keys(card)}
                way = next((ways[name] for name in ("drop", "cancel", "back") if name in ways), None)
                assert way is not None, card["text"]
                self.run(self.line.presses(self.me, self.me, card["message_id"], way))
                self.look(answered_elsewhere=True)
            else:
                assert self.run(self._draft()) is None
            self.run(self.opened.__aexit__(None, None, None))
        self.runner.close()
        self.folder.cleanup()

    async def _draft(self) -> Draft | None:
        async with self.house.office.database.session() as session:
            open_one = (drafts.c.closed_at.is_(None), drafts.c.aside_at.is_(None))
            found: Draft | None = await session.scalar(select(Draft).where(*open_one))
            return found

    @staticmethod
    def _keys(view: Any) -> list[str]:
        return [button["data"] for row in view["buttons"] for button in row if button["data"]]

    def _form_keys(self, view: Any) -> list[str]:
        return [data for data in self._keys(view) if data.startswith("f:")]


TestWayOut = WayOut.TestCase
TestWayOut.settings = settings(
    max_examples=12,
    stateful_step_count=14,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a whole office for every try: no shrinking
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
