"""单位撤并: the office desk says which unit takes over what a closed one has left behind (art. 10)."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form
from handlers.taps import Tap, on_tap
from matters import succession
from matters.successions import KINDS, left_behind, locked
from notices import succession as notices
from notices.notice import Notice
from rules.fields import Scene, UnitsField
from rules.forms import ABOUT, Values
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Unit
from rules.succession import ARTICLE, in_hand, may_assign, successors
from storage.unit_of_work import UnitOfWork


@on_tap(f"succession:{'|'.join(KINDS)}:<left>")
async def start(tap: Tap[None]) -> str:
    """[由其他单位承接]: which unit is it?"""
    one = (await locked(tap.work, f"{tap.act}:{tap['left']}")).left(tap.work.now)
    may_assign(tap.official, one.unit, over=not one.left)
    await tap.begin(TAKE_OVER, {"matter": one.subject, ABOUT: one.plain})
    return "请在下方选定承接单位。"


def _successors(scene: Scene) -> Sequence[Unit]:
    return successors(scene.roster)


def _one_unit(units: list[Unit], scene: Scene) -> None:  # noqa: ARG001
    if len(units) > 1:
        raise Refused("只能由一个单位承接")


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """The unit has it from now on: it gets the cards, all who have to do with it hear of it."""
    matter, unit, roster = await locked(work, str(values["matter"])), values["unit"][0], await work.roster()
    one = matter.left(work.now)
    person = in_hand(unit, roster)
    if person is None:
        raise Refused(f"{unit.name}没有主要负责人，请先更新花名册。")
    await matter.take_over(work, official, unit, person)
    kind = one.subject.partition(":")[0]
    detail = {"from": one.unit.name, "to": unit.name}
    await work.note(official, f"{kind}.taken_over", one.subject, article=ARTICLE, detail=detail)
    outcome = Markup("现由{}承接（{}）。").format(unit.name, official.titled)
    await succession.settle(work, one, outcome)
    return Markup("{}：现由{}承接。").format(one.what, unit.name)


TAKE_OVER = Form(
    name="succession.take_over",
    title="明确承接单位",
    fields=(
        UnitsField(
            "unit",
            "承接单位",
            ask="由哪个单位承接？",
            among=_successors,
            check=_one_unit,
            most=1,
            example="财政局",
        ),
    ),
    submit=_submit,
    refusal_ends=True,  # another at the desk was quicker
)


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """What closed units have left behind, for everybody at the office desk."""
    if official.role not in OFFICE_DESK:
        return []
    return [notices.card(matter.left(work.now), official) for matter in await left_behind(work)]


FORMS: tuple[Form, ...] = (TAKE_OVER,)
ROUTES: list[Route] = [start]
