# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.somconnexio_base.outbox import transport
from odoo.addons.somconnexio_base.tests.common import NOW, TODAY

from ..gateway_protocols.outcome import Outcome
from ..models.gateway import payment_gateway_register_pull as pull
from .gateway_common import ACCOUNT_CODE, GatewayCommon

HEAD = "txn_id;account;sum\n"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGatewayRegister(GatewayCommon):
    """The bank's list of a day against ours, both ways."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls._create_profile("plain")
        cls.Register = cls.env["telecom.payment.gateway.register"]

    def _compare(self, text, day=TODAY):
        upload = self.env["telecom.payment.gateway.register.upload"].create(
            {
                "gateway_id": self.gateway.id,
                "day": day,
                "file": base64.b64encode(text.encode()),
                "file_name": "october.csv",
            }
        )
        return self.Register.browse(upload.action_compare()["res_id"])

    def _verdicts(self, register):
        return {line.transaction_id: line.verdict for line in register.line_ids}

    def test_equal_registers_leave_nothing_to_settle(self):
        self._pay(self.gateway, "1", "20.00")
        self._pay(self.gateway, "2", "5.00")
        register = self._compare(f"{HEAD}1;{ACCOUNT_CODE};20.00\n2;x;5\n")
        self.assertEqual(register.state, "equal")
        self.assertEqual((register.bank_count, register.bank_amount), (2, 25))
        self.assertEqual((register.our_count, register.our_amount), (2, 25))
        states = self.Transaction.search([]).mapped("register_state")
        self.assertEqual(states, ["equal", "equal"])

    def test_differences_are_found_both_ways(self):
        for number in ("1", "2", "3"):
            self._pay(self.gateway, number, "5.00")
        self._serve(
            self.gateway, self._bank_call(self.gateway, "cancel", transaction_id="3")
        )
        text = f"{HEAD}1;{ACCOUNT_CODE};6.00\n3;{ACCOUNT_CODE};5.00\n9;B1;7.00\n"
        register = self._compare(text)
        self.assertEqual(
            self._verdicts(register),
            {
                "1": "amount_differs",
                "2": "missing_there",
                "3": "missing_here",
                "9": "missing_here",
            },
        )
        self.assertEqual((register.state, register.open_count), ("open", 4))
        marked = {
            t.transaction_id: t.register_state for t in self.Transaction.search([])
        }
        self.assertEqual(
            marked, {"1": "amount_differs", "2": "missing_there", "3": "waiting"}
        )

    def test_payment_missing_here_is_booked_by_a_button_once(self):
        register = self._compare(f"{HEAD}77;{ACCOUNT_CODE};20.00\n")
        line = register.line_ids
        line.action_book()
        self.assertEqual(line.state, "done")
        self.assertEqual(register.state, "settled")
        self.assertEqual(self._owed(), 30)
        self.assertEqual(str(line.transaction_ref_id.payment_ids.date), TODAY)
        with self.assertRaisesRegex(UserError, "77 is not missing here"):
            line.action_book()

    def test_payment_that_was_cancelled_here_is_not_taken_for_booked(self):
        self._pay(self.gateway, "3", "5.00")
        self._serve(
            self.gateway, self._bank_call(self.gateway, "cancel", transaction_id="3")
        )
        line = self._compare(f"{HEAD}3;{ACCOUNT_CODE};5.00\n").line_ids
        self.assertEqual(line.verdict, "missing_here")
        with self.assertRaisesRegex(UserError, "3 of .* has been cancelled"):
            line.action_book()
        self.assertEqual(line.state, "open")
        self.assertEqual(self._owed(), 50)

    def test_bank_that_tells_what_was_booked_from_its_register_gets_an_answer(self):
        register = self._compare(f"{HEAD}77;{ACCOUNT_CODE};20.00\n")
        register.line_ids.action_book()
        other = self._pay(self.gateway, "77", "21.00")
        self.assertEqual(other.outcome, Outcome.CONFLICT)
        first = self._pay(self.gateway, "77", "20.00")
        self.assertEqual(first.outcome, Outcome.OK)
        self.assertIn(b'"document"', first.body)
        self.assertEqual(self._pay(self.gateway, "77", "20.00").body, first.body)
        self.assertEqual(len(self.Transaction.search([]).payment_ids), 1)

    def test_payment_of_nobody_we_know_is_not_booked_and_says_why(self):
        register = self._compare(f"{HEAD}78;B000000;20.00\n")
        with self.assertRaisesRegex(UserError, "78 of “B000000” cannot be booked"):
            register.line_ids.action_book()
        with self.assertRaisesRegex(UserError, "Write down how 78 was settled"):
            register.line_ids.action_set_aside()
        register.line_ids.note = "Paid back by the bank"
        register.line_ids.action_set_aside()
        self.assertEqual(register.state, "settled")

    def test_payments_of_other_days_and_trials_are_no_differences(self):
        self._pay(self.gateway, "1", "5.00", paid_at="2026-10-14T23:59:59")
        self.gateway.is_sandbox = True
        self._pay(self.gateway, "2", "5.00")
        self.assertFalse(self._compare(HEAD).line_ids)

    def test_same_file_is_compared_once(self):
        self._compare(HEAD + "1;B1;1\n")
        for day in (TODAY, "2026-10-16"):
            with self.assertRaisesRegex(
                UserError, f"compared already, as the register of Plain for {TODAY}"
            ):
                self._compare(HEAD + "1;B1;1\n", day)

    def test_days_without_payments_have_the_same_file_and_are_compared(self):
        for day in ("2026-10-13", "2026-10-14"):
            self.assertEqual(self._compare(HEAD, day).state, "equal")
        with self.assertRaisesRegex(UserError, "compared already"):
            self._compare(HEAD, "2026-10-14")

    def test_payment_that_the_bank_counts_on_the_next_day_settles_itself(self):
        self._pay(self.gateway, "1", "5.00", paid_at="2026-10-14T23:59:59")
        first = self._compare(HEAD, "2026-10-14")
        self.assertEqual(self._verdicts(first), {"1": "missing_there"})
        second = self._compare(f"{HEAD}1;{ACCOUNT_CODE};5.00\n")
        self.assertEqual((first.state, second.state), ("settled", "equal"))
        self.assertIn(TODAY, first.line_ids.note)
        self.assertEqual(self.Transaction.search([]).register_state, "equal")

    def test_register_that_the_bank_put_right_leaves_only_its_own_differences(self):
        self._pay(self.gateway, "1", "5.00")
        self._pay(self.gateway, "2", "6.00")
        wrong = self._compare(f"{HEAD}1;x;5.50\n2;x;6.60\n9;x;1\n")
        wrong.line_ids.filtered(lambda one: one.transaction_id == "9").note = "Asked"
        right = self._compare(f"{HEAD}1;x;5.00\n2;x;6.70\n")
        self.assertEqual((wrong.open_count, right.open_count), (1, 1))
        open_lines = (wrong + right).line_ids.filtered(lambda one: one.state == "open")
        self.assertEqual(open_lines.mapped("transaction_id"), ["9", "2"])

    def test_payment_that_the_bank_tells_after_its_register_settles_itself(self):
        text = f"{HEAD}1;{ACCOUNT_CODE};5.00\n2;{ACCOUNT_CODE};6.00\n"
        register = self._compare(text)
        self.assertEqual(register.open_count, 2)
        self._pay(self.gateway, "1", "5.00")
        self._pay(self.gateway, "2", "6.50")
        self.assertEqual(
            self._verdicts(register), {"1": "equal", "2": "amount_differs"}
        )
        self.assertEqual(register.open_count, 1)
        states = {
            t.transaction_id: t.register_state for t in self.Transaction.search([])
        }
        self.assertEqual(states, {"1": "equal", "2": "amount_differs"})

    def test_payment_that_the_bank_cancels_after_its_register_settles_itself(self):
        self._pay(self.gateway, "1", "5.00")
        register = self._compare(HEAD)
        self.assertEqual(register.open_count, 1)
        self._serve(
            self.gateway, self._bank_call(self.gateway, "cancel", transaction_id="1")
        )
        self.assertEqual(register.state, "settled")

    def test_file_that_cannot_be_read_names_file_line_and_remedy(self):
        with self.assertRaisesRegex(
            UserError, "october.csv cannot be read, line 3: 'x' is no amount"
        ):
            self._compare(f"{HEAD}1;B1;1\n2;B1;x\n")
        self.assertFalse(self.Register.search([]))

    def _bank_answers(self, status=200, text=f"{HEAD}1;B1;1\n"):
        """Let the bank's address answer; return the mock of the sending."""
        answer = transport.Answer(status, text.encode())
        return self.enterContext(
            patch.object(transport, "send", autospec=True, return_value=answer)
        )

    def test_registers_of_days_without_one_are_fetched(self):
        self.gateway.write(
            {
                "register_url": "https://bank.example/register?day={day}",
                "register_token": "t0ken",
            }
        )
        self._set_created("2026-10-13")
        self._compare(HEAD + "9;B1;1\n", "2026-10-13")
        send = self._bank_answers()
        self.gateway._pull_missing()
        requests = [call.args[0] for call in send.call_args_list]
        self.assertEqual(
            [request.url for request in requests],
            ["https://bank.example/register?day=2026-10-14"],
        )
        self.assertEqual(requests[0].headers, {"Authorization": "Bearer t0ken"})
        self.assertFalse(send.call_args.args[2])
        register = self.Register.search([("day", "=", "2026-10-14")])
        self.assertEqual(self._verdicts(register), {"1": "missing_here"})
        self.gateway._pull_missing()
        self.assertEqual(send.call_count, 1)

    def test_register_that_does_not_come_is_noted_and_tried_again(self):
        self.gateway.register_url = "https://bank.example/{day}"
        self._set_created("2026-10-14")
        send = self._bank_answers(503, "")
        with mute_logger(pull.__name__):
            self.gateway._pull_missing()
        self.assertIn("HTTP 503", self.gateway.message_ids[0].body)
        self.assertFalse(self.Register.search([]))
        send.return_value = transport.Answer(200, f"{HEAD}1;B1;1\n".encode())
        self.gateway._pull_missing()
        self.assertEqual(len(self.Register.search([])), 1)

    def test_day_that_does_not_come_keeps_no_other_from_being_fetched(self):
        self.gateway.register_url = "https://bank.example/{day}"
        self._set_created("2026-10-13")
        good = transport.Answer(200, f"{HEAD}1;B1;1\n".encode())
        send = self._bank_answers()
        send.side_effect = [transport.Answer(404, b""), good]
        with mute_logger(pull.__name__):
            self.gateway._pull_missing()
        registers = self.Register.search([])
        self.assertEqual(registers.mapped(lambda r: str(r.day)), ["2026-10-14"])
        body = self.gateway.message_ids[0].body
        self.assertIn("2026-10-13", body)
        self.assertNotIn("2026-10-14", body)

    def test_address_that_names_no_day_is_refused(self):
        for address in ("https://bank.example", "ftp://b/{day}", "https://b/{x}{day}"):
            with self.subTest(address), self.assertRaises(ValidationError):
                self.gateway.register_url = address

    def _set_created(self, day):
        self.env.cr.execute(
            "UPDATE telecom_payment_gateway SET create_date = %s WHERE id = %s",
            (day, self.gateway.id),
        )
        self.gateway.invalidate_recordset()

    def test_number_of_queries_does_not_grow_with_the_register(self):
        def text(first, count):
            return HEAD + "".join(
                f"{number};B1;1\n" for number in range(first, first + count)
            )

        self._compare(text(1, 2))
        few = self._count_queries(lambda: self._compare(text(1000, 100)))
        many = self._count_queries(lambda: self._compare(text(5000, 500)))
        # Odoo inserts a hundred rows at a time.
        self.assertLessEqual(many, few + 4)

    def test_registers_are_made_and_written_by_comparing_only(self):
        self._pay(self.gateway, "1", "20.00")
        register = self._compare(f"{HEAD}1;{ACCOUNT_CODE};19.00\n9;{ACCOUNT_CODE};7\n")
        user = new_test_user(
            self.env, "gw_reg", groups="somconnexio_base.group_telecom_accountant"
        )
        line = register.line_ids[0].with_user(user)
        for record, vals in (
            (line, {"verdict": "equal", "state": "done"}),
            (line, {"bank_amount": 3000}),
            (register.with_user(user), {"bank_amount": 20}),
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "bank's file"):
                record.write(vals)
        with self.assertRaisesRegex(UserError, "upload the bank's file"):
            line.create({"register_id": register.id, "transaction_id": "77"})
        line.note = "Asked the bank"
        line.action_set_aside()
        self.assertEqual(line.state, "set_aside")
        file = self.env["ir.attachment"].search(
            [("res_model", "=", register._name), ("res_id", "=", register.id)]
        )
        with self.assertRaisesRegex(UserError, "kept as proof"):
            file.with_user(user).unlink()

    def test_nothing_is_booked_for_a_bank_app_on_trial_or_archived(self):
        line = self._compare(f"{HEAD}9;{ACCOUNT_CODE};7\n").line_ids
        for vals in ({"is_sandbox": True}, {"is_sandbox": False, "active": False}):
            self.gateway.write(vals)
            with self.subTest(vals), self.assertRaisesRegex(UserError, "on trial"):
                line.action_book()
        self.gateway.active = True
        line.action_book()
        self.assertEqual(line.transaction_ref_id.payment_ids.amount, 7)

    def test_columns_are_parted_by_one_sign_in_a_known_encoding(self):
        for vals in ({"register_delimiter": ";;"}, {"register_encoding": "utf-99"}):
            with self.subTest(vals), self.assertRaisesRegex(ValidationError, "parted"):
                self.gateway.write(vals)

    def test_upload_that_is_no_base64_is_refused(self):
        upload = self.env["telecom.payment.gateway.register.upload"].create(
            {"gateway_id": self.gateway.id, "file": b"no base64 at all"}
        )
        with self.assertRaisesRegex(UserError, "no base64|not base64"):
            upload.action_compare()
