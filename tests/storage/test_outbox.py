"""Long texts are parted at lines, and people's own text stays text."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from notices.message_text import TEXT_LIMIT, length, plain, split


def test_a_short_text_stays_whole() -> None:
    assert split(Markup("<b>请假报告</b>\n财政局")) == [Markup("<b>请假报告</b>\n财政局")]


def test_a_long_text_is_parted_at_a_line() -> None:
    line = "一" * 1500
    parts = split(Markup("\n").join(Markup("<b>{}</b>").format(line) for _ in range(4)))
    assert [length(part) for part in parts] == [3001, 3001]
    assert all(str(part).count("<b>") == str(part).count("</b>") == 2 for part in parts)


@given(st.lists(st.text(max_size=3000), max_size=8))
def test_nothing_is_lost_and_no_part_is_too_long(lines: list[str]) -> None:
    lines = [line.replace("\n", " ") for line in lines]
    parts = split(escape("\n".join(lines)))
    assert all(length(part) <= TEXT_LIMIT for part in parts)
    assert "".join(plain(part) for part in parts).replace("\n", "") == "".join(lines)


def test_emoji_count_as_telegram_counts_them() -> None:
    assert length("👍") == 2
    assert length(Markup("&lt;b&gt;")) == 3
