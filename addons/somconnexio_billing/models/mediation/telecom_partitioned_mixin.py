# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


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
