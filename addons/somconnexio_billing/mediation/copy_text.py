# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rows -> PostgreSQL's COPY text, and the key that makes two records one event.

The columns are those of the staging table, in this order: ``COLUMNS``.
"""

from hashlib import md5
from operator import itemgetter

from .record import Rejection, UsageRecord

COLUMNS = (*UsageRecord._fields, "event_key", *Rejection._fields[1:])
CHUNK_BYTES = 256 * 1024

_NULL = "\\N"
_RECORD_TAIL = "\t".join(["", *[_NULL] * (len(Rejection._fields) - 1)]) + "\n"
_REJECTION_GAP = "\t".join([_NULL] * len(UsageRecord._fields))
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class CopyText:
    """Write rows as lines of COPY text.

    :param namespace: text in front of every key: events of two companies are never
        the same event
    :param key_field_names: the fields that make two records the same event; nothing
        else of a record (its own id, its cost) does
    """

    def __init__(self, namespace, key_field_names):
        self.namespace = f"{namespace}|"
        self.key_of = itemgetter(
            *[UsageRecord._fields.index(name) for name in key_field_names]
        )

    def line(self, row):
        """Return the COPY line of a ``UsageRecord`` or a ``Rejection``."""
        if row.__class__ is Rejection:
            return self._rejection_line(row)
        texts = [_NULL if value is None else str(value) for value in row]
        key = self.namespace + "|".join(self.key_of(texts))
        texts[1] = texts[1].translate(_ESCAPES)
        digest = md5(key.encode(), usedforsecurity=False).hexdigest()
        return "\t".join(texts) + "\t" + digest + _RECORD_TAIL

    @staticmethod
    def _rejection_line(row):
        texts = [
            _NULL if text is None else text.translate(_ESCAPES) for text in row[1:]
        ]
        return "\t".join([str(row.line_number), _REJECTION_GAP, *texts]) + "\n"


class CopyStream:
    """A file object that COPY reads from, made from an iterable of lines.

    Holds one chunk at a time, however many lines there are.
    """

    def __init__(self, lines):
        self._chunks = self._join(lines)

    def read(self, _size=-1):
        """Return the next chunk; empty at the end."""
        return next(self._chunks, b"")

    @staticmethod
    def _join(lines):
        chunk = []
        length = 0
        for line in lines:
            chunk.append(line)
            length += len(line)
            if length > CHUNK_BYTES:
                yield "".join(chunk).encode()
                chunk.clear()
                length = 0
        yield "".join(chunk).encode()
