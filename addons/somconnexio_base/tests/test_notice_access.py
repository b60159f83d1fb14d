# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who may do what with notices; what members and gateways reach without a login."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .notice_common import NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeAccess(NoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env, f"n_{role}", f"somconnexio_base.group_telecom_{role}"
            )
            for role in (
                "agent",
                "technician",
                "accountant",
                "billing_manager",
                "admin",
            )
        }
        cls.Notice._announce(cls.kind.code, cls.maria)
        cls.notice = cls.Notice.search([("kind_id", "=", cls.kind.id)])
        cls.notice.sudo().write({"subject": "News", "state": "sent"})

    def _as(self, role, record):
        return record.with_user(self.users[role])

    def test_everybody_with_a_role_reads_notices(self):
        for role in self.users:
            with self.subTest(role):
                self.assertTrue(self._as(role, self.notice).read(["state", "reason"]))
                kind = self._as(role, self.kind)
                preview = self.env["telecom.notice.preview"].with_user(kind.env.user)
                self.assertTrue(preview.create({"kind_id": kind.id}).lang)

    def test_notice_names_what_it_is_about_to_who_may_read_that(self):
        self.assertEqual(self._as("agent", self.notice).about_text, "Maria")
        rule = self.env["ir.rule"].create(
            {
                "name": "Nobody sees Maria",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.maria.id})]",
            }
        )
        self.env.registry.clear_cache()
        self.notice.invalidate_recordset()
        self.assertFalse(self._as("agent", self.notice).about_text)
        rule.unlink()

    def test_nobody_writes_creates_or_deletes_notices(self):
        for role in self.users:
            notice = self._as(role, self.notice)
            with self.subTest(role):
                with self.assertRaises(AccessError):
                    notice.write({"state": "waiting"})
                with self.assertRaises(AccessError):
                    notice.copy()
                with self.assertRaises(AccessError):
                    notice.unlink()

    def test_agents_send_again_and_others_do_not(self):
        for role in ("technician", "accountant"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._as(role, self.notice).action_send_again()
        action = self._as("agent", self.notice).action_send_again()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.users["agent"])
            .with_context(**action["context"])
            .create({"reason": "She asked for it"})
        )
        wizard.action_send()
        self.assertEqual(self.notice.state, "waiting")
        self.assertEqual(self.notice.attempt_ids.user_id, self.users["agent"])

    def test_mass_notices_are_for_billing_managers(self):
        values = {"kind_id": self.kind.id, "window_key": "x"}
        for role in ("agent", "technician", "accountant"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._as(role, self.env["telecom.notice.mass"]).create(values)
        domain = str([("id", "=", self.joan.id)])
        manager = self._as("billing_manager", self.env["telecom.notice.mass"])
        manager.create({**values, "domain": domain}).action_send()
        self.assertEqual(self._notices().partner_id, self.maria | self.joan)

    def test_kinds_and_gateways_are_for_administrators(self):
        for record, vals in (
            (self.kind, {"name": "Another"}),
            (self.gateway, {"name": "Another"}),
            (self.news, {"name": "Another"}),
        ):
            with self.subTest(record._name):
                with self.assertRaises(AccessError):
                    self._as("billing_manager", record).write(vals)
                self._as("admin", record).write(vals)

    def test_key_and_token_of_a_gateway_are_hidden(self):
        for name in ("secret", "report_token", "report_url"):
            with self.subTest(name), self.assertRaises(AccessError):
                self._as("billing_manager", self.gateway).read([name])
        self.assertEqual(self._as("admin", self.gateway).secret, "s3cret")

    def test_agents_note_refusals(self):
        refusal = self._as("agent", self.env["telecom.notice.refusal"]).create(
            {"partner_id": self.maria.id, "purpose_id": self.news.id}
        )
        self.assertEqual(refusal.source, "agent")
        with self.assertRaises(AccessError):
            self._as("technician", refusal).unlink()
        with self.assertRaisesRegex(ValidationError, "cannot be refused"):
            contract = self._ref("notice_purpose_contract")
            refusal.copy({"purpose_id": contract.id})

    def test_member_sees_own_notices_in_the_portal_and_no_others(self):
        user = new_test_user(self.env, "n_portal", "base.group_portal")
        Notice = self.Notice.with_user(user)
        self.assertFalse(Notice.search([]))
        user.partner_id = self.maria
        self.env.registry.clear_cache()
        notice = Notice.search([])
        self.assertEqual(notice, self.notice)
        self.assertTrue(notice.read(["subject", "body", "sent_at", "channel"]))
        with self.assertRaises(AccessError):
            notice.read(["reason"])
        with self.assertRaises(AccessError):
            notice.write({"subject": "x"})
        self.kind.in_portal = False
        self.assertFalse(Notice.search([]))

    def test_notices_of_another_company_are_not_seen(self):
        company = self.env["res.company"].create({"name": "Another"})
        user = new_test_user(
            self.env,
            "n_other",
            "somconnexio_base.group_telecom_admin",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.gateway.company_id = self.company
        for record in (self.notice, self.gateway):
            found = self.env[record._name].with_user(user).search([])
            self.assertNotIn(record, found)


@tagged("post_install", "-at_install")
class TestNoticeGatewayRecord(NoticeCommon):
    def test_wrong_descriptions_are_refused_with_the_field_and_the_remedy(self):
        for vals, words in (
            ({"body_json": "{"}, "JSON object"),
            ({"body_json": '["{number}", "{text}"]'}, "no object"),
            ({"body_json": '{"to": "{number}"}'}, "lacks {text}"),
            ({"header_json": '{"X": "{password}"}'}, "stands for nothing"),
            ({"status_json": '{"OK": "fine"}'}, "not “fine”"),
            ({"url": "ftp://sms.example.org"}, "https://"),
        ):
            with (
                self.subTest(vals),
                self.assertRaisesRegex(ValidationError, words),
                self.cr.savepoint(),
            ):
                self.gateway.write(vals)

    def test_kind_by_sms_without_words_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "SMS"):
            self._create_kind("test_mute", channel_plan="sms", sms_text=False)
        with self.assertRaisesRegex(ValidationError, "two are allowed"):
            self._create_kind("test_long", sms_text="í" * 135)


@tagged("post_install", "-at_install")
class TestNoticePublic(HttpCase, NoticeCommon):
    def setUp(self):
        super().setUp()
        self.kind.channel_plan = "sms"
        self._announce()
        self._send("sms")
        self.attempt = self._notices().attempt_ids
        self.report_path = self.gateway.report_url.partition("/telecom/")[2]

    def _report(self, path=None, **values):
        self.env.flush_all()
        response = self.url_open(
            f"/telecom/{path or self.report_path}",
            data=values,
            method="POST",
        )
        self.env.invalidate_all()
        return response

    def test_delivery_report_is_noted_once_and_only_forwards(self):
        for _time in range(2):
            response = self._report(id="sim-1", status="DELIVRD")
            self.assertEqual((response.status_code, response.json()["known"]), (200, 1))
        self.assertEqual(self.attempt.state, "delivered")
        delivered_at = self.attempt.delivered_at
        self.assertTrue(delivered_at)
        self._report(id="sim-1", status="UNDELIV")
        self.assertEqual(self.attempt.state, "delivered")
        self.assertEqual(self._notices().state, "delivered")

    def test_report_by_our_own_reference_as_json_is_taken(self):
        response = self.url_open(
            f"/telecom/{self.report_path}",
            json={"id": self.attempt.reference, "status": "EXPIRED"},
        )
        self.assertEqual(response.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.attempt.state, "failed")
        self.assertEqual(self.attempt.reason, "EXPIRED")

    def test_word_on_the_way_changes_nothing(self):
        self.assertEqual(self._report(id="sim-1", status="BUFFERED").status_code, 200)
        self.assertEqual(self.attempt.state, "sent")

    def test_report_of_an_unknown_message_is_asked_for_again(self):
        self.assertEqual(self._report(id="sim-9", status="DELIVRD").status_code, 404)

    def test_report_without_token_or_fields_is_refused(self):
        wrong = self.report_path[:-1] + "x"
        self.assertEqual(self._report(wrong, id="sim-1", status="X").status_code, 403)
        response = self._report(id="sim-1")
        self.assertEqual(response.status_code, 400)
        self.assertIn("status", response.json()["error"])
        self.assertEqual(self.attempt.state, "sent")

    def test_link_shows_a_page_and_its_button_refuses(self):
        Refusal = self.env["telecom.notice.refusal"]
        path = Refusal._url(self.maria, self.news).partition("/telecom/")[2]
        page = self.url_open(f"/telecom/{path}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("News", page.text)
        self.assertFalse(Refusal.search([("partner_id", "=", self.maria.id)]))
        self._report(path, **{"List-Unsubscribe": "One-Click"})
        self.assertEqual(self.maria.telecom_notice_refusal_ids.source, "link")
        self._report(path)
        self.assertEqual(len(self.maria.telecom_notice_refusal_ids), 1)
        self._report(path, wanted="1")
        self.assertFalse(self.maria.telecom_notice_refusal_ids)

    @mute_logger("odoo.http")
    def test_forged_link_refuses_nothing(self):
        Refusal = self.env["telecom.notice.refusal"]
        path = Refusal._url(self.maria, self.news).partition("/telecom/")[2]
        forged = path.replace(f"/{self.maria.id}/", f"/{self.joan.id}/")
        self.assertEqual(self._report(forged).status_code, 404)
        self.news.is_mandatory = True
        self.assertEqual(self._report(path).status_code, 404)
        people = self.maria | self.joan
        self.assertFalse(Refusal.search([("partner_id", "in", people.ids)]))
