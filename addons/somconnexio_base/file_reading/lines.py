# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Bytes -> numbered lines of text, in blocks, with a cap on each line.

A block is decoded at once when all of it is clean, otherwise line by line, so that
one bad byte costs one line.
"""

from itertools import repeat

from .limits import MAX_LINE_BYTES, MAX_SHOWN_LINE

ENCODING = "encoding"
STRUCTURE = "structure"
FORMULA = "formula"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class LineReader:
    """Iterate over ``(line_number, text, fault)``, empty lines left out if not wanted.

    ``fault`` is None, ``encoding`` (bytes that the encoding does not have, or NUL) or
    ``structure`` (longer than the cap); the text of a faulty line is only good for
    showing. Ends of line, LF or CRLF, are cut off.

    :param stream: has ``read()``, giving at most ``MAX_LINE_BYTES`` at a time
    :param bool keeps_empty: empty lines come too
    :ivar bool ends_with_newline: of the last line; true of a file without lines
    """

    def __init__(self, stream, encoding, keeps_empty=False):
        self.stream = stream
        self.encoding = encoding
        self.keeps_empty = keeps_empty
        self.ends_with_newline = True

    def __iter__(self):
        number = 0
        for block in self._blocks():
            for text, fault in self._lines(block):
                number += 1
                if text or self.keeps_empty:
                    yield number, text, fault

    def _blocks(self):
        """Yield blocks that end with a line's end; of an overlong line, its head."""
        rest = b""
        is_first = True
        while block := self.stream.read():
            if is_first and self.encoding == "utf-8":
                block = block.removeprefix(_BYTE_ORDER_MARK)
            is_first = False
            block = rest + block
            cut = block.rfind(b"\n") + 1
            if cut:
                yield block[:cut]
            rest = block[cut : cut + MAX_LINE_BYTES + 1]
        if rest:
            self.ends_with_newline = False
            yield rest + b"\n"

    def _lines(self, block):
        # Blocks join at most one unfinished line with one read: only the first
        # line of a block can be overlong.
        is_clean = b"\0" not in block and block.find(b"\n") <= MAX_LINE_BYTES
        if is_clean:
            try:
                text = block.decode(self.encoding)
            except UnicodeDecodeError:
                is_clean = False
        if not is_clean:
            return map(self._line, block.split(b"\n")[:-1])
        return zip(text.replace("\r\n", "\n").split("\n")[:-1], repeat(None))

    def _line(self, line):
        """Return the text and the fault of one line of a block that is not clean."""
        if len(line) > MAX_LINE_BYTES:
            return self._shown(line), STRUCTURE
        try:
            text = line.decode(self.encoding)
        except UnicodeDecodeError:
            return self._shown(line), ENCODING
        if "\0" in text:
            return self._shown(line), ENCODING
        return text.removesuffix("\r"), None

    def _shown(self, line):
        text = line[:MAX_SHOWN_LINE].decode(self.encoding, "backslashreplace")
        return shown(text.removesuffix("\r"))


def shown(text):
    """Return a line as it can be kept in the database: short, and without NUL."""
    return text[:MAX_SHOWN_LINE].replace("\0", "\N{SYMBOL FOR NULL}")
