# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64
from io import BytesIO

from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
class TestDunningChannels(DunningCommon):
    """Each step tells by the channels of its own, letters among them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bill = cls._create_service_bill({cls.mobile: 30})

    def _print(self, case):
        """Return the text of the letters of cases."""
        action = case.action_print_letters()
        attachment = self.env["ir.attachment"].browse(
            int(action["url"].rsplit("/", 1)[1])
        )
        pages = PdfReader(BytesIO(base64.b64decode(attachment.datas))).pages
        return "\n".join(page.extract_text() for page in pages)

    def test_step_begins_with_the_channels_of_its_notice(self):
        self.assertEqual(self._step("reminder").channel_plan, "mail")
        self.assertEqual(self._step("notice").channel_plan, "mail_and_sms")

    def test_step_tells_by_its_own_channels_and_not_by_those_of_the_kind(self):
        self._step("again").channel_plan = "sms"
        self._reach(("2026-10-08", "2026-10-17"))
        notice = self._case().notice_id
        self.assertEqual((notice.channel_plan, notice.channel), ("sms", "sms"))
        self.assertEqual(notice.kind_id.channel_plan, "mail_and_sms")
        notice._follow("sms", "failed", "No such number", "2026-10-17 10:00:00")
        self.assertEqual((notice.channel, notice.state), ("sms", "failed"))

    def test_step_that_tells_by_sms_needs_a_text_for_it(self):
        with self.assertRaisesRegex(ValidationError, "has no text for it"):
            self._step("reminder").channel_plan = "mail_and_sms"

    def test_letter_is_printed_and_proves_the_notice_once_it_was_handed_over(self):
        self._step("notice").channel_plan = "letter"
        self._reach_notice(hands_over=False)
        case = self._case()
        letter = case.notice_id
        self.assertEqual((letter.channel, letter.state), ("post", "waiting"))
        self.assertEqual(self._act("2026-11-09"), "nothing")
        with freeze_time("2026-10-22 10:00:00"):
            text = self._print(case)
            for words in ("Laia Puig", "Carrer Major 1", self.bill.name, "30.00"):
                self.assertIn(words, text)
            case.note_handed_over("2026-10-22", "Registered letter CD1")
            with self.assertRaisesRegex(UserError, "waits for its letter"):
                case.action_print_letters()
        self.assertEqual(
            (letter.state, letter.reason), ("delivered", "Registered letter CD1")
        )
        self.assertEqual(letter.attempt_ids.channel, "post")
        self.assertEqual(str(self._case().next_date), "2026-11-09")

    def test_notice_that_did_not_arrive_goes_by_letter(self):
        self._reach_notice(hands_over=False)
        notice = self._case().notice_id
        with self.assertRaisesRegex(UserError, "or did not arrive"):
            self._case().action_print_letters()
        notice.write({"state": "failed", "reason": "No address"})
        found = self.Case.search(
            [("notice_id.state", "in", ("failed", "bounced")), ("state", "!=", "clear")]
        )
        self.assertIn(self._case(), found)
        self.assertIn(self.bill.name, self._print(self._case()))
        self.assertEqual((notice.channel, notice.state), ("post", "waiting"))

    def test_notice_says_the_days_that_the_policy_gives(self):
        self._step("suspend").notice_proof_days = 21
        self._reach_notice(hands_over=False)
        notice = self._case().notice_id
        notice._word(notice.kind_id, "en_US")
        self.assertIn("within 21 days of this notice", notice.body)
        self.assertIn(
            "within 21 days",
            notice.kind_id._render(self._case().ids, "en_US")[self._case().id].sms,
        )

    def test_mail_is_followed_by_a_letter_with_the_same_words(self):
        self._step("notice").channel_plan = "mail_and_letter"
        self._reach_notice(hands_over=False)
        notice = self._case().notice_id
        notice.write(
            {"body": "<p>As in the mail</p>", "subject": "Soon", "lang": "en_US"}
        )
        notice._follow("mail", "sent", False, "2026-10-21 10:00:00")
        self.assertEqual((notice.channel, notice.state), ("post", "waiting"))
        self.assertIn("As in the mail", self._print(self._case()))

    def test_reminder_asks_for_what_is_not_disputed_bill_by_bill(self):
        self.env["telecom.payment.dispute"].create(
            {"bill_id": self.bill.id, "amount": 10, "reason": "Roaming"}
        )
        with freeze_time("2026-10-08 10:00:00"):
            self._act("2026-10-08")
            notice = self._case().notice_id
            notice._word(notice.kind_id, "en_US")
        self.assertIn("To pay: <span", str(notice.body).replace("\n", ""))
        for words in ("20.00", "10.00", self.bill.name):
            self.assertIn(words, notice.body)

    def test_reminder_that_has_not_left_is_taken_back_when_all_is_paid(self):
        self._act("2026-10-08")
        notice = self._case().notice_id
        self.assertEqual(notice.state, "waiting")
        self._receive("30.00", "2026-10-08")
        self.assertEqual(
            (notice.state, notice.reason), ("cancelled", "Paid before it was sent.")
        )

    def test_notice_that_one_channel_told_stays_told_when_all_is_paid(self):
        self._reach(("2026-10-08",))
        self._act("2026-10-17")
        notice = self._case().notice_id
        self._hand_over("2026-10-17")
        notice._follow("mail", "sent", False, "2026-10-17 10:00:00")
        self.assertEqual((notice.channel, notice.state), ("sms", "waiting"))
        self._receive("30.00", "2026-10-18")
        self.assertEqual(notice.state, "sent")
