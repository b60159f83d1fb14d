# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One command at a time bills a company."""

from contextlib import closing, contextmanager

import psycopg2

from odoo.exceptions import UserError
from odoo.sql_db import connection_info_for

#: First half of the advisory lock's key; the second one is the company's id.
LOCK_SPACE = 1_652_124_780
TRY_LOCK = "SELECT pg_try_advisory_lock(%s, %s)"


@contextmanager
def company_lock(dbname, company_id):
    """Keep other commands from billing a company for as long as the block lasts.

    The lock belongs to a session of its own, without a transaction: it is free again
    when this process ends, however it ends.

    :return: the psycopg2 connection that holds the lock
    :raise UserError: when another command has it
    """
    _name, info = connection_info_for(dbname)
    with closing(psycopg2.connect(**info)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(TRY_LOCK, (LOCK_SPACE, company_id))
        if not cursor.fetchone()[0]:
            # For the log of a scheduler, which has no language.
            # pylint: disable-next=translation-required
            raise UserError(
                "This company is being billed by another command. Wait until that one"
                " has ended, then call this one again."
            )
        yield connection
