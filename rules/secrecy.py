"""Secrecy marks (密级标志): what bears one may not go through the bot at all (art. 59, 79).

A mark says what the paper *is*: 机密★10年, （秘密）, 内部资料 on a line of its own. The same words inside a
phrase say what it is *about*: 商业秘密保护办法 may be countersigned like any other draft. Where both can be
meant it is taken for a mark: one message too many refused is written again in a minute, one too few kept
cannot be taken back.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

ARTICLES: Final = (59, 79)
"""Secret papers take their own way; state secrets, work secrets and trade secrets are kept."""

TOGETHER: Final = timedelta(seconds=10)
"""What one person sends within so long of a marked message is one hand-over with it (办公室规定)."""

_HAN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff"
_LEVEL = "绝密|机密|秘密"
_INTERNAL = "内部(?:资料|文件|材料|刊物|参考)"
_STARS = str.maketrans(dict.fromkeys("☆✩✪✫✬✭✮✯✰⭐🌟⋆∗*", "★"))
_SIMPLIFIED = str.maketrans(
    "絕機祕內資級啓啟開長號檔屬係國務涉與個無頭傳電報關於為爲",
    "绝机秘内资级启启开长号档属系国务涉与个无头传电报关于为为",
)
_CIRCLED = "㊙"
_SIGNS = re.compile("[密内內]")
"""One of them is in every word looked for here."""

_OPEN, _CLOSE = r"(\[{<【〔〖「『", r")\]}>】〕〗」』"
_QUOTES_OPEN, _QUOTES_CLOSE = "“\"‘'《〈", "”\"’'》〉"
_KIND = "(?:文件|材料|资料|公文|文稿|文档|电报|信息|事项|件)"
_RANK = r"级?(?:\s*" + _KIND + ")?"

_SPACED = re.compile(rf"(?<![{_HAN}])([{_HAN}])[ \t]+(?=[{_HAN}](?![{_HAN}]))")
_WORD = re.compile(rf"(?P<level>{_LEVEL})|(?P<internal>{_INTERNAL})")
_LIST = re.compile(rf"(?:{_LEVEL})级?(?:\s*(?:[、/,]|[和或及与]者?)\s*(?:{_LEVEL})级?)+(?!\s*★)")
"""绝密、机密、秘密三级: a paper has one level, so a list of several only speaks of them."""
_BRACKETED = re.compile(rf"[{_OPEN}]\s*(?P<word>涉密{_KIND}?|密件?)\s*[{_CLOSE}]")
"""Marks only in brackets: 是否涉密 is a question of our own."""

_STAR = re.compile(r"级?\s*★")
_NUMERAL = "一二三四五六七八九十百"
_PERIOD = re.compile(
    rf"级?\s*(?:★\s*)?(?:第?\s*\d|第?\s*[{_NUMERAL}]+\s*(?:年|个?月|日|天|号|份|期)|[{_OPEN}]\s*\d"
    rf"|(?:长期|永久)(?![{_HAN}])|启[封用]前)"
)
_LABEL = re.compile(r"密级\s*(?:[:是]|确?定?为)?\s*$")
_THIS = re.compile(
    r"[此本该](?:文件|文稿|文档|材料|资料|通知|方案|附件|件|文|稿|函|表)(?:内容)?(?:属于?|系|为|是)?(?:国家|工作)?$"
)
_KEPT_CLOSE = re.compile(
    r"[\s,。;:!★]*请?(?:注意保[存密]|妥善保[管存]|[切请]?勿|不得|不准|严禁|禁止|不宜)?\s*"
    r"(?:注意保[存密]|妥善保[管存]|外传|外泄|扩散|公开|翻印|复印|传播|转发)"
)
"""What is printed beside 内部资料: 注意保存, 不得外传."""
_DENIED = re.compile(r"\s*:\s*(?:否|无|不|非)")
_GREAT = re.compile(r"(?:国家|工作|绝对|高度)$")
_TERM = re.compile(r"(?:商业|技术|个人|保守|泄[露漏]|侵犯|窃取|知悉)$")
"""商业秘密 and the like are terms; what stands before the word belongs to it."""
_BESIDE = r"(?:特急|加急|特提|平急|急件|急|密件|内部)"
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}\s*$")
_NO_COMPOUND = r"(?<![手随司主本开飞计耳相无用打])机密(?![码钥度封集闭实])|绝密|(?<![神奥])秘密"
_MATTER = re.compile(rf"{_NO_COMPOUND}|涉密|保密|密级|内部")


def marks(text: str) -> list[str]:
    """The secrecy marks in a text, a caption or a file name, each once, by its plain word: 机密, 内部资料."""
    found: dict[str, None] = {}
    for line in _lines(text):
        for word in _marks_of(line):
            found.setdefault(word)
    return list(found)


def about(title: str) -> str | None:
    """The word in a title that speaks of secrecy without being a mark; None where there is none.

    Such a title is not refused; whoever starts the matter is asked once whether it is secret.
    """
    if marks(title):
        return None
    found = next((found for line in _lines(title) for found in _MATTER.finditer(line)), None)
    return found[0] if found else None


def goes_along(apart: timedelta, *, is_file: bool, came_before: bool, with_file: bool) -> bool:
    """Whether a message without a mark is one hand-over with a marked one that was sent `apart` from it.

    Files go with it on either side; a text only where it came before a marked file, as its cover note
    (`with_file`). What is written later is judged by itself, so that 取消 and 菜单 go on working.
    """
    return abs(apart) <= TOGETHER and (is_file or (came_before and with_file))


def _lines(text: str) -> Iterator[str]:
    """The lines as they are judged: half width, simplified, letter-spaced words closed up.

    None at all where no sign of any of the words is in them, as in nearly everything people write.
    """
    text = unicodedata.normalize("NFKC", text.replace(_CIRCLED, "【密】"))
    if not _SIGNS.search(text):
        return
    text = text.translate(_STARS)
    text = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cf", "Mn", "Cs", "Co"})
    for line in text.translate(_SIMPLIFIED).splitlines():
        yield _SPACED.sub(r"\1", line.replace("\t", " "))


def _marks_of(line: str) -> Iterator[str]:
    for found in _BRACKETED.finditer(line):
        yield "涉密" if found["word"].startswith("涉密") else "密件"
    line = _LIST.sub(_without_list, line)
    for found in _WORD.finditer(line):
        word = found[0]
        before, after = line[: found.start()], line[found.end() :]
        is_mark = _is_level(before, after) if found["level"] else _is_internal(before, after)
        if is_mark:
            yield word


def _without_list(found: re.Match[str]) -> str:
    levels = set(re.findall(_LEVEL, found[0]))
    # A sign of Han in its place, so that what stands beside it is not left alone.
    return "级" * len(found[0]) if len(levels) > 1 else found[0]


def _is_level(before: str, after: str) -> bool:
    if _STAR.match(after):
        return not _TERM.search(before) or bool(_PERIOD.match(after))
    if _LABEL.search(before):
        return _ends(after)
    if _THIS.search(before):
        return _ends(after)
    great = _GREAT.search(before)
    if great:
        # 国家秘密 is a term too: a mark only where nothing else stands on the line or in the brackets.
        start = before[: great.start()].rstrip()
        alone = not start or start[-1] in _OPEN
        rest = _ENDING.sub("", re.sub(rf"^{_RANK}", "", after)).lstrip()
        return alone and (not rest or rest[0] in _CLOSE or bool(_PERIOD.match(after)))
    if not _begins(before, after):
        return False
    return bool(_PERIOD.match(after)) or _ends(after)


def _is_internal(before: str, after: str) -> bool:
    if _STAR.match(after) or _KEPT_CLOSE.match(after):
        return True
    if _THIS.search(before):
        return _ends(after)
    return _begins(before, after) and (bool(_PERIOD.match(after)) or _ends(after))


def _begins(before: str, after: str) -> bool:
    """Whether the word is not the end of a longer phrase."""
    outside = before.rstrip()
    if outside != before and _TERM.search(outside) and re.match(rf"\s*[{_HAN}]", after):
        return False  # 商业 秘密 保护办法
    if not outside or outside != before:
        return True
    if outside[-1] in _QUOTES_OPEN:
        return not re.search(rf"[{_HAN}]$", outside[:-1])
    if outside[-1] == "、":
        return bool(re.search(rf"(?:^|[^{_HAN}]){_BESIDE}、$", outside))
    return not re.match(rf"[{_HAN}]", outside[-1])


def _ends(after: str) -> bool:
    """Whether the word, with what belongs to it (级, 文件), is not the beginning of a longer phrase."""
    if _DENIED.match(after):
        return False
    rests = {after, re.sub("^级", "", after), re.sub(rf"^{_RANK}", "", after)}
    return any(_is_end(rest) for rest in rests)


def _is_end(rest: str) -> bool:
    if not rest:
        return True
    if rest[0] in _QUOTES_CLOSE:
        return not re.match(rf"[{_HAN}]", rest[1:])
    if rest[0] == "、":
        return bool(re.match(rf"、{_BESIDE}(?![{_HAN}])", rest))
    return not re.match(rf"[{_HAN}]", rest)
