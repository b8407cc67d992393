"""What has to pass the legal review first: normative documents and contracts (art. 21, 24, 53).

A countersign is no review: 国办发〔2018〕115号 二(七) forbids that asking for opinions, countersigning or
sitting in take its place. So the reviewer's silence is never consent, and nothing is closed without its
positive word.
"""

import re
from enum import StrEnum
from typing import Final

from rules.articles import article, cite

_LIKE_NORMS: Final = re.compile(r"办法|规定|细则|规则|条例")
_LIKE_CONTRACTS: Final = re.compile(r"合同|协议|备忘录|意向书")


class Nature(StrEnum):
    """What the person says that it is."""

    NORMATIVE = "规范性文件"
    CONTRACT = "合同、协议"
    NEITHER = "都不是"

    @property
    def article(self) -> int | None:
        """The article that wants it reviewed; None where none does."""
        return {Nature.NORMATIVE: 21, Nature.CONTRACT: 24}.get(self)


def worth_asking(title: str) -> bool:
    """Whether the title sounds like one of them, so that it is asked what it is."""
    return bool(_LIKE_NORMS.search(title) or _LIKE_CONTRACTS.search(title))


def demanded(nature: Nature, reviewer: str) -> str:
    """Why the reviewing unit is among those asked, and stays there."""
    return (
        f"{_reviewed(nature)}须经{reviewer}合法性审查，会签单位不能减去{reviewer}，其逾期不回复也不视为同意。"
        f"{cite(review_article(nature))}"
    )


def no_substitute(nature: Nature) -> str:
    """Why the reviewer has to say something, in one sentence with its grounds."""
    return (
        f"{_reviewed(nature)}须经合法性审查，不得以会签代替（国办发〔2018〕115号），"
        f"逾期不回复不视为同意，请签署意见。{cite(review_article(nature))}"
    )


def wants_review(nature: Nature) -> str:
    """The same as a clause: 第二十一条规定须经合法性审查，不因逾期视为同意."""
    return f"{article(review_article(nature))}规定须经合法性审查，不因逾期视为同意"


def review_article(nature: Nature) -> int:
    """The article that wants it reviewed; 53 where nothing is known of it but that it is reviewed."""
    return nature.article or 53


def _reviewed(nature: Nature) -> str:
    return {Nature.NORMATIVE: "规范性文件", Nature.CONTRACT: "合同、协议、备忘录"}.get(nature, "这类文件")
