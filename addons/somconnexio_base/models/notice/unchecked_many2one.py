# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields


class UncheckedMany2one(fields.Many2one):
    """A many2one without a foreign key in the database.

    For a table that millions of rows enter in one statement while the record they
    point at is the same for all: the database would look it up, and lock it, once for
    each row, which takes longer than all the rest. What must not be deleted while it
    is pointed at has to say so itself.
    """

    def update_db_foreign_key(self, _model, _column):
        """Override to make no foreign key."""
