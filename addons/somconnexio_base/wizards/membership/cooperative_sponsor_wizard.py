# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError


class CooperativeSponsorWizard(models.TransientModel):
    """Let another member sponsor people whose sponsor left, or who wish it."""

    _name = "cooperative.sponsor.wizard"
    _description = "Change of Sponsor"

    membership_ids = fields.Many2many(
        "cooperative.membership", string="Sponsored people", required=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    sponsor_code = fields.Char(help="The code that the new sponsor gave them.")
    sponsor_id = fields.Many2one(
        "cooperative.membership",
        string="New sponsor",
        compute="_compute_sponsor_id",
        store=True,
        readonly=False,
        domain="[('kind', '=', 'member'), ('state', '=', 'active'),"
        " ('company_id', '=', company_id)]",
    )

    @api.depends("sponsor_code")
    def _compute_sponsor_id(self):
        Membership = self.env["cooperative.membership"]
        for wizard in self.filtered("sponsor_code"):
            wizard.sponsor_id = Membership._by_sponsor_code(
                wizard.sponsor_code, wizard.company_id
            )

    def action_apply(self):
        """Change the sponsor of all of them, or of none.

        :raise UserError: without a sponsor, or with the reason why that one can't be
        """
        self.ensure_one()
        if not self.sponsor_id:
            raise UserError(
                self.env._(
                    "No member sponsors by the code “%s”: compare each letter.",
                    self.sponsor_code or "",
                )
            )
        self.membership_ids.check_access("write")
        self.membership_ids.change_sponsor(self.sponsor_id)
        return {"type": "ir.actions.act_window_close"}
