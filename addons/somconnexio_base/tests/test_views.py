# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from ast import literal_eval

from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common import SomconnexioCommon


@tagged("post_install", "-at_install")
class TestViews(SomconnexioCommon):
    def _actions(self):
        """Return the window actions of this addon."""
        rows = self.env["ir.model.data"].search(
            [
                ("module", "=", "somconnexio_base"),
                ("model", "=", "ir.actions.act_window"),
            ]
        )
        return self.env["ir.actions.act_window"].browse(rows.mapped("res_id"))

    def test_every_action_opens_for_the_administrator(self):
        user = self.env.ref("base.user_admin")
        for action in self._actions():
            with self.subTest(action.name):
                self._open(action, user)

    def test_actions_of_the_agent_open_for_the_agent(self):
        user = new_test_user(
            self.env, "test_agent", "somconnexio_base.group_telecom_agent"
        )
        for name in ("subscription", "billing_account", "customer", "resource"):
            with self.subTest(name):
                self._open(self._ref(f"action_telecom_{name}"), user)

    def _open(self, action, user):
        """Load the views of an action and read what its list shows."""
        model = self.env[action.res_model].with_user(user)
        views = model.get_views(action.views, {"action_id": action.id})["views"]
        for kind, view in views.items():
            self.assertTrue(view["arch"], kind)
        domain = literal_eval(action.domain or "[]")
        model.search(domain, limit=1).read(["display_name"])

    def test_every_list_says_what_to_do_when_it_is_empty(self):
        for action in self._actions().filtered(lambda a: "list" in a.view_mode):
            with self.subTest(action.name):
                self.assertIn("o_view_nocontent_smiling_face", action.help)

    def test_every_search_filter_runs(self):
        for name in (
            "subscription",
            "billing_account",
            "resource",
            "resource_assignment",
            "lifecycle_reason",
            "outbox",
            "outbox_endpoint",
            "webhook",
            "resource_import",
            "resource_stock_level",
        ):
            view = self._ref(f"view_telecom_{name}_search")
            for node in self._filters(view):
                with self.subTest(f"{name} {node.get('name')}"):
                    domain = safe_eval(node.get("domain"), {"uid": self.env.uid})
                    self.env[view.model].search(domain, limit=1)

    def test_every_role_reads_what_the_forms_show(self):
        subscription = self._create_subscription(state="active")
        records = {
            "subscription": subscription,
            "billing_account": subscription.telecom_billing_account_id,
            "resource": subscription.assignment_ids.resource_id[0],
            "resource_assignment": subscription.assignment_ids[0],
        }
        for role in ("agent", "technician", "accountant"):
            user = new_test_user(
                self.env, f"test_{role}_form", f"somconnexio_base.group_telecom_{role}"
            )
            for name, record in records.items():
                with self.subTest(f"{role} {name}"):
                    self._read_form(record.with_user(user), name)

    def _read_form(self, record, name):
        """Read the fields of the form of a record as its user."""
        record.invalidate_recordset()
        view = self._ref(f"view_telecom_{name}_form")
        shown = record.get_views([(view.id, "form")])["models"]
        rows = record.read(list(shown[record._name]["fields"]))
        self.assertEqual(len(rows), 1)
        for line in record.contract_line_ids if name == "subscription" else ():
            line.read(list(shown[line._name]["fields"]))

    def _filters(self, view):
        """Return the filter elements of a search view that have a domain."""
        return view._get_combined_arch().xpath("//filter[@domain]")

    def test_menus_that_others_hang_their_own_on_exist(self):
        for name in ("root", "customers", "resources", "configuration"):
            self.assertEqual(self._ref(f"menu_telecom_{name}")._name, "ir.ui.menu")

    def test_menu_is_hidden_from_people_without_a_role(self):
        employee = new_test_user(self.env, "test_employee", "base.group_user")
        menus = self.env["ir.ui.menu"].with_user(employee)._visible_menu_ids()
        self.assertNotIn(self._ref("menu_telecom_root").id, menus)

    def test_missing_optional_asset_does_not_stop_the_bundle(self):
        paths = self.env["ir.asset"]._get_asset_paths("web.assets_backend", {})
        missing = [path for path, full_path, *_rest in paths if full_path is None]
        self.assertFalse(missing)
