# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import sql_steps

PARTITIONED_MONTHS_BACK = 12
PARTITIONED_MONTHS_AHEAD = 2


class TelecomPartitionedMixin(models.AbstractModel):
    """A partitioned table that SQL alone writes to and people read.

    Odoo takes a partitioned table for missing: it looks for plain tables and views.
    A table query makes the model a reading of the table, which PostgreSQL folds away,
    pruning included. The heir creates its table in ``init()``.
    """

    _name = "telecom.partitioned.mixin"
    _description = "Read-only partitioned table"

    @property
    def _table_query(self):
        return SQL("TABLE %s", SQL.identifier(self._table))

    @api.private
    def _ensure_partitions(self, today):
        """Have a partition ready for each month that rows may belong to.

        :param date today: the months from 12 before it to 2 after it get one
        """
        first = sql_steps.month_start(today)
        months = [
            _add_months(first, offset)
            for offset in range(-PARTITIONED_MONTHS_BACK, PARTITIONED_MONTHS_AHEAD + 1)
        ]
        sql_steps.ensure_month_partitions(self.env.cr, self._table, months)

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: rows come from the billing steps only.

        :raise UserError: always
        """
        raise self._read_only_error()

    def write(self, vals):
        """Refuse: rows are facts.

        :raise UserError: always
        """
        raise self._read_only_error()

    def unlink(self):
        """Refuse: rows leave with their whole month.

        :raise UserError: always
        """
        raise self._read_only_error()

    def _read_only_error(self):
        return UserError(
            self.env._(
                "%s is written by the billing steps only and cannot be edited.",
                self._description,
            )
        )


def _add_months(first, count):
    """Return the first day of the month that is ``count`` after ``first``'s."""
    months = first.year * 12 + first.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)
