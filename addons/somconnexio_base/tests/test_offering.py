# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import SomconnexioCommon


@tagged("post_install", "-at_install")
class TestOffering(SomconnexioCommon):
    def test_only_offerings_are_marked_as_such(self):
        self.assertTrue(self.offering_mobile.is_telecom_offering)
        self.assertFalse(self.addon.is_telecom_offering)

    def test_offering_without_service_type_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "needs a service type"):
            self.offering_mobile.telecom_service_type_id = False

    def test_telecom_product_that_is_no_service_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "product type"):
            self.offering_mobile.type = "consu"

    def test_form_of_a_telecom_product_makes_it_a_service(self):
        form = Form(self.env["product.template"])
        form.name = "Fibre 300"
        form.telecom_kind = "offering"
        form.telecom_service_type_id = self.type_fibre
        self.assertEqual(form.save().type, "service")

    @mute_logger("odoo.sql_db")
    def test_negative_speed_is_refused(self):
        with self.assertRaises(IntegrityError):
            self.offering_fibre.download_mbps = -1
            self.env.flush_all()

    def test_code_of_a_service_type_is_lower_case(self):
        with self.assertRaisesRegex(ValidationError, "lower case"):
            self.env["telecom.service.type"].create({"name": "TV", "code": "TV 1"})

    @mute_logger("odoo.sql_db")
    def test_codes_of_configuration_records_are_unique(self):
        for model_name, vals in (
            ("telecom.service.type", {"code": "mobile"}),
            ("telecom.resource.kind", {"code": "msisdn", "validator": "msisdn"}),
            ("telecom.lifecycle.reason", {"code": "non_payment", "kind": "suspend"}),
        ):
            with self.subTest(model_name), self.assertRaises(IntegrityError):
                with self.cr.savepoint():
                    self.env[model_name].create({"name": "Again", **vals})
