"""Chinese numerals: written as cn2an writes them, read as officials write them."""

import cn2an
import pytest

from rules import numerals


@pytest.mark.parametrize("number", range(1, 100))
def test_what_is_written_is_what_a_library_writes_and_is_read_again(number: int) -> None:
    assert numerals.written(number) == cn2an.an2cn(str(number))
    assert numerals.read(numerals.written(number)) == number
    assert numerals.read(str(number)) == number


@pytest.mark.parametrize("number", [-1, 0, 100])
def test_no_article_has_such_a_number(number: int) -> None:
    with pytest.raises(ValueError, match="not from 1 to 99"):
        numerals.written(number)


@pytest.mark.parametrize("numeral", ["", "几", "十十", "点零十零"])
def test_what_is_no_number_is_not_read_as_one(numeral: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        numerals.read(numeral)
