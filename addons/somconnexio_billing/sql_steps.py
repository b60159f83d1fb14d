# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run the statements of ``sql/`` and keep the monthly partitions they write to.

Each file of ``sql/`` holds one statement; its header comment tells the grain, what
it reads and writes and its parameters (``%(name)s``). Text never comes from
anywhere but these files, values are always bound.
"""

import logging
from datetime import date
from functools import cache
from pathlib import Path
from time import monotonic
from uuid import uuid4

from odoo.tools import SQL

_logger = logging.getLogger(__name__)
SQL_FOLDER = Path(__file__).parent / "sql"


@cache
def statement(name):
    """Return the text of the step ``name``, such as ``12_create_staging``.

    :raise FileNotFoundError: when ``sql/`` holds no file of that name
    """
    return (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def run(env, name, **params):
    """Execute one step and return the number of rows that it touched."""
    started = monotonic()
    env.cr.execute(SQL(statement(name), **params))
    _logger.debug("%s: %s rows, %.3f s", name, env.cr.rowcount, monotonic() - started)
    return env.cr.rowcount


def fetch(env, name, **params):
    """Execute one step and return its rows as dictionaries."""
    run(env, name, **params)
    return env.cr.dictfetchall()


def stream(env, name, rows_at_once=5000, **params):
    """Yield the rows of one step as tuples, held by the server and not in memory.

    The statement runs in the transaction of ``env``, which must not end before the
    last row is read.
    """
    query = SQL(statement(name), **params)
    with env.cr._cnx.cursor(name=f"stream_{uuid4().hex}") as cursor:
        cursor.itersize = rows_at_once
        cursor.execute(query.code, query.params)
        yield from cursor


def month_start(moment):
    """Return the first day of the month of a date or UTC instant.

    >>> month_start(date(2026, 10, 25))
    datetime.date(2026, 10, 1)
    """
    return date(moment.year, moment.month, 1)


def next_month(day):
    """Return the first day of the month after ``day``'s.

    >>> next_month(date(2026, 12, 1))
    datetime.date(2027, 1, 1)
    """
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def ensure_month_partitions(cr, table, months):
    """Create the missing monthly partitions of ``table``.

    :param str table: a table partitioned by range of a UTC timestamp
    :param months: dates or instants; one partition is made for the month of each
    """
    for first in sorted({month_start(month) for month in months}):
        partition = f"{table}_{first:%Y_%m}"
        cr.execute(SQL("SELECT to_regclass(%s)", partition))
        if cr.fetchone()[0]:
            continue
        cr.execute(
            SQL(
                "CREATE TABLE IF NOT EXISTS %s PARTITION OF %s"
                " FOR VALUES FROM (%s) TO (%s)",
                SQL.identifier(partition),
                SQL.identifier(table),
                first,
                next_month(first),
            )
        )
