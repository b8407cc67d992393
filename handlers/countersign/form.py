"""A sheet (会签) as a form: what is asked, what is checked, where it goes (art. 21, 24, 53, 59, 63)."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from markupsafe import Markup, escape

from handlers.context import CURRENT
from handlers.countersign.units import ConsultedField, nature_of, others, reviewer
from handlers.forms.kinds import Form
from matters.countersign.sending import hand_in, let_go
from notices.countersign import told as notices
from notices.countersign.words import grounds
from rules.articles import cite
from rules.countersign.answer import CountersignPaper
from rules.countersign.due import Limit, due_after
from rules.countersign.kinds import STARTERS, SheetFacts
from rules.countersign.legal import Nature, demanded, worth_asking
from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.countersign.prepared import REPEATABLE, settle_review
from rules.dates.reading import moment_words
from rules.fields import Choice, Files, Paper, Scene, Text
from rules.fields.limit import LimitField, limit_of, limit_words
from rules.forms import Problem, Values, may_repeat
from rules.periods import Periods
from rules.roster import Official, Unit
from rules.secrecy import about
from storage.queries.countersign import sheets as stored
from storage.unit_of_work import UnitOfWork

DRAFTS = (".docx", ".doc", ".wps", ".pdf", ".ofd", ".xlsx", ".txt")
"""The kinds of file that go round."""
SECRET, NOT_SECRET = "是", "否"


def _title(values: Values) -> str:
    """The title; until there is one, the first file's name, which is proposed for it."""
    papers: Sequence[Paper] = values.get("papers") or []
    return str(values.get("title") or (PurePath(papers[0].name).stem if papers else ""))


def _secret_word(values: Values) -> str | None:
    """The word of title or file names that speaks of secrets without being a mark."""
    papers: Sequence[Paper] = values.get("papers") or []
    texts = [_title(values), *(PurePath(paper.name).stem for paper in papers)]
    return next((word for text in texts if (word := about(text))), None)


def bare(title: str) -> str:
    """The title without the marks that the cards put round it; marks within it stay."""
    title, depth = title.strip(), 0
    for place, sign in enumerate(title):
        depth += (sign == "《") - (sign == "》")
        if depth == 0:
            return title[1:-1] if place == len(title) - 1 > 0 and title[0] == "《" else title
    return title


def _file_title(scene: Scene) -> str | None:
    """The first file's name, as a proposal."""
    return _title(scene.values)[:100] or None


def _periods() -> Periods:
    work = CURRENT.get(None)
    return work.office.settings.periods if work else Periods()


# ---------------------------------------------------------------- before 提交


async def _forbids(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    """Who may not start at all, and what may not be handled here (art. 59, 79)."""
    if official.role not in STARTERS:
        return Markup("会签由各单位主要负责人或联络员发起。\n{}").format(cite(63))
    if (await work.roster()).head_of(official.unit) is None:
        return Markup("花名册上没有{}的主要负责人，无人能送会签，请告区政府办公室。").format(
            official.unit.name
        )
    if values.get("secret") == SECRET:
        await work.note(official, "countersign.secret", f"official:{official.id}", article=79)
        return Markup(
            "<b>涉密事项不能在这里办理</b>\n请按保密规定通过机要渠道送会签。"
            "所填内容和文件没有保留，请将已发到对话中的文件一并删除。{}{}"
        ).format(cite(59), cite(79))
    return None


async def _before(work: UnitOfWork, official: Official) -> dict[str, Any]:
    """The units of the last sheet that they drafted."""
    return {"units_before": await stored.consulted_last(work, official)}


async def _preview(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """Who lets it go, until when the units would answer, what silence means, and whom it would not reach."""
    settings, seat = work.office.settings, await stored.seat(work, official.unit)
    facts = _facts(values)
    due = due_after(
        work.now, Limit(facts.limit_days, facts.limit_until), await work.calendar(), settings.periods
    )
    nature = nature_of(values)
    wanted = reviewer(await work.roster(), settings.legal_review, official.unit)
    if nature is Nature.NEITHER:
        wanted = None
    sheet = Countersign(official.unit, official, prepared_at=work.now, reviewer=wanted, **vars(facts))
    lines = []
    if seat.holds(official):
        lines.append("提交后即送出，不必另行确认。")
    elif seat.signer is not None:
        lines.append(f"提交后由{seat.signer.titled}点「送会签」送出。{cite(63)}")
    else:
        lines.append(f"提交后由{official.unit.name}主要负责人点「送会签」送出。{cite(63)}")
    count = len(values["units"])
    lines.append(f"送{count}个单位；如现在送达，请于{due.label}前回复（{due.explained}）。")
    if wanted is not None:
        lines.append(demanded(nature, wanted.name))
    lines += grounds(sheet, values["units"])
    lines += [f"⚠️ {sentence}" for sentence in await _warnings(work, official, values)]
    return Markup("\n").join(escape(line) for line in lines)


async def _check(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    """The same draft twice is one draft, whether sent twice by one person or by liaison and head."""
    facts = _facts(values)
    await work.lock(Unit, official.unit.id)  # liaison and head at one moment: one after the other
    for other in await stored.led_by(work, official.unit):
        if other.id != values.get("sheet") and other.same_as(facts):
            by, at = other.drafter.titled, moment_words(other.prepared_at)
            then = "不必重复发起" if other.state is CountersignState.OPEN else "发「待办」「我的」可接着办"
            same = f"同一份文件已由{by}于{at}发起会签（{other.state}），{then}。"
            return [Problem("", f"{same}文件、标题确有不同的，请修改后再提交。")]
    return []


async def _warnings(work: UnitOfWork, official: Official, values: Values) -> list[str]:
    """What does not keep it back, but should be known."""
    found = []
    name = work.office.settings.legal_review
    own = official.unit.called(name)
    if (
        nature_of(values) is not Nature.NEITHER
        and not own
        and reviewer(await work.roster(), name, official.unit) is None
    ):
        found.append(f"花名册上没有{name}或其主要负责人，合法性审查须另行办理")
    for other in await stored.led_by(work, official.unit):
        if other.title == bare(_title(values)) and other.id != values.get("sheet"):
            found.append(f"同题的会签（{other.state}）尚未办结，请勿重复发起")
            break
    roster = await work.roster()
    unbound = [
        unit.name
        for unit in values["units"]
        if not any(o.telegram_id for o in [roster.head_of(unit), *stored.drafting(unit, roster)] if o)
    ]
    if unbound:
        found.append(f"{'、'.join(unbound)}尚无人绑定，机器人送不到，期限不起算，须另送纸质件")
    return found


# ---------------------------------------------------------------- 提交


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    """Keep it; the head who started it themselves lets it go at once."""
    roster, seat = await work.roster(), await stored.seat(work, official.unit)
    facts = _facts(values)
    units = {unit: roster.head_of(unit) for unit in values["units"]}
    law = reviewer(roster, work.office.settings.legal_review, official.unit) if facts.nature.article else None
    if values.get("sheet"):
        sheet = await work.lock(Countersign, values["sheet"])
        sheet.may_lead(official, seat)
        if law is None and facts.nature.article and (law := sheet.reviewer) is not None:
            units.setdefault(law, roster.head_of(law))  # whom the office has named, or is still to replace
        sheet.revise(facts, units, work.now)
    else:
        sheet = Countersign(official.unit, official, prepared_at=work.now, **vars(facts))
        sheet.consult(units)
        work.add(sheet)
    settle_review(sheet, law, not_secret=values.get("secret") == NOT_SECRET)
    await work.flush()
    await _noted(work, official, sheet, _secret_word(values) or "")
    if seat.holds(official):
        await let_go(work, official, sheet, seat)
        return Markup("{}已送出。").format(sheet.matter)
    await hand_in(work, sheet, seat, again=bool(values.get("sheet")))
    return notices.prepared(sheet, seat)


async def _noted(work: UnitOfWork, official: Official, sheet: Countersign, word: str) -> None:
    detail = {
        "kind": sheet.kind,
        "title": sheet.title,
        "units": [one.unit.name for one in sheet.consultations],
        "files": [paper.name for paper in sheet.papers],
        "nature": sheet.nature,
    }
    subject = f"countersign:{sheet.id}"
    await work.note(official, "countersign.prepare", subject, article=sheet.kind.article, detail=detail)
    if sheet.not_secret:
        await work.note(official, "countersign.not_secret", subject, article=79, detail={"word": word})


def _facts(values: Values) -> SheetFacts:
    limit, papers = limit_of(values["limit"]), values.get("papers") or []
    usual = limit.days == _periods().countersign_reply
    return SheetFacts(
        kind=values["kind"],
        title=bare(values["title"]),
        remark=values.get("remark") or "",
        urgent=values.get("urgent") == "是",
        limit_days=None if usual else limit.days,
        limit_until=limit.until,
        nature=nature_of(values),
        papers=[CountersignPaper(one.file_id, one.name, one.size, one.photo, round=1) for one in papers],
    )


def refill(sheet: Countersign) -> Mapping[str, Any]:
    """The values of a sheet that was sent back, for the form to begin with."""
    return {
        "sheet": sheet.id,
        "papers": [Paper(one.file_id, one.name, one.size, one.photo) for one in sheet.papers_now],
        "title": sheet.title,
        "kind": sheet.kind,
        **({"secret": NOT_SECRET} if sheet.not_secret else {}),
        **({"nature": sheet.nature} if worth_asking(sheet.title) else {}),
        "units": [one.unit for one in sheet.current],
        "limit": limit_words(sheet.limit, _periods().countersign_reply),
        "remark": sheet.remark or None,
        "urgent": "是" if sheet.urgent else "否",
    }


def as_before(official: Official, sheet: Countersign) -> Mapping[str, Any]:
    """A new sheet that says what this one said."""
    may_repeat(sheet.state, REPEATABLE, own=official.unit is sheet.lead_unit)
    return {key: value for key, value in refill(sheet).items() if key not in ("sheet", "secret")}


COUNTERSIGN = Form(
    name="countersign",
    title="会签",
    word="会签",
    aliases=("送会签", "发起会签", "征求意见"),
    fields=(
        Files(
            "papers",
            "文件",
            ask="请发来要会签的文件。",
            hint="涉密文件不得发送。发完请点「发完了」。",
            aliases=("附件", "文稿", "稿件"),
            endings=DRAFTS,
        ),
        Text(
            "title",
            "标题",
            ask="标题是什么？",
            example="城市更新管理办法",
            aliases=("题目", "名称", "题名"),
            longest=100,
            default=_file_title,
            unasked=True,
        ),
        Choice(
            "secret",
            "是否涉密",
            ask="标题或文件名里有涉密字样，内容是否涉密？",
            hint="涉密的不能在这里办理；不涉密的，您的确认将记录在案。",
            example="否",
            aliases=("涉密",),
            options=(NOT_SECRET, SECRET),
            synonyms={"不涉密": NOT_SECRET, "不": NOT_SECRET, "涉密": SECRET},
            shown=lambda values: _secret_word(values) is not None,
        ),
        Choice(
            "kind",
            "类型",
            ask="是文稿、议题还是请示？",
            hint="文稿逾期不回复的视为无不同意见；议题、请示须主要负责人签字。",
            example="文稿",
            aliases=("种类", "文种"),
            options=tuple(CountersignKind),
            synonyms={"公文": "文稿", "代拟稿": "文稿", "草案": "文稿", "会议议题": "议题"},
        ),
        Choice(
            "nature",
            "性质",
            ask="是规范性文件，或者合同、协议吗？",
            hint="是的须经合法性审查，自动加送司法行政部门。",
            example="规范性文件",
            aliases=("文件性质", "合法性审查"),
            options=tuple(Nature),
            synonyms={
                "规范": "规范性文件",
                "合同": "合同、协议",
                "协议": "合同、协议",
                "否": "都不是",
                "不是": "都不是",
            },
            columns=1,
            shown=lambda values: worth_asking(_title(values)),
        ),
        ConsultedField(
            "units",
            "单位",
            ask="送哪些单位会签？",
            example="财政局、人社局",
            aliases=("会签单位", "征求单位", "送"),
            among=others,
            before=lambda values: values.get("units_before", ()),
        ),
        LimitField(
            "limit",
            "时限",
            ask="请各单位几个工作日内回复？",
            hint="一般3个工作日；也可另定时限，或写明哪天几点之前。",
            example="3，或{soon} 14:30",
            aliases=("期限", "回复时限"),
            default=lambda scene: f"{scene.settings.periods.countersign_reply}个工作日",
            unasked=True,
        ),
        Text(
            "remark",
            "说明",
            ask="有什么要说明的？",
            example="请重点核对第三章资金来源",
            aliases=("备注",),
            longest=300,
            optional=True,
            unasked=True,
        ),
        Choice(
            "urgent",
            "急件",
            ask="是急件吗？",
            hint="急件随到随送，请各单位即到即办。（依据《工作规则》第六十一条）",
            example="是",
            aliases=("紧急", "加急"),
            options=("否", "是"),
            synonyms={"不": "否", "急": "是", "急件": "是", "特急": "是", "加急": "是"},
            default=lambda _: "否",
            unasked=True,
        ),
    ),
    check=_check,
    forbids=_forbids,
    preview=_preview,
    submit=_submit,
    around=_before,
    matter=Countersign,
    from_matter=as_before,
)
