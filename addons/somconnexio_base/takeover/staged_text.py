# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Staged rows and their faults -> PostgreSQL's COPY text."""

from .rows import as_json, facts, row_hash, unique_key

NULL = "\\N"
ROW_COLUMNS = (
    "run_id",
    "file_id",
    "kind",
    "line_number",
    "external_id",
    "content",
    "row_hash",
    "unique_key",
    "facts",
    "amount",
    "state",
)
ISSUE_COLUMNS = (
    "run_id",
    "file_id",
    "kind",
    "line_number",
    "external_id",
    "column_name",
    "value",
    "code",
    "expected",
    "severity",
)
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def line(values):
    r"""Return one line of COPY text.

    >>> line([1, None, "a\tb"])
    '1\t\\N\ta\\tb\n'
    """
    texts = (
        NULL if value is None else str(value).translate(_ESCAPES) for value in values
    )
    return "\t".join(texts) + "\n"


class StagedText:
    """Write rows of one file.

    :param kind: the ``kinds.Kind``
    """

    def __init__(self, run_id, file_id, kind):
        self.head = (run_id, file_id, kind.name)
        self.kind = kind

    def row(self, staged):
        """Return the line of a ``StagedRow``, columns as ``ROW_COLUMNS``."""
        values = staged.values
        return line(
            (
                *self.head,
                staged.line_number,
                staged.external_id or None,
                as_json(values),
                row_hash(values),
                unique_key(self.kind, values),
                facts(self.kind, values),
                values.get(self.kind.amount),
                "refused" if staged.is_refused else "staged",
            )
        )

    def issues(self, staged):
        """Return the lines of a row's faults, columns as ``ISSUE_COLUMNS``."""
        return "".join(
            line(
                (
                    *self.head,
                    staged.line_number,
                    staged.external_id or None,
                    fault.column or None,
                    fault.value or None,
                    fault.code,
                    fault.expected or None,
                    "refused" if fault.is_refusal else "warning",
                )
            )
            for fault in staged.faults
        )
