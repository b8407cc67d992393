"""Files of text as offices save them: UTF-8 with or without a mark, GBK, or UTF-16 with its mark."""

MARKS = (b"\xff\xfe", b"\xfe\xff")
"""What a UTF-16 file begins with."""


def decoded(content: bytes) -> str | None:
    """The text; None where it is in none of these encodings."""
    encodings = ["utf-16"] if content.startswith(MARKS) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
