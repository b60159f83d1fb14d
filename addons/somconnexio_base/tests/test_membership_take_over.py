# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NOW, TODAY
from .membership_common import MembershipCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMembershipTakeOver(MembershipCommon):
    """Members of another system, with what they hold, owe and are owed."""

    def test_running_members_are_taken_over_with_what_they_still_owe(self):
        partners = [self._create_partner(name) for name in ("Old", "Split", "Gone")]
        rows = [
            {
                "partner_id": partners[0].id,
                "kind": "member",
                "number": "T1",
                "joined_date": "2015-03-01",
                "share_class": "T-MAND",
                "share_count": 1,
            },
            {
                "partner_id": partners[1].id,
                "kind": "member",
                "number": "T2",
                "joined_date": "2026-09-01",
                "share_class": "T-MAND",
                "share_count": 1,
                "paid_amount": "20",
                "remaining_instalments": 8,
                "next_due_date": "2026-11-01",
            },
            {
                "partner_id": partners[2].id,
                "kind": "member",
                "number": "T3",
                "joined_date": "2016-01-01",
                "left_date": "2020-01-01",
                "leaving_reason": "voluntary",
            },
        ]
        ids = self.Membership.take_over(rows)
        old, split, gone = self.Membership.browse(ids)
        self.assertEqual(self._balances(old), (1, 100, 100, 100, 0))
        self.assertFalse(old.movement_ids.move_id)
        self.assertEqual(self._balances(split), (1, 100, 20, 20, 0))
        self.assertEqual(split.call_ids.mapped("amount"), [10.0] * 8)
        split.call_ids[0]._call(self.company._telecom_today())
        split.call_ids[0].instalment_paid(TODAY)
        self.assertEqual(self._balances(split), (1, 100, 30, 30, 0))
        self.assertEqual((gone.state, gone.share_count), ("left", 0))
        self.assertNotEqual(old.sponsor_code, split.sponsor_code)

    def test_who_left_before_is_taken_over_with_the_refund_still_owed(self):
        partner = self._create_partner("Gone")
        row = {
            "partner_id": partner.id,
            "kind": "member",
            "number": "T9",
            "joined_date": "2016-01-01",
            "left_date": "2025-11-01",
            "leaving_reason": "justified",
            "share_class": "T-MAND",
            "refundable_amount": "87.50",
        }
        [membership_id] = self.Membership.take_over([row])
        gone = self.Membership.browse(membership_id)
        self.assertEqual(self._balances(gone), (0, 0, 0, 0, 87.5))
        leaving = gone.leaving_ids
        self.assertEqual((leaving.state, leaving.refund_amount), ("effective", 87.5))
        self.assertEqual(str(leaving.refund_due_date), "2026-11-01")
        with self.assertRaisesRegex(UserError, "refunded from 2026-11-01"):
            leaving.action_refund()
        with freeze_time("2026-11-02 10:00:00"):
            leaving.action_refund()
        self.assertEqual((leaving.state, gone.state), ("closed", "left"))
        self.assertEqual(self._balances(gone), (0, 0, 0, 0, 0))
        self.assertEqual(self._account_balances(partner), {"521": 87.5, "572": -87.5})

    def test_refund_taken_over_has_the_day_that_was_promised(self):
        row = {
            "partner_id": self._create_partner("Gone").id,
            "kind": "member",
            "number": "T9",
            "joined_date": "2016-01-01",
            "left_date": "2024-01-01",
            "refundable_amount": 100,
            "refund_due_date": "2029-01-01",
        }
        gone = self.Membership.browse(self.Membership.take_over([row]))
        self.assertEqual(str(gone.leaving_ids.refund_due_date), "2029-01-01")
        with self.assertRaisesRegex(UserError, "Refund from"):
            gone.leaving_ids.refund_due_date = TODAY

    def test_row_that_does_not_add_up_is_named(self):
        row = {"partner_id": self.partner.id, "kind": "member", "number": "T1"}
        for extra, words in (
            ({}, "Row 1: .*missing joined_date"),
            ({"joined_date": "2020-01-01", "colour": 1}, "unknown colour"),
            (
                {"joined_date": "2020-01-01", "share_count": 1, "paid_amount": 20},
                "20 of 100",
            ),
            (
                {"joined_date": "2020-01-01", "share_count": 1, "paid_amount": "x"},
                "paid_amount x is no number",
            ),
            (
                {"joined_date": "2020-01-01", "share_count": 1, "share_class": "X"},
                "no share class has the code X",
            ),
            (
                {"joined_date": "2020-01-01", "refundable_amount": 20},
                "refundable_amount of 20. It is for members with a left_date",
            ),
            (
                {
                    "joined_date": "2020-01-01",
                    "left_date": "2021-01-01",
                    "refundable_amount": "1e999999",
                },
                "1e999999 is no number",
            ),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.Membership.take_over([{**row, **extra}])

    def _take_over_some(self, prefix, count):
        partners = self.env["res.partner"].create(
            [{"name": f"{prefix}{number}"} for number in range(count)]
        )
        self.Membership.take_over(
            [
                {
                    "partner_id": partner.id,
                    "kind": "member",
                    "number": f"{prefix}{partner.id}",
                    "joined_date": "2026-09-01",
                    "share_class": "T-MAND",
                    "share_count": 1,
                    "paid_amount": 10,
                    "remaining_instalments": 9,
                    "next_due_date": TODAY,
                }
                for partner in partners
            ]
        )
        return partners.membership_ids

    def test_more_instalments_are_called_without_more_than_a_few_queries_each(self):
        few = self._take_over_some("F", 2).call_ids.filtered(lambda c: c.sequence == 1)
        many = self._take_over_some("M", 22).call_ids.filtered(
            lambda c: c.sequence == 1
        )
        today = self.company._telecom_today()
        few_queries = self._count_queries(lambda: few._call(today))
        many_queries = self._count_queries(lambda: many._call(today))
        self.assertEqual(set((few | many).mapped("state")), {"called"})
        self.assertLess((many_queries - few_queries) / 20, 20)
