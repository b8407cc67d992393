"""Pictures told as plain data, made into PNGs when their turn to be sent comes.

The drawing library is loaded with the first picture: the bot starts without it.
"""

# ruff: noqa: PLC0415 - the drawing library, only when it is wanted

import json
import threading
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

WEEK_PLAN: Final = "week_plan"
"""What a drawing of the leaders' week bears under `picture`; one that bears nothing is of the board."""

_drawing_one = threading.Lock()


def draw(drawing: Mapping[str, Any]) -> bytes:
    """The picture as a PNG; RuntimeError where this machine has no Chinese font. Slow: for a thread."""
    with _drawing_one:
        return _drawn(json.dumps(drawing, sort_keys=True))


@lru_cache(maxsize=1)
def _drawn(drawing: str) -> bytes:
    """Kept until the next one: the same picture goes to everybody at the desk, one after the other."""
    told = json.loads(drawing)
    if told.pop("picture", None) == WEEK_PLAN:
        from notices.pictures.week_plan_chart import PlanChart
        from notices.pictures.week_plan_picture import PlanPicture

        return PlanPicture(PlanChart.unpacked(told)).png()
    from notices.pictures.board_chart import Chart
    from notices.pictures.board_picture import Picture

    return Picture(Chart.unpacked(told)).png()
