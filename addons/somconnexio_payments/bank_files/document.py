# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What all messages of ISO 20022 begin with, and how one pass over them goes."""

from odoo.addons.somconnexio_base.file_reading.errors import FileError

from . import values
from .elements import Element, Pieces, guard
from .records import Heading

HEADING = "GrpHdr"


class Document:
    """One pass over a message, piece by piece; iterate over what it tells.

    A subclass says what it reads: the message's ``container``, ``parents`` (the pieces,
    each with the element that it must stand in) and ``others``, elements beside the
    pieces that are not read.

    :param file: plain binary file at its beginning
    :param kind: its ``recognise.Kind``
    :raise FileError: what is wrong, and where, now or while iterating
    """

    container = ""
    parents = {}
    others = frozenset({"SplmtryData"})

    def __init__(self, file, kind):
        guard(file)
        self.prefix = f"{{{kind.namespace}}}"
        self.above = {
            self.container: "Document",
            HEADING: self.container,
            **self.parents,
        }
        self.pieces = Pieces(file, self.prefix, tuple(self.above))
        self.has_heading = False

    def __iter__(self):
        for event, tag, node in self.pieces:
            if event == "start":
                self._check_place(tag, node)
                self.start(tag, node)
            elif tag == HEADING:
                yield self._heading(node)
            elif tag == self.container:
                self.check_siblings(node)
            else:
                yield from self.end(tag, node)
        self.finish()

    def start(self, tag, node):
        """Do what is to be done when a piece begins."""

    def end(self, tag, node):
        """Yield what a piece tells that is complete."""
        raise NotImplementedError

    def finish(self):
        """Refuse a message that has ended too early."""

    def _check_place(self, tag, node):
        """Refuse pieces that stand somewhere else than they should, or too early."""
        parent = node.getparent()
        if parent is None or parent.tag != self.prefix + self.above[tag]:
            raise FileError("xml_unexpected", where=f"{node.sourceline}", found=tag)
        if tag not in (self.container, HEADING) and not self.has_heading:
            raise FileError("xml_missing", where=self.container, expected=HEADING)

    def check_siblings(self, nodes):
        """Refuse what stands in the container and is no piece of the message."""
        known = {*self.others, HEADING}
        known |= {tag for tag, above in self.parents.items() if above == self.container}
        for name in self.names(nodes):
            if name not in known:
                raise FileError("xml_unexpected", where=self.container, found=str(name))

    def names(self, nodes):
        """Return the local names of elements, None for those of another namespace."""
        cut = len(self.prefix)
        return [
            node.tag[cut:] if node.tag.startswith(self.prefix) else None
            for node in nodes
        ]

    def _heading(self, node):
        element = Element(node, self.prefix, f"{self.container}/{HEADING}")
        self.has_heading = True
        return Heading(
            message_id=values.words(element.raw("MsgId"), element.place, 35),
            created_at=values.words(element.raw("CreDtTm"), element.place, 40),
        )
