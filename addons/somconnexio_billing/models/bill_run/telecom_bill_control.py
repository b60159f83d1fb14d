# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .checks import BY_CODE, CHECKS, NAMELESS


class TelecomBillControl(models.Model):
    """What a company wants a control of its bill runs to do.

    Controls that guard against wrong or double bills stop the run in every company and
    have no row here.
    """

    _name = "telecom.bill.control"
    _description = "Control before the bills"
    _order = "company_id, sequence, id"
    _rec_name = "code"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    code = fields.Char(required=True, readonly=True)
    name = fields.Char("Rule", compute="_compute_name")
    severity = fields.Selection(
        [("off", "Off"), ("warn", "Warn"), ("block_account", "Hold the account")],
        "When broken",
        required=True,
    )

    _company_code_unique = models.Constraint(
        "UNIQUE (company_id, code)", "A company sets each control once."
    )

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_name(self):
        for control in self:
            check = BY_CODE.get(control.code)
            control.name = self.env._(check.name) if check else control.code

    @api.constrains("severity")
    def _check_severity(self):
        for control in self:
            if control.severity == "block_account" and control.code in NAMELESS:
                raise ValidationError(
                    self.env._(
                        "'%s' is not about single accounts: it can only warn.",
                        control.name,
                    )
                )

    @api.model
    def _of_company(self, company):
        """Return the controls of a company, made by their defaults where missing."""
        found = self.search([("company_id", "=", company.id)])
        known = set(found.mapped("code"))
        return found | self.sudo().create(
            [
                {
                    "company_id": company.id,
                    "sequence": number,
                    "code": check.code,
                    "severity": check.severity,
                }
                for number, check in enumerate(CHECKS)
                if check.severity != "block_run" and check.code not in known
            ]
        )

    @api.model
    def action_open(self):
        """Open the controls of the user's companies."""
        for company in self.env.companies:
            self._of_company(company)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_bill_control"
        )
