"""A small district, a form with every kind of field, and a phone to fill it on."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from telegram import Update

from handlers.context import CURRENT, Context
from handlers.forms import aside
from handlers.forms import edits as form_edits
from handlers.forms import entry as forms
from handlers.forms.entry import begin
from handlers.forms.kinds import Form
from jobs.forms import offer
from matters import answers as answers_matter
from notices.message_text import plain
from rules.fields import Choice, Files, Moment, Number, OfficialField, Phone, SpanField, Text, UnitsField
from rules.forms import Problem, Values
from rules.refused import Refused
from rules.roster import Official
from storage.office import Office
from storage.tables import outbox, timers
from storage.unit_of_work import UnitOfWork

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday 2026-11-23, 9:00 in Shanghai."""
IDS = count(1)
SUBMITTED: list[Values] = []


async def what_is_wrong(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    if values["place"] == "月球":
        return [Problem("place", "太远了", 77)]
    if values["acting"] is None:
        return [Problem("acting", "请写明谁主持。", 77)]
    return []


async def who_decides(work: UnitOfWork, official: Official, values: Values) -> Markup:
    return Markup("审批：<i>{}</i>").format("钱玄黄")


async def hand_in(work: UnitOfWork, official: Official, values: Values) -> None:
    SUBMITTED.append(values)


LEAVE = Form(
    "leave",
    "请假报告",
    (
        Choice(
            "kind",
            "类别",
            ask="请什么假？",
            options=("出差", "学习", "就医"),
            synonyms={"看病": "就医"},
            aliases=("类型",),
        ),
        SpanField("span", "时间", ask="从哪一天起？", example="12月1日至12月3日", aliases=("日期",)),
        Text("place", "地点", ask="去哪里？", example="济南", longest=50),
        Text("reason", "事由", ask="什么事由？", example="参加全省财政会议", longest=500, multiline=True),
        OfficialField(
            "acting",
            "主持",
            ask="外出期间谁主持工作？",
            example="李收",
            among=lambda scene: [o for o in scene.roster.officials if o is not scene.official],
        ),
        Phone(
            "phone", "电话", optional=True, example="13800000001", default=lambda scene: scene.official.phone
        ),
    ),
    hand_in,
    word="请假",
    check=what_is_wrong,
    preview=who_decides,
)
SHEET = Form(
    "countersign",
    "会签单",
    (
        Text("title", "标题", ask="文稿叫什么？", example="城市更新管理办法"),
        UnitsField("units", "单位", ask="请哪些单位会签？", example="财政局、人社局", most=3),
        Number(
            "limit", "时限", ask="几个工作日内答复？", example="3", unit="个工作日", offered=(3, 5), most=30
        ),
        Moment(
            "meeting", "开会", ask="哪天开会？", example="12月3日 14:30", shown=lambda v: v.get("limit") == 5
        ),
        Files("papers", "附件", ask="请发文稿。", most=3),
    ),
    hand_in,
    word="会签",
)
REASON = Form(
    "reason",
    "不同意",
    (Text("reason", "理由", ask="不同意的理由？", longest=200),),
    hand_in,
    confirm=False,
)


class Handset:
    """One official's phone: what the chat shows, and what they send."""

    def __init__(self, office: Office, telegram_id: int, context: Any, clock: "Clock") -> None:
        self.office = office
        self.me = telegram_id
        self.context = context
        self.clock = clock
        self.toasts: list[str] = []
        self.sent = 0

    async def write(self, text: str) -> None:
        """Send a text."""
        await self.send(text=text)

    async def attach(self, name: str, size: int = 1000, **rest: Any) -> None:
        """Send a document."""
        document = {"file_id": f"F-{name}", "file_unique_id": name, "file_name": name, "file_size": size}
        await self.send(document=document, **rest)

    async def send(self, **content: Any) -> None:
        """Send a message of any kind."""
        message = self._message(**content)
        self.sent = message["message_id"]
        await self._update({"message": message})

    async def tap(self, label: str) -> str:
        """Tap the live button of that label; gives the toast."""
        buttons = [b for _, keyboard in await self.chat() for row in keyboard for b in row]
        found = [b for b in buttons if b["text"] == label]
        assert found, f"no button {label}: {[b['text'] for b in buttons]}"
        return await self.tap_data(found[-1]["callback_data"])

    async def tap_data(self, data: str) -> str:
        """Tap a button by its data, live or not, ours or not."""
        message = {**self._message(text="x"), "from": {"id": 1, "is_bot": True, "first_name": "办结"}}
        sender = {"id": self.me, "is_bot": False, "first_name": "某"}
        query = {"id": "q", "from": sender, "chat_instance": "1", "data": data, "message": message}
        before = len(await self._rows())
        await self._update({"callback_query": query})
        toasts = [r.payload["text"] for r in (await self._rows())[before:] if r.kind == "toast"]
        assert len(toasts) == 1
        return str(toasts[0])

    async def edit(self, **content: Any) -> None:
        """Change the last message that was sent, by its new content."""
        edited = {**self._message(**content), "message_id": self.sent, "edit_date": 1_795_400_000 + next(IDS)}
        await self._update({"edited_message": edited})

    async def begin(self, form: Form, **values: Any) -> None:
        """A procedure begins a form for them."""
        async with self.office.work(f"begin:{next(IDS)}") as work:
            official = await work.official(self.me)
            assert official
            await begin(work, official, self.me, form, values=values)

    async def later(self, time: timedelta) -> None:
        """Time goes by; what is due by then happens."""
        self.clock.now += time
        async with self.office.work(f"clock:{next(IDS)}") as work:
            due = select(timers.c.subject_id).where(timers.c.due_at <= self.clock.now)
            for draft in (await work.session.scalars(due)).all():
                await work.drop_timers("form.stale", draft)
                await offer(work, draft)

    async def chat(self) -> list[tuple[str, list[list[dict[str, str]]]]]:
        """The messages as the phone shows them now, edits done: text and keyboard."""
        shown: dict[int, tuple[str, list[list[dict[str, str]]]]] = {}
        for row in await self._rows():
            if row.kind == "message":
                shown[row.id] = row.payload["text"], row.payload.get("keyboard", [])
            elif row.kind == "edit":
                shown[row.target_id] = row.payload["text"], row.payload.get("keyboard", [])
            elif row.kind == "removal" and row.target_id is not None:
                shown.pop(row.target_id)
        return list(shown.values())

    async def last(self) -> str:
        """The newest message: its text without markup, and its buttons in brackets, row by row."""
        text, keyboard = (await self.chat())[-1]
        rows = ["".join(f"[{button['text']}]" for button in row) for row in keyboard]
        return "\n".join([plain(text), *rows])

    async def chat_has(self, text: str) -> bool:
        """Whether one of the messages, wherever it stands, reads so."""
        return any(plain(shown) == text for shown, _ in await self.chat())

    async def live(self) -> int:
        """How many messages have buttons."""
        return sum(bool(keyboard) for _, keyboard in await self.chat())

    def _message(self, **content: Any) -> dict[str, Any]:
        return {
            "message_id": next(IDS),
            "date": int(self.clock.now.timestamp()),
            "chat": {"id": self.me, "type": "private", "first_name": "某"},
            "from": {"id": self.me, "is_bot": False, "first_name": "某"},
            **content,
        }

    async def _rows(self) -> list[Any]:
        async with self.office.database.session() as session:
            rows = (await session.execute(select(outbox).order_by(outbox.c.id))).all()
        return [row for row in rows if row.chat_id in (self.me, None)]

    async def _update(self, content: dict[str, Any]) -> None:
        number = next(IDS)
        update = Update.de_json({"update_id": number, **content}, self.context.bot)
        route, check = next(
            (r, c)
            for r in (*form_edits.ROUTES, *aside.ROUTES, *forms.ROUTES)
            if (c := r.check_update(update))
        )
        context = Context(self.context.application)
        route.collect_additional_context(context, update, self.context.application, check)
        query = update.callback_query.id if update.callback_query else None
        try:
            async with self.office.work(f"update:{number}") as work:
                CURRENT.set(work)
                await route.callback(update, context)
        except Refused as refused:
            async with self.office.work(f"refused:{number}") as work:
                await answers_matter.refuse(work, self.me, query, refused, stranger=False)


class Clock:
    """The time, turned by the tests."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now
