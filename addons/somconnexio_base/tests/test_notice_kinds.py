# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Each kind of notice renders in each language, and its SMS is short."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ..notices import sms_text
from .notice_common import NoticeCommon

LANGUAGES = ("en_US", "ca_ES", "es_ES")


class NoticeKindCase(NoticeCommon):
    """Renders the kinds that an addon brings; set ``module`` for another one."""

    module = "somconnexio_base"

    def _kinds(self):
        rows = self.env["ir.model.data"].search(
            [("module", "=", self.module), ("model", "=", "telecom.notice.kind")]
        )
        kinds = self.env["telecom.notice.kind"].browse(rows.mapped("res_id"))
        return kinds.filtered(lambda kind: not kind.is_sent_outside)

    def _sample(self, model):
        """Return a record of a model that kinds are about.

        Where there is no helper: a draft that knows its person, company,
        subscription and kind, and nothing else: the words must bear what is empty.
        """
        if model == "res.partner":
            return self.maria
        subscription = self._create_subscription(state="active")
        if model == "contract.contract":
            return subscription
        known = {
            record._name: record.id
            for record in (self.maria, self.company, subscription)
        }
        values = {}
        for field in self.env[model]._fields.values():
            if field.type == "many2one" and field.comodel_name in known:
                values[field.name] = known[field.comodel_name]
            elif field.type == "selection" and field.required:
                values[field.name] = field.get_values(self.env)[0]
        return self.env[model].new(values)

    def _check_kinds(self):
        for lang in LANGUAGES:
            self.env["res.lang"]._activate_lang(lang)
        samples = {}
        for kind in self._kinds():
            record = samples.get(kind.model) or self._sample(kind.model)
            samples[kind.model] = record
            for lang in LANGUAGES:
                with self.subTest(f"{kind.code} {lang}"):
                    self._check_words(
                        kind, kind._render(list(record._ids), lang)[record._ids[0]]
                    )

    def _check_words(self, kind, words):
        self.assertTrue(words.subject.strip())
        self.assertTrue(words.body.striptags().strip())
        for text in (words.subject, words.body, words.sms):
            self.assertNotIn("{{", text)
            self.assertNotIn("t-out", text)
        if "sms" in kind.channel_plan:
            size = sms_text.measure(words.sms)
            self.assertIn(size.segments, (1, 2))
            self.assertFalse(words.sms.endswith("..."), "cut: make it shorter")


@tagged("post_install", "-at_install")
class TestNoticeKinds(NoticeKindCase):
    def test_each_kind_renders_in_each_language_with_a_short_sms(self):
        self._check_kinds()

    def test_preview_shows_the_words_and_the_length_of_the_sms(self):
        wizard = (
            self.env["telecom.notice.preview"]
            .with_context(default_kind_id=self.kind.id)
            .create({"record": f"res.partner,{self.maria.id}"})
        )
        self.assertEqual(wizard.subject, "News for Maria")
        self.assertIn("Hello Maria", wizard.body)
        self.assertIn("1 messages", wizard.sms_size)
        self.assertFalse(wizard.problem)

    def test_preview_proposes_the_newest_record(self):
        wizard = (
            self.env["telecom.notice.preview"]
            .with_context(default_kind_id=self.kind.id)
            .create({})
        )
        self.assertEqual(wizard.record._name, "res.partner")

    def test_preview_says_what_is_wrong_with_the_words(self):
        self.kind.subject = "{{ object.no_such_field.name }}"
        wizard = self.env["telecom.notice.preview"].create(
            {"kind_id": self.kind.id, "record": f"res.partner,{self.maria.id}"}
        )
        self.assertIn("no_such_field", wizard.problem or wizard.subject)

    def test_kind_with_notices_keeps_its_model(self):
        self._announce()
        with self.assertRaisesRegex(ValidationError, "another kind"):
            self.kind.model_id = self.env["ir.model"]._get_id("res.company")

    def test_kind_with_notices_or_announced_by_programs_is_not_deleted(self):
        self._announce()
        named = self._kinds().filtered(lambda kind: not kind.notice_count)[:1]
        for kind in self.kind + named:
            with self.assertRaisesRegex(ValidationError, "archive it"):
                kind.unlink()
        self._create_kind("test_unused").unlink()

    def test_notices_outlive_the_addon_that_brought_their_kind(self):
        kind = self._create_kind("test_addon")
        self._announce(self.maria | self.joan, kind)
        self._send()
        self._announce(self._create_person("Later"), kind)
        uninstalling = kind.with_context(**{MODULE_UNINSTALL_FLAG: True})
        with self.assertRaisesRegex(ValidationError, "has notices"):
            uninstalling.unlink()
        self._drop_model(kind)
        told = self._notices(kind)
        self.assertEqual(set(told.mapped("about_text")), {False})
        self.assertFalse(told[0]._subject_record())
        self._send()
        states = sorted(told.mapped("state"))
        self.assertEqual(states, ["failed", "sent", "sent"])
        with self.assertRaisesRegex(ValidationError, "what it is about"):
            kind._path_fields()
        kind.model_id = self.env["ir.model"]._get_id("res.partner")
        self.assertIn("Maria", told.mapped("about_text"))

    def _drop_model(self, kind):
        """Do to a kind what the deletion of its model's row does."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE telecom_notice_kind SET model_id = NULL WHERE id = %s", [kind.id]
        )
        self.env.invalidate_all()

    def test_kind_without_words_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "subject and a text"):
            self._create_kind("test_empty", body=False)
