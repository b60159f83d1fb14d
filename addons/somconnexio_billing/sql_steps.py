# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The statements of this addon's ``sql/``, and the monthly partitions they write to.

How statements are run is in ``somconnexio_base.sql_folder``.
"""

from datetime import date
from pathlib import Path

from odoo.tools import SQL

from odoo.addons.somconnexio_base.operation.calendar import next_month
from odoo.addons.somconnexio_base.sql_folder import SqlFolder

SQL_FOLDER = Path(__file__).parent / "sql"

folder = SqlFolder(SQL_FOLDER)
statement = folder.statement
run = folder.run
fetch = folder.fetch
stream = folder.stream


def month_start(moment):
    """Return the first day of the month of a date or UTC instant.

    >>> month_start(date(2026, 10, 25))
    datetime.date(2026, 10, 1)
    """
    return date(moment.year, moment.month, 1)


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
