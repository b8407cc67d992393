"""登记答复: the office enters what it was told by telephone, with how it heard it."""

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form
from handlers.meeting import excuse as meeting_excuse
from handlers.meeting.fields import deputy_field
from handlers.meeting.reply import entered
from handlers.taps import Tap, on_tap
from notices.meeting import told as notices
from rules.fields import Choice, OfficialField, Scene, Text
from rules.forms import Problem, Values
from rules.meeting.attendance import Reply
from rules.meeting.deputy import read_deputy
from rules.meeting.excusing import new_excuse
from rules.meeting.matter import Meeting
from rules.meeting.reply import may_record, may_send_deputy, put_deputy, put_excuse, record_coming
from rules.refused import Refused
from rules.roster import Official
from storage.unit_of_work import UnitOfWork


@on_tap("meeting:<id>:record", Meeting)
async def record(tap: Tap[Meeting]) -> str:
    """[登记答复] on the office's card: whose answer, which, and how it was heard."""
    work, official, meeting = tap.work, tap.official, tap.matter
    if not meeting.attendees:
        raise Refused("名单里没有人。")
    other = next((one for one in meeting.attendees if one.official is not official), meeting.attendees[0])
    may_record(meeting, official, other, work.acted_at)
    silent = sorted(meeting.attendees, key=lambda one: one.reply is not None)
    hidden = {"meeting": meeting.id, "people": [one.official.id for one in silent]}
    await tap.begin(RECORD_FORM, hidden)
    return ""


def _on_list(scene: Scene) -> list[Official]:
    listed = (scene.roster.by_id(id) for id in scene.values.get("people") or [])
    return [one for one in listed if one is not None and one is not scene.official]


def _excused(values: Values) -> bool:
    return values.get("reply") is Reply.EXCUSED


def _deputed(values: Values) -> bool:
    return values.get("reply") is Reply.DEPUTY


async def _check_record(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    meeting = await work.lock(Meeting, values["meeting"])
    place = meeting.place_of(values["official"])
    may_record(meeting, official, place, work.acted_at)
    if values["reply"] is Reply.DEPUTY:
        may_send_deputy(meeting, place)
        read_deputy(values["deputy"], await work.roster(), place.official.unit, place.official)
    return []


async def _record(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    meeting = await work.lock(Meeting, values["meeting"])
    place = meeting.place_of(values["official"])
    before, roster, source = place.excuse, await work.roster(), values["source"]
    may_record(meeting, official, place, work.acted_at)
    match values["reply"]:
        case Reply.EXCUSED:
            excuse = new_excuse(meeting, place, values["reason"], roster, work.acted_at)
            put_excuse(place, excuse, official, work.acted_at, source)
        case Reply.DEPUTY:
            deputy = read_deputy(values["deputy"], roster, place.official.unit, place.official)
            put_deputy(meeting, place, deputy, official, work.acted_at, source)
        case _:
            record_coming(meeting, official, place, source, work.acted_at)
    await entered(work, meeting, place, official, before)
    if values["reply"] is Reply.EXCUSED:
        await meeting_excuse.asked(work, meeting, place)
    await work.send(notices.recorded(meeting, place, official))
    return Markup("已登记：{}{}（{}）。").format(place.official.name, place.reply, source)


RECORD_FORM = Form(
    name="meeting.record",
    title="登记答复",
    fields=(
        OfficialField("official", "人员", ask="登记谁的答复？", among=_on_list),
        Choice("reply", "答复", ask="怎么答复的？", options=tuple(Reply)),
        Text(
            "reason",
            "事由",
            ask="请假事由是什么？",
            example="赴省参加财政工作会议",
            longest=200,
            shown=_excused,
        ),
        deputy_field(shown=_deputed),
        Choice("source", "方式", ask="怎么得知的？", options=("电话", "当面", "短信", "其他")),
    ),
    check=_check_record,
    submit=_record,
)

FORMS: tuple[Form, ...] = (RECORD_FORM,)
ROUTES: list[Route] = [record]
