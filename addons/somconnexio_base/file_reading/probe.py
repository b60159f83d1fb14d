# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a text file says of itself: how it is encoded, and whether it is whole."""

import codecs
from dataclasses import dataclass

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Probe:
    """What the bytes of a text file tell.

    :ivar bool is_utf16: it begins as UTF-16 does, or is full of NUL
    :ivar bool has_mark: it begins with the mark of UTF-8
    :ivar bool is_utf8: it holds letters beyond ASCII, all of them as UTF-8 writes them;
        text in another encoding is hardly ever so
    :ivar bool ends_whole: its last line has an end
    """

    is_utf16: bool
    has_mark: bool
    is_utf8: bool
    ends_whole: bool


def probe(stream):
    """Read a text file to its end and return its ``Probe``.

    :param stream: has ``read()``, see ``stream.CappedStream``
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    head = last = b""
    is_ascii = is_valid = True
    while block := stream.read():
        head = head or block
        last = block[-1:]
        is_ascii = is_ascii and block.isascii()
        is_valid = is_valid and _decodes(decoder, block)
    is_valid = is_valid and _decodes(decoder, b"", True)
    return Probe(
        is_utf16=head.startswith(_UTF16_MARKS) or head[1:2] == b"\0",
        has_mark=head.startswith(codecs.BOM_UTF8),
        is_utf8=is_valid and not is_ascii,
        ends_whole=last in (b"\n", b""),
    )


def _decodes(decoder, block, is_last=False):
    try:
        decoder.decode(block, is_last)
    except UnicodeDecodeError:
        return False
    return True
