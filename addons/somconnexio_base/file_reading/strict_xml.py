# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""XML as a stream of events, of which nothing is kept and nothing is fetched.

A document type is refused as soon as it begins, so that there are no entities to
expand, no defaults and nothing external; depth and the size of a single tag are
limited. What stays is elements, attributes and text, which is all that usage needs.
"""

from xml.parsers import expat

from .errors import FileError
from .limits import MAX_XML_DEPTH, MAX_XML_TOKEN_BYTES


class XmlEvents:
    """What a reader of XML hears; names come without their namespace."""

    def start(self, name, attributes):
        """Hear an element begin, with its attributes as a dictionary."""

    def end(self, name):
        """Hear an element end."""

    def text(self, text):
        """Hear a piece of text; one text may come in several pieces."""


class StrictXml:
    """Feed blocks of bytes; the events hear what they hold.

    :param XmlEvents events: hear the document
    :raise FileError: while feeding: ``xml_broken``, ``xml_document_type``,
        ``xml_too_deep`` or ``xml_token_too_long``
    """

    def __init__(self, events):
        self.events = events
        self.depth = 0
        self.fed_bytes = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_document_type
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = events.text

    def feed(self, block):
        """Take the next bytes; none at all mean the end."""
        self.fed_bytes += len(block)
        try:
            self.parser.Parse(block, not block)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise FileError(
                "xml_broken", line=self.parser.ErrorLineNumber, problem=str(error)
            ) from error
        # An unfinished tag is kept and read again with each block.
        if self.fed_bytes - self.parser.CurrentByteIndex > MAX_XML_TOKEN_BYTES:
            raise FileError("xml_token_too_long", limit=MAX_XML_TOKEN_BYTES)

    def _start(self, name, attributes):
        self.depth += 1
        if self.depth > MAX_XML_DEPTH:
            raise FileError("xml_too_deep", limit=MAX_XML_DEPTH)
        if " " in name or any(" " in key for key in attributes):
            name = name.rpartition(" ")[2]
            attributes = {
                key.rpartition(" ")[2]: value for key, value in attributes.items()
            }
        self.events.start(name, attributes)

    def _end(self, name):
        self.depth -= 1
        self.events.end(name.rpartition(" ")[2])

    @staticmethod
    def _refuse_document_type(*_declaration):
        raise FileError("xml_document_type")


def parse_stream(events, read):
    """Feed all that ``read()`` gives; yield after each block, for who listens."""
    parser = StrictXml(events)
    while block := read():
        parser.feed(block)
        yield
    parser.feed(b"")
    yield
