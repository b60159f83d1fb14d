# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError

MODULE = "payment_redsys"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    telecom_pay_link_days = fields.Integer(
        related="company_id.telecom_pay_link_days", readonly=False
    )
    telecom_card_state = fields.Selection(
        [
            ("missing", "Not installed"),
            ("disabled", "Not in use"),
            ("test", "In test mode"),
            ("enabled", "In use"),
        ],
        string="Cards and Bizum",
        compute="_compute_telecom_card_state",
    )

    def _compute_telecom_card_state(self):
        for settings in self:
            provider = settings._card_provider()
            settings.telecom_card_state = provider.state if provider else "missing"

    def _card_provider(self):
        """Return the company's provider of cards; empty when it is not installed."""
        return self.env["payment.provider"].search(
            [
                ("company_id", "=", (self.company_id or self.env.company).id),
                ("code", "=", "redsys"),
            ],
            limit=1,
        )

    def action_open_card_provider(self):
        """Install Odoo's Redsys where it is missing, and open its form.

        :raise UserError: when this Odoo has no such module
        """
        self.ensure_one()
        module = self.env["ir.module.module"].search([("name", "=", MODULE)])
        if not module or module.state == "uninstallable":
            raise UserError(
                self.env._(
                    "This Odoo has no module %s: any other payment provider can be set "
                    "up in Accounting, Configuration, Payment providers.",
                    MODULE,
                )
            )
        if module.state != "installed":
            return module.button_immediate_install()
        provider = self._card_provider()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cards and Bizum"),
            "res_model": "payment.provider",
            "view_mode": "form" if provider else "kanban,form",
            "res_id": provider.id,
        }
