# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date
from decimal import Decimal
from hashlib import sha256

from freezegun import freeze_time
from lxml import etree

from odoo import Command
from odoo.exceptions import UserError

from .debit_common import NOW, DebitCommon
from .payments_common import IBANS

NAMESPACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}


@freeze_time(NOW)
class TestDebitRun(DebitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.maria = cls._create_debtor("Maria Peñarroya", IBANS[0])
        cls.joan = cls._create_debtor("Joan Força", IBANS[1])
        cls.bill_maria = cls._create_bill(cls.maria, 25.5)
        cls.bill_joan = cls._create_bill(cls.joan, 40)

    def _text(self, content, path):
        """Return the texts at a path of a file."""
        found = etree.fromstring(content).xpath(path, namespaces=NAMESPACE)
        return [element.text for element in found]

    def test_run_from_proposal_to_closing_collects_each_bill_once(self):
        run = self._create_run()
        self.assertEqual(run.state, "proposed")
        self.assertEqual(run.line_ids.debit_move_id, self.bill_maria | self.bill_joan)
        self.assertEqual(run.amount_total, 65.5)
        self.assertEqual(run.order_ids.total_company_currency, 65.5)
        self.assertEqual(self.bill_maria._is_being_debited(), self.bill_maria)
        self.assertIn(
            self.bill_maria,
            self.env["account.move"].search([("is_being_debited", "=", True)]),
        )
        # 10 October is a Saturday: banks settle on Monday.
        self.assertEqual(set(run.line_ids.mapped("date")), {date(2026, 10, 12)})
        self._bring_to(run, "filed")
        content = self._file(run)
        self.assertEqual(
            self._text(content, "//p:GrpHdr/p:CtrlSum | //p:PmtInf/p:CtrlSum"),
            ["65.50", "65.50"],
        )
        self.assertEqual(self._text(content, "//p:GrpHdr/p:NbOfTxs"), ["2"])
        self.assertEqual(
            self._text(content, "//p:EndToEndId"), run.line_ids.sorted().mapped("name")
        )
        self.assertEqual(self._text(content, "//p:Dbtr//p:StrtNm")[0], "Carrer Major")
        self.assertFalse(self._text(content, "//p:AdrLine"))
        run.action_sent()
        run._job_close()
        self.assertEqual(run.state, "booked")
        self.assertEqual(self.bill_maria.amount_residual, 0)
        self.assertFalse(self.bill_maria._is_being_debited())
        credit = self.bill_maria.line_ids.matched_credit_ids.credit_move_id
        self.assertEqual(
            credit.name,
            run.line_ids.filtered(lambda o: o.debit_move_id == self.bill_maria).name,
        )
        entry = run.slice_ids.move_id
        self.assertEqual(len(entry), 1)
        self.assertEqual(
            entry.line_ids.filtered("debit").account_id, self.account_outstanding
        )
        run.action_close()
        self.assertEqual(run.state, "closed")

    def test_file_written_again_has_the_same_bytes(self):
        run = self._bring_to(self._create_run(), "filed")
        before, order = self._file(run), run.order_ids
        self.maria.partner_id.name = "Another name"
        self.company.name = "Another cooperative"
        with freeze_time("2026-10-06 09:00:00"):
            order.action_write_debit_file_again()
        self.assertEqual(self._file(run), before)
        self.assertEqual(sha256(before).hexdigest(), order.sepa_sha256)
        order.payment_file_id.raw = before + b" "
        with self.assertRaisesRegex(UserError, "altered"):
            order.action_download_debit_file()

    def test_bill_in_an_open_run_is_left_out_of_another(self):
        first = self._create_run()
        second = self._create_run()
        self.assertFalse(second.line_ids)
        self.assertEqual(self._reasons(second)[self.bill_maria], "in_open_run")
        with self.assertRaisesRegex(UserError, "nothing to debit"):
            second.action_confirm()
        first.action_cancel()
        second.action_propose()
        self.assertEqual(second.line_count, 2)

    def test_what_cannot_be_debited_is_listed_with_its_reason(self):
        without = self._create_payer("Without mandate", IBANS[2])
        unsigned = self._create_payer("Unsigned", IBANS[3])
        self._create_mandate(unsigned, "draft")
        stopped = self._create_debtor("Stopped", IBANS[4])
        stopped.mandate_ids._stop("MD01")
        blocked = self._create_debtor("Blocked", IBANS[2])
        blocked.is_debit_blocked = True
        nameless = self._create_payer("Nowhere")
        expected = {
            self._create_bill(without, 10): "no_mandate",
            self._create_bill(unsigned, 10): "mandate_unsigned",
            self._create_bill(stopped, 10): "mandate_stopped",
            self._create_bill(blocked, 10): "blocked",
            self._create_bill(nameless, 10): "no_iban",
        }
        credited = self._create_debtor("Credited", IBANS[3])
        credit = self.bill_maria.copy(
            {
                "move_type": "out_refund",
                "invoice_date": "2026-10-04",
                "partner_id": credited.partner_id.id,
                "telecom_billing_account_id": credited.id,
            }
        )
        credit.action_post()
        expected[credit] = "nothing_due"
        run = self._create_run()
        self.assertEqual(self._reasons(run), expected)
        self.assertEqual(run.left_out_count, 6)
        without.collection_method = "transfer"
        run.action_propose()
        self.assertEqual(run.left_out_count, 5)
        self.assertEqual(run.line_count, 2)

    def test_disputed_bill_and_bill_in_a_plan_are_not_debited_whole(self):
        self.env["telecom.payment.dispute"].create(
            {"bill_id": self.bill_maria.id, "reason": "Not my calls"}
        )
        plan = self.env["telecom.payment.plan"].create(
            {
                "billing_account_id": self.joan.id,
                "bill_ids": [Command.set(self.bill_joan.ids)],
                "instalment_count": 2,
                "first_date": "2026-10-20",
                "collection_method": "transfer",
            }
        )
        plan.action_agree()
        run = self._create_run()
        self.assertEqual(
            self._reasons(run),
            {self.bill_maria: "disputed", self.bill_joan: "payment_plan"},
        )

    def test_what_changed_since_the_proposal_is_left_out_on_confirming(self):
        run = self._create_run()
        self.bill_maria.button_draft()
        self.bill_joan.mandate_id = False
        self.joan.mandate_ids._stop("revoked")
        with self.assertRaisesRegex(UserError, "nothing to debit"):
            run.action_confirm()
        self.assertFalse(run.confirmed_at)

    def test_payer_is_told_of_the_debit_days_before(self):
        run = self._bring_to(self._create_run(), "confirmed")
        notices = self.env["telecom.notice"].search(
            [
                ("res_id", "in", run.line_ids.ids),
                ("kind_id.code", "=", "debit_announced"),
            ]
        )
        self.assertEqual(
            notices.partner_id, self.maria.partner_id | self.joan.partner_id
        )
        self.maria.mandate_ids.prenotice_days = 14
        run.action_back_to_review()
        run.action_confirm()
        later = run.line_ids.filtered(lambda o: o.debit_move_id == self.bill_maria)
        self.assertEqual(later.date, date(2026, 10, 19))

    def test_accountant_leaves_a_debit_out_and_it_stays_out(self):
        run = self._create_run()
        line = run.line_ids.filtered(lambda o: o.debit_move_id == self.bill_maria)
        line._leave_out("pays in the office")
        self.assertEqual(self._reasons(run), {self.bill_maria: "by_hand"})
        self.assertEqual(run.line_count, 1)
        with self.assertRaisesRegex(UserError, "debit run"):
            run.line_ids.amount_currency = 1
        with self.assertRaisesRegex(UserError, "debit run"):
            run.order_ids.draft2open()

    def test_refused_file_is_undone_as_if_it_had_not_been_sent(self):
        run = self._bring_to(self._create_run(), "booked")
        self.assertEqual(self.maria.mandate_ids.last_debit_date, date(2026, 10, 12))
        run._undo("RJCT FF01")
        self.assertEqual(run.state, "rejected")
        self.assertEqual(self.bill_maria.amount_residual, 25.5)
        self.assertFalse(self.maria.mandate_ids.last_debit_date)
        balance = self.env["account.move.line"].search(
            [("account_id", "=", self.account_outstanding.id)]
        )
        self.assertEqual(sum(balance.mapped("balance")), 0)
        again = self._create_run()
        self.assertEqual(again.line_count, 2)

    def test_debit_that_came_back_waits_until_it_is_asked_for(self):
        run = self._bring_to(self._create_run(), "booked")
        credit = self.bill_maria.line_ids.matched_credit_ids.credit_move_id
        self._take_back(credit)
        later = self._create_run()
        self.assertEqual(self._reasons(later)[self.bill_maria], "came_back")
        wish = self.bill_maria._debit_again(date(2026, 10, 20))
        self.assertEqual(self.bill_maria._debit_again(date(2026, 10, 20)), wish)
        later.action_propose()
        self.assertEqual(later.line_ids.debit_kind, "retry")
        self.assertEqual(later.line_ids.date, date(2026, 10, 20))
        self.assertEqual(wish.state, "taken")
        later.action_cancel()
        self.assertEqual(wish.state, "waiting")
        self.assertEqual(run.state, "booked")

    def _take_back(self, credit):
        """Book that the bank takes the money of a booked debit back."""
        credit.remove_move_reconcile()
        vals = {"partner_id": credit.partner_id.id, "name": credit.name}
        entry = self.env["account.move"].create(
            {
                "journal_id": credit.journal_id.id,
                "line_ids": [
                    Command.create(
                        {
                            **vals,
                            "account_id": credit.account_id.id,
                            "debit": credit.credit,
                        }
                    ),
                    Command.create(
                        {
                            **vals,
                            "account_id": self.account_outstanding.id,
                            "credit": credit.credit,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        (credit | entry.line_ids.filtered("debit")).reconcile()

    def test_part_of_a_plan_is_debited_instead_of_the_bill(self):
        self.bill_joan._debit_part(Decimal("15.00"), date(2026, 10, 15))
        self.bill_joan._debit_part(Decimal("25.00"), date(2026, 11, 16))
        run = self._create_run()
        part = run.line_ids.filtered(lambda o: o.debit_move_id == self.bill_joan)
        self.assertEqual((part.debit_kind, part.amount_currency), ("part", 15))
        self._bring_to(run, "booked")
        self.assertEqual(self.bill_joan.amount_residual, 25)
        with freeze_time("2026-11-02 08:00:00"):
            second = self._create_run(cutoff_date="2026-11-30")
        self.assertEqual(second.line_ids.amount_currency, 25)

    def test_states_follow_their_order_and_say_so(self):
        run = self._create_run()
        with self.assertRaisesRegex(UserError, "not the turn"):
            run.action_sent()
        with self.assertRaisesRegex(UserError, "cannot become"):
            run.sudo().state = "booked"
        self._bring_to(run, "filed")
        with self.assertRaisesRegex(UserError, "back to review"):
            run.with_user(self.env.ref("base.user_admin")).cutoff_date = "2026-12-01"
        with freeze_time("2026-10-12 08:00:00"):
            with self.assertRaisesRegex(UserError, "no bank takes"):
                run.action_sent()

    def test_entries_on_the_day_of_the_debit_wait_for_it(self):
        self.company.telecom_debit_booking = "due"
        run = self._bring_to(self._create_run(), "sent")
        self.assertEqual(run.slice_ids.mapped("state"), ["pending"])
        self.assertEqual(self.bill_maria.amount_residual, 25.5)
        with freeze_time("2026-10-12 08:00:00"):
            run._queue_due_slices()
            run._job_close()
        self.assertEqual(run.state, "booked")
        self.assertEqual(run.slice_ids.move_id.date, date(2026, 10, 12))

    def test_company_that_cannot_draw_money_is_told_what_to_do(self):
        self.company.sepa_creditor_identifier = False
        self.bank_journal.bank_account_id.acc_number = "ES9121000418450200051333"
        with self.assertRaisesRegex(UserError, "journal; enter the creditor"):
            self._create_run()
        self.assertFalse(self.company._telecom_can_debit())
        self.assertEqual(self.bill_maria._collect(), [])

    def test_bills_handed_to_collection_twice_are_in_one_run_and_file(self):
        unsigned = self._create_bill(self._create_payer("No mandate", IBANS[2]), 5)
        bills = self.bill_maria | self.bill_joan | unsigned
        (run,) = bills._collect()
        self.assertTrue(run.is_automatic)
        files = run._collection_files()
        self.assertEqual(run.state, "filed")
        self.assertEqual(bills._collect(), [run])
        self.assertEqual(run._collection_files(), files)
        self.assertEqual(self._reasons(run), {unsigned: "no_mandate"})

    def test_number_of_queries_does_not_grow_with_the_bills(self):
        run = self._create_run()
        few = self._count_queries(run.action_propose)
        for place in range(20):
            account = self._create_debtor(f"Payer {place}", IBANS[place % 5])
            self._create_bill(account, 10 + place)
        many = self._count_queries(run.action_propose)
        self.assertEqual(run.line_count, 22)
        self.assertLessEqual(many - few, 3)
        confirm = self._count_queries(run.action_confirm)
        self.assertLess(confirm, 60)
        self.assertLess(self._count_queries(run.action_write_file), 90)
        book = self._count_queries(run.action_sent)
        self.assertEqual(run.slice_ids.mapped("state"), ["done"])
        self.assertLess(book, 160)
