"""A new version (送新稿): the lead unit's people make it ready, its head sends it (art. 53, 63)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from typing_extensions import override

from handlers.context import Route
from handlers.countersign.form import DRAFTS
from handlers.forms.entry import begin
from handlers.forms.kinds import Form, asks
from handlers.taps import Tap, on_tap
from matters import succession
from matters.countersign import mediation
from matters.countersign.sending import ask
from matters.countersign.show import bring_up_to_date
from notices.countersign import end as notices
from notices.countersign.lead import DROP_NEW, NEW, SEND_NEW, version_buttons, version_card
from notices.countersign.succession import of_review
from notices.countersign.words import grounds, limit_of, whose_limit
from notices.notice import Notice
from rules.articles import cite
from rules.countersign.answer import CountersignPaper
from rules.countersign.consultation import Consultation, Seat
from rules.countersign.life import always_again, asked_again, by_head, may_renew, new_round
from rules.countersign.matter import Countersign
from rules.countersign.prepared import drop_version, hold_version
from rules.countersign.round import NewVersion
from rules.countersign.succession import Review, review_left
from rules.fields import Files, Json, Paper, Scene, Text, UnitsField, reason
from rules.forms import Problem, Values
from rules.refused import Refused
from rules.roster import Official, Unit
from storage.queries.countersign import sheets as stored
from storage.queries.countersign.people import answering, leading
from storage.unit_of_work import UnitOfWork

EVERYBODY = "全部"


@dataclass(frozen=True)
class AgainField(UnitsField):
    """The units that answer again; 全部 is all, and those that must are always among them."""

    @override
    def parse(self, text: str, scene: Scene) -> list[Unit]:
        units = self.among(scene) if self.among else []
        if text.strip() in (EVERYBODY, "所有", "全部单位"):
            return list(units)
        return self._with_always(super().parse(text, scene), scene)

    @override
    def unpack(self, stored: Json, scene: Scene) -> list[Unit]:
        return self._with_always(super().unpack(stored, scene), scene)

    @override
    def say(self, value: list[Unit], scene: Scene) -> str:
        units = self.among(scene) if self.among else []
        return EVERYBODY if len(value) == len(units) else super().say(value, scene)

    def _with_always(self, picked: list[Unit], scene: Scene) -> list[Unit]:
        always = [unit for unit in _asked_before(scene) if unit.id in (scene.values.get("always") or [])]
        return [*picked, *(unit for unit in always if unit not in picked)]


def _asked_before(scene: Scene) -> Sequence[Unit]:
    wanted = scene.values.get("standing") or []
    return [unit for unit in scene.roster.units if unit.id in wanted]


def renewed(sheet: Countersign) -> dict[str, Any]:
    """What the form of a new version has to know of it."""
    return {
        "sheet": sheet.id,
        "standing": [one.unit.id for one in sheet.current],
        "always": [unit.id for unit in always_again(sheet)],
    }


@on_tap(f"countersign:<id>:{NEW}|{SEND_NEW}|{DROP_NEW}", Countersign)
async def act(tap: Tap[Countersign]) -> str:
    """The lead unit taps 发送新稿; its head 送会签 or 退回修改 under what was made ready."""
    work, official, sheet = tap.work, tap.official, tap.matter
    seat = await stored.seat(work, sheet.lead_unit)
    may_renew(sheet, official, seat)
    if tap.act == NEW:
        await tap.begin(RENEWING, renewed(sheet))
        return ""
    by_head(sheet, official, seat, "送新稿")
    if sheet.new_version is None:
        raise Refused("这份新稿已经办理，请看最新的卡片。")
    if tap.act == DROP_NEW:
        await tap.begin(dropping, {"sheet": sheet.id})
        return "请在下方写明修改意见。"
    version = NewVersion.unpack(sheet.new_version)
    await _renew(work, official, sheet, seat, version)
    return f"第{sheet.round}稿已送出。"


# ---------------------------------------------------------------- 提交


async def _preview(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """Who answers again, within what time, whose word stands, and who sends it."""
    sheet = await work.lock(Countersign, values["sheet"])
    seat = await stored.seat(work, sheet.lead_unit)
    again = asked_again(sheet, [unit.id for unit in values["again"]])
    stays = [one.unit.name for one in sheet.current if one.unit not in again]
    names = "、".join(unit.name for unit in again)
    limit = f"{limit_of(sheet, work.office.settings.periods)}{whose_limit(sheet)}"
    lines = [f"第{sheet.round + 1}稿送{names}重新会签，期限重新起算，请于{limit}回复。"]
    if stays:
        lines.append(f"不再征求，原答复继续有效：{'、'.join(stays)}。")
    if not seat.holds(official):
        whose = seat.signer.titled if seat.signer else f"{sheet.lead_unit.name}主要负责人"
        lines.append(f"提交后由{whose}点「送会签」送出。{cite(63)}")
    lines += grounds(sheet, again)
    return Markup("\n").join(escape(line) for line in lines)


async def _check(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    sheet = await work.lock(Countersign, values["sheet"])
    may_renew(sheet, official, await stored.seat(work, sheet.lead_unit))  # ended while they were writing?
    return []


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    """From the head it goes out at once; from others it waits for them."""
    sheet = await work.lock(Countersign, values["sheet"])
    seat = await stored.seat(work, sheet.lead_unit)
    papers: list[Paper] = values["papers"]
    version = NewVersion(
        [CountersignPaper(one.file_id, one.name, one.size, one.photo) for one in papers],
        values["note"],
        [unit.id for unit in values["again"]],
        official.id,
    )
    may_renew(sheet, official, seat)
    if seat.holds(official):
        await _renew(work, official, sheet, seat, version)
        return Markup("{}第{}稿已送出。").format(sheet.matter, sheet.round)
    await work.retire(version_card(sheet), Markup("已有更新的一稿待送出（见下方）。"))
    hold_version(sheet, version)
    await work.note(
        official,
        "countersign.draft_round",
        f"countersign:{sheet.id}",
        article=63,
        detail=_detail(version, sheet.round + 1),
    )
    await bring_up_to_date(work, sheet)
    whose = f"{sheet.lead_unit.name}主要负责人"
    if seat.signer is not None:
        again = asked_again(sheet, version.again)
        await work.send(*notices.version_to_send(sheet, version, again, seat.signer, official))
        whose = seat.signer.titled
    return Markup("第{}稿已备好，现送{}审核，由其点「送会签」。{}").format(sheet.round + 1, whose, cite(63))


def _detail(version: NewVersion, number: int) -> dict[str, Any]:
    return {"round": number, "note": version.note, "files": [paper.name for paper in version.papers]}


async def _renew(
    work: UnitOfWork, official: Official, sheet: Countersign, seat: Seat, version: NewVersion
) -> None:
    """The new version goes out: new cards with periods of their own, and nothing live on the old ones."""
    roster, again = await work.roster(), asked_again(sheet, version.again)
    before, was_ready = list(sheet.current), sheet.ready_at is not None
    opened = new_round(
        sheet,
        official,
        seat,
        work.now,
        papers=list(version.papers),
        note=version.note,
        again=again,
        heads={unit: roster.head_of(unit) for unit in again},
    )
    await work.flush()
    await work.note(
        official,
        "countersign.new_round",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        acting_for=opened.opened_for,
        detail={**_detail(version, opened.number), "units": [unit.name for unit in again]},
    )
    await ask(work, sheet)
    replaced = [one for one in before if one.unit in again]
    await work.redraw(version_card(sheet), _sent(sheet), version_buttons(sheet))
    await bring_up_to_date(work, sheet, *replaced)
    await mediation.redraw(work, sheet)
    if review_left(sheet):  # its reviewer is no more, and passed another version
        await succession.lay_before_desk(work, of_review(Review(sheet)))
    people = [one for one in dict.fromkeys([*await leading(work, sheet), official, seat.head]) if one]
    await work.send(*notices.renewed(sheet, again, people, work.office.settings.periods))
    await _tell_the_others(work, sheet, [one for one in before if one.unit not in again])
    if was_ready:
        await work.send(*notices.not_ready(sheet, roster.desk))


async def _tell_the_others(work: UnitOfWork, sheet: Countersign, those: Collection[Consultation]) -> None:
    for one in those:
        await work.send(*notices.still_counts(sheet, one, await answering(work, one)))


def _sent(sheet: Countersign) -> Markup:
    return Markup("<b>{}</b>\n第{}稿已送出。").format(sheet.matter, sheet.round)


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """New versions that wait for them to send them."""
    roster, waiting = await work.roster(), []
    for unit in await stored.signs_for(work, official):
        for sheet in await stored.led_by(work, unit):
            if sheet.new_version is not None:
                version = NewVersion.unpack(sheet.new_version)
                by, again = roster.by_id(version.by) or sheet.drafter, asked_again(sheet, version.again)
                waiting += notices.version_to_send(sheet, version, again, official, by)[:1]
    return waiting


RENEWING = Form(
    name="countersign.new",
    title="会签新稿",
    fields=(
        Files(
            "papers",
            "文件",
            ask="请发来新稿。",
            hint="可发多个，发完请点「发完了」。涉密文件不得发送。",
            aliases=("附件", "文稿", "新稿"),
            endings=DRAFTS,
        ),
        Text(
            "note",
            "改动",
            ask="这一稿改了什么？",
            example="第八条资金来源改为列入年度预算",
            aliases=("修改", "说明"),
            longest=300,
        ),
        AgainField(
            "again",
            "重新会签",
            ask="请哪些单位重新会签？",
            hint="有不同意见的、尚未答复的一律重新会签，不用选也在内。",
            example="全部，或财政局、人社局",
            aliases=("单位", "会签单位"),
            among=_asked_before,
            default=lambda scene: list(_asked_before(scene)),
        ),
    ),
    check=_check,
    preview=_preview,
    submit=_submit,
)


@asks(
    "countersign.drop_new",
    "退回新稿的意见",
    reason("意见", "请写一句修改意见。", "附件二未更新", phrases="send_back"),
)
async def dropping(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    """退回修改: who made it ready has their form again as they had filled it."""
    sheet = await work.lock(Countersign, values["sheet"])
    seat, reason = await stored.seat(work, sheet.lead_unit), values["reason"]
    may_renew(sheet, official, seat)
    by_head(sheet, official, seat, "退回新稿")
    version = drop_version(sheet)
    if version is None:
        return Markup("这份新稿已经办理。")
    await work.note(
        official,
        "countersign.drop_round",
        f"countersign:{sheet.id}",
        article=63,
        acting_for=seat.acting_for(official),
        detail={"reason": reason},
        undo="退回修改",
    )
    text = Markup("<b>{}</b>\n第{}稿已退回修改：{}").format(sheet.matter, sheet.round + 1, reason)
    await work.redraw(version_card(sheet), text)
    await bring_up_to_date(work, sheet)
    roster = await work.roster()
    drafter = roster.by_id(version.by) or sheet.drafter
    await work.send(notices.version_sent_back(sheet, drafter, official, reason))
    if drafter.telegram_id is not None:
        filled = {
            **renewed(sheet),
            "papers": [Paper(one.file_id, one.name, one.size, one.photo) for one in version.papers],
            "note": version.note,
            "again": asked_again(sheet, version.again),
        }
        await begin(work, drafter, drafter.telegram_id, RENEWING, values=filled)
    return Markup("已退回修改：{}第{}稿。").format(sheet.matter, sheet.round + 1)


FORMS: tuple[Form, ...] = (RENEWING, dropping)
ROUTES: list[Route] = [act]
