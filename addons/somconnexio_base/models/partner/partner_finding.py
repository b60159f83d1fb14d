# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ... import sql_steps
from ...partner_data import keys
from .partner_key import KEY_KINDS


class TelecomPartnerFinding(models.Model):
    """A key that more partners share than can be one person.

    The phone of an office, an invented mail address: such keys are left out when
    partners are compared. Listed by the steps 60 and 61 of ``sql/partner`` each night.
    """

    _name = "telecom.partner.finding"
    _description = "Finding about partners' data"
    _order = "partner_count desc, id"
    _rec_name = "value"

    kind = fields.Selection(KEY_KINDS, required=True, readonly=True)
    value = fields.Char(
        required=True, readonly=True, help="In the form in which partners are compared."
    )
    partner_count = fields.Integer(string="Partners", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    state = fields.Selection(
        [("open", "To look at"), ("accepted", "Known and right")],
        required=True,
        default="open",
        help="Known and right: the phone of a community, for instance.",
    )
    note = fields.Char()

    _once = models.Constraint("UNIQUE (kind, value)", "This key is listed already.")

    @api.model
    def _refresh(self):
        """List the keys of too many partners anew; return how many rows changed."""
        self.env["res.partner"].flush_model()
        params = {"max_block": keys.MAX_BLOCK}
        gone = sql_steps.run(self.env, "partner/61_delete_findings", **params)
        found = sql_steps.run(
            self.env, "partner/60_upsert_findings", user_id=self.env.uid, **params
        )
        self.invalidate_model()
        return gone + found

    @api.model
    def _cron_refresh(self):
        """List the findings each night."""
        self._refresh()

    def action_view_partners(self):
        """Open the partners that share this key."""
        self.ensure_one()
        # The keys themselves are not for everybody; whose they are follows the rules
        # of partners.
        held = (
            self.env["telecom.partner.key"]
            .sudo()
            .search([("kind", "=", self.kind), ("value", "=", self.value)])
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.value,
            "res_model": "res.partner",
            "view_mode": "list,form",
            "domain": [("id", "in", held.partner_id.ids)],
            "context": {"active_test": False},
        }
