# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import SomconnexioCommon


@tagged("post_install", "-at_install")
class TestExternalId(SomconnexioCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.links = cls.env["telecom.external.id"]
        cls.other = cls._create_partner("Joan Mas", email="joan@example.org")

    def test_record_linked_is_found_by_that_system_only(self):
        self.links._link(self.partner, "crm", 1001)
        self.assertEqual(self.links._find("res.partner", "crm", "1001"), self.partner)
        self.assertFalse(self.links._find("res.partner", "tryton", "1001"))
        self.assertFalse(self.links._find("contract.contract", "crm", "1001"))

    def test_link_repeated_changes_nothing(self):
        first = self.links._link(self.partner, "crm", "A-1")
        self.assertEqual(self.links._link(self.partner, "crm", "A-1"), first)

    def test_identifier_of_another_record_is_refused_with_words(self):
        self.links._link(self.partner, "crm", "A-1")
        with self.assertRaisesRegex(UserError, "Maria Soler.*A-1"):
            self.links._link(self.other, "crm", "A-1")

    def test_identifier_is_unique_in_the_database(self):
        link = self.links._link(self.partner, "crm", "A-1")
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            with self.env.cr.savepoint():
                link.copy()

    def test_bad_links_are_refused_with_words(self):
        for vals, words in (
            ({"system": "The CRM"}, "small letters"),
            ({"external_id": " A-1"}, "blank"),
            ({"res_id": 2**30}, "no record"),
            ({"res_model": "no.such.model"}, "no record"),
            ({"res_model": "mail.thread"}, "no record"),
        ):
            with self.subTest(words), self.assertRaisesRegex(ValidationError, words):
                self.links.create(
                    {
                        "system": "crm",
                        "external_id": "A-1",
                        "res_model": "res.partner",
                        "res_id": self.partner.id,
                        **vals,
                    }
                )

    def test_many_are_linked_in_as_many_queries_as_few(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Partner {number}"} for number in range(60)]
        )
        few = {f"a{p.id}": p.id for p in partners[:20]}
        many = {f"b{p.id}": p.id for p in partners}

        def link(ids):
            self.links._link_many("res.partner", "crm", ids)

        link({"first": self.other.id})
        self.assertEqual(
            self._count_queries(lambda: link(few)),
            self._count_queries(lambda: link(many)),
        )
        found = self.links._find_many("res.partner", "crm", list(many))
        self.assertEqual(len(found), 60)

    def test_identifier_of_a_deleted_record_can_be_given_again(self):
        self.links._link(self.other, "crm", "A-9")
        self.other.unlink()
        self.assertFalse(self.links._find("res.partner", "crm", "A-9"))
        self.links._link(self.partner, "crm", "A-9")
        self.assertEqual(self.links._find("res.partner", "crm", "A-9"), self.partner)

    def test_vacuum_drops_what_names_nothing(self):
        gone = self.links._link(self.other, "crm", "A-9")
        kept = self.links._link(self.partner, "crm", "A-1")
        self.other.unlink()
        self.links._gc_dangling()
        self.assertFalse(gone.exists())
        self.assertTrue(kept.exists())

    def test_any_system_finds_any_record_through_the_api(self):
        subscription = self._create_subscription()
        self.links._link(subscription, "tryton", "77")
        self.links._link(self.partner, "crm", "77")
        rows = self.links.find_record("77")
        self.assertEqual(
            {(row["system"], row["model"], row["id"]) for row in rows},
            {
                ("tryton", "contract.contract", subscription.id),
                ("crm", "res.partner", self.partner.id),
            },
        )
        named = self.links.external_ids_of("res.partner", self.partner.id)
        self.assertEqual([row["external_id"] for row in named], ["77"])
        with self.assertRaisesRegex(UserError, "Which identifier"):
            self.links.find_record("  ")

    def test_link_of_another_companys_record_is_not_seen(self):
        company = self.env["res.company"].create({"name": "Islands"})
        account = self._create_billing_account(company_id=company.id)
        self.links._link(account, "crm", "B-1")
        user = new_test_user(
            self.env, "test_links", "somconnexio_base.group_telecom_agent"
        )
        self.assertEqual(self.links.with_user(user).find_record("B-1"), [])

    def test_employee_without_a_role_reads_no_link(self):
        employee = new_test_user(self.env, "test_nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self.links.with_user(employee).find_record("77")
