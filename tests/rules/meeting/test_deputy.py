"""派员 as people write it: name and post in either order; whom the roster knows needs no post."""

import pytest

from rules.meeting.deputy import read_deputy
from rules.refused import Refused
from tests.meeting_cast import District


@pytest.mark.parametrize(
    ("text", "name", "post"),
    [
        ("姜羽翔", "姜羽翔", "财政局副局长"),
        ("姜羽翔 副局长", "姜羽翔", "副局长"),
        ("副局长，姜羽翔", "姜羽翔", "副局长"),
        ("柳成荫 四级调研员", "柳成荫", "四级调研员"),
        ("综合科科长 柳成荫", "柳成荫", "综合科科长"),
    ],
)
def test_name_and_post(text: str, name: str, post: str) -> None:
    district = District()
    found = read_deputy(text, district.roster, district.units["财政局"])
    assert (found.name, found.post) == (name, post)


@pytest.mark.parametrize("text", ["柳成荫", "章问道", "陶鳞潜"])
def test_a_post_is_wanted_and_another_than_their_own(text: str) -> None:
    district = District()
    head = district.head("财政局")
    with pytest.raises(Refused):
        read_deputy(text, district.roster, head.unit, head)
