# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomUsageFile(models.Model):
    """One file received from a provider, its control totals and its fate."""

    _name = "telecom.usage.file"
    _description = "Usage file"
    _inherit = ["telecom.engine.fields.mixin", "mail.thread"]
    _order = "received_at desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="File name", required=True, readonly=True)
    format_id = fields.Many2one(
        "telecom.usage.format",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [
            ("received", "Received"),
            ("loaded", "Loaded"),
            ("quarantined", "Quarantined"),
            ("backed_out", "Backed out"),
        ],
        required=True,
        readonly=True,
        default="received",
        group_expand=True,
        index=True,
        tracking=True,
        copy=False,
    )
    content = fields.Binary(
        attachment=True,
        readonly=True,
        copy=False,
        groups="somconnexio_base.group_telecom_billing_manager",
        help="The original file, compressed with gzip.",
    )
    content_sha256 = fields.Char(
        string="SHA-256",
        size=64,
        required=True,
        readonly=True,
        copy=False,
        help="Fingerprint of the uncompressed bytes: a file is imported once.",
    )
    size_bytes = fields.Integer(string="Size (bytes)", readonly=True, copy=False)
    received_at = fields.Datetime(
        string="Received",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
        copy=False,
    )
    loaded_at = fields.Datetime(string="Load time", readonly=True, copy=False)
    load_seconds = fields.Float(
        string="Seconds to load", digits=(12, 3), readonly=True, copy=False
    )
    sequence_number = fields.Integer(
        readonly=True, copy=False, help="The provider's own number, from the header."
    )
    row_count = fields.Integer(string="Rows", readonly=True, copy=False)
    event_count = fields.Integer(
        string="Events",
        readonly=True,
        copy=False,
        help="Rows that are usage events now, those in suspense included.",
    )
    suspended_count = fields.Integer(
        string="Suspended",
        readonly=True,
        copy=False,
        help="Events that wait for a correction, out of the events.",
    )
    duplicate_count = fields.Integer(string="Duplicates", readonly=True, copy=False)
    rejected_count = fields.Integer(
        string="Rejected",
        readonly=True,
        copy=False,
        help="Rows that are no usage event now, duplicates not counted.",
    )
    discarded_count = fields.Integer(
        string="Discarded",
        readonly=True,
        copy=False,
        help="Rows that a person has given up, out of the events and the rejected.",
    )
    expired_count = fields.Integer(
        string="Removed",
        readonly=True,
        copy=False,
        default=0,
        help="Events removed with their month after the retention period; they still"
        " count as events.",
    )
    expired_discarded_count = fields.Integer(
        string="Removed, discarded before", readonly=True, copy=False, default=0
    )
    wholesale_cost = fields.Float(
        digits=False,
        readonly=True,
        copy=False,
        help="What the provider asks for the events of this file.",
    )
    control_message = fields.Text(
        readonly=True, copy=False, help="What the file's own control totals say."
    )
    error_message = fields.Text(
        readonly=True, copy=False, help="Why the file is quarantined."
    )
    rejection_ids = fields.One2many("telecom.usage.rejection", "file_id")

    _content_unique = models.Constraint(
        "UNIQUE(company_id, content_sha256)", "This file has been imported already."
    )

    def _engine_fields_text(self, labels):
        return self.env._(
            "%s of a usage file follow from its content and cannot be written.", labels
        )
