# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64
import gzip

from odoo.exceptions import UserError
from odoo.tests import tagged

from .retention_common import MONTH, RetentionCommon


@tagged("post_install", "-at_install")
class TestRetentionFiles(RetentionCommon):
    """What a file of September 2025 kept: its bytes, the text of a rejected row."""

    def setUp(self):
        super().setUp()
        content = base64.b64encode(gzip.compress(b"34612345678;60\n"))
        self.file.write({"received_at": "2025-09-06 05:00:00", "content": content})
        self.rejection = self._reject(1, "bad_value", state="discarded")

    def _reject(self, line_number, reason, state="rejected"):
        return self.env["telecom.usage.rejection"].create(
            {
                "file_id": self.file.id,
                "company_id": self.company.id,
                "line_number": line_number,
                "reason": reason,
                "detail": "34612x45678",
                "raw_line": "34612x45678;60",
                "state": state,
            }
        )

    def _is_emptied(self):
        """Tell whether bytes and texts are gone, all of them or none."""
        kept = [
            self.file.content,
            self.rejection.raw_line,
            self.rejection.detail,
            not self.file.content_removed_at,
        ]
        self.assertEqual(len(set(map(bool, kept))), 1, kept)
        return not any(kept)

    def test_content_and_rejected_text_go_after_the_usage(self):
        self._bill()
        before = self.file.row_count, self.file.content_sha256, self.rejection.reason
        told = self._expire()
        self.assertTrue(self._is_emptied())
        self.assertEqual((told.file_count, told.file_message), (1, False))
        after = self.file.row_count, self.file.content_sha256, self.rejection.reason
        self.assertEqual(after, before)
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "telecom.usage.file"),
                ("res_field", "=", "content"),
                ("res_id", "=", self.file.id),
            ]
        )
        self.assertFalse(attachment)
        self.assertEqual(self._expire().file_count, 1)

    def test_file_with_usage_that_stays_keeps_its_content(self):
        self._rate(MONTH, MONTH.replace(month=10))
        told = self._expire()
        self.assertFalse(self._is_emptied())
        self.assertIn("usage has not been removed yet: 1.", told.file_message)

    def test_file_with_an_unsettled_row_waits_until_it_is_discarded(self):
        self._bill()
        waiting = self._reject(2, "structure")
        self._reject(3, "duplicate")
        self.assertIn("neither recycled nor discarded", self._expire().file_message)
        self.assertFalse(self._is_emptied())
        waiting.discard("Nobody's")
        self.assertFalse(self._expire().file_message)
        self.assertTrue(self._is_emptied())
        self.assertFalse(waiting.raw_line)

    def test_file_of_a_held_subscription_stays_until_release(self):
        self._bill()
        hold = self._hold(subscription_id=self.subscription.id)
        self.assertIn("under legal hold", self._expire().file_message)
        self.assertFalse(self._is_emptied())
        hold.action_release()
        self._expire()
        self.assertTrue(self._is_emptied())

    def test_file_of_a_company_on_hold_stays(self):
        self._bill()
        self._expire_with(telecom_is_usage_held=True)
        self.assertFalse(self._is_emptied())

    def test_file_stays_before_its_time_and_without_a_setting(self):
        self._bill()
        for months in (14, 0):
            self._expire_with(telecom_usage_retention_months=months)
            self.assertFalse(self._is_emptied())
        self._expire_with(telecom_usage_retention_months=13)
        self.assertTrue(self._is_emptied())

    def test_file_that_came_later_stays_though_its_usage_is_gone(self):
        self._bill()
        self.file.received_at = "2025-11-01 00:00:00"
        self.assertEqual(self._expire().state, "removed")
        self.assertFalse(self._is_emptied())

    def test_file_that_waits_to_be_loaded_stays(self):
        self._bill()
        self.file.state = "received"
        self._expire()
        self.assertFalse(self._is_emptied())

    def _expire_with(self, **settings):
        self.company.write(settings)
        return self._expire()

    def test_emptied_file_says_so_to_whoever_wants_its_content(self):
        self._bill()
        self._expire()
        said = "removed on 2026-11-02"
        for work in (
            self.file.load_usage,
            lambda: self.file.back_out("A mistake"),
            lambda: self.file.reload_rejected({1}),
        ):
            with self.assertRaisesRegex(UserError, said):
                work()
        self.format.trial_file_id = self.file
        self.assertRegex(str(self.format.trial_html), said)
