# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Notices leave once, by mail and SMS, whatever breaks on the way."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .notice_common import Killed, NoticeCommon

MAIL_LOG = "odoo.addons.mail.models.mail_mail"
GATEWAY_LOG = "odoo.addons.somconnexio_base.models.notice.telecom_sms_gateway_calls"
WORDS_LOG = "odoo.addons.somconnexio_base.models.notice.telecom_notice_words"


@tagged("post_install", "-at_install")
class TestNoticeMail(NoticeCommon):
    def test_mail_leaves_with_its_words_and_its_proof(self):
        self._announce()
        self._send()
        ((recipient, message),) = self._mails()
        self.assertEqual(recipient, self.maria.email)
        self.assertEqual(message["Subject"], "News for Maria")
        self.assertIn("hola@coop.example", message["From"])
        notice = self._notices()
        self.assertEqual((notice.state, notice.channel), ("sent", "mail"))
        self.assertIn("Hello Maria", notice.body)
        attempt = notice.attempt_ids
        self.assertEqual((attempt.state, attempt.try_count), ("sent", 1))
        self.assertEqual(attempt.message_key, message["Message-Id"])
        self.assertIn(self.maria.email, attempt.address)
        self.assertTrue(attempt.started_at <= attempt.answered_at)
        self._send()
        self.assertEqual(len(self.sink.messages), 1)

    def test_mail_is_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("ca_ES")
        kind = self.kind.with_context(lang="ca_ES")
        kind.subject = "Novetats per a {{ object.name }}"
        self.joan.lang = "ca_ES"
        self._announce(self.maria | self.joan)
        self._send()
        subjects = {one[0]: one[1]["Subject"] for one in self._mails()}
        self.assertEqual(
            subjects,
            {
                self.maria.email: "News for Maria",
                self.joan.email: "Novetats per a Joan",
            },
        )

    def test_mail_that_may_be_refused_says_how(self):
        self._announce()
        self._send()
        ((_recipient, message),) = self._mails()
        url = self.env["telecom.notice.refusal"]._url(self.maria, self.news)
        self.assertEqual(message["List-Unsubscribe"], f"<{url}>")
        self.assertIn("One-Click", message["List-Unsubscribe-Post"])
        self.assertIn(url, message.get_body(("html",)).get_content())

    def test_history_of_the_record_shows_the_mail_without_the_personal_link(self):
        self._announce()
        self._send()
        shown = self.maria.message_ids[0]
        self.assertEqual(shown.subject, "News for Maria")
        self.assertIn("Hello Maria", shown.body)
        self.assertNotIn("/telecom/", shown.body)

    def test_mail_of_the_law_cannot_be_refused(self):
        self.kind.purpose_id = self._ref("notice_purpose_contract")
        self._announce()
        self._send()
        ((_recipient, message),) = self._mails()
        self.assertFalse(message["List-Unsubscribe"])
        self.assertNotIn("refuse", message.get_body(("html",)).get_content())

    def test_most_urgent_kind_leaves_first(self):
        urgent = self._create_kind("test_urgent", priority="2", subject="Urgent")
        self._announce()
        self._announce(kind=urgent)
        self._send()
        self.assertEqual(
            [message["Subject"] for _to, message in self._mails()],
            ["Urgent", "News for Maria"],
        )

    def test_full_minute_leaves_the_rest_for_the_next(self):
        self.company.telecom_notice_mails_per_minute = 1
        self._announce(self.maria | self.joan)
        with freeze_time("2026-11-20 10:00:00"):
            self._send()
            self.assertEqual(len(self.sink.messages), 1)
        with freeze_time("2026-11-20 10:01:01"):
            self._send()
        self.assertEqual(len(self.sink.messages), 2)

    def test_quiet_hours_hold_what_can_wait_and_nothing_else(self):
        self.company.write(
            {"telecom_quiet_start_hour": 21, "telecom_quiet_end_hour": 9}
        )
        alarm = self._create_kind(
            "test_alarm", respects_quiet_hours=False, subject="Alarm"
        )
        self._announce()
        self._announce(kind=alarm)
        with freeze_time("2026-11-20 22:00:00"):  # 23:00 in Madrid
            self._send()
            self.assertEqual(self._notices(alarm).state, "sent")
            self.assertEqual(self._notices().state, "waiting")
        with freeze_time("2026-11-21 08:00:00"):
            self._send()
        self.assertEqual(self._notices().state, "sent")

    def test_held_company_sends_nothing(self):
        self.company.telecom_notices_held = True
        self._announce()
        self._send()
        self.assertEqual(self._notices().state, "waiting")

    def test_person_without_address_fails_and_the_others_are_told(self):
        self.maria.email = False
        self._announce(self.maria | self.joan)
        self._send()
        states = {one.partner_id: one.state for one in self._notices()}
        self.assertEqual(states, {self.maria: "failed", self.joan: "sent"})

    def test_address_on_the_blacklist_gets_what_the_law_asks_for_alone(self):
        self.env["mail.blacklist"]._add(self.maria.email)
        self._announce()
        self._send()
        self.assertEqual(self._notices().state, "failed")
        self.kind.purpose_id = self._ref("notice_purpose_contract")
        self._announce(window="2")
        self._send()
        self.assertEqual(len(self.sink.messages), 1)

    @mute_logger(WORDS_LOG, "odoo.addons.mail.models.mail_render_mixin")
    def test_words_that_cannot_be_made_stop_one_notice_alone(self):
        self.kind.body = f"<p t-out='1 / (object.id - {self.maria.id})'/>"
        self._announce(self.maria | self.joan)
        self._send()
        states = {one.partner_id: one.state for one in self._notices()}
        self.assertEqual(states, {self.maria: "failed", self.joan: "sent"})
        failed = self._notices().filtered(lambda one: one.state == "failed")
        self.assertIn("words", failed.reason)

    def test_notice_about_something_deleted_fails(self):
        kind = self._create_kind("test_gone", "telecom.billing.account", subject="X")
        account = self._create_billing_account(self.maria)
        self._announce(account, kind)
        account.unlink()
        self._send()
        self.assertEqual(self._notices(kind).state, "failed")

    def test_server_that_is_down_fails_no_mail(self):
        self.server.smtp_port = 9
        self._announce()
        self._send()
        notice = self._notices()
        self.assertEqual(notice.state, "waiting")
        self.assertIn("cannot be reached", notice.reason)
        self.assertTrue(notice.not_before_at)

    @mute_logger(MAIL_LOG)
    def test_refused_mailbox_fails_and_sms_takes_over(self):
        self.kind.channel_plan = "mail_else_sms"
        self.sink.refused.add(self.maria.email)
        self._announce()
        self._send()
        self._send("sms")
        notice = self._notices()
        self.assertEqual((notice.state, notice.channel), ("sent", "sms"))
        self.assertEqual(sorted(notice.attempt_ids.mapped("state")), ["failed", "sent"])

    def test_both_channels_are_used_when_the_kind_says_so(self):
        self.kind.channel_plan = "mail_and_sms"
        self._announce()
        self._send()
        self._send("sms")
        self.assertEqual((len(self.sink.messages), len(self.sim.messages)), (1, 1))

    def test_portal_notice_is_shown_and_not_sent(self):
        self.kind.channel_plan = "portal"
        self._announce()
        self._send("portal")
        notice = self._notices()
        self.assertEqual((notice.state, notice.subject), ("shown", "News for Maria"))
        self.assertFalse(self.sink.messages)

    def test_bounce_is_noted_and_leads_to_the_next_channel(self):
        self.kind.channel_plan = "mail_else_sms"
        self._announce()
        self._send()
        notice = self._notices()
        key = notice.attempt_ids.message_key
        bounce = (
            "Return-Path: <>\nFrom: MAILER-DAEMON@example.org\n"
            f"To: bounce@coop.example\nMessage-Id: <b1@example.org>\n"
            f"In-Reply-To: {key}\nReferences: {key}\n"
            "Subject: Undelivered Mail\nMIME-Version: 1.0\n"
            'Content-Type: multipart/report; boundary="b"\n\n'
            "--b\nContent-Type: text/plain\n\nmailbox full\n"
            "--b\nContent-Type: message/delivery-status\n\n"
            "Reporting-MTA: dns; mx\n\n"
            f"Final-Recipient: rfc822; {self.maria.email}\nAction: failed\n"
            "Status: 5.2.2\n--b--\n"
        )
        for _time in range(2):
            self.env["mail.thread"].message_process(False, bounce)
        self.assertEqual(notice.attempt_ids.state, "bounced")
        self.assertIn(self.maria.email, notice.attempt_ids.reason)
        self.assertEqual((notice.state, notice.channel), ("waiting", "sms"))

    def test_agent_sends_again_with_a_reason_that_is_kept(self):
        self._announce()
        self._send()
        notice = self._notices()
        with self.assertRaisesRegex(UserError, "Say why"):
            notice._send_again(" ")
        notice._send_again("She lost it")
        self._send()
        self.assertEqual(len(self.sink.messages), 2)
        again = notice.attempt_ids[0]
        self.assertEqual(again.resend_reason, "She lost it")
        self.assertEqual(again.user_id, self.env.user)

    def test_waiting_notice_is_cancelled_and_a_sent_one_is_not(self):
        self._announce(self.maria)
        notice = self._notices()
        notice.action_cancel()
        self._send()
        self.assertEqual((notice.state, len(self.sink.messages)), ("cancelled", 0))
        with self.assertRaisesRegex(UserError, "Cancelled"):
            notice.action_cancel()
        with self.assertRaisesRegex(UserError, "cannot be sent"):
            notice.sudo().state = "sending"
            notice.action_send_again()

    def test_queries_for_words_do_not_grow_with_the_people(self):
        people = self.env["res.partner"].concat(
            *(self._create_person(f"P{number}") for number in range(12))
        )
        few, many = (self._queries_for_words(some) for some in (people[:2], people[2:]))
        self.assertLessEqual(many, few + 2)

    def _queries_for_words(self, people):
        """Return how many queries it takes to word the notices of some people."""
        self._announce(people)
        notices = self._notices().filtered(lambda one: one.partner_id in people).sudo()
        return self._count_queries(lambda: notices._make_ready("portal"))


@tagged("post_install", "-at_install")
class TestNoticeMailBreaks(NoticeCommon):
    def _send_and_die_in(self, method):
        """Send, and let the worker die when it calls a method."""
        owner = type(self.env["telecom.notice.attempt"])
        with (
            patch.object(owner, method, side_effect=Killed),
            self.enter_registry_test_mode(),
        ):
            try:  # not assertRaises: that would take back what was committed
                self.Notice.sudo()._send_slice(self.company, "mail")
            except Killed:
                return
        self.fail(f"{method} was not called")

    def test_worker_killed_while_it_sends_leaves_one_unclear(self):
        self._announce(self.maria | self.joan)
        self._send_and_die_in("_send_mail_once")
        states = sorted(self._notices().mapped("state"))
        self.assertEqual(states, ["sending", "waiting"])
        self._send()
        states = sorted(self._notices().mapped("state"))
        self.assertEqual(states, ["sent", "unclear"])
        self.assertEqual(len(self.sink.messages), 1)
        unclear = self._notices().filtered(lambda one: one.state == "unclear")
        self.assertIn("may have arrived", unclear.reason)
        self._send()
        self.assertEqual(len(self.sink.messages), 1)

    def test_worker_killed_before_a_mail_is_claimed_sends_it_later_once(self):
        self._announce()
        self._send_and_die_in("_claim")
        self.assertEqual(self._notices().state, "waiting")
        self._send()
        self.assertEqual(len(self.sink.messages), 1)
        self.assertEqual(len(self._notices().attempt_ids), 1)

    @mute_logger(MAIL_LOG)
    def test_line_that_breaks_before_the_answer_leaves_it_unclear(self):
        self.sink.breaks = True
        self._announce()
        self._send()
        self.assertEqual(self._notices().state, "unclear")
        self._send()
        self.assertEqual(len(self.sink.messages), 1)


@tagged("post_install", "-at_install")
class TestNoticeSms(NoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind.channel_plan = "sms"
        cls.company.telecom_sms_sender = "SomConnexio"

    def _state(self):
        return self._notices().state

    def _later(self, **delta):
        """Let what was put off be due."""
        self._notices().sudo().write({"not_before_at": False})
        self.gateway.write({"paused_until_at": False})

    def test_sms_leaves_as_the_gateway_wants_it(self):
        self._announce()
        self._send("sms")
        (message,) = self.sim.messages
        attempt = self._notices().attempt_ids
        self.assertEqual(
            message,
            {
                "to": self.maria.phone.replace(" ", "").lstrip("+"),
                "from": "SomConnexio",
                "text": "Maria: it is so.",
                "reference": attempt.reference,
            },
        )
        self.assertEqual(self.sim.headers[0]["Authorization"], "Bearer s3cret")
        self.assertEqual(attempt.gateway_key, "sim-1")
        self.assertEqual((attempt.state, attempt.segment_count), ("sent", 1))

    def test_several_messages_leave_at_once_each_with_its_own_outcome(self):
        self.gateway.connection_count = 4
        people = self.env["res.partner"].concat(
            *(self._create_person(f"P{number}") for number in range(6))
        )
        self.sim.faults = ["wrong_number"]
        self._announce(people)
        self._send("sms")
        states = self._notices().mapped("state")
        self.assertEqual((states.count("sent"), states.count("failed")), (5, 1))

    @mute_logger(GATEWAY_LOG)
    def test_busy_gateway_is_left_alone_as_long_as_it_asks(self):
        self.sim.faults = ["busy"]
        self._announce(self.maria | self.joan)
        with freeze_time("2026-11-20 10:00:00"):
            self._send("sms")
            self.assertEqual(self.sim.call_count, 1)
            self.assertEqual(set(self._notices().mapped("state")), {"waiting"})
        with freeze_time("2026-11-20 10:01:59"):
            self._send("sms")
            self.assertEqual(self.sim.call_count, 1)
        with freeze_time("2026-11-20 10:02:01"):
            self._send("sms")
        self.assertEqual(len(self.sim.messages), 2)
        self.assertEqual(set(self._notices().mapped("state")), {"sent"})

    @mute_logger(GATEWAY_LOG)
    def test_wrong_key_stops_the_gateway_and_fails_no_message(self):
        self.sim.faults = ["wrong_key"]
        self._announce()
        self._send("sms")
        self.assertEqual(self._state(), "waiting")
        self.assertIn("401", self.gateway.pause_reason)
        self.gateway.action_go_on()
        self._later()
        self._send("sms")
        self.assertEqual(len(self.sim.messages), 1)

    def test_error_without_a_way_to_ask_is_left_to_a_person(self):
        self.sim.faults = ["error_after"]
        self._announce()
        self._send("sms")
        self._send("sms")
        self.assertEqual(self._state(), "unclear")
        self.assertEqual(len(self.sim.messages), 1)

    def test_gateway_is_asked_before_anything_is_sent_again(self):
        self.gateway.status_url = self.sim.url + "/{reference}"
        for fault, state in (("error_after", "sent"), ("error", "waiting")):
            with self.subTest(fault):
                self.sim.clear()
                self.sim.faults = [fault]
                self._announce(window=fault)
                self._send("sms")
                notice = self._notices().filtered(lambda n, f=fault: n.window_key == f)
                self.assertEqual(notice.state, state)
                self._later()
                self._send("sms")
                self.assertEqual(notice.state, "sent")
                self.assertEqual(len(self.sim.messages), 1)

    def test_gateway_that_ignores_repeats_gets_the_same_reference_again(self):
        self.gateway.ignores_repeats = True
        self.sim.faults = ["break"]
        self._announce()
        self._send("sms")
        self.assertEqual(self._state(), "waiting")
        self._later()
        self._send("sms")
        self.assertEqual(self._state(), "sent")
        references = {message["reference"] for message in self.sim.messages}
        self.assertEqual((len(self.sim.messages), len(references)), (2, 1))

    def test_worker_killed_while_it_sends_asks_first(self):
        self.gateway.status_url = self.sim.url + "/{reference}"
        owner = type(self.env["telecom.notice.attempt"])
        self._announce()
        with patch.object(owner, "_note_outcomes", side_effect=Killed):
            try:  # not assertRaises: that would take back what was committed
                self._send("sms")
            except Killed:
                self.assertEqual(self._state(), "sending")
        self._send("sms")
        self.assertEqual(self._state(), "sent")
        self.assertEqual(len(self.sim.messages), 1)

    def test_person_without_number_fails(self):
        self.maria.phone = False
        self._announce()
        self._send("sms")
        self.assertEqual(self._state(), "failed")

    def test_number_on_the_blacklist_gets_nothing_that_can_be_refused(self):
        number = self.maria._phone_format(fname="phone")
        self.env["phone.blacklist"].create({"number": number})
        self._announce()
        self._send("sms")
        self.assertEqual((self._state(), self.sim.call_count), ("failed", 0))

    def test_odoo_service_sends_and_reports(self):
        self.company.telecom_sms_gateway_id = False
        self._announce()
        answer = [{"uuid": None, "state": "success"}]

        def contact(_api, _path, params, timeout=15):
            answer[0]["uuid"] = params["messages"][0]["numbers"][0]["uuid"]
            return answer

        target = "odoo.addons.sms.tools.sms_api.SmsApi._contact_iap"
        with patch(target, contact):
            self._send("sms")
        attempt = self._notices().attempt_ids
        self.assertEqual((self._state(), attempt.state), ("sent", "sent"))
        self.assertEqual(answer[0]["uuid"], attempt.reference)
        tracker = self.env["sms.tracker"].search([("sms_uuid", "=", attempt.reference)])
        tracker._action_update_from_sms_state("sent")
        self.assertEqual((self._state(), attempt.state), ("delivered", "delivered"))

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_odoo_service_without_answer_leaves_it_unclear(self):
        self.company.telecom_sms_gateway_id = False
        self._announce()
        target = "odoo.addons.sms.tools.sms_api.SmsApi._contact_iap"
        with patch(target, side_effect=ConnectionError("no answer")):
            self._send("sms")
        self.assertEqual(self._state(), "unclear")


@tagged("post_install", "-at_install")
class TestNoticeCron(NoticeCommon):
    def test_scheduler_sends_by_every_channel(self):
        self._announce()
        sms = self._create_kind("test_sms", channel_plan="sms")
        self._announce(kind=sms)
        portal = self._create_kind("test_portal", channel_plan="portal")
        self._announce(kind=portal)
        for channel in ("mail", "sms", "portal"):
            self._run_cron(f"cron_send_notices_{channel}")
        for kind, state in ((self.kind, "sent"), (sms, "sent"), (portal, "shown")):
            self.assertEqual(self._notices(kind).state, state)

    def test_nobody_writes_notices_by_hand(self):
        self._announce()
        notice = self._notices().with_user(self.env.ref("base.user_admin"))
        with self.assertRaises(AccessError):
            notice.write({"state": "sent"})
        with self.assertRaises(AccessError):
            notice.unlink()
