# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from .kind_labels import kind_selection


class TelecomMigrationTotal(models.Model):
    """One kind of a run reconciled: what the files hold against what is here.

    Source rows = refused + taken, in number and amount; of the rows taken, number,
    amount and fingerprint of the compared columns must be those of the records.
    """

    _name = "telecom.migration.total"
    _description = "Migration Reconciliation"
    _order = "run_id, sequence, id"
    _rec_name = "kind"
    _log_access = False

    run_id = fields.Many2one(
        "telecom.migration.run",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="run_id.company_id")
    sequence = fields.Integer(readonly=True)
    kind = fields.Selection(kind_selection, required=True, readonly=True)
    source_count = fields.Integer(string="Rows", readonly=True)
    refused_count = fields.Integer(string="Refused", readonly=True)
    taken_count = fields.Integer(string="Taken", readonly=True)
    database_count = fields.Integer(string="Found here", readonly=True)
    source_amount = fields.Float(string="Sum", digits=False, readonly=True)
    refused_amount = fields.Float(string="Sum refused", digits=False, readonly=True)
    taken_amount = fields.Float(string="Sum taken", digits=False, readonly=True)
    database_amount = fields.Float(string="Sum here", digits=False, readonly=True)
    source_hash = fields.Char(string="Fingerprint", size=32, readonly=True)
    database_hash = fields.Char(string="Fingerprint here", size=32, readonly=True)
    difference_count = fields.Integer(string="Different records", readonly=True)
    is_equal = fields.Boolean(compute="_compute_is_equal")

    @api.depends("source_hash", "database_hash", "taken_amount", "database_amount")
    def _compute_is_equal(self):
        for total in self:
            total.is_equal = (
                total.taken_count == total.database_count
                and total.source_count == total.taken_count + total.refused_count
                and total.taken_amount == total.database_amount
                and total.source_hash == total.database_hash
            )
