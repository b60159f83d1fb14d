# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged

from .bill_run_common import BillRunCommon

MODELS = ("step", "slice", "account", "line", "tax", "check")


@tagged("post_install", "-at_install")
class TestBillRunAccess(BillRunCommon):
    """Managers run, accountants post, agents read, nobody deletes or writes results."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber()
        cls.agent = cls._create_user("agent")
        cls.technician = cls._create_user("technician")
        cls.manager = cls._create_user("billing_manager")
        cls.accountant = cls._create_user("accountant")
        cls.admin = cls._create_user("admin")

    @classmethod
    def _create_user(cls, role):
        return new_test_user(
            cls.env, f"test_{role}", groups=f"somconnexio_base.group_telecom_{role}"
        )

    def _as(self, user, records):
        return records.with_user(user).with_context(**self.env.context)

    def test_manager_makes_the_bills_and_accountant_posts_them(self):
        self._add_usage(self.subscription, "1")
        run = self._as(self.manager, self.env["telecom.bill.run"]).create(
            {"period_start": "2026-10-01"}
        )
        self._go(run, "invoice")
        with self.assertRaisesRegex(AccessError, "Accountant"):
            run.action_post()
        self._as(self.accountant, run).action_post()
        run.action_deliver()
        self.assertEqual(run.state, "delivered")
        bill = run.sudo().move_ids
        self.assertEqual(bill.create_uid, self.manager)
        self.assertEqual(bill.state, "posted")

    def test_run_all_of_a_manager_stops_before_the_posting(self):
        run = self._as(self.manager, self._create_run())
        run.action_run_all()
        self.assertEqual(run.state, "invoiced")

    def test_accountant_and_agent_start_no_step_of_the_manager(self):
        run = self._create_run()
        for user in (self.accountant, self.agent):
            for code in ("load", "run_all", "back", "cancel"):
                with self.subTest(user=user.login, code=code):
                    with self.assertRaises(AccessError):
                        getattr(self._as(user, run), f"action_{code}")()

    def test_agent_reads_and_holds_nothing(self):
        run = self._go(self._create_run(), "preview")
        account = self._as(self.agent, run.account_ids)
        self.assertEqual(account.amount_total, 12.1)
        self.assertEqual(self._as(self.agent, run).amount_total, 12.1)
        with self.assertRaises(AccessError):
            account.action_hold()
        with self.assertRaises(AccessError):
            self._as(self.agent, run).slice_size = 10

    def test_technician_does_not_see_bill_runs(self):
        with self.assertRaises(AccessError):
            self._as(self.technician, self._create_run()).read(["name"])

    def test_result_of_a_step_is_written_by_nobody(self):
        run = self._go(self._create_run(), "preview")
        for user in (self.manager, self.accountant, self.admin):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._as(user, run).state = "posted"
                with self.assertRaises(AccessError):
                    self._as(user, run).amount_total = 0
                for name in MODELS:
                    records = self.env[f"telecom.bill.run.{name}"].search([])
                    self.assertFalse(self._as(user, records).has_access("write"), name)

    def test_run_made_in_another_state_is_refused(self):
        with self.assertRaises(AccessError):
            self._as(self.manager, self.env["telecom.bill.run"]).create(
                {"period_start": "2026-10-01", "state": "posted"}
            )

    def test_nothing_of_a_run_is_deleted_by_anybody(self):
        run = self._go(self._create_run(), "invoice")
        for user in (self.agent, self.manager, self.accountant, self.admin):
            self.assertFalse(self._as(user, run).has_access("unlink"))
            for name in MODELS:
                records = self.env[f"telecom.bill.run.{name}"].search([])
                self.assertFalse(self._as(user, records).has_access("unlink"), name)

    def test_manager_releases_a_held_account(self):
        self._add_usage(self.subscription, "150")
        run = self._go(self._create_run(), "preview")
        self._as(self.manager, run.account_ids).release("Looked at")
        self.assertEqual(run.account_ids.released_by_id, self.manager)

    def test_job_methods_are_out_of_reach_of_rpc(self):
        for model_name in ("telecom.bill.run", "telecom.bill.run.slice"):
            model = type(self.env[model_name])
            public = {
                name
                for name in dir(model)
                if not name.startswith("_")
                and callable(getattr(model, name))
                and getattr(model, name).__module__.startswith(
                    "odoo.addons.somconnexio_billing"
                )
                and not getattr(getattr(model, name), "_api_private", False)
            }
            allowed = {name for name in public if name.startswith("action_")}
            self.assertEqual(public - allowed, {"create", "write"} & public)


@tagged("post_install", "-at_install")
class TestBillRunMultiCompany(BillRunCommon):
    """Each company bills its own accounts, and sees only its own runs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber()
        cls.other = cls.env["res.company"].create(
            {"name": "Other cooperative", "country_id": cls.company.country_id.id}
        )
        cls.other.telecom_timezone = "Europe/Madrid"
        cls.env.user.company_ids |= cls.other
        cls.env["account.chart.template"].try_loading(
            cls.company.chart_template, cls.other, install_demo=False
        )
        account = cls._create_billing_account(
            cls._create_partner("Pere Pons"),
            company_id=cls.other.id,
            collection_method="transfer",
        )
        cls.other_subscription = cls._create_subscription(
            None, account, state="active", company_id=cls.other.id
        )

    def _other_run(self):
        return self.env["telecom.bill.run"].create(
            {"period_start": "2026-10-01", "company_id": self.other.id}
        )

    def test_run_bills_the_accounts_of_its_company_only(self):
        self._add_usage(self.subscription, "1")
        self._add_usage(self.other_subscription, "2")
        run = self._go(self._create_run(), "post")
        other_run = self._go(self._other_run(), "post")
        self.assertEqual(run.account_ids.company_id, self.company)
        self.assertEqual(other_run.account_ids.company_id, self.other)
        self.assertEqual(run.amount_untaxed, 11)
        self.assertEqual(other_run.amount_untaxed, 12)
        self.assertEqual(other_run.move_ids.company_id, self.other)
        self.assertEqual(other_run.move_ids.journal_id.company_id, self.other)

    def test_user_of_one_company_sees_no_run_of_another(self):
        self._go(self._create_run(), "invoice")
        self._go(self._other_run(), "invoice")
        user = new_test_user(
            self.env,
            "test_other",
            groups="somconnexio_base.group_telecom_admin",
            company_id=self.other.id,
            company_ids=[(6, 0, self.other.ids)],
        )
        for name in ("", *(f".{name}" for name in MODELS)):
            model = self.env[f"telecom.bill.run{name}"].with_user(user)
            found = model.search(Domain.TRUE)
            self.assertEqual(found.company_id, self.other, model._name)

    def test_user_of_one_company_starts_no_run_of_another(self):
        run = self._create_run()
        user = new_test_user(
            self.env,
            "test_other",
            groups="somconnexio_base.group_telecom_admin",
            company_id=self.other.id,
            company_ids=[(6, 0, self.other.ids)],
        )
        with self.assertRaises(AccessError):
            run.with_user(user).action_load()
