# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""XML records -> numbered lines of text: an element's name and its content as JSON.

``<Call id="7"><from>612345678</from></Call>`` becomes

    Call {"@id": "7", "from": "612345678"}

so that all that reads JSON lines reads XML, and a rejected record can be shown. The
number of a line is the ordinal of the element among those that become lines.
"""

import json

from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.limits import MAX_LINE_BYTES
from odoo.addons.somconnexio_base.file_reading.lines import STRUCTURE, shown
from odoo.addons.somconnexio_base.file_reading.strict_xml import XmlEvents, parse_stream


class XmlLineReader:
    """Iterate over ``(number, text, fault)``, see ``lines.LineReader``.

    :param stream: the document's bytes
    :param names: of the elements that become lines: records, header, trailer
    :raise FileError: while iterating, see ``strict_xml.StrictXml``; ``no_records``
        when the document holds elements and none of them has such a name
    """

    ends_with_newline = True

    def __init__(self, stream, names):
        self.stream = stream
        self.names = frozenset(filter(None, names))

    def __iter__(self):
        records = _Records(self.names)
        for _block in parse_stream(records, self._read):
            yield from records.taken()
        if not records.count and records.elements > 1:
            raise FileError("no_records", names=", ".join(sorted(self.names)))

    def _read(self):
        block = self.stream.read()
        if not block and not self.stream.size:
            raise FileError("empty")
        return block


class _Records(XmlEvents):
    """Gather the elements that become lines.

    Beside a record, an element of any other name is a line too: who reads the lines
    will reject it, so that no usage gets lost under a name nobody expected.
    """

    def __init__(self, names):
        self.names = names
        self.count = 0
        self.elements = 0
        self.depth = 0
        self.record_depth = None
        self.lines = []
        self.open = []
        self.size = 0

    def taken(self):
        """Return the lines gathered so far, and forget them."""
        lines, self.lines = self.lines, []
        return lines

    def start(self, name, attributes):
        self.depth += 1
        self.elements += 1
        if not self.open:
            if name in self.names:
                self.record_depth = self.depth
            elif self.depth != self.record_depth:
                return
            self.size = 0
        self.size += len(name) + sum(map(len, attributes)) + len(attributes)
        self.size += sum(map(len, attributes.values()))
        is_kept = self.size <= MAX_LINE_BYTES
        values = {f"@{key}": value for key, value in attributes.items()}
        self.open.append((values if is_kept else {}, []))

    def text(self, text):
        if self.open:
            self.size += len(text)
            if self.size <= MAX_LINE_BYTES:
                self.open[-1][1].append(text)

    def end(self, name):
        self.depth -= 1
        if not self.open:
            return
        content, texts = self.open.pop()
        text = "".join(texts).strip()
        if text and content:
            content["#text"] = text
        value = content or text
        if self.open:
            self._add(self.open[-1][0], name, value)
        else:
            self._finish(name, value)

    def _add(self, parent, name, value):
        """Put an element into its parent; one of several alike can't be told apart."""
        if self.size > MAX_LINE_BYTES:
            return
        parent[name] = [parent[name], value] if name in parent else value

    def _finish(self, name, value):
        self.count += 1
        content = (
            value if isinstance(value, dict) else {"#text": value} if value else {}
        )
        text = f"{name} {json.dumps(content, ensure_ascii=False)}"
        fault = STRUCTURE if self.size > MAX_LINE_BYTES else None
        self.lines.append((self.count, shown(text) if fault else text, fault))
