# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A past month under another tariff: right, repeatable, and nothing real touched."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged

from ..models.simulation import telecom_rating_simulation_work as work
from .rating_common import NOWHERE, RatingCommon, madrid

WATCHED = {
    "telecom_usage_event": ("id", "state", "reason"),
    "telecom_rated_usage": ("event_id", "amount", "version", "bill_run_id"),
    "telecom_allowance_balance": ("id", "used"),
    "contract_line": ("id", "product_id"),
    "product_template": ("id", "telecom_tariff_id"),
}


@freeze_time("2026-11-05 08:00:00")
class SimulationCase(RatingCommon):
    """Three subscriptions of two customers; October is rated at 0.10 a minute."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_rate("0.10")
        cls._create_allowance(120)
        cls.dear = cls._create_tariff("TEST-DEAR")
        cls._create_rate("0.30", tariff=cls.dear)
        cls.second = cls._create_subscription(cls.offering, state="active")
        cls.third = cls._create_subscription(cls.offering, state="active")
        for number, subscription in enumerate(
            (cls.subscription, cls.second, cls.third), start=1
        ):
            for day in (1, 15, 31):
                cls._add_event(
                    number * 60,
                    madrid(2026, 10, day, 12),
                    subscription_id=subscription.id,
                )
        cls._add_event(6_000, madrid(2026, 9, 30, 12))
        cls._rate()

    @classmethod
    def _simulate(cls, **vals):
        """Return a simulation of October, worked off at once."""
        simulation = cls.env["telecom.rating.simulation"].create(
            {"name": "October", "month_date": date(2026, 10, 9), **vals}
        )
        cls._work_off(simulation)
        return simulation

    @classmethod
    def _work_off(cls, simulation):
        simulation.with_context(queue_job__no_delay=True).action_start()

    def _amounts(self, simulation):
        self.env.invalidate_all()
        return {
            line.subscription_id: (line.old_amount, line.new_amount)
            for line in simulation.line_ids
        }

    def _digest(self):
        self.env.flush_all()
        return {
            table: sorted(self._rows(table, *columns))
            for table, columns in WATCHED.items()
        }


@tagged("post_install", "-at_install")
class TestSimulation(SimulationCase):
    def test_other_tariff_is_compared_with_what_was_rated(self):
        simulation = self._simulate(tariff_id=self.dear.id)
        self.assertEqual(simulation.state, "done")
        self.assertEqual(
            self._amounts(simulation),
            {
                self.subscription: (0.10, 0.30),
                self.second: (0.40, 1.20),
                self.third: (0.70, 2.10),
            },
        )
        self.assertEqual(simulation.line_count, 3)
        self.assertAlmostEqual(simulation.difference, 2.40)
        self.assertEqual(simulation.progress, 100)

    def test_own_tariff_changes_nothing(self):
        simulation = self._simulate(tariff_id=self.tariff.id)
        self.assertTrue(
            all(old == new for old, new in self._amounts(simulation).values())
        )

    def test_other_offering_brings_its_own_allowances(self):
        offering = self.offering_mobile_large
        offering.product_tmpl_id.telecom_tariff_id = self.dear
        self._create_allowance(600, offering)
        simulation = self._simulate(target="offering", product_id=offering.id)
        amounts = self._amounts(simulation)
        self.assertEqual({new for _old, new in amounts.values()}, {0})

    def test_only_the_offerings_named_are_replaced(self):
        simulation = self._simulate(
            tariff_id=self.dear.id,
            from_product_ids=[(6, 0, self.offering_mobile_large.ids)],
        )
        self.assertEqual(simulation.difference, 0)

    def test_scope_limits_who_is_simulated(self):
        simulation = self._simulate(
            tariff_id=self.dear.id,
            scope="subscriptions",
            subscription_ids=[(6, 0, self.second.ids)],
        )
        self.assertEqual(list(self._amounts(simulation)), [self.second])
        simulation = self._simulate(
            tariff_id=self.dear.id,
            scope="customers",
            partner_ids=[(6, 0, self.third.partner_id.ids)],
        )
        partners = simulation.line_ids.partner_id
        self.assertEqual(partners, self.third.partner_id)

    def test_simulation_touches_nothing_real(self):
        before = self._digest()
        self._simulate(tariff_id=self.dear.id)
        self.assertEqual(self._digest(), before)

    def test_billed_usage_is_simulated_too(self):
        run = self._create_run()
        self._rate(run=run)
        self._invoice(run)
        simulation = self._simulate(tariff_id=self.dear.id)
        self.assertEqual(self._amounts(simulation)[self.subscription], (0.10, 0.30))

    def test_chunks_of_any_size_give_the_same(self):
        whole = self._amounts(self._simulate(tariff_id=self.dear.id))
        with patch.object(work, "CHUNK_SUBSCRIPTIONS", 1):
            simulation = self._simulate(tariff_id=self.dear.id)
        accounts = simulation.line_ids.billing_account_id
        self.assertEqual(len(set(simulation.line_ids.mapped("chunk"))), len(accounts))
        self.assertEqual(self._amounts(simulation), whole)

    def test_simulating_again_gives_the_same(self):
        simulation = self._simulate(tariff_id=self.dear.id)
        before = self._amounts(simulation)
        self._work_off(simulation)
        self.assertEqual(self._amounts(simulation), before)

    def test_usage_without_price_is_counted(self):
        self._add_event(60, madrid(2026, 10, 5), other_number=NOWHERE)
        simulation = self._simulate(tariff_id=self.dear.id)
        self.assertEqual(simulation.unrated_count, 1)

    def test_simulation_that_runs_is_not_started_again(self):
        simulation = self._simulate(tariff_id=self.dear.id)
        simulation.state = "running"
        with self.assertRaises(UserError):
            simulation.action_start()
        simulation.action_back_to_draft()
        self.assertFalse(simulation.line_ids)

    def test_target_is_of_the_same_company(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        foreign = self._create_tariff("FOREIGN", company_id=other.id)
        with self.assertRaises(ValidationError):
            self._simulate(tariff_id=foreign.id)
        with self.assertRaises(ValidationError):
            self._simulate(target="offering")

    def test_number_of_queries_does_not_grow_with_the_usage(self):
        simulation = self._simulate(tariff_id=self.dear.id)
        counts = []
        for _round in range(2):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            simulation._simulate_chunk(0)
            counts.append(self.env.cr.sql_log_count - before)
            for number in range(200):
                self._add_event(
                    number,
                    madrid(2026, 10, 2, 12),
                    subscription_id=self.second.id,
                )
        self.assertLessEqual(counts[1], counts[0])

    def test_billing_manager_simulates_and_an_agent_reads(self):
        manager = new_test_user(
            self.env,
            "simulation-manager",
            groups="somconnexio_base.group_telecom_billing_manager",
        )
        agent = new_test_user(
            self.env, "simulation-agent", groups="somconnexio_base.group_telecom_agent"
        )
        Simulation = self.env["telecom.rating.simulation"].with_user(manager)
        simulation = Simulation.create(
            {"name": "October", "month_date": "2026-10-01", "tariff_id": self.dear.id}
        )
        self._work_off(simulation)
        self.assertEqual(simulation.state, "done")
        self.assertTrue(simulation.with_user(agent).line_ids)
        with self.assertRaises(AccessError):
            simulation.with_user(agent).action_start()

    def test_simulation_of_another_company_is_not_seen(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        user = new_test_user(
            self.env,
            "simulation-other",
            groups="somconnexio_base.group_telecom_admin",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        simulation = self._simulate(tariff_id=self.dear.id)
        for record in (simulation, simulation.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(user).read(["id"])


@tagged("post_install", "-at_install")
class TestSimulationExport(SimulationCase, HttpCase):
    def test_workbook_holds_a_row_for_each_subscription(self):
        simulation = self._simulate(tariff_id=self.dear.id)
        new_test_user(
            self.env,
            "simulation-export",
            password="simulation-export",
            groups="somconnexio_base.group_telecom_agent",
        )
        self.authenticate("simulation-export", "simulation-export")
        response = self.url_open(simulation.action_export()["url"])
        self.assertEqual(response.status_code, 200)
        rows = list(load_workbook(BytesIO(response.content)).active.values)
        self.assertEqual(len(rows), 4)
        self.assertEqual(Decimal(str(rows[1][-1])), Decimal("1.4"))
