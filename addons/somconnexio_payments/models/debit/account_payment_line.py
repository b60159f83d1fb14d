# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from .debit_run import ACCOUNTANT


class AccountPaymentLine(models.Model):
    """One debit of a run: what is collected, from whom, under which mandate.

    ``name`` is the EndToEndId under which the bank answers.
    """

    _name = "account.payment.line"
    _inherit = ["account.payment.line", "telecom.debit.guard.mixin"]

    debit_kind = fields.Selection(
        [
            ("bill", "Bill"),
            ("retry", "Bill, once more"),
            ("part", "Part of a bill"),
            ("capital", "Share capital"),
        ],
        readonly=True,
        copy=False,
    )
    debit_move_id = fields.Many2one(
        "account.move",
        string="Bill",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    capital_call_id = fields.Many2one(
        "cooperative.capital.call",
        string="Instalment",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    debit_wish_id = fields.Many2one(
        "telecom.debit.wish",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    telecom_billing_account_id = fields.Many2one(
        "telecom.billing.account",
        string="Billing account",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    debit_slice_id = fields.Many2one(
        "telecom.debit.slice",
        string="Slice",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    sequence_type = fields.Selection(
        [("RCUR", "Recurring"), ("FNAL", "Final"), ("OOFF", "One-off")],
        readonly=True,
        copy=False,
    )
    is_debit_open = fields.Boolean(
        string="Under way",
        readonly=True,
        copy=False,
        help="In a run and not booked yet: its bill is in no other run.",
    )
    disputed_amount = fields.Monetary(
        string="Disputed, left out",
        currency_field="currency_id",
        readonly=True,
        copy=False,
        help="What is claimed about the bill and not debited.",
    )
    debit_booked_date = fields.Date(string="Booked", readonly=True, copy=False)
    earlier_debit_date = fields.Date(
        readonly=True, copy=False, help="Last debit of the mandate before this one."
    )
    sepa_terms = fields.Json(
        readonly=True,
        copy=False,
        groups="somconnexio_base.group_telecom_accountant",
        help="What the file says of the payer and the mandate.",
    )

    _one_open_debit = models.UniqueIndex(
        "(debit_move_id) WHERE is_debit_open AND capital_call_id IS NULL",
        "This bill is in another open debit run.",
    )
    _one_open_capital_debit = models.UniqueIndex(
        "(capital_call_id) WHERE is_debit_open AND capital_call_id IS NOT NULL",
        "This instalment is in another open debit run.",
    )
    _of_order_and_day = models.Index(
        "(order_id, date, local_instrument, sequence_type, name)"
        " WHERE debit_run_id IS NOT NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of OCA: debits of a run are made by its proposal only."""
        orders = self.env["account.payment.order"].browse(
            [vals["order_id"] for vals in vals_list if vals.get("order_id")]
        )
        orders._check_not_of_run()
        return super().create(vals_list)

    def write(self, vals):
        """Override of OCA: debits of a run are written by its steps only."""
        self._check_not_of_run()
        return super().write(vals)

    def action_leave_out(self):
        """Ask why these debits are left out of their run."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Leave out"),
            "res_model": "telecom.debit.leave.out",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_ids": self.ids},
        }

    def _leave_out(self, note):
        """Take debits out of proposals that are in review.

        :param str note: why
        :raise UserError: when a run is beyond its review
        :raise AccessError: for who is no accountant
        """
        for run, lines in self.sudo().grouped("debit_run_id").items():
            run = run.with_env(self.env)._begin((ACCOUNTANT,), "proposed")
            ids = lines.ids
            run._leave_lines_out(ids, ["by_hand"] * len(ids), [note] * len(ids))
            run._refresh_totals()
        return True

    def _debit_returned(self, day, reason, move=None):
        """Note that debits came back: instalments of share capital have failed.

        What follows for bills is the business of the rules on returns.

        :param date day: civil day of the return
        :param str reason: the bank's code or words
        :param move: posted account.move that debits called capital, if there is one
        """
        calls = self.sudo()._calls_paid_by_debit()
        calls.instalment_failed(day, reason, move=move)
        return calls

    def _calls_paid_by_debit(self):
        """Return the instalments that these debits have paid.

        Not those that were paid in another way before the debit came.
        """
        return self.filtered(
            lambda line: (
                line.debit_slice_id.move_id in line.capital_call_id.movement_ids.move_id
            )
        ).capital_call_id

    def action_view_bill(self):
        """Open what is debited."""
        self.ensure_one()
        record = self.capital_call_id or self.debit_move_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
        }
