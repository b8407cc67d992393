"""Every way to ask for something in a table: put into the bot's own words, offered as buttons, or left alone.

What opens something that nobody wanted is worse than what is not understood: so a third of the table opens
nothing at all.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import handlers.routes  # noqa: F401 - enters the forms
from handlers.board import WITH_DAYS
from handlers.find import WITH_WORDS
from handlers.forms.notes import opened_by
from handlers.sentences.table import ALL_ANSWERS, TABLE
from handlers.week_plan import ASKED
from matters.menu import MENU
from rules.sentences.answers import button_meant
from rules.sentences.reading import OFFERED, understand

TUESDAY = date(2026, 12, 1)
WAYS = Path(__file__).parent / "ways_to_say_it.tsv"
OTHERS = ("陶鳞潜", "姜羽翔", "杨调阳", "孙宇宙", "赵天地")
WORDS = {entry.word for entry in MENU.entries} | {"周安排", "委托代办", "简报备案", "报送简报"}
THANKS, BUTTON, OFFERS = "👌", "点 ", "？ "


def rows() -> Iterator[tuple[str, str]]:
    for line in WAYS.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            text, meaning = line.split("\t")
            yield text, meaning


def _opens(meaning: str) -> bool:
    return not meaning.startswith((OFFERS, THANKS, BUTTON))


def outcome(text: str) -> str:
    """What a sentence is, as the table writes it."""
    read = understand(text, TABLE, TUESDAY, OTHERS)
    if read.courtesy:
        return THANKS
    if read.act:
        return f"{BUTTON}{read.act}"
    return read.said.replace("\n", " | ") if read.said else f"{OFFERS}{'、'.join(read.likely)}"


@pytest.mark.parametrize(("text", "meaning"), list(rows()))
def test_a_way_to_say_it(text: str, meaning: str) -> None:
    assert outcome(text) == meaning


def test_the_table_is_worth_its_name() -> None:
    texts = [text for text, _ in rows()]
    opening_nothing = [text for text, meaning in rows() if meaning.startswith(OFFERS)]
    assert len(texts) == len(set(texts)) >= 300
    assert len(opening_nothing) >= 60
    assert {text for text in opening_nothing if "假" in text or "会" in text}


def test_whatever_is_understood_begins_with_a_word_that_the_bot_knows() -> None:
    assert {each.opens for each in TABLE} <= WORDS
    for text, meaning in rows():
        if _opens(meaning):
            assert meaning.split(" ")[0] in WORDS, text


@pytest.mark.parametrize("meaning", sorted({meaning for _, meaning in rows() if _opens(meaning)}))
def test_the_bots_own_words_are_taken_by_a_route_or_a_form(meaning: str) -> None:
    """So nothing that was put into its words is ever read as a sentence again."""
    text = meaning.replace(" | ", "\n")
    patterns = (*(rf"{word}$" for word in WORDS), WITH_WORDS, WITH_DAYS, ASKED, r"工作日\s\S")
    assert any(re.match(pattern, text) for pattern in patterns) or opened_by(text)


@given(
    st.lists(
        st.sampled_from([*"请假会签区长周月日一1的谢好有空吗，、", "今天", "谢谢", "12.1"]), max_size=120
    )
)
def test_nothing_takes_long_to_read(signs: list[str]) -> None:
    """Hypothesis allows a fifth of a second."""
    understand("".join(signs), TABLE, TUESDAY, OTHERS)


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault_and_offers_little(text: str) -> None:
    read = understand(text, TABLE, TUESDAY, OTHERS)
    assert len(read.likely) <= OFFERED
    assert not (read.said and read.likely)
    button_meant(text, ALL_ANSWERS)


@given(
    st.sampled_from([text for text, meaning in rows() if meaning.startswith("请假")]),
    st.sampled_from(["不", "先不", "别", "不用", "取消"]),
)
def test_a_denial_before_the_order_takes_it_back(text: str, denial: str) -> None:
    for word in ("请个假", "请假"):
        denied = text.replace(word, f"{denial}{word}")
        if denied != text:
            assert not understand(denied, TABLE, TUESDAY, OTHERS).said.startswith("请假"), denied
            return
