"""What has to pass the legal review first: normative documents and contracts (art. 21, 24, 53)."""

import re
from enum import StrEnum
from typing import Final

from rules.articles import cite

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


def likely(title: str) -> Nature:
    """What a title that is to be reviewed most likely is."""
    return Nature.NORMATIVE if _LIKE_NORMS.search(title) else Nature.CONTRACT


def demanded(nature: Nature, reviewer: str) -> str:
    """Why the reviewing unit is among those asked, and stays there."""
    what = "规范性文件" if nature is Nature.NORMATIVE else "合同、协议、备忘录"
    return f"{what}须经{reviewer}合法性审查，会签单位不能减去{reviewer}。{cite(nature.article or 53)}"
