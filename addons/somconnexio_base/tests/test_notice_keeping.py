# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is kept of notices, and what is asked about them afterwards."""

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from .notice_common import NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeKeeping(NoticeCommon):
    """No foreign key ties a notice to its person: what does so instead."""

    def test_person_who_was_told_something_is_not_deleted(self):
        self._announce()
        with self.assertRaisesRegex(UserError, "archive it"):
            self.maria.unlink()
        self.joan.unlink()
        self.assertFalse(self.joan.exists())

    @mute_logger("odoo.addons.base.partner.merge")
    def test_merged_persons_keep_all_proofs(self):
        self._announce(self.maria | self.joan)
        self._announce(self.joan, window="alone")
        sent = self._notices().filtered(lambda n: n.partner_id == self.joan)
        self._merge(self.joan, self.maria)
        notices = self._notices()
        self.assertEqual(notices.partner_id, self.maria)
        self.assertEqual(len(notices), 3)
        doubled = notices.filtered(lambda n: n.window_key.startswith("#"))
        self.assertLess(doubled, sent)
        self.assertIn("alone", notices.mapped("window_key"))

    def _merge(self, source, target):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((source | target).ids, target, extra_checks=False)

    def test_person_who_is_gone_all_the_same_stops_nobody_else(self):
        gone = self._create_person("Gone")
        self._announce(gone | self.joan)
        notice = self._notices().filtered(lambda one: one.partner_id == gone)
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM res_partner WHERE id = %s", [gone.id])
        self.env.invalidate_all()
        self._send()
        self.assertEqual(len(self.sink.messages), 1)
        self.assertEqual(notice.state, "failed")
        self.assertIn("does not exist", notice.reason)

    @mute_logger("odoo.sql_db")
    def test_same_person_told_twice_at_once_is_tried_again(self):
        person = SQL("SELECT %(id)s AS res_id, %(id)s AS partner_id", id=self.maria.id)
        twice = SQL(
            "SELECT *, NULL::int AS company_id FROM (%s UNION ALL %s) AS both_of_them",
            person,
            person,
        )
        with self.assertRaises(SerializationFailure), self.cr.savepoint():
            self.Notice._insert(self.kind, twice, "")

    def test_oldest_of_a_kind_leaves_first(self):
        for day, person in (("02", self.joan), ("01", self.maria)):
            with freeze_time(f"2026-11-{day} 10:00:00"):
                self._announce(person)
        self._send()
        addresses = [recipient for recipient, _message in self._mails()]
        self.assertEqual(addresses, [self.maria.email, self.joan.email])

    def test_texts_are_forgotten_after_their_months_and_nothing_else(self):
        self.company.telecom_notice_text_months = 12
        for day, window in (("2025-11-19", "old"), ("2025-11-21", "new")):
            with freeze_time(f"{day} 10:00:00"):
                self._announce(window=window)
                self._send()
        with freeze_time("2025-11-19 10:00:00"):
            self._announce(self.joan, window="old")
        waiting = self._notices().filtered(lambda n: n.state == "waiting")
        waiting.sudo().body = "<p>Soon</p>"
        with freeze_time("2026-11-20 10:00:00"):
            forgotten, remaining = self.Notice.sudo()._gc_texts()
        self.assertEqual((forgotten, remaining), (1, 0))
        texts = {
            (notice.partner_id.name, notice.window_key): bool(notice.body)
            for notice in self._notices()
        }
        self.assertEqual(
            texts,
            {
                ("Maria", "old"): False,
                ("Maria", "new"): True,
                ("Joan", "old"): True,
            },
        )
        old = self._notices().filtered(lambda n: not n.body)
        self.assertEqual((old.display_name, old.state), ("A note", "sent"))
        self.assertTrue(old.attempt_ids.message_key)
        self.assertFalse(old.attempt_ids.mail_id)

    def test_texts_are_kept_for_ever_where_the_company_says_so(self):
        self.company.telecom_notice_text_months = 0
        with freeze_time("2020-01-01 10:00:00"):
            self._announce()
            self._send()
        self.Notice.sudo()._gc_texts()
        self.assertTrue(self._notices().body)


@tagged("post_install", "-at_install")
class TestNoticeAsking(NoticeCommon):
    """An agent asks the gateway about an SMS of unknown outcome."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind.channel_plan = "sms"

    def _unclear(self, fault):
        """Return a notice whose gateway failed before or after it took the SMS."""
        self.gateway.status_url = False
        self.sim.faults = [fault]
        self._announce()
        self._send("sms")
        notice = self._notices()
        self.assertEqual(notice.state, "unclear")
        return notice

    def test_message_that_the_gateway_has_is_noted_as_sent(self):
        notice = self._unclear("error_after")
        self.assertFalse(notice.is_askable)
        with self.assertRaisesRegex(UserError, "whose gateway can be asked"):
            notice.action_ask_outcome()
        self.gateway.status_url = self.sim.url + "/{reference}"
        notice.invalidate_recordset()
        self.assertTrue(notice.is_askable)
        answer = notice.action_ask_outcome()
        self.assertEqual(answer["params"]["type"], "success")
        self.assertEqual(notice.state, "sent")
        self.assertEqual(len(self.sim.messages), 1)

    def test_message_that_the_gateway_never_had_waits_to_be_sent(self):
        notice = self._unclear("error")
        self.gateway.status_url = self.sim.url + "/{reference}"
        notice.action_ask_outcome()
        self.assertEqual(notice.state, "waiting")
        notice.sudo().not_before_at = False
        self._send("sms")
        self.assertEqual((notice.state, len(self.sim.messages)), ("sent", 1))

    def test_technician_does_not_ask(self):
        notice = self._unclear("error_after")
        technician = new_test_user(
            self.env, "n_asks", "somconnexio_base.group_telecom_technician"
        )
        with self.assertRaises(AccessError):
            notice.with_user(technician).action_ask_outcome()
