# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run the comparison inside the database, whatever the number of records."""

import gzip
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
_COPY = "copy truth from stdin with (format csv, header true, null '\\N')"


class Difference(NamedTuple):
    """A row that became something else; an empty text means nothing at all."""

    file_name: str
    line_number: int
    defect: str | None
    expected: str
    found: str


class TruthCheck(NamedTuple):
    """The result of a comparison."""

    row_count: int
    differences: list[Difference]


def check_truth(connection, path):
    """Compare a database with the truth of a generated month.

    :param connection: psycopg2 connection to the database; what is written is gone
        at the end of its transaction
    :param Path path: ``truth.csv.gz``
    :return: ``TruthCheck``; no differences when every row became what it must
    """
    with connection.cursor() as cursor, gzip.open(path, "rb") as truth:
        cursor.execute(_statement("01_create_truth"))
        cursor.copy_expert(_COPY, truth)
        row_count = cursor.rowcount
        cursor.execute(_statement("02_collect_outcome"))
        cursor.execute("analyze truth, outcome")
        cursor.execute(_statement("03_find_difference"))
        differences = [Difference(*row) for row in cursor.fetchall()]
    return TruthCheck(row_count, differences)


def _statement(name):
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
