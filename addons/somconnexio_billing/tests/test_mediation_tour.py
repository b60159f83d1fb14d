# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestUsageFormatTour(HttpCase):
    """A format made in the browser, from a sample, before it is saved."""

    def test_administrator_makes_a_format_from_a_sample(self):
        role = "somconnexio_base.group_telecom_admin"
        new_test_user(self.env, "tour_formats", groups=role, lang="en_US")
        self.start_tour(
            "/odoo/action-somconnexio_billing.action_telecom_usage_format",
            "somconnexio_billing_usage_format",
            login="tour_formats",
        )
        usage_format = self.env["telecom.usage.format"].search(
            [("code", "=", "tour_carrier")]
        )
        self.assertEqual(usage_format.file_name_pattern, "TOUR_*.csv")
        self.assertEqual(usage_format.decimal_separator, ",")
        self.assertFalse(usage_format.problem)
        field = usage_format.field_ids.filtered(lambda f: f.target == "usage_type")
        self.assertEqual(field.value_map.splitlines(), ["VOZ=voice", "FAX=voice"])
