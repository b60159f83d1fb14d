# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run the statements of an addon's ``sql/`` folder.

Each file holds one statement; its header comment tells the grain, what it reads and
writes and its parameters (``%(name)s``). Text never comes from anywhere but these
files, values are always bound. An addon has one module ``sql_steps`` that makes its
:class:`SqlFolder` and names its methods.
"""

import logging
from functools import cache
from pathlib import Path
from time import monotonic
from uuid import uuid4

from odoo.tools import SQL

_logger = logging.getLogger(__name__)


@cache
def _text(path):
    """Return the text of a file, read once."""
    return path.read_text(encoding="utf-8")


class SqlFolder:
    """The statements of one folder.

    :ivar Path path: the folder
    """

    def __init__(self, path):
        self.path = Path(path)

    def statement(self, name):
        """Return the text of the step ``name``, such as ``12_create_staging``.

        :raise FileNotFoundError: when the folder holds no file of that name
        """
        return _text(self.path / f"{name}.sql")

    def run(self, env, name, **params):
        """Execute one step and return the number of rows that it touched."""
        started = monotonic()
        env.cr.execute(SQL(self.statement(name), **params))
        row_count = env.cr.rowcount
        _logger.debug("%s: %s rows, %.3f s", name, row_count, monotonic() - started)
        return row_count

    def fetch(self, env, name, **params):
        """Execute one step and return its rows as dictionaries."""
        self.run(env, name, **params)
        return env.cr.dictfetchall()

    def stream(self, env, name, rows_at_once=5000, **params):
        """Yield the rows of one step as tuples, held by the server and not in memory.

        The statement runs in the transaction of ``env``, which must not end before the
        last row is read.
        """
        query = SQL(self.statement(name), **params)
        with env.cr._cnx.cursor(name=f"stream_{uuid4().hex}") as cursor:
            cursor.itersize = rows_at_once
            cursor.execute(query.code, query.params)
            yield from cursor
