"""Which questions each form asks step by step: only what has no default and may not stay empty."""

import pytest

from handlers.countersign.form import COUNTERSIGN
from handlers.forms.kinds import Form
from handlers.invitation.form import INVITE
from handlers.leave.form import LEAVE
from handlers.meeting.form import MEETING
from rules.forms import Values
from rules.meeting.matter import MeetingKind


@pytest.mark.parametrize(
    ("form", "values", "asked"),
    [
        (LEAVE, {}, "kind span place reason"),
        (COUNTERSIGN, {}, "papers kind units"),
        (COUNTERSIGN, {"title": "征收补偿协议"}, "papers kind nature units"),
        (INVITE, {}, "event when place asked task programme"),
        (MEETING, {"kind": MeetingKind.EXECUTIVE}, "kind start topics units"),
        (MEETING, {"kind": MeetingKind.SPECIAL}, "kind title start units"),
    ],
)
def test_what_is_asked(form: Form, values: dict[str, object], asked: str) -> None:
    said = Values(values)
    on_it = [field for field in form.fields if field.shown is None or field.shown(said)]
    assert [field.key for field in on_it if field.is_asked(said)] == asked.split()
