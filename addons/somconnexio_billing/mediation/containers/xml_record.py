# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""XML records, which ``xml_lines`` writes as an element's name and JSON."""

from .json_lines import JsonLine


class XmlRecordLine(JsonLine):
    """Pick dotted paths, such as ``party.number`` or ``@id``, out of a record."""

    #: XML has texts only.
    has_integers = False

    def __call__(self, line):
        return super().__call__(content_of(line))

    def columns(self, lines):
        """Return one column of cells per atom, see ``JsonLine``."""
        return super().columns(list(map(content_of, lines)))


def content_of(line):
    """Return the JSON of a line, without the name of its element.

    >>> content_of('Call {"@id": "7"}')
    '{"@id": "7"}'
    """
    return line[line.find("{") :]
