# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from .kind_labels import kind_selection


class TelecomMigrationLedger(models.Model):
    """What was last taken over of each row of a source, over all runs.

    The record itself is named by ``telecom.external.id``. A row whose fingerprint is
    still this one is left alone; of another one, what differs from this content is
    what the source has changed.
    """

    _name = "telecom.migration.ledger"
    _description = "Migration Ledger"
    _order = "profile_id, kind, external_id"
    _rec_name = "external_id"
    _log_access = False

    profile_id = fields.Many2one(
        "telecom.migration.profile", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="profile_id.company_id")
    kind = fields.Selection(kind_selection, required=True, readonly=True)
    external_id = fields.Char(string="External ID", required=True, readonly=True)
    row_hash = fields.Char(size=32, required=True, readonly=True)
    content = fields.Json(required=True, readonly=True)
    facts = fields.Char(readonly=True, help="As the record had them when taken over.")
    run_id = fields.Many2one(
        "telecom.migration.run", readonly=True, index=True, ondelete="set null"
    )

    _row_unique = models.Constraint(
        "UNIQUE (profile_id, kind, external_id)", "A row of a source is kept once."
    )
