# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""XML read twice: by one parser that refuses, by another that gives elements.

The first (expat, ``StrictXml``) sees every byte, refuses a document type, deep nesting
and endless tags, and fetches nothing. The second (lxml, entities and network off) only
ever sees what the first let through. Both must find it well formed to the last byte.
"""

from lxml import etree

from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.strict_xml import (
    XmlEvents,
    parse_stream,
)

from . import shapes

_BLOCK_BYTES = 64 * 1024


def guard(file):
    """Read a file whole and refuse what is no harmless, well-formed XML.

    :raise FileError: as ``StrictXml``
    """
    for _block in parse_stream(XmlEvents(), lambda: file.read(_BLOCK_BYTES)):
        pass
    file.seek(0)


class Element:
    """One element whose children are as its shape says.

    :param node: lxml element
    :param str prefix: its namespace in braces
    :param str path: where it is, for people
    """

    __slots__ = ("children", "name", "node", "path")

    def __init__(self, node, prefix, path):
        self.node = node
        self.path = path
        self.name = node.tag.removeprefix(prefix)
        self.children = {}
        cut = len(prefix)
        names = [
            child.tag[cut:] if child.tag.startswith(prefix) else None for child in node
        ]
        if self.name in shapes.SHAPES:
            shapes.check(self.name, names, lambda: self.place)
        for name, child in zip(names, node, strict=True):
            self.children.setdefault(name, []).append(child)

    @property
    def place(self):
        """Where it is, with its line."""
        return f"{self.path} ({self.node.sourceline})"

    def _inner(self, name, child, number=None):
        suffix = f"[{number}]" if number else ""
        prefix = self.node.tag[: len(self.node.tag) - len(self.name)]
        return Element(child, prefix, f"{self.path}/{name}{suffix}")

    def one(self, name):
        """Return the only child of a name, or None."""
        found = self.children.get(name)
        return self._inner(name, found[0]) if found else None

    def all(self, name):
        """Return the children of a name."""
        return [
            self._inner(name, child, number)
            for number, child in enumerate(self.children.get(name, ()), start=1)
        ]

    def find(self, *names):
        """Return the element down a path of only children, or None."""
        element = self
        for name in names:
            element = element and element.one(name)
        return element

    def raw(self, *names):
        """Return the stripped text down a path, empty when there is none."""
        element = self.find(*names)
        return (element.node.text or "").strip() if element else ""


class Pieces:
    """The pieces of a long document, one at a time, so that memory stays flat.

    :param file: plain binary file that ``guard`` let through
    :param str prefix: the namespace in braces
    :param tags: local names of the pieces
    :raise FileError: ``xml_broken`` while iterating
    """

    def __init__(self, file, prefix, tags):
        self.prefix = prefix
        self._events = etree.iterparse(
            file,
            events=("start", "end"),
            tag=[prefix + tag for tag in tags],
            resolve_entities=False,
            load_dtd=False,
            dtd_validation=False,
            no_network=True,
            huge_tree=False,
            recover=False,
            remove_comments=True,
            remove_pis=True,
        )

    def __iter__(self):
        cut = len(self.prefix)
        try:
            for event, node in self._events:
                yield event, node.tag[cut:], node
        except etree.XMLSyntaxError as error:
            raise FileError(
                "xml_broken", line=error.lineno or 0, problem=error.msg
            ) from error


def drop(node):
    """Forget an element that has been read, and all that stands before it."""
    parent = node.getparent()
    node.clear()
    while parent[0] is not node:
        del parent[0]
