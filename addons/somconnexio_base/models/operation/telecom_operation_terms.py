# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ..restriction.telecom_subscription_restriction import KINDS as RESTRICTIONS
from .kinds import KINDS, SELECTION


class TelecomOperationTerms(models.AbstractModel):
    """What can be said about an operation: by its dialog, and in its row."""

    _name = "telecom.operation.terms"
    _description = "Terms of an Operation"

    kind = fields.Selection(SELECTION, string="Operation", required=True)
    product_id = fields.Many2one("product.product")
    quantity = fields.Integer(default=1)
    reason_id = fields.Many2one("telecom.lifecycle.reason")
    restriction_kind = fields.Selection(
        RESTRICTIONS,
        string="What is barred",
        help="Emergency and incoming calls always stay.",
    )
    destination_provider = fields.Char(
        help="The operator that the customer goes to, where they say it."
    )
    resource_id = fields.Many2one(
        "telecom.resource",
        string="New number, SIM or line",
        help="It must be in the inventory, and held by nobody.",
    )
    replaced_resource_id = fields.Many2one(
        "telecom.resource",
        string="Instead of",
        help="Only where the subscription holds several of that kind.",
    )
    is_lost = fields.Boolean(
        string="The old SIM is lost or stolen",
        help="It is never given back to the customer.",
    )
    partner_id = fields.Many2one("res.partner", string="New holder")
    is_whole_pack = fields.Boolean(
        string="The whole pack goes along",
        help="All services of the pack go over to the new holder, or none.",
    )
    account_id = fields.Many2one(
        "telecom.billing.account",
        string="Billing account",
        help="Empty: one with these terms is taken, or opened.",
    )
    iban = fields.Char(string="IBAN")
    bill_email = fields.Char(
        string="Bill e-mail", help="One or more addresses, separated by commas."
    )
    collection_method = fields.Selection(
        lambda self: (
            self.env["telecom.billing.account"]
            ._fields["collection_method"]
            ._description_selection(self.env)
        ),
        string="Collected by",
    )
    service_partner_id = fields.Many2one(
        "res.partner",
        string="Address on file",
        help="A contact of the holder. Empty: the address below is added.",
    )
    street = fields.Char()
    street2 = fields.Char()
    zip = fields.Char()
    city = fields.Char()
    state_id = fields.Many2one("res.country.state", string="Province")
    country_id = fields.Many2one("res.country")
    attachment_ids = fields.Many2many("ir.attachment", string="Documents")
    note = fields.Text(help="Why, for those who look at it later.")
    preview = fields.Json(
        help="What it changes: see telecom.subscription.operation._try_out."
    )
    preview_html = fields.Html(compute="_compute_preview_html", string="What changes")

    def _compute_preview_html(self):
        """Show the preview as a table."""
        for record in self:
            record.preview_html = record._render_preview(record.preview)

    def _render_preview(self, preview):
        """Return a preview as HTML, False when there is none."""
        if not preview:
            return False
        values = {
            "preview": preview,
            "day": lambda text: format_date(self.env, text),
            "amount": lambda number: formatLang(self.env, number),
        }
        return self.env["ir.qweb"]._render(
            "somconnexio_base.telecom_operation_preview", values
        )

    def _terms(self):
        """Return the terms that the kind knows, as values to create a record with."""
        self.ensure_one()
        names = KINDS[self.kind].terms()
        return self._convert_to_write({name: self[name] for name in names})
