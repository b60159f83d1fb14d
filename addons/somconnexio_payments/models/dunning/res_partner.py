# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

AGENT = "somconnexio_base.group_telecom_agent"
PROTECTION = frozenset({"telecom_is_vulnerable", "telecom_vulnerable_until_date"})


class ResPartner(models.Model):
    """Who must not be cut off; only agents see it."""

    _inherit = "res.partner"

    telecom_is_vulnerable = fields.Boolean(
        string="Vulnerable household",
        groups=AGENT,
        help="Their services are neither restricted nor suspended for unpaid bills; "
        "what was, comes back.",
    )
    telecom_vulnerable_evidence_date = fields.Date(
        string="Proven on", groups=AGENT, help="Date of the paper that proves it."
    )
    telecom_vulnerable_until_date = fields.Date(
        string="Valid until", groups=AGENT, help="Empty: until further notice."
    )
    dunning_amount = fields.Monetary(
        string="Overdue",
        compute="_compute_dunning_amount",
        groups="somconnexio_base.group_telecom_agent,"
        "somconnexio_base.group_telecom_accountant",
    )

    _vulnerable_is_proven = models.Constraint(
        "CHECK (telecom_is_vulnerable IS NOT TRUE"
        " OR telecom_vulnerable_evidence_date IS NOT NULL)",
        "Give the date of the paper that proves that the household is vulnerable.",
    )

    def write(self, vals):
        """Override of ``base``: who is protected from now on gets the services back."""
        result = super().write(vals)
        if PROTECTION & vals.keys():
            # Whoever may write this down need not have a role in dunning.
            accounts = self.env["telecom.billing.account"].sudo()
            self.env["telecom.dunning.case"]._follow_payments(
                accounts.search([("commercial_partner_id", "in", self.ids)])
            )
        return result

    def _compute_dunning_amount(self):
        amounts = dict(
            self.env["telecom.dunning.case"]._read_group(
                [
                    ("billing_account_id.commercial_partner_id", "in", self.ids),
                    ("state", "!=", "clear"),
                ],
                ["partner_id"],
                ["owed_amount:sum"],
            )
        )
        for partner in self:
            partner.dunning_amount = sum(
                amount
                for payer, amount in amounts.items()
                if payer.commercial_partner_id == partner
            )

    def action_view_dunning(self):
        """Open the dunning cases of a customer."""
        self.ensure_one()
        customer = self.commercial_partner_id
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_dunning_case"
        )
        domain = [("billing_account_id.commercial_partner_id", "=", customer.id)]
        return {**action, "domain": domain, "context": {}}
