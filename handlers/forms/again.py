"""照原内容再报: a new form filled with what a matter said that came to nothing.

It is a new matter, reported when it is submitted: art. 77 and 86 count the first report only where the same
one is mended (退回修改, 请补充).
"""

from handlers.context import Route
from handlers.forms.kinds import FORMS
from handlers.taps import DEAD, Tap, on_tap
from notices.form_buttons import AGAIN
from rules.refused import Refused


@on_tap(f"{AGAIN}:{{form}}:<id>")
async def again(tap: Tap[None]) -> str:
    """The button under what was refused, sent back for good, or withdrawn."""
    form = FORMS.get(tap.words["form"])
    if form is None or form.matter is None or form.from_matter is None:
        raise Refused(DEAD)
    matter = await tap.work.lock(form.matter, tap["id"])
    await tap.begin(form, form.from_matter(tap.official, matter))
    return "请在下方核对后提交。"


ROUTES: list[Route] = [again]
