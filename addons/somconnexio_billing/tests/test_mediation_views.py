# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .mediation_common import UsageCommon, wholesale_bytes, wholesale_line

ACTIONS = (
    "action_telecom_usage_file",
    "action_telecom_usage_event",
    "action_telecom_usage_event_suspended",
    "action_telecom_usage_rejection",
    "action_telecom_usage_format",
    "action_telecom_usage_type",
    "action_telecom_usage_suspense",
    "action_telecom_usage_discard",
    "action_telecom_usage_source",
    "action_telecom_usage_gap",
    "action_telecom_legal_hold",
    "action_telecom_held_usage",
    "action_telecom_usage_retention",
)


@tagged("post_install", "-at_install")
class TestMediationViews(UsageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = cls._load(
            wholesale_line(),
            wholesale_line(ORIGEN="699000456"),
            wholesale_line(CANTIDAD="x"),
            wholesale_line(ID_REGISTRO="2"),
        )

    def test_every_action_opens_all_its_views_and_reads_their_fields(self):
        for name in ACTIONS:
            action = self.env.ref(f"somconnexio_billing.{name}")
            model = self.env[action.res_model]
            for view_id, mode in action.views:
                with self.subTest(f"{name} {mode}"):
                    view = model.get_view(view_id, mode)
                    names = set(view["models"][model._name])
                    model.search([], limit=5).read(sorted(names))

    def test_lists_group_by_what_their_filters_offer(self):
        for model_name, fields in {
            "telecom.usage.event": (
                "usage_type_id",
                "reason",
                "served_number",
                "subscription_id",
                "file_id",
                "started_at:day",
                "visited_country",
            ),
            "telecom.usage.file": ("format_id", "state", "received_at:month"),
            "telecom.usage.rejection": ("reason", "field_name", "file_id", "state"),
            "telecom.usage.suspense": (
                "reason",
                "format_id",
                "file_id",
                "served_number",
                "occurred_at:month",
                "discard_id",
            ),
        }.items():
            for field in fields:
                with self.subTest(f"{model_name} {field}"):
                    groups = self.env[model_name].formatted_read_group(
                        [], [field], ["__count"]
                    )
                    self.assertTrue(groups)

    def test_smart_buttons_open_the_rows_that_they_count(self):
        for name, model, count in (
            ("action_view_events", "telecom.usage.event", self.file.event_count),
            ("action_view_suspended", "telecom.usage.event", self.file.suspended_count),
            (
                "action_view_rejections",
                "telecom.usage.rejection",
                self.file.rejected_count,
            ),
            (
                "action_view_duplicates",
                "telecom.usage.rejection",
                self.file.duplicate_count,
            ),
        ):
            with self.subTest(name):
                action = getattr(self.file, name)()
                self.assertEqual(action["res_model"], model)
                self.assertEqual(self.env[model].search_count(action["domain"]), count)

    def test_event_is_found_by_its_number_and_named_by_what_it_is(self):
        event = self._events(self.file)[0]
        self.assertIn("Voice", event.display_name)
        self.assertIn("34933334444", event.display_name)
        self.assertIn(
            event, self.Event.search([("served_number", "ilike", "99000123")])
        )

    def test_reason_of_suspense_is_explained_with_the_remedy(self):
        event = self._events(self.file)[1]
        self.assertIn("34699000456", event.explanation)
        self.assertIn("recycle", event.explanation)

    def test_quantities_are_shown_in_units_that_people_know(self):
        for code, quantity, shown in (
            ("voice", 3725, "62:05 min"),
            ("sms", 1, "1 SMS"),
            ("data", 1572864, "1.5 MB"),
        ):
            usage_type = self.env.ref(f"somconnexio_billing.usage_type_{code}")
            self.assertEqual(usage_type._format(quantity), shown)

    def _upload(self, *contents, **vals):
        attachments = self.env["ir.attachment"].create(
            [
                {"name": f"MW_CDR_2026100{number}_000{number}.csv", "raw": content}
                for number, content in enumerate(contents, 1)
            ]
        )
        return self.env["telecom.usage.upload"].create(
            {"attachment_ids": [Command.set(attachments.ids)], **vals}
        )

    def test_uploaded_file_is_loaded_and_shown(self):
        content = wholesale_bytes(wholesale_line(HORA="12:00:00"))
        action = self._upload(content).action_import()
        file = self.File.browse(action["res_id"])
        self.assertEqual((file.state, file.event_count), ("loaded", 1))

    def test_uploaded_copies_are_not_kept_beside_the_file(self):
        wizard = self._upload(wholesale_bytes(wholesale_line(HORA="12:00:00")))
        attachments = wizard.attachment_ids
        wizard.action_import()
        self.assertFalse(attachments.exists())

    def test_uploaded_files_may_wait(self):
        wizard = self._upload(
            wholesale_bytes(wholesale_line(HORA="12:00:00")),
            wholesale_bytes(wholesale_line(HORA="12:00:01")),
            is_load_wanted=False,
        )
        files = self.File.search(wizard.action_import()["domain"])
        self.assertEqual(files.mapped("state"), ["received", "received"])

    def test_upload_of_nothing_is_refused(self):
        with self.assertRaisesRegex(UserError, "Choose one or more files"):
            Form(self.env["telecom.usage.upload"]).save().action_import()
