# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields
from odoo.tools import sql


class UncheckedMany2one(fields.Many2one):
    """A many2one without a foreign key in the database.

    For a table that millions of rows enter in one statement: the database would look
    up, and lock, what they point at once for each row, which takes longer than all the
    rest. The statement that inserts them joins what they point at instead. What must
    not be deleted while it is pointed at has to say so itself.
    """

    def update_db_foreign_key(self, model, column):
        """Override to make no foreign key, and drop one that is there."""
        comodel = model.env[self.comodel_name]
        key = (model._table, self.name, comodel._table, "id")
        for rule in ("restrict", "cascade", "set null"):
            for name in sql.get_foreign_keys(model.env.cr, *key, rule):
                sql.drop_constraint(model.env.cr, model._table, name)
