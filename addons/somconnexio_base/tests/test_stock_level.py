# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import SomconnexioCommon


@tagged("post_install", "-at_install")
class TestStockLevel(SomconnexioCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["telecom.resource.stock.level"].search([]).unlink()
        cls.kind = cls.env["telecom.resource.kind"].create(
            {"name": "Test line", "code": "test_line", "validator": "fibre_line"}
        )
        cls.provider = cls._create_partner("Wholesale")
        cls.any = cls._create_level()
        cls.own = cls._create_level(provider_id=cls.provider.id)

    @classmethod
    def _create_level(cls, **vals):
        return cls.env["telecom.resource.stock.level"].create(
            {"kind_id": cls.kind.id, "minimum_count": 2, **vals}
        )

    def _add(self, **vals):
        return self.env["telecom.resource"].create(
            {
                "kind_id": self.kind.id,
                "name": self._next_value("fibre_line"),
                **vals,
            }
        )

    def _check(self):
        self.env.invalidate_all()
        self._run_cron("cron_stock_level")
        self.env.invalidate_all()

    def test_stock_is_counted_by_kind_and_by_provider(self):
        self._add()
        self._add(provider_id=self.provider.id)
        self._add(provider_id=self.provider.id).reserve()
        company = self.env["res.company"].create({"name": "Islands"})
        self._add(company_id=company.id)
        self.assertEqual((self.any.available_count, self.own.available_count), (2, 1))
        self.assertEqual((self.any.is_low, self.own.is_low), (False, True))

    def test_levels_are_counted_by_one_query(self):
        levels = self.any | self.own
        levels.mapped("kind_id.name")
        self.env.flush_all()
        levels.invalidate_recordset(["available_count"])
        with self.assertQueryCount(1):
            levels.mapped("available_count")

    def test_low_stock_is_told_once_and_taken_back(self):
        self._check()
        (activity,) = self.own.activity_ids
        self.assertEqual(activity.user_id, self.own.user_id)
        self.assertIn("0 available, 2 wanted", activity.summary)
        self._check()
        self.assertEqual(len(self.own.activity_ids), 1)
        for _number in range(2):
            self._add(provider_id=self.provider.id)
        self._check()
        self.assertFalse(self.own.activity_ids)
        self.assertFalse(self.any.activity_ids)

    def test_activity_that_was_done_comes_again_while_stock_is_low(self):
        self._check()
        self.own.activity_ids.action_done()
        self._check()
        self.assertEqual(len(self.own.activity_ids), 1)

    @mute_logger("odoo.sql_db")
    def test_kind_and_provider_have_one_level(self):
        for vals in ({}, {"provider_id": self.provider.id}):
            with (
                self.subTest(**vals),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._create_level(**vals)

    def test_technicians_keep_levels_and_agents_read_them(self):
        users = {
            role: new_test_user(
                self.env, f"test_{role}", f"somconnexio_base.group_telecom_{role}"
            )
            for role in ("technician", "agent")
        }
        self.own.with_user(users["technician"]).minimum_count = 3
        agent = self.own.with_user(users["agent"])
        self.assertEqual(agent.minimum_count, 3)
        with self.assertRaises(AccessError):
            agent.minimum_count = 1

    def test_shown_resources_are_those_that_are_counted(self):
        self._add(provider_id=self.provider.id)
        self._add()
        for level, count in ((self.any, 2), (self.own, 1)):
            domain = level.action_view_resources()["domain"]
            found = self.env["telecom.resource"].search_count(domain)
            self.assertEqual(found, count)
