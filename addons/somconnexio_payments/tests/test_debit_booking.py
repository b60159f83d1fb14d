# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.base.models.ir_cron import IrCron

from .debit_common import NOW, DebitCommon
from .payments_common import DUE_DATE, IBANS

#: Columns that tell records apart.
APART = {
    "id",
    "name",
    "ref",
    "move_id",
    "move_name",
    "sequence_number",
    "access_token",
    "made_sequence_gap",
    "full_reconcile_id",
    "matching_number",
    "debit_move_id",
    "credit_move_id",
    "payment_reference",
    "create_date",
    "write_date",
}
SLICE = (
    "odoo.addons.somconnexio_payments.models.debit.debit_slice_entry.TelecomDebitSlice"
)
LINE = (
    "odoo.addons.somconnexio_payments.models.matching.account_move_line.AccountMoveLine"
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDebitBooking(DebitCommon):
    """The entries of a run: what SQL casts and matches is what core makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.maria = cls._create_debtor("Maria Peñarroya", IBANS[0])
        cls.joan = cls._create_debtor("Joan Força", IBANS[1])

    def _create_bills(self):
        return self._create_bill(self.maria, 25.5) | self._create_bill(self.joan, 40)

    def _book_new_bills(self):
        """Return new bills and the run that has booked them."""
        bills = self._create_bills()
        return bills, self._bring_to(self._create_run(), "booked")

    def _columns(self, record):
        """Return all columns of a record but those that tell records apart."""
        self.env.cr.execute(
            SQL(
                "SELECT to_jsonb(t) FROM %s AS t WHERE id = %s",
                SQL.identifier(record._table),
                record.id,
            )
        )
        (row,) = self.env.cr.fetchone()
        return {key: value for key, value in row.items() if key not in APART}

    def _all_columns(self, bills, run):
        """Return the columns of all that booking writes, in one order."""
        self.env.flush_all()
        entry = run.slice_ids.move_id
        items = bills.line_ids.filtered("matched_credit_ids")
        self.assertEqual(len(items), len(bills))
        partials = items.matched_credit_ids
        groups = (bills, entry, entry.line_ids, items, partials)
        fulls = items.full_reconcile_id
        return [self._columns(one) for group in (*groups, fulls) for one in group]

    def test_entries_of_sql_are_those_of_core_to_the_last_column(self):
        cast = self._all_columns(*self._book_new_bills())
        with (
            patch(f"{SLICE}._is_castable", return_value=False),
            patch(f"{LINE}._plain_pairs", return_value=[]),
        ):
            made = self._all_columns(*self._book_new_bills())
        self.assertEqual(len(cast), len(made))
        for cast_row, made_row in zip(cast, made, strict=True):
            self.assertEqual(cast_row, made_row)

    def test_both_items_of_a_pair_have_the_number_of_their_matching(self):
        bills, run = self._book_new_bills()
        for bill in bills:
            item = bill.line_ids.filtered("matched_credit_ids")
            credit = item.matched_credit_ids.credit_move_id
            self.assertEqual(credit.move_id, run.slice_ids.move_id)
            self.assertEqual(
                (item | credit).mapped("matching_number"),
                [str(item.full_reconcile_id.id)] * 2,
            )
            self.assertEqual(bill.payment_state, "paid")

    def test_bill_that_was_paid_meanwhile_leaves_its_credit_on_account(self):
        bills = self._create_bills()
        run = self._bring_to(self._create_run(), "filed")
        self._pay(bills[0], 25.5)
        self._pay(bills[1], 15)
        run.action_sent()
        run._job_close()
        self.assertEqual(run.state, "booked")
        self.assertEqual(bills.mapped("amount_residual"), [0, 0])
        credits = run.slice_ids.move_id.line_ids.filtered("credit")
        self.assertEqual(credits.mapped("amount_residual"), [-25.5, -15])

    def _pay(self, bill, amount):
        """Book an entry that pays a part of a bill, by no payment of Odoo."""
        item = bill.line_ids.filtered(lambda o: o.account_type == "asset_receivable")
        vals = {"partner_id": bill.partner_id.id, "name": "cash"}
        entry = self.env["account.move"].create(
            {
                "journal_id": self.bank_journal.id,
                "line_ids": [
                    Command.create(
                        {**vals, "account_id": item.account_id.id, "credit": amount}
                    ),
                    Command.create(
                        {**vals, "account_id": self.account_bank.id, "debit": amount}
                    ),
                ],
            }
        )
        entry.action_post()
        (item | entry.line_ids.filtered("credit")).reconcile()

    def test_slice_that_fails_says_why_and_is_booked_when_tried_again(self):
        bills = self._create_bills()
        run = self._bring_to(self._create_run(), "filed")
        with patch.object(self.env.registry["telecom.debit.slice"], "_queue"):
            run.action_sent()
        slice_ = run.slice_ids
        with (
            patch(f"{SLICE}._match_bills", side_effect=UserError("Closed month")),
            self.assertRaises(UserError),
        ):
            slice_._job_book()
        slice_._on_job_failed(exc_message="Closed month")
        run._job_close()
        self.assertEqual((run.state, run.message), ("sent", "Closed month"))
        self.assertEqual(bills.mapped("amount_residual"), [25.5, 40])
        self.assertFalse(slice_.move_id)
        run.action_book()
        run._job_close()
        self.assertEqual((run.state, run.message), ("booked", False))
        self.assertEqual(bills.mapped("amount_residual"), [0, 0])

    def test_entry_that_does_not_add_up_is_not_booked(self):
        self._create_bills()
        run = self._bring_to(self._create_run(), "filed")
        self.company.telecom_debit_booking = "due"
        run.action_sent()
        self.env.cr.execute(
            "UPDATE account_payment_line SET amount_currency = 1 WHERE id = %s",
            [run.line_ids[1].id],
        )
        rows = run.slice_ids._open_rows()
        rows[1]["amount"] = "40.00"
        with self.assertRaisesRegex(UserError, "out of balance"):
            run.slice_ids._cast_entry(rows, date(2026, 10, 12))

    def test_queries_of_a_slice_do_not_grow_with_its_debits(self):
        counts = []
        for number in (2, 12):
            for place in range(number):
                self._create_bill((self.maria, self.joan)[place % 2], 10 + place)
            run = self._bring_to(self._create_run(), "filed")
            self.company.telecom_debit_booking = "due"
            run.action_sent()
            self.assertEqual(run.slice_ids.line_count, number)
            self.env.invalidate_all()
            counts.append(self._count_queries(run.slice_ids._job_book))
            self.assertEqual(run.slice_ids.state, "done")
            self.assertEqual(
                sum(run.line_ids.debit_move_id.mapped("amount_residual")), 0
            )
        self.assertLessEqual(counts[1] - counts[0], 3)

    def test_rest_of_a_disputed_bill_is_debited_and_what_is_claimed_is_not(self):
        bill = self._create_bill(self.maria, 100)
        claim = self._claim(bill, 30)
        run = self._create_run()
        line = run.line_ids
        self.assertEqual((line.amount_currency, line.disputed_amount), (70, 30))
        left_out = run.left_out_ids
        self.assertEqual((left_out.reason, left_out.amount), ("disputed", 30))
        run.action_propose()
        self.assertEqual((run.amount_total, run.left_out_amount), (70, 30))
        self._bring_to(run, "booked")
        self.assertEqual((bill.amount_residual, bill.payment_state), (30, "partial"))
        self.assertEqual(self._reasons(self._create_run()), {bill: "disputed"})
        claim.action_close_rejected()
        rest = self._create_run()
        self.assertEqual(rest.line_ids.amount_currency, 30)

    def test_claim_that_changes_after_the_proposal_leaves_its_bill_out(self):
        bill = self._create_bill(self.maria, 100)
        other = self._create_bill(self.joan, 50)
        claims = self._claim(bill, 30), self._claim(other, 20)
        run = self._create_run()
        self._claim(bill, 10)
        claims[1].action_close_withdrawn()
        with self.assertRaisesRegex(UserError, "nothing to debit"):
            run.action_confirm()
        run.action_propose()
        self.assertEqual(run.line_ids.mapped("amount_currency"), [60, 50])
        run.action_confirm()
        self.assertEqual(run.state, "confirmed")

    def _claim(self, bill, amount):
        return self.env["telecom.payment.dispute"].create(
            {"bill_id": bill.id, "amount": amount, "reason": "Not my calls"}
        )

    def test_run_closes_by_itself_when_its_debits_cannot_come_back(self):
        _bills, run = self._book_new_bills()
        # Due on 10 October, debited on the 12th; eight weeks later is 7 December.
        self.assertEqual(DUE_DATE, "2026-10-10")
        self.assertEqual(run.closing_date, date(2026, 12, 10))
        for day, state in (("2026-12-09", "booked"), ("2026-12-10", "closed")):
            with (
                freeze_time(f"{day} 08:00:00"),
                patch.object(IrCron, "_commit_progress"),
            ):
                self.Run._cron_close()
            self.assertEqual(run.state, state)
