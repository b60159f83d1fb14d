# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomHeldUsage(models.Model):
    """A row of usage that a legal hold kept when its month was removed.

    Written by ``sql/92_archive_held_*.sql``; it holds the row as it was.
    """

    _name = "telecom.held.usage"
    _description = "Usage under legal hold"
    _order = "started_at, id"
    _rec_name = "started_at"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    subscription_id = fields.Many2one(
        "contract.contract", readonly=True, index=True, ondelete="restrict"
    )
    billing_account_id = fields.Many2one(
        "telecom.billing.account", readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [("event", "Usage event"), ("rated", "Rated usage")],
        required=True,
        readonly=True,
    )
    started_at = fields.Datetime(string="Start", required=True, readonly=True)
    content = fields.Json(readonly=True, help="The row as it was, column by column.")
    held_at = fields.Datetime(string="Archived", readonly=True)
