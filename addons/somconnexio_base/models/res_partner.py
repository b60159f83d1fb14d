# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    telecom_billing_account_ids = fields.One2many(
        "telecom.billing.account", "partner_id", string="Billing accounts"
    )
    telecom_billing_account_count = fields.Integer(
        compute="_compute_telecom_counts",
        groups="somconnexio_base.group_telecom_user",
    )
    telecom_subscription_count = fields.Integer(
        compute="_compute_telecom_counts",
        groups="somconnexio_base.group_telecom_user",
    )
    telecom_bill_count = fields.Integer(
        compute="_compute_telecom_counts",
        groups="somconnexio_base.group_telecom_user",
    )

    def _compute_telecom_counts(self):
        """Count for each partner what is its own or its contacts'; three queries."""
        family = self.with_context(active_test=False).search_fetch(
            [("id", "child_of", self.ids)], ["parent_id"]
        )
        self._count_telecom(
            family, "telecom_billing_account_count", "telecom.billing.account", []
        )
        self._count_telecom(
            family,
            "telecom_subscription_count",
            "contract.contract",
            [("is_telecom", "=", True)],
        )
        self._count_telecom(
            family,
            "telecom_bill_count",
            "account.move",
            [("telecom_billing_account_id", "!=", False)],
        )

    def _count_telecom(self, family, field_name, model_name, domain):
        """Set one count: the records of a model that name a partner or its contacts.

        :param family: the partners of ``self`` and all contacts below them
        """
        totals = dict.fromkeys(self._ids, 0)
        groups = self.env[model_name]._read_group(
            [("partner_id", "in", family.ids), *domain], ["partner_id"], ["__count"]
        )
        for partner, count in groups:
            while partner:
                if partner.id in totals:
                    totals[partner.id] += count
                partner = partner.parent_id
        for partner in self:
            partner[field_name] = totals[partner.id]

    def _action_view_telecom(self, xmlid, domain):
        """Return an action narrowed to this partner and its contacts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = [("partner_id", "child_of", self.id), *domain]
        action["context"] = {"default_partner_id": self.id}
        return action

    def action_view_telecom_billing_accounts(self):
        """Open the billing accounts this partner pays."""
        return self._action_view_telecom(
            "somconnexio_base.action_telecom_billing_account", []
        )

    def action_view_telecom_subscriptions(self):
        """Open the subscriptions of this partner."""
        return self._action_view_telecom(
            "somconnexio_base.action_telecom_subscription",
            [("is_telecom", "=", True)],
        )

    def action_view_telecom_bills(self):
        """Open the telecom bills of this partner."""
        action = self._action_view_telecom(
            "account.action_move_out_invoice_type",
            [("telecom_billing_account_id", "!=", False)],
        )
        action["context"] = {"create": False}
        return action
