# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW
from .membership_common import MembershipCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCooperativeAssembly(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.members = cls.Membership.browse()
            for name in ("Anna", "Berta", "Carles", "Dolors", "Enric"):
                cls.members += cls._create_member(name)
            cls.assembly = cls.env["cooperative.assembly"].create(
                {"name": "Ordinary 2026", "date": "2026-11-20"}
            )

    def _delegate(self, giver, holder):
        return self.env["cooperative.assembly.delegation"].create(
            {
                "assembly_id": self.assembly.id,
                "giver_id": giver.id,
                "holder_id": holder.id,
            }
        )

    def test_census_is_that_of_its_day(self):
        before = self.assembly.voter_count
        self.members[0]._leave(self.company._telecom_today(), "voluntary")
        self.assembly.invalidate_recordset()
        self.assertEqual(self.assembly.voter_count, before - 1)
        self.assembly.census_date = "2026-10-14"
        self.assertNotIn(
            self.members[1], self.Membership.search(self.assembly._voters_domain())
        )

    def test_sponsored_people_have_no_vote(self):
        sponsored = self._create_member(
            "S", kind="sponsored", sponsor_code=self.members[0].sponsor_code
        )
        with self.assertRaisesRegex(ValidationError, "has no vote"):
            self._delegate(sponsored, self.members[0])

    def test_one_member_represents_no_more_than_the_limit(self):
        holder = self.members[0]
        self._delegate(self.members[1], holder)
        self._delegate(self.members[2], holder)
        with self.assertRaisesRegex(ValidationError, "the most is 2"):
            self._delegate(self.members[3], holder)

    def test_vote_is_delegated_once_and_not_handed_on(self):
        first, second, third = self.members[:3]
        self._delegate(first, second)
        with self.assertRaisesRegex(ValidationError, "cannot represent others"):
            self._delegate(second, third)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            with self.env.cr.savepoint():
                self._delegate(first, third)

    def test_lower_limit_is_checked_against_what_is_written(self):
        self._delegate(self.members[1], self.members[0])
        with self.assertRaisesRegex(ValidationError, "the most is 0"):
            self.assembly.max_delegations = 0

    def test_census_of_an_assembly_that_was_held_stays(self):
        delegation = self._delegate(self.members[1], self.members[0])
        self.assembly.action_call()
        self.assembly.action_close()
        with self.assertRaisesRegex(UserError, "has been held"):
            self.assembly.census_date = "2026-01-01"
        with self.assertRaisesRegex(ValidationError, "has been held"):
            delegation.unlink()
        with self.assertRaisesRegex(UserError, "nothing more"):
            self.assembly.action_draft()
