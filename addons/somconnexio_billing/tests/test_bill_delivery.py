# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.somconnexio_base.tests.smtp_sink import SmtpSink

from .bill_common import BillCommon


class Killed(BaseException):
    """What ends a worker: nobody catches it."""


class BillDeliveryCommon(BillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "queue_job__no_delay": True})
        cls.bill_run = cls.bill_run.with_env(cls.env)
        cls.sink = cls.enterClassContext(SmtpSink())
        cls.enterClassContext(patch.object(IrMail_Server, "_disable_send", bool))
        cls.env["ir.mail_server"].search([]).active = False
        cls.server = cls.env["ir.mail_server"].create(
            {"name": "sink", "smtp_host": "127.0.0.1", "smtp_port": cls.sink.port}
        )
        cls.company.email = "bills@coop.example"
        cls.env.ref("somconnexio_billing.mail_template_telecom_bill").reset_template()
        cls.account.bill_email = "maria@example.org"
        cls.bill = cls._create_bill()
        cls.bill_run.sudo().state = "delivered"
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.sink.messages.clear()
        self.sink.refused.clear()
        self.sink.breaks = False
        self.registry_enter_test_mode()

    def _send(self, run=None):
        (run or self.bill_run).action_send_bills()
        self.env.invalidate_all()

    @property
    def delivery(self):
        return self.env["telecom.bill.delivery"].search(
            [("move_id", "=", self.bill.id)]
        )

    def _other_bill(self, name="Joan", **vals):
        account = self._create_account(name, **vals)
        bill = self._create_bill(account, self._create_subscription(account))
        self.env.flush_all()
        return bill

    def _message(self):
        ((recipients, message),) = self.sink.messages
        return recipients, message


@tagged("post_install", "-at_install")
class TestBillDelivery(BillDeliveryCommon):
    def test_bill_goes_by_mail_with_its_stored_pdf(self):
        self._send()
        recipients, message = self._message()
        self.assertEqual(recipients, ["maria@example.org"])
        self.assertIn(self.bill.name, message["Subject"])
        self.assertIn("bills@coop.example", message["From"])
        (attachment,) = message.iter_attachments()
        self.assertEqual(attachment.get_content(), self._stored(self.bill).raw)
        self.assertEqual(self.delivery.state, "sent")
        self.assertEqual(self.delivery.recipients, "maria@example.org")
        self.assertTrue(self.delivery.sent_at)
        self.assertTrue(self.bill.is_move_sent)

    def test_link_opens_the_bill_in_the_portal_without_attachment(self):
        self.company.telecom_bill_mail_content = "link"
        self._send()
        _recipients, message = self._message()
        self.assertEqual(list(message.iter_attachments()), [])
        body = message.get_body(("html",)).get_content()
        self.assertIn(f"/my/invoices/{self.bill.id}?access_token=", body)
        self.assertIn(self.bill.access_token, body)

    def test_mail_is_written_in_the_language_of_the_account(self):
        self.env["res.lang"]._activate_lang("ca_ES")
        template = self.env.ref("somconnexio_billing.mail_template_telecom_bill")
        template.with_context(
            lang="ca_ES"
        ).subject = "La teva factura {{ object.name }}"
        self.account.lang = "ca_ES"
        self._send()
        _recipients, message = self._message()
        self.assertEqual(message["Subject"], f"La teva factura {self.bill.name}")

    def test_bill_is_sent_to_every_address_of_its_account(self):
        self.account.bill_email = "maria@example.org, office@example.org"
        self._send()
        recipients, _message = self._message()
        self.assertEqual(recipients, ["maria@example.org", "office@example.org"])

    def test_button_pressed_again_sends_nothing_twice(self):
        self._send()
        self._send()
        self.assertEqual(len(self.sink.messages), 1)
        self.assertEqual(self.delivery.attempt_count, 1)

    @mute_logger("odoo.sql_db")
    def test_database_refuses_a_second_delivery_of_a_bill(self):
        self._send()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.delivery.sudo().copy()

    def test_bill_that_a_person_sent_is_not_sent_once_more(self):
        self.bill.is_move_sent = True
        self._send()
        self.assertFalse(self.sink.messages)
        self.assertFalse(self.delivery)

    def test_accounts_that_want_paper_or_the_portal_get_no_mail(self):
        self.account.bill_delivery = "post"
        portal = self._other_bill(bill_delivery="portal")
        self._send()
        self.assertFalse(self.sink.messages)
        deliveries = self.bill_run.delivery_ids
        self.assertEqual(deliveries.move_id, self.bill + portal)
        self.assertEqual(deliveries.mapped("state"), ["to_print", "portal"])

    def test_bills_for_the_post_are_printed_once_as_one_pdf(self):
        self.account.bill_delivery = "post"
        self._send()
        action = self.bill_run.action_print_post()
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "telecom.bill.run"), ("res_id", "=", self.bill_run.id)]
        )
        self.assertIn(f"/{attachment.id}?", action["url"])
        self.assertIn("Maria Puigdemunt", self._text(attachment.raw))
        self.assertEqual(self.delivery.state, "printed")
        with self.assertRaisesRegex(UserError, "is to be printed"):
            self.bill_run.action_print_post()

    def test_address_that_opted_out_gets_no_mail(self):
        self.env["mail.blacklist"]._add("maria@example.org")
        self._send()
        self.assertFalse(self.sink.messages)
        self.assertEqual(self.delivery.state, "opted_out")
        self.assertEqual(self.bill_run.mail_refused_count, 1)

    def test_account_without_address_fails_and_says_so(self):
        self.account.bill_email = False
        self._send()
        self.assertEqual(self.delivery.state, "failed")
        self.assertIn("no address", self.delivery.reason)

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_refused_mailbox_fails_one_bill_and_not_the_others(self):
        self.sink.refused.add("maria@example.org")
        self._other_bill(bill_email="joan@example.org")
        self._send()
        self.assertEqual([to for to, _ in self.sink.messages], [["joan@example.org"]])
        self.assertEqual(self.delivery.state, "failed")
        self.assertIn("no such mailbox", self.delivery.reason)
        run = self.bill_run
        self.assertEqual((run.mail_sent_count, run.mail_failed_count), (1, 1))
        self.sink.refused.clear()
        self.delivery.action_send_again()
        self.env.invalidate_all()
        self.assertEqual((run.mail_sent_count, run.mail_failed_count), (2, 0))
        with self.assertRaisesRegex(UserError, "can be sent again"):
            self.delivery.action_send_again()

    def test_bounce_is_reported_on_run_and_account_until_the_address_changes(self):
        self._send()
        message_id = self.delivery.mail_id.message_id
        bounce = (
            "Return-Path: <>\nFrom: MAILER-DAEMON@example.org\n"
            f"To: bounce@coop.example\nMessage-Id: <b1@example.org>\n"
            f"In-Reply-To: {message_id}\nReferences: {message_id}\n"
            "Subject: Undelivered Mail\nMIME-Version: 1.0\n"
            'Content-Type: multipart/report; boundary="b"\n\n'
            "--b\nContent-Type: text/plain\n\nmailbox full\n"
            "--b\nContent-Type: message/delivery-status\n\n"
            "Reporting-MTA: dns; mx\n\n"
            "Final-Recipient: rfc822; maria@example.org\nAction: failed\n"
            "Status: 5.2.2\n--b--\n"
        )
        self.env["mail.thread"].message_process(False, bounce)
        self.assertEqual(self.delivery.state, "bounced")
        self.assertIn("maria@example.org", self.delivery.reason)
        self.assertEqual(self.bill_run.mail_bounced_count, 1)
        self.assertIn("maria@example.org", self.account.bill_email_warning)
        self.account.bill_email = "maria.new@example.org"
        self.assertFalse(self.account.bill_email_warning)

    def test_credit_note_of_a_bill_is_sent_as_such(self):
        refund = self.bill._reverse_moves([{"invoice_date": date(2026, 11, 9)}])
        refund.action_post()
        self._send()
        _bill, (recipients, message) = self.sink.messages
        self.assertEqual(recipients, ["maria@example.org"])
        body = message.get_body(("html",)).get_content()
        self.assertIn(f"of bill {self.bill.name}", " ".join(body.split()))
        self.assertNotIn("We will collect it", body)

    def test_run_whose_bills_are_not_posted_sends_none(self):
        self.bill_run.sudo().state = "invoiced"
        with self.assertRaisesRegex(UserError, "not posted yet"):
            self.bill_run.action_send_bills()

    def test_queries_do_not_grow_with_the_deliveries_that_are_done(self):
        for number in range(3):
            self._other_bill(f"Member {number}", bill_delivery="portal")
        self._send()
        self.env.flush_all()
        with self.assertQueryCount(12):
            self.bill_run.action_send_bills()


@tagged("post_install", "-at_install")
class TestBillDeliveryBreaks(BillDeliveryCommon):
    def test_worker_killed_before_the_server_listens_leaves_it_unclear(self):
        self._send_and_die_in("_send_claimed")
        self.assertEqual(self.delivery.state, "sending")
        other = self._other_bill(bill_email="joan@example.org")
        self._send()
        self.assertEqual(self.delivery.state, "unclear")
        self.assertEqual([to for to, _ in self.sink.messages], [["joan@example.org"]])
        self.assertEqual(other.is_move_sent, True)
        self.delivery.action_send_again()
        self.env.invalidate_all()
        self.assertEqual(self.delivery.state, "sent")

    def test_worker_killed_before_a_bill_is_claimed_leaves_it_waiting(self):
        self._send_and_die_in("_claim")
        self.assertEqual(self.delivery.state, "waiting")
        self._send()
        self.assertEqual(len(self.sink.messages), 1)

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_line_that_breaks_before_the_answer_leaves_it_unclear(self):
        self.sink.breaks = True
        self._send()
        self.assertEqual(self.delivery.state, "unclear")
        self.assertEqual(len(self.sink.messages), 1)
        self._send()
        self.assertEqual(len(self.sink.messages), 1)

    def test_server_that_is_down_fails_no_bill(self):
        self.server.smtp_port = 9
        with self.assertRaisesRegex(RetryableJobError, "cannot be reached"):
            self.bill_run.action_send_bills()
        self.env.invalidate_all()
        self.assertEqual(self.delivery.state, "waiting")

    def test_full_minute_puts_off_the_rest(self):
        self.company.telecom_bill_mails_per_minute = 1
        self._other_bill(bill_email="joan@example.org")
        with self.assertRaisesRegex(RetryableJobError, "This minute's mails"):
            self.bill_run.action_send_bills()
        self.env.invalidate_all()
        self.assertEqual(len(self.sink.messages), 1)
        states = self.bill_run.delivery_ids.mapped("state")
        self.assertEqual(sorted(states), ["sent", "waiting"])

    def test_slices_are_spread_over_the_minutes_that_they_take(self):
        for number in range(4):
            self._other_bill(f"M{number}", bill_email=f"m{number}@example.org")
        self.company.telecom_bill_mails_per_minute = 2
        run = self.bill_run.with_context(queue_job__no_delay=False)
        run.action_send_bills()
        Job = self.env["queue.job"].sudo()
        jobs = Job.search([("model_name", "=", "telecom.bill.delivery")], order="eta")
        self.assertEqual(len(jobs), 3)
        second, third = filter(None, jobs.mapped("eta"))
        self.assertAlmostEqual((third - second).total_seconds(), 60, delta=5)
        self.assertEqual(set(jobs.mapped("channel")), {"root.telecom_mail"})

    def _send_and_die_in(self, method):
        """Send, and let the worker die when it calls a method."""
        owner = type(self.env["telecom.bill.delivery"])
        with patch.object(owner, method, side_effect=Killed):
            try:  # not assertRaises: that would take back what was committed
                self.bill_run.action_send_bills()
            except Killed:
                self.env.invalidate_all()
            else:
                self.fail(f"{method} was not called")


@tagged("post_install", "-at_install")
class TestBillDeliveryAccess(BillDeliveryCommon):
    def _user(self, role):
        return new_test_user(self.env, f"d_{role}", f"somconnexio_base.group_{role}")

    def test_billing_manager_and_accountant_send_and_agents_only_look(self):
        agent = self._user("telecom_agent")
        with self.assertRaises(AccessError):
            self.bill_run.with_user(agent).action_send_bills()
        manager = self._user("telecom_billing_manager")
        self._send(self.bill_run.with_user(manager))
        self.assertEqual(self.delivery.with_user(agent).state, "sent")
        accountant = self._user("telecom_accountant")
        self._send(self.bill_run.with_user(accountant))
        with self.assertRaises(AccessError):
            self.delivery.with_user(agent).action_send_again()
        with self.assertRaises(AccessError):
            self.delivery.with_user(manager).write({"state": "waiting"})

    def test_deliveries_of_another_company_are_not_seen(self):
        self._send()
        company = self.env["res.company"].create({"name": "Another"})
        user = new_test_user(
            self.env,
            "d_other",
            "somconnexio_base.group_telecom_billing_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.assertFalse(self.env["telecom.bill.delivery"].with_user(user).search([]))
