# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.somconnexio_base.tests.common import QUIET

from .receipt_common import CommittedWorld


@tagged("post_install", "-at_install")
class TestDunningConcurrency(BaseCase):
    """Two people carry out the same list at the same moment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.world = CommittedWorld(cls.registry)
        cls.addClassCleanup(cls._remove)
        cls.day = date(2026, 12, 22)

    @classmethod
    def _remove(cls):
        with cls.registry.cursor() as cr:
            for table in ("event", "line"):
                cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE case_id IN (SELECT id FROM"
                        " telecom_dunning_case WHERE billing_account_id = %s)",
                        SQL.identifier(f"telecom_dunning_{table}"),
                        cls.world.account_id,
                    )
                )
            cr.execute(
                "DELETE FROM telecom_dunning_case WHERE billing_account_id = %s",
                (cls.world.account_id,),
            )
            cr.execute(
                "DELETE FROM telecom_notice WHERE partner_id = %s",
                (cls.world.partner_id,),
            )
        cls.world.remove()

    def _act(self, barrier):
        """Carry out what is due as the server would; return the outcome."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
            Case = env["telecom.dunning.case"]
            account_ids = [self.world.account_id]
            self.assertTrue(Case._decide(env.company, self.day, account_ids))
            barrier.wait(timeout=30)
            outcomes = retrying(
                lambda: Case._act_on(env.company, self.day, account_ids), env
            )
            return outcomes[self.world.account_id]

    def _list(self):
        """Return the id of a list of today, committed."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
            run = env["telecom.dunning.run"].create({})
            run.action_list()
            self.addCleanup(self._forget_run, run.id)
            return run.id

    def _forget_run(self, run_id):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM telecom_dunning_run WHERE id = %s", (run_id,))

    def _press(self, run_id, barrier):
        """Carry out a list as an officer's button does; return what is answered."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
            run = env["telecom.dunning.run"].browse(run_id)
            self.assertEqual(run.state, "listed")
            barrier.wait(timeout=30)
            # The list itself is another test's: here it is about who may begin.
            with patch.object(type(run), "_work", lambda _run: True):
                try:
                    return retrying(run.action_carry_out, env)
                except UserError as error:
                    return str(error)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_list_that_two_officers_carry_out_at_once_is_carried_out_once(self):
        run_id = self._list()
        barrier = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(self._press, [run_id] * 2, [barrier] * 2))
        self.assertEqual(answers.count(True), 1, answers)
        (refusal,) = [answer for answer in answers if answer is not True]
        self.assertIn("cannot become", refusal)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_runs_at_once_take_a_step_once(self):
        barrier = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(self._act, [barrier, barrier]))
        self.assertEqual(sorted(outcomes), ["done", "nothing"])
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT event.kind, count(*) FROM telecom_dunning_event AS event"
                " JOIN telecom_dunning_case AS one ON one.id = event.case_id"
                " WHERE one.billing_account_id = %s GROUP BY 1 ORDER BY 1",
                (self.world.account_id,),
            )
            self.assertEqual(cr.fetchall(), [("opened", 1), ("step", 1)])
