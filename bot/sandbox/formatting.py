"""Text as Telegram keeps it: plain, with entities beside it that count in UTF-16 units.

Follows TDLib: the tags of the HTML mode, the words of its complaints, what is cleaned from a text and trimmed
off it, and the entities found in plain text (commands, mentions, links).
"""

import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

Entity = dict[str, Any]

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
}
_SHOWN = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
    "bot_command": ('<span class="command">', "</span>"),
    "mention": ('<span class="mention">', "</span>"),
    "text_mention": ('<span class="mention">', "</span>"),
    "hashtag": ('<span class="hashtag">', "</span>"),
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TAG_END = re.compile(r"[ \t\r\n\v>]")
_END_TAG = re.compile(r"</([^ \t\r\n\v>]*)[ \t\r\n\v]*>")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,7})|#([0-9]{1,8})|(lt|gt|amp|quot));?")
_ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>/"']*)\s*(?P<value>=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.\-]*)(?=[\s>])))?"""
)
_DIRTY = re.compile(r"[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]")
_CLEANED = {
    **dict.fromkeys([*range(10), 11, 12, *range(14, 32)], " "),
    **dict.fromkeys([13, *range(0x2028, 0x202F), 0x333, 0x33F, 0x30A], ""),
}
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"，。；、）】]+"
    r"|(?<![\w@./])(?:[a-z0-9-]+\.)+(?:com|cn|org|net|me|io)\b(?:/[^\s<>\"，。；、）】]*)?)"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<bot_command>(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@]))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z0-9_]{3,32}(?!\w))"
    r"|(?P<hashtag>(?<!\w)#\w{1,256})",
    re.ASCII,
)
_WORTH_LOOKING = re.compile(r"[/@#.]")


def utf16(text: str) -> int:
    """Length in UTF-16 units, in which Telegram counts offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def clean(text: str) -> str:
    """Without what Telegram never keeps: control characters, line and direction overrides."""
    return text.translate(_CLEANED) if _DIRTY.search(text) else text


def checked_link(url: str) -> str:
    """The address as Telegram would link it; empty where it is none."""
    if re.match(r"(?i)(tg|ton)://", url):
        return url
    scheme, rest = re.match(r"(?i)(?:(https?)://)?(.*)", url, re.DOTALL).groups()  # type: ignore[union-attr]
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if not re.fullmatch(r"[^\s:@]+\.[^\s:@.]+(:\d{1,5})?", host) or re.search(r"[\s<>\"]", rest):
        return ""
    return f"{(scheme or 'http').lower()}://{rest}" + ("/" if rest == host else "")


@dataclass
class _Open:
    """A tag that still waits for its end."""

    tag: str
    argument: str
    offset: int
    piece: int


@dataclass
class _Parser:
    """One walk through a text in HTML mode."""

    source: str
    at: int = 0
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def run(self) -> tuple[str, list[Entity]]:
        """The plain text and its entities."""
        source = self.source
        while (tag := source.find("<", self.at)) >= 0:
            self._take(source[self.at : tag])
            self.at = tag
            if source.startswith("</", tag):
                self._close()
            else:
                self._start()
        self._take(source[self.at :])
        if self.open:
            raise _unparsed(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.pieces), self.entities

    def _take(self, text: str) -> None:
        if "&" in text:
            text = _REFERENCE.sub(_decoded, text)
        text = clean(text)
        if text:
            self.pieces.append(text)
            self.length += utf16(text)

    def _fail(self, complaint: str, begin: int, rest: str = "") -> ApiError:
        return _unparsed(f"{complaint} at byte offset {len(self.source[:begin].encode())}{rest}")

    def _start(self) -> None:
        begin = self.at
        end = _TAG_END.search(self.source, begin + 1)
        if end is None:
            raise self._fail("Unclosed start tag", begin)
        tag = self.source[begin + 1 : end.start()].lower()
        if tag not in _TYPES:
            raise self._fail(f'Unsupported start tag "{tag}"', begin)
        self.at = end.start()
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, argument, self.length, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            while self.source[self.at : self.at + 1].isspace():
                self.at += 1
            if self.source.startswith(">", self.at):
                self.at += 1
                return argument
            if self.at >= len(self.source):
                raise self._fail("Unclosed start tag", begin)
            found = _ATTRIBUTE.match(self.source, self.at)
            if found is None or not found["name"]:
                raise self._fail(f'Empty attribute name in the tag "{tag}"', begin)
            self.at = found.end()
            if found["value"] is None and self.source.startswith("=", self.at):
                raise self._fail("Unexpected end of name token", self.at + 1)
            value = _REFERENCE.sub(_decoded, next((v for v in found.groups()[2:] if v is not None), ""))
            argument = _argument(tag, found["name"], value) or argument

    def _close(self) -> None:
        begin = self.at
        if not self.open:
            raise self._fail("Unexpected end tag", begin)
        found = _END_TAG.match(self.source, begin)
        if found is None:
            raise self._fail("Unclosed end tag", begin)
        last = self.open[-1]
        name = found[1].lower()
        if name and name != last.tag:
            raise self._fail("Unmatched end tag", begin, f', expected "</{last.tag}>", found "</{name}>"')
        self.open.pop()
        self.at = found.end()
        if self.length > last.offset:
            self._note(last)

    def _note(self, opened: _Open) -> None:
        entity: Entity = {
            "type": _TYPES[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if opened.tag == "a":
            url = opened.argument or "".join(self.pieces[opened.piece :])
            if not _link(entity, url):
                return
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "pre" and self.entities and self._same_span(entity, "code"):
            entity |= {k: v for k, v in self.entities.pop().items() if k == "language"}
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        self.entities.append(entity)

    def _same_span(self, entity: Entity, kind: str) -> bool:
        last = self.entities[-1]
        return (last["type"], last["offset"], last["length"]) == (kind, entity["offset"], entity["length"])


def _argument(tag: str, name: str, value: str) -> str:
    """What the attribute adds to the tag; empty for one that means nothing there."""
    if tag == "a" and name == "href":
        return value
    if tag == "code" and name == "class" and value.startswith("language-"):
        return value[9:]
    if tag == "span" and name == "class" and value.startswith("tg-"):
        return value[3:]
    return "1" if tag == "blockquote" and name == "expandable" else ""


def _link(entity: Entity, url: str) -> bool:
    """Fill in where the link leads; False where it leads nowhere, so that the text stays plain."""
    person = re.fullmatch(r"tg://user\?id=(\d+)", url)
    if person:
        entity |= {"type": "text_mention", "user": {"id": int(person[1]), "is_bot": False, "first_name": ""}}
        return True
    entity["url"] = checked_link(url)
    return bool(entity["url"])


def _decoded(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]


def _unparsed(complaint: str) -> ApiError:
    return bad_request(f"can't parse entities: {complaint}")


def found_in(text: str) -> list[Entity]:
    """What stands in plain text by itself: commands, mentions, tags, addresses."""
    if not _WORTH_LOOKING.search(text):
        return []
    wide = not text.isascii() and max(text) > "\uffff"
    return [
        {
            "type": str(found.lastgroup),
            "offset": utf16(text[: found.start()]) if wide else found.start(),
            "length": utf16(found[0]),
        }
        for found in _FOUND.finditer(text)
        if _standing_alone(text, found)
    ]


def _standing_alone(text: str, found: re.Match[str]) -> bool:
    """A Chinese character next to a command or a mention makes it a part of a word."""
    if found.lastgroup not in {"bot_command", "mention", "hashtag"}:
        return True
    before = text[found.start() - 1 : found.start()] if found.start() else ""
    after = text[found.end() : found.end() + 1] if found.lastgroup != "hashtag" else ""
    return not (before.isalnum() or after.isalnum())


def formatted(text: str, parse_mode: str = "", given: list[Entity] | None = None) -> tuple[str, list[Entity]]:
    """Text and entities as Telegram stores them; the text is empty where nothing is left of it."""
    entities: list[Entity] = []
    if parse_mode.lower() == "html":
        text, entities = _Parser(text).run()
    elif parse_mode:
        raise bad_request("unsupported parse_mode")
    else:
        text = clean(text)
        entities = [dict(entity) for entity in given or []]
    text, entities = _trimmed(text, entities)
    whole = [e for e in entities if e["type"] in {"code", "pre", "text_link", "text_mention"}]
    fixed = [e for e in whole if e["type"] in {"code", "pre"}]
    entities = [e for e in entities if e in fixed or not any(_overlap(e, other) for other in fixed)]
    entities += [e for e in found_in(text) if not any(_overlap(e, other) for other in whole)]
    entities.sort(key=lambda e: (e["offset"], -e["length"]))
    return text, entities


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"]
    )


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without blanks at the end, nor at the beginning before the first entity."""
    text = text.rstrip(" \n")
    if entities:
        end = utf16(text)
        for entity in entities:
            entity["length"] = min(entity["length"], end - entity["offset"])
        entities = [entity for entity in entities if entity["length"] > 0]
    blank = len(text) - len(text.lstrip(" \n"))
    cut = min([blank, *(entity["offset"] for entity in entities)])
    for entity in entities:
        entity["offset"] -= cut
    return text[cut:], entities


def shown(text: str, entities: list[Entity]) -> str:
    """HTML for a page: everything escaped, entities as tags, line breaks as they are."""
    if not entities:
        return escape(text)
    units = text.encode("utf-16-le")
    edges = sorted({0, len(units) // 2, *(e["offset"] for e in entities), *map(_end, entities)})
    out: list[str] = []
    standing: list[Entity] = []
    for edge, following in zip(edges, [*edges[1:], None], strict=True):
        while any(_end(entity) <= edge for entity in standing):
            out.append(_tags(standing.pop(), units)[1])
        missing = [e for e in entities if e["offset"] <= edge < _end(e) and e not in standing]
        for entity in missing:
            out.append(_tags(entity, units)[0])
            standing.append(entity)
        if following is not None:
            out.append(escape(units[edge * 2 : following * 2].decode("utf-16-le", "replace")))
    return "".join(out)


def _end(entity: Entity) -> int:
    return int(entity["offset"] + entity["length"])


def _tags(entity: Entity, units: bytes) -> tuple[str, str]:
    kind = entity["type"]
    if kind in {"text_link", "url", "email"}:
        word = units[entity["offset"] * 2 : _end(entity) * 2].decode("utf-16-le", "replace")
        target = f"mailto:{word}" if kind == "email" else entity.get("url") or checked_link(word)
        return f'<a href="{escape(target)}" target="_blank" rel="noopener noreferrer">', "</a>"
    return _SHOWN.get(kind, ("", ""))
