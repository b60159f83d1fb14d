# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError

KINDS = [
    ("opened", "Fell behind"),
    ("step", "Step taken"),
    ("proof", "Notice handed over"),
    ("returned", "Debit returned"),
    ("held", "Put on hold"),
    ("released", "Hold taken off"),
    ("restored", "Service restored"),
    ("error", "Failed"),
    ("retried", "Tried again"),
    ("cleared", "All paid"),
]


class TelecomDunningEvent(models.Model):
    """Something that happened in a case. Rows are added, never changed.

    A step that is taken has its conditions with their figures, the notice that it sent,
    and the sending that proved the notice before.
    """

    _name = "telecom.dunning.event"
    _description = "History of a Dunning Case"
    _order = "id desc"
    _rec_name = "kind"

    case_id = fields.Many2one(
        "telecom.dunning.case", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    cycle = fields.Integer(required=True)
    kind = fields.Selection(KINDS, required=True)
    date = fields.Date(required=True)
    step_id = fields.Many2one("telecom.dunning.step", ondelete="restrict")
    amount = fields.Monetary(string="Unpaid")
    conditions = fields.Json()
    why = fields.Char(compute="_compute_why")
    notice_id = fields.Many2one(
        "telecom.notice", string="Notice sent", ondelete="restrict"
    )
    proof_attempt_id = fields.Many2one(
        "telecom.notice.attempt",
        string="Proof",
        ondelete="restrict",
        help="The sending that proves the notice before.",
    )
    subscription_ids = fields.Many2many(
        "contract.contract", "telecom_dunning_event_subscription", string="Services"
    )
    fee_line_id = fields.Many2one("contract.line", string="Fee", ondelete="set null")
    note = fields.Char()
    user_id = fields.Many2one("res.users", ondelete="restrict")

    _step_once = models.UniqueIndex(
        "(case_id, step_id, cycle) WHERE kind = 'step'",
        "This step was taken already.",
    )
    _opened_once = models.UniqueIndex(
        "(case_id, cycle) WHERE kind = 'opened'", "This cycle has begun already."
    )

    def _compute_why(self):
        Case = self.env["telecom.dunning.case"]
        for event in self:
            event.why = Case._conditions_text(event.conditions)

    def write(self, vals):
        """Refuse: the history is only added to."""
        raise UserError(self._append_only_message())

    def unlink(self):
        """Refuse: the history is only added to."""
        raise UserError(self._append_only_message())

    def _append_only_message(self):
        return self.env._("The history of a case is only added to.")

    def _append(self, vals_list):
        """Add rows in the name of the user; nobody has the right to by hand.

        :param list vals_list: values without ``user_id``
        :return: the new rows
        """
        rows = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        return self.sudo().create(rows).sudo(self.env.su)
