# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who is told: once, those who did not refuse, few or many."""

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .notice_common import NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeAnnounce(NoticeCommon):
    def test_person_is_told_once_about_the_same(self):
        self.assertEqual(self._announce(self.maria | self.joan), 2)
        self.assertEqual(self._announce(self.maria | self.joan), 0)
        self.assertEqual(self._announce(self.maria, window="2026-12"), 1)
        notices = self._notices()
        self.assertEqual(len(notices), 3)
        self.assertEqual(set(notices.mapped("state")), {"waiting"})
        self.assertEqual(set(notices.mapped("channel")), {"mail"})
        self.assertEqual(notices.company_id, self.company)

    def test_occasion_with_channels_of_its_own_keeps_them_to_the_end(self):
        plan = "mail_and_letter"
        self.Notice._announce(self.kind.code, self.maria, "2026-12", channel_plan=plan)
        notice = self._notices().sudo()
        self.assertEqual((notice.channel_plan, notice.channel), (plan, "mail"))
        self._send()
        # The mail has left; the letter is somebody's to print.
        self.assertEqual((notice.channel, notice.state), ("post", "waiting"))
        letter = notice._letters_waiting()
        self.assertTrue(letter._write_letters().startswith(b"%PDF"))
        letter._hand_over(fields.Date.to_date("2026-12-03"), "Registered letter CD1")
        self.assertEqual(
            (notice.state, notice.reason), ("delivered", "Registered letter CD1")
        )
        self.assertEqual(notice.attempt_ids.mapped("channel"), ["post", "mail"])
        self.assertFalse(notice._letters_waiting())

    @mute_logger("odoo.sql_db")
    def test_database_refuses_the_same_notice_twice(self):
        self._announce()
        notice = self._notices()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            notice.sudo().copy()

    def test_unknown_code_is_named(self):
        with self.assertRaisesRegex(ValidationError, "no_such_kind"):
            self.Notice._announce("no_such_kind", self.maria)

    def test_records_of_another_model_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "res.partner"):
            self.Notice._announce(self.kind.code, self.company)

    def test_archived_kind_tells_nobody(self):
        self.kind.active = False
        self.assertEqual(self._announce(), 0)
        self.assertFalse(self._notices())

    def test_person_who_refuses_the_purpose_gets_a_row_that_says_so(self):
        self.env["telecom.notice.refusal"]._refuse(self.maria, self.news)
        self._announce(self.maria | self.joan)
        states = {one.partner_id: one.state for one in self._notices()}
        self.assertEqual(states, {self.maria: "refused", self.joan: "waiting"})
        self._send()
        self.assertEqual(len(self.sink.messages), 1)

    def test_purpose_of_the_law_is_told_whatever_was_refused_before(self):
        self.env["telecom.notice.refusal"]._refuse(self.maria, self.news)
        self.news.is_mandatory = True
        self._announce()
        self.assertEqual(self._notices().state, "waiting")

    def test_person_is_found_by_the_path_of_the_kind(self):
        kind = self._create_kind(
            "test_path",
            "telecom.subscription.transition",
            partner_path="subscription_id.partner_id",
            subject="{{ object.to_state }}",
        )
        subscription = self._create_subscription(state="active")
        self._announce(subscription.transition_ids, kind)
        self.assertEqual(self._notices(kind).partner_id, subscription.partner_id)

    def test_person_at_the_end_of_a_computed_path_is_found_too(self):
        kind = self._create_kind(
            "test_related", "contract.line", partner_path="contract_id.partner_id"
        )
        computed = self.env["contract.line"]._fields["contract_id"]
        subscription = self._create_subscription()
        records = subscription.contract_line_ids
        stored, computed.store = computed.store, False
        try:
            self._announce(records, kind)
        finally:
            computed.store = stored
        self.assertEqual(self._notices(kind).partner_id, subscription.partner_id)

    def test_path_that_leads_to_no_person_is_refused_with_its_step(self):
        with self.assertRaisesRegex(ValidationError, "company_id"):
            self._create_kind("test_firm", partner_path="company_id")
        with self.assertRaisesRegex(ValidationError, "nowhere"):
            self._create_kind("test_bad", partner_path="parent_id.nowhere")

    def test_domain_is_told_in_one_statement(self):
        domain = [("id", "in", (self.maria | self.joan).ids)]
        counts = []
        for window in ("a", "b"):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.Notice._announce_domain(self.kind.code, domain, window)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(self._notices()), 4)
        self.assertLessEqual(counts[1], 3)

    def test_many_people_are_told_about_one_thing(self):
        kind = self._create_kind(
            "test_storm", "res.company", subject="Storm", body="<p>At sea</p>"
        )
        domain = [("id", "in", (self.maria | self.joan).ids)]
        for _time in range(2):
            self.Notice._announce_domain(kind.code, domain, "s", subject=self.company)
        notices = self._notices(kind)
        self.assertEqual(notices.partner_id, self.maria | self.joan)
        self.assertEqual(set(notices.mapped("res_id")), {self.company.id})

    def test_kind_may_let_what_did_not_arrive_go_again(self):
        self._announce()
        notice = self._notices().sudo()
        notice.write({"state": "bounced"})
        self.assertEqual(self._announce(), 0)
        self.kind.resend_rule = "failed"
        self.assertEqual(self._announce(), 1)
        self.assertEqual(notice.state, "waiting")
        self.assertEqual(self._announce(), 0)
        notice.write({"state": "unclear"})
        self.assertEqual(self._announce(), 0)

    def test_kind_may_remind_after_some_days(self):
        self.kind.write({"resend_rule": "days", "resend_days": 7})
        self._announce()
        notice = self._notices().sudo()
        notice.write({"state": "sent", "sent_at": "2026-11-01 10:00:00"})
        with freeze_time("2026-11-08 09:59:59"):
            self.assertEqual(self._announce(), 0)
        with freeze_time("2026-11-08 10:00:00"):
            self.assertEqual(self._announce(), 1)
        self.assertEqual(notice.state, "waiting")


@tagged("post_install", "-at_install")
class TestNoticeMass(NoticeCommon):
    def _wizard(self, **vals):
        people = self.maria | self.joan
        return self.env["telecom.notice.mass"].create(
            {
                "kind_id": self.kind.id,
                "domain": str([("id", "in", people.ids)]),
                "window_key": "works",
                **vals,
            }
        )

    def test_numbers_are_shown_before_anything_is_sent(self):
        wizard = self._wizard()
        self.assertEqual((wizard.total, wizard.to_tell), (2, 2))
        self.env["telecom.notice.refusal"]._refuse(self.maria, self.news)
        self.joan.email = False
        self.env.flush_all()
        wizard = self._wizard()
        self.assertEqual(
            (wizard.total, wizard.refused, wizard.unreachable, wizard.to_tell),
            (2, 1, 1, 0),
        )
        self.assertFalse(self._notices())

    def test_button_pressed_again_tells_nobody_twice(self):
        wizard = self._wizard()
        wizard.action_send()
        wizard.action_send()
        self.assertEqual(len(self._notices()), 2)
        wizard = self._wizard()
        self.assertEqual((wizard.told, wizard.to_tell), (2, 0))

    def test_filter_that_is_none_is_refused_with_words(self):
        for domain in ("[('no_field', '=', 1)]", "__import__('os')", "[('name'"):
            with self.subTest(domain), self.assertRaisesRegex(UserError, "no filter"):
                self._wizard(domain=domain).action_send()
