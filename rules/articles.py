"""The articles of the Work Rules (《区人民政府工作规则》), as people cite them."""

from functools import cache

from rules import numerals


@cache
def article(number: int) -> str:
    """The article's name in words, e.g. 77 -> 第七十七条."""
    return f"第{numerals.written(number)}条"


def cite(*numbers: int) -> str:
    """The reference put behind a sentence that rests on the article, or on several."""
    return f"（依据《工作规则》{'、'.join(article(number) for number in numbers)}）"
