# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import NOW, TODAY
from .membership_common import MembershipCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCooperativeLeaving(MembershipCommon):
    def _create_leaving(self, member, **vals):
        return self.env["cooperative.leaving"].create(
            {"membership_id": member.id, **vals}
        )

    def test_member_leaves_is_owed_the_capital_and_gets_it_after_the_term(self):
        member = self._create_member()
        leaving = self._create_leaving(member)
        self.assertEqual(member.state, "leaving")
        with self.assertRaisesRegex(UserError, "date of the board's resolution"):
            leaving.action_resolve()
        leaving.resolution_date = TODAY
        leaving.deduction_amount = 10
        leaving.action_resolve()
        self.assertEqual((leaving.state, member.state), ("effective", "left"))
        self.assertFalse(member.partner_id.is_cooperative_member)
        self.assertEqual(self._balances(member), (0, 0, 0, 0, 90))
        self.assertEqual(
            self._account_balances(member.partner_id),
            {"113": -10, "521": -90, "572": 100},
        )
        self.assertEqual(str(leaving.refund_due_date), "2027-10-15")
        with self.assertRaisesRegex(UserError, "refunded from 2027-10-15"):
            leaving.action_refund()
        with freeze_time("2027-10-15 10:00:00"):
            leaving.action_refund()
        self.assertEqual(leaving.state, "closed")
        self.assertEqual(self._balances(member), (0, 0, 0, 0, 0))
        self.assertEqual(
            self._account_balances(member.partner_id), {"113": -10, "572": 10}
        )
        with self.assertRaisesRegex(UserError, "nothing more"):
            leaving.action_refund()

    def test_leaving_in_the_future_takes_effect_on_its_day(self):
        member = self._create_member()
        leaving = self._create_leaving(
            member, effective_date="2026-12-31", resolution_date=TODAY
        )
        leaving.action_resolve()
        self.assertEqual((leaving.state, member.state), ("resolved", "leaving"))
        self._run_cron("cron_cooperative_leaving", "2026-12-30 12:00:00")
        self.assertEqual(member.state, "leaving")
        self._run_cron("cron_cooperative_leaving", "2026-12-31 12:00:00")
        self.assertEqual((leaving.state, member.state), ("effective", "left"))
        self.assertEqual(str(member.left_date), "2026-12-31")
        self.assertTrue(member.is_in_force("2026-12-30"))
        self.assertFalse(member.is_in_force("2026-12-31"))

    def test_leaving_is_withdrawn_before_it_takes_effect(self):
        member = self._create_member()
        leaving = self._create_leaving(member, effective_date="2026-12-31")
        leaving.action_cancel()
        self.assertEqual((leaving.state, member.state), ("cancelled", "active"))
        self._create_leaving(member)

    def test_notice_of_the_statutes_is_kept(self):
        self.company.cooperative_notice_days = 30
        member = self._create_member()
        with self.assertRaises(UserError) as refused:
            self._create_leaving(member, effective_date="2026-11-13")
        self.assertIn("cannot leave before 2026-11-14", str(refused.exception))
        leaving = self._create_leaving(member)
        self.assertEqual(str(leaving.effective_date), "2026-11-14")

    def test_only_active_members_leave_and_only_once(self):
        with self.assertRaisesRegex(UserError, "only active members"):
            self._create_leaving(self._create_member(paid=False))
        member = self._create_member("B")
        self._create_leaving(member)
        with self.assertRaisesRegex(UserError, "only active members"):
            self._create_leaving(member)

    def test_what_the_board_resolved_is_not_changed(self):
        member = self._create_member()
        leaving = self._create_leaving(member, resolution_date=TODAY)
        leaving.action_resolve()
        with self.assertRaisesRegex(UserError, "cannot be changed any more"):
            leaving.deduction_amount = 5
        with self.assertRaisesRegex(UserError, "kept as history"):
            leaving.unlink()

    def test_deduction_above_what_was_paid_is_refused(self):
        member = self._create_member(instalment_count=10)
        leaving = self._create_leaving(
            member, resolution_date=TODAY, deduction_amount=11
        )
        with self.assertRaisesRegex(UserError, "more than the 10.00"):
            leaving.action_resolve()

    def test_who_has_paid_a_part_is_owed_that_part(self):
        member = self._create_member(instalment_count=10)
        member.call_ids[1]._call(self.company._telecom_today())
        leaving = self._create_leaving(member, resolution_date=TODAY)
        leaving.action_resolve()
        self.assertEqual(leaving.refund_amount, 10)
        self.assertEqual(set(member.call_ids[1:].mapped("state")), {"cancelled"})
        self.assertEqual(
            self._account_balances(member.partner_id), {"521": -10, "572": 10}
        )

    def test_board_cannot_resolve_in_the_future(self):
        leaving = self._create_leaving(
            self._create_member(), resolution_date="2026-11-01"
        )
        with self.assertRaisesRegex(UserError, "in the future"):
            leaving.action_resolve()

    def test_heir_takes_over_the_shares_of_who_died(self):
        late = self._create_member("Late")
        self._subscribe(late, 3).instalment_paid(TODAY)
        leaving = self._create_leaving(
            late, reason="death", effective_date="2026-11-01"
        )
        heir = self._create_request(
            "Heir", applicant_kind="heir", inherits_from_id=late.id
        )
        heir.action_approve()
        membership = heir.membership_id
        self.assertEqual(membership.state, "active")
        self.assertEqual(self._balances(membership), (4, 250, 250, 250, 0))
        self.assertEqual(self._balances(late), (0, 0, 0, 0, 0))
        leaving.resolution_date = TODAY
        leaving.action_resolve()
        self._run_cron("cron_cooperative_leaving", "2026-11-01 12:00:00")
        self.assertEqual((leaving.state, late.state), ("closed", "left"))

    def test_heir_takes_over_what_is_still_to_be_paid(self):
        late = self._create_member("Late", instalment_count=10)
        self._create_leaving(late, reason="death", effective_date="2026-11-01")
        heir = self._create_request(
            "Heir", applicant_kind="heir", inherits_from_id=late.id
        )
        heir.action_approve()
        membership = heir.membership_id
        self.assertEqual(self._balances(membership), (1, 100, 10, 10, 0))
        self.assertEqual(self._balances(late), (0, 0, 0, 0, 0))
        self.assertEqual(len(membership._open_calls()), 9)
        self.assertEqual(self._account_balances(late.partner_id), {"572": 10})
        self._run_cron("cron_capital_call", "2026-11-15 12:00:00")
        second = membership.call_ids[0]
        self.assertEqual((second.sequence, second.state), (2, "called"))

    def test_heir_inherits_only_from_who_died(self):
        member = self._create_member()
        heir = self._create_request(
            "Heir", applicant_kind="heir", inherits_from_id=member.id
        )
        with self.assertRaisesRegex(UserError, "leaving by death"):
            heir.action_approve()

    def test_heirs_are_refunded_after_their_own_term(self):
        leaving = self._create_leaving(self._create_member(), reason="death")
        self.assertEqual(str(leaving.refund_due_date), "2027-04-15")

    def test_terms_beyond_the_law_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "within 60 months"):
            self.company.cooperative_refund_months = 61
