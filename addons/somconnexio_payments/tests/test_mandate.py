# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from freezegun import freeze_time
from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tools import mute_logger

from ..mandate_paper import texts
from .debit_common import NOW, DebitCommon
from .payments_common import IBANS

NEW_IBAN = IBANS[3]
NAMESPACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}


@freeze_time(NOW)
class TestMandate(DebitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._create_debtor("Maria Soler", IBANS[0])
        cls.mandate = cls.account.mandate_ids

    def _notices(self, code, record):
        return self.env["telecom.notice"].search(
            [("kind_id.code", "=", code), ("res_id", "=", record.id)]
        )

    def test_account_has_one_mandate_in_force(self):
        self.assertEqual(self.account._usable_mandate(date(2026, 10, 5)), self.mandate)
        self.assertTrue(self._notices("mandate_signed", self.mandate))
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.cr.savepoint():
                self._create_mandate(self.account)
        self.assertFalse(
            self.account._usable_mandate(date(2026, 1, 14)), "before it was signed"
        )

    def test_signed_mandate_cannot_be_written_over(self):
        with self.assertRaisesRegex(UserError, "is signed: Bank Account"):
            self.mandate.partner_bank_id = self._create_bank_account(
                self.account.partner_id, NEW_IBAN
            )
        with self.assertRaisesRegex(UserError, "by hand"):
            self.mandate.last_debit_date = "2026-10-01"
        with self.assertRaisesRegex(UserError, "is a draft"):
            self.mandate.copy({"state": "valid"})
        with self.assertRaisesRegex(UserError, "not used again"):
            self.mandate.back2draft()
        with self.assertRaisesRegex(ValidationError, "without accents"):
            self.mandate.amend_reference("ñ//")

    def test_draft_without_signature_date_does_not_come_into_force(self):
        other = self._create_payer("Other", IBANS[1])
        draft = self._create_mandate(other, "draft", signature_date=False)
        with self.assertRaisesRegex(UserError, "day on which it was signed"):
            draft.validate()

    def test_form_of_the_account_shows_the_mandate_in_force_and_no_other_truth(self):
        self.assertEqual(self.account.usable_mandate_id, self.mandate)
        arch = self.account.get_view(view_type="form")["arch"]
        self.assertIn("usable_mandate_id", arch)
        self.assertNotIn("mandate_reference", arch)
        self.mandate._stop("MD01")
        self.assertFalse(self.account.usable_mandate_id)

    def test_stopped_mandate_says_why_and_is_never_used_again(self):
        self.assertEqual(self.mandate._stop("MD01", date(2026, 10, 4)), self.mandate)
        self.assertEqual(
            (self.mandate.state, self.mandate.stop_reason), ("cancel", "MD01")
        )
        self.assertEqual(self.mandate.stopped_date, date(2026, 10, 4))
        self.assertFalse(self.mandate._stop("again"))
        self.assertTrue(self._notices("mandate_stopped", self.mandate))
        with self.assertRaisesRegex(UserError, "cannot become"):
            self.mandate._passed().state = "valid"
        self.assertIn("no mandate in force", self.account.collection_warning)

    def test_new_iban_of_the_account_is_told_to_the_bank_once(self):
        self.mandate._passed().last_debit_date = "2026-09-10"
        self.account.request_payment_change(iban=NEW_IBAN)
        self.assertEqual(self.mandate.partner_bank_id.sanitized_acc_number, NEW_IBAN)
        amendment = self.mandate.amendment_ids
        self.assertEqual((amendment.kind, amendment.old_value), ("account", IBANS[0]))
        first, second = (self._create_bill(self.account, 10) for _one in range(2))
        run = self._bring_to(self._create_run(), "sent")
        tree = etree.fromstring(self._file(run))
        found = tree.xpath(
            "//p:AmdmntInfDtls//p:OrgnlDbtrAcct//p:Id/p:Othr/p:Id/text()",
            namespaces=NAMESPACE,
        )
        self.assertEqual(found, ["SMNDA"])
        self.assertEqual(amendment.sent_date, date(2026, 10, 5))
        self._create_bill(self.account, 5)
        later = self._bring_to(self._create_run(), "filed")
        self.assertNotIn(b"AmdmntInfDtls", self._file(later))
        self.assertTrue(first and second)

    def test_iban_changed_back_before_the_next_debit_needs_no_telling(self):
        self.mandate._passed().last_debit_date = "2026-09-10"
        old = self.account.partner_bank_id
        new = self._create_bank_account(self.account.partner_id, NEW_IBAN)
        self.account.partner_bank_id = new
        self.assertTrue(self.mandate.amendment_ids)
        self.account.partner_bank_id = old
        self.assertFalse(self.mandate.amendment_ids)
        old.acc_number = IBANS[4]
        self.assertEqual(self.mandate.amendment_ids.new_value, IBANS[4])

    def test_mandate_that_was_never_debited_is_changed_without_telling(self):
        self.account.partner_bank_id = self._create_bank_account(
            self.account.partner_id, NEW_IBAN
        )
        self.assertFalse(self.mandate.amendment_ids)
        self.mandate.amend_reference("RUM-NEW-1")
        self.assertFalse(self.mandate.amendment_ids)

    def test_new_creditor_identifier_amends_all_mandates(self):
        self.mandate._passed().last_debit_date = "2026-09-10"
        self.company.sepa_creditor_identifier = "ES65ZZZG87654321"
        amendment = self.mandate.amendment_ids
        self.assertEqual(amendment.kind, "creditor")
        self.assertEqual(amendment.old_value, "ES50ZZZM23456789")
        self.assertEqual(self.mandate.creditor_identifier, "ES65ZZZG87654321")

    def test_unused_mandate_lapses_after_36_months_with_a_warning_before(self):
        self.company.telecom_debit_user_id = self.env.ref("base.user_admin")
        self.assertEqual(self.mandate.lapse_date, date(2029, 1, 15))
        self._lapse_at("2028-12-01")
        self._lapse_at("2028-12-02")
        self.assertEqual(self.mandate.state, "valid")
        self.assertEqual(len(self.mandate.activity_ids), 1)
        self._lapse_at("2029-01-15")
        self.assertEqual(self.mandate.state, "expired")
        self.assertFalse(self.mandate.activity_ids)

    def _lapse_at(self, now):
        """Run OCA's scheduled action on a day, as the server would."""
        cron = self.env.ref("account_payment_sepa_direct_debit.sdd_mandate_expire_cron")
        with freeze_time(now), self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def test_lapsed_mandate_is_the_reason_that_people_read(self):
        bill = self._create_bill(self.account, 10)
        with freeze_time("2029-02-01"):
            run = self._create_run(cutoff_date="2029-02-28")
            self.assertEqual(self._reasons(run), {bill: "mandate_lapsed"})

    def test_one_off_and_final_mandates_are_used_up_by_their_debit(self):
        other = self._create_payer("One debit", IBANS[1])
        once = self._create_mandate(other, type="oneoff")
        self.mandate.valid2final()
        bills = [self._create_bill(one, 10) for one in (self.account, other, other)]
        run = self._create_run()
        self.assertEqual(self._reasons(run), {bills[2]: "mandate_used"})
        self.assertEqual(set(run.line_ids.mapped("sequence_type")), {"FNAL", "OOFF"})
        self._bring_to(run, "sent")
        self.assertEqual((once.state, self.mandate.state), ("expired", "expired"))
        run._undo("RJCT")
        self.assertEqual((once.state, self.mandate.state), ("valid", "final"))

    def test_consent_on_the_web_keeps_its_proof(self):
        other = self._create_payer("On the web")
        consent = {
            "signer": "Web Person",
            "ip": "203.0.113.7",
            "lang": "ca_ES",
            "version": texts.VERSION,
        }
        with self.assertRaisesRegex(UserError, "valid IBAN"):
            other.sign_mandate_online("ES00", **consent)
        with self.assertRaisesRegex(UserError, "has changed"):
            other.sign_mandate_online(NEW_IBAN, **{**consent, "version": "2019-1"})
        mandate = other.sign_mandate_online(NEW_IBAN, **consent)
        self.assertEqual((mandate.state, mandate.origin), ("valid", "web"))
        self.assertIn("vuit setmanes", mandate.consent_text)
        self.assertEqual(mandate.consent_hash, mandate._consent_fingerprint())
        self.assertEqual(other.partner_bank_id, mandate.partner_bank_id)
        self.assertEqual(other.sign_mandate_online(NEW_IBAN, **consent), mandate)
        again = other.sign_mandate_online(IBANS[4], **consent)
        self.assertEqual((mandate.state, again.state), ("cancel", "valid"))
        with self.assertRaisesRegex(UserError, "by hand"):
            again.consent_ip = "198.51.100.1"

    def test_form_to_sign_is_a_pdf_in_the_language_of_the_payer(self):
        for lang, title in (("ca_ES", "Ordre"), ("es_ES", "Orden"), ("en_US", "SEPA")):
            self.account.partner_id.lang = "en_US"
            self.assertTrue(texts.label(lang, "title").startswith(title))
        content = self.mandate.form_pdf()
        self.assertTrue(content.startswith(b"%PDF"))
        self.assertEqual(content, self.mandate.form_pdf())
        action = self.mandate.action_print_form()
        self.assertIn("/web/content/", action["url"])

    def test_wizard_replaces_the_mandate_once_the_new_one_is_signed(self):
        Wizard = self.env["telecom.mandate.sign"]
        vals = {"billing_account_id": self.account.id, "iban": NEW_IBAN}
        Wizard.create(vals).action_make()
        self.assertEqual(self.mandate.state, "valid")
        signed = {"is_signed": True, "signature_date": "2026-10-02"}
        action = Wizard.create({**vals, **signed}).action_make()
        new = self.Mandate.browse(action["res_id"])
        self.assertEqual((self.mandate.state, new.state), ("cancel", "valid"))
        self.assertEqual(self.account.partner_bank_id, new.partner_bank_id)

    def test_mandate_taken_over_is_in_force_and_corrected_by_a_later_delivery(self):
        other = self._create_payer("Taken over", IBANS[2])
        other.write(
            {
                "mandate_reference": "OLD-77",
                "mandate_signed_date": "2024-05-01",
                "mandate_scheme": "CORE",
                "mandate_last_debit_date": "2026-09-05",
            }
        )
        other._mandates_taken_over()
        mandate = other.mandate_ids
        self.assertEqual((mandate.state, mandate.origin), ("valid", "migrated"))
        self.assertEqual(mandate.lapse_date, date(2029, 9, 5))
        other.mandate_signed_date = "2024-05-02"
        other._mandates_taken_over()
        self.assertEqual(other.mandate_ids, mandate)
        self.assertEqual(mandate.signature_date, date(2024, 5, 2))
        bankless = self._create_payer("Taken over without IBAN")
        bankless.write(
            {"mandate_reference": "OLD-78", "mandate_signed_date": "2024-05-01"}
        )
        bankless._mandates_taken_over()
        self.assertFalse(bankless.mandate_ids)
        missing = self.env["telecom.billing.account"]._without_usable_mandate(
            self.company
        )
        self.assertIn(bankless, missing)
        self.assertNotIn(other, missing)

    def test_taking_over_many_mandates_takes_as_many_queries_as_a_few(self):
        accounts = self.env["telecom.billing.account"].union(
            *(self._create_payer(f"Payer {place}", IBANS[place]) for place in range(5))
        )
        for account in accounts:
            account.write(
                {
                    "mandate_reference": f"OLD-{account.code}",
                    "mandate_signed_date": "2024-05-01",
                }
            )
        few = self._count_queries(accounts[:2]._mandates_taken_over)
        many = self._count_queries(accounts[2:]._mandates_taken_over)
        self.assertEqual(len(accounts.mandate_ids), 5)
        self.assertLessEqual(many, few)
