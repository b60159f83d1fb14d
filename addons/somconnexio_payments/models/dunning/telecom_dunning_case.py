# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ...dunning_rules import return_reasons, states

STATES = [
    ("open", "Being reminded"),
    ("restricted", "Restricted"),
    ("suspended", "Suspended"),
    ("ended", "Services ended"),
    ("clear", "All paid"),
]
STOPS = [
    ("error", "Failed: somebody must look"),
    ("hold", "On hold"),
    ("plan", "Payment plan"),
    ("claim", "All of it is disputed"),
    ("debit", "Being debited"),
    ("credit", "Covered by a credit note"),
    ("minimum", "Below the minimum"),
    ("care", "With customer care"),
]


class TelecomDunningCase(models.Model):
    """What is unpaid of one billing account, and how far it is on the ladder.

    There is one case per billing account. When all is paid it is clear; who falls
    behind again begins the next cycle of the same case. Figures and next step are
    written by the runs, states by the methods; the history is ``event_ids``.
    """

    _name = "telecom.dunning.case"
    _description = "Dunning Case"
    _inherit = ["cooperative.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "amount desc, id"
    _rec_name = "billing_account_id"
    _rec_names_search = ["billing_account_id"]
    _check_company_auto = True

    _state_table = states.CASE
    _is_created_by_hand = False
    _guarded_fields = frozenset(
        {
            "state",
            "billing_account_id",
            "partner_id",
            "company_id",
            "policy_id",
            "cycle",
            "step_id",
            "step_date",
            "next_step_id",
            "next_date",
            "conditions",
            "stop",
            "owed_amount",
            "disputed_amount",
            "debited_amount",
            "amount",
            "bill_count",
            "oldest_due_date",
            "return_class",
            "notice_id",
            "handed_over_date",
            "hold_until_date",
            "hold_reason",
            "error",
            "opened_date",
            "cleared_date",
            "evaluated_date",
        }
    )

    billing_account_id = fields.Many2one(
        "telecom.billing.account",
        string="Billing account",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one("res.partner", string="Payer", index=True)
    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    policy_id = fields.Many2one(
        "telecom.dunning.policy", index=True, ondelete="restrict"
    )
    state = fields.Selection(STATES, required=True, default="open", index=True)
    cycle = fields.Integer(
        default=1, help="How often this account fell behind: each time begins anew."
    )
    step_id = fields.Many2one(
        "telecom.dunning.step",
        string="Last step",
        index="btree_not_null",
        ondelete="restrict",
        group_expand="_group_expand_steps",
    )
    step_date = fields.Date(string="Taken on")
    next_step_id = fields.Many2one(
        "telecom.dunning.step", string="Next step", ondelete="set null"
    )
    next_date = fields.Date(
        string="Not before", help="Empty: it does not depend on time alone."
    )
    conditions = fields.Json()
    why = fields.Char(compute="_compute_why", help="The conditions of the next step.")
    stop = fields.Selection(STOPS, string="Stopped by", index="btree_not_null")
    owed_amount = fields.Monetary(string="Overdue")
    disputed_amount = fields.Monetary(string="Disputed")
    debited_amount = fields.Monetary(string="Being debited")
    amount = fields.Monetary(
        string="Unpaid", help="Without what is disputed, being debited, or credited."
    )
    bill_count = fields.Integer(string="Bills")
    oldest_due_date = fields.Date(string="Due since")
    return_class = fields.Selection(
        list(return_reasons.CLASSES), string="Debit returned for"
    )
    notice_id = fields.Many2one(
        "telecom.notice", string="Last notice", ondelete="set null"
    )
    handed_over_date = fields.Date(
        string="Handed over on",
        help="A person wrote down that the last notice was handed over on this day.",
    )
    hold_until_date = fields.Date(string="On hold until")
    hold_reason = fields.Char(string="Held because")
    error = fields.Char(help="Why nothing more is done by itself.")
    opened_date = fields.Date(string="Fell behind on")
    cleared_date = fields.Date(string="Paid on")
    evaluated_date = fields.Date(string="Looked at on")
    line_ids = fields.One2many(
        "telecom.dunning.line", "case_id", string="Subscriptions"
    )
    event_ids = fields.One2many("telecom.dunning.event", "case_id", string="History")

    _account_once = models.Constraint(
        "UNIQUE (billing_account_id)", "A billing account has one dunning case."
    )
    _live_idx = models.Index("(company_id, state) WHERE state <> 'clear'")

    @api.depends("conditions")
    @api.depends_context("lang")
    def _compute_why(self):
        for case in self:
            case.why = self._conditions_text(case.conditions)

    @api.model
    def _group_expand_steps(self, steps, domain):
        """Show all steps of the policies in use on the board."""
        policies = steps.policy_id or self.env["telecom.dunning.policy"].search([])
        return policies.step_ids

    @api.model
    def _conditions_text(self, conditions):
        """Return conditions with their figures as one sentence.

        :param conditions: list of ``[code, needed, actual, holds]``, or nothing
        """
        words = self._condition_words()
        parts = []
        for code, needed, actual, holds in conditions or []:
            text = words[code] % {
                "needed": self._class_label(code, needed),
                "actual": self._class_label(code, actual) or "–",
            }
            parts.append(f"{'✓' if holds else '✗'} {text}")
        return " · ".join(parts)

    @api.model
    def _class_label(self, code, value):
        """Return the label of a class of returns, other values as they are."""
        if code != "return":
            return value
        labels = dict(self._fields["return_class"]._description_selection(self.env))
        return labels.get(value, value)

    @api.model
    def _condition_words(self):
        """Return the sentence of each condition, with its figures to be filled in."""
        env = self.env
        return {
            "bills": env._("%(actual)s bills unpaid of %(needed)s"),
            "amount": env._("%(actual)s unpaid of %(needed)s"),
            "return": env._("debit returned for: %(actual)s; needed: %(needed)s"),
            "days": env._("%(actual)s days overdue of %(needed)s"),
            "previous": env._("%(actual)s days after the step before of %(needed)s"),
            "proof": env._("notice handed over %(actual)s days ago of %(needed)s"),
            "calendar": env._("no day off on %(actual)s or after"),
        }

    def _log(self, kind, **vals):
        """Add a row to the history of each case.

        :param str kind: of ``telecom_dunning_event.KINDS``
        :return: the new rows
        """
        rows = [{**case._event_vals(kind), **vals} for case in self]
        return self.env["telecom.dunning.event"]._append(rows)

    def _event_vals(self, kind):
        """Return the values that all events of a case have."""
        return {
            "case_id": self.id,
            "company_id": self.company_id.id,
            "cycle": self.cycle,
            "kind": kind,
            "date": self.company_id._telecom_today(),
            "amount": self.owed_amount,
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_deletion()
