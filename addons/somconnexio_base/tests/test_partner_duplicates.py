# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..partner_data import keys
from .common import NOW, SomconnexioCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPartnerDuplicates(SomconnexioCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spain = cls.env.ref("base.es")
        cls.values = {
            "name": "Laia Tarragó Vives",
            "vat": "ES40001111V",
            "phone": "+34612998877",
            "email": "laia.tarrago@example.org",
            "street": "Carrer Nou 7, 3r 2a",
            "zip": "17004",
            "country_id": cls.spain.id,
        }
        cls.laia = cls.env["res.partner"].create(cls.values)
        cls.agent = new_test_user(
            cls.env, "test_care", "somconnexio_base.group_telecom_agent"
        )

    def _create(self, **vals):
        return self.env["res.partner"].create({"country_id": self.spain.id, **vals})

    def _again(self, **vals):
        """Write the person down a second time, as the telephone brings it."""
        written = {"name": "TARRAGO, LAIA", "phone": "612 99 88 77", "zip": "17004"}
        return self._create(**written, email="Laia.Tarrago+bills@example.org", **vals)

    def _pairs(self, partner):
        return partner.telecom_duplicate_ids

    def _keys(self, partner):
        found = self.env["telecom.partner.key"].search(
            [("partner_id", "=", partner.id)]
        )
        return {(key.kind, key.value) for key in found}

    def test_keys_follow_what_is_written(self):
        kinds = {kind for kind, _value in self._keys(self.laia)}
        self.assertEqual(kinds, set(keys.KINDS) - {"iban"})
        self.laia.phone = "+34 699 00 11 22"
        self.assertIn(("phone", "+34699001122"), self._keys(self.laia))
        self.assertNotIn(("phone", "+34612998877"), self._keys(self.laia))

    def test_keys_follow_the_bank_accounts(self):
        account = self._create_bank_account(self.laia)
        self.assertIn(("iban", "ES9121000418450200051332"), self._keys(self.laia))
        account.unlink()
        self.assertNotIn("iban", {kind for kind, _value in self._keys(self.laia)})

    def test_addresses_of_a_partner_have_no_keys(self):
        address = self._create(
            name="Door", type="delivery", parent_id=self.laia.id, phone="612998877"
        )
        self.assertFalse(self._keys(address))

    def test_partner_written_again_is_noted_with_its_reasons(self):
        again = self._again()
        pair = self._pairs(again)
        self.assertEqual(pair.partner_id | pair.other_partner_id, self.laia | again)
        self.assertEqual((pair.state, pair.verdict), ("open", "probable"))
        self.assertEqual(
            set(pair.reason_codes.split(",")), {"name_part", "phone", "email"}
        )
        self.assertIn("same phone", pair.reasons)

    def test_household_is_not_noted(self):
        for name in ("Pere Mas Roca", "Pau Tarragó Vives"):
            other = self._create(
                name=name,
                phone=self.values["phone"],
                street=self.values["street"],
                zip=self.values["zip"],
            )
            self.assertFalse(self._pairs(other), name)

    def test_pair_disappears_when_the_data_no_longer_speak_for_it(self):
        again = self._again()
        again.name = "Berta Ferrer Pla"
        self.assertFalse(self._pairs(again))

    def test_decision_is_recorded_and_the_pair_not_told_again(self):
        again = self._again()
        care = again.with_user(self.agent)
        pair_id = care.decide_duplicate(self.laia.id, "not_duplicate", "mother, child")
        pair = self.env["telecom.partner.duplicate"].browse(pair_id)
        self.assertEqual(pair.state, "not_duplicate")
        self.assertEqual(pair.decided_by_id, self.agent)
        self.assertEqual(str(pair.decided_at), NOW)
        again.street = "Carrer Nou 7"
        self.assertFalse(self._pairs(again))
        self.assertFalse(care._duplicate_check()["candidates"])
        pair.with_user(self.agent).action_reopen()
        self.assertEqual((pair.state, pair.decided_by_id.id), ("open", False))
        self.assertEqual(self._pairs(again), pair)

    def test_unknown_decision_is_refused_with_words(self):
        for other_id, decision in (
            (self.laia.id, "perhaps"),
            (self.partner.id, "not_duplicate"),
        ):
            with self.assertRaisesRegex(UserError, "Decide not_duplicate"):
                self.partner.decide_duplicate(other_id, decision)

    def test_candidates_are_told_while_somebody_types(self):
        with Form(self.env["res.partner"].with_user(self.agent)) as form:
            form.name = "Laia Tarragó"
            form.phone = "612 99 88 77"
            form.email = "laia.tarrago@example.org"
            check = form.telecom_duplicate_check
            (candidate,) = check["candidates"]
            self.assertEqual(candidate["id"], self.laia.id)
            self.assertIn("same e-mail", candidate["reasons"])
            self.assertFalse(check["partner_id"])
            self.assertEqual(form.phone, "612 99 88 77", "what was typed stays")

    def test_api_tells_candidates_and_writes_nothing(self):
        Partner = self.env["res.partner"].with_user(self.agent)
        found = Partner.find_duplicates({"vat": "40.001.111-V", "name": "L. Tarragó"})
        self.assertEqual([row["id"] for row in found], [self.laia.id])
        self.assertEqual(found[0]["verdict"], "certain")
        self.assertEqual(found[0]["reason_codes"][0], "tax_id")
        with self.assertRaisesRegex(UserError, "Nothing to compare by"):
            Partner.find_duplicates({"name": "Laia"})
        for ask in (Partner.find_duplicates, Partner.normal_forms):
            with self.assertRaisesRegex(UserError, "Unknown fields: iban. There are"):
                ask({"vat": "40001111V", "iban": "ES91 2100 0418 4502 0005 1332"})

    def test_archived_partners_are_told_too(self):
        self.laia.active = False
        found = self.env["res.partner"].find_duplicates({"vat": "40001111V"})
        self.assertEqual((found[0]["id"], found[0]["active"]), (self.laia.id, False))

    def test_contacts_of_a_company_are_not_its_duplicates(self):
        company = self._create(name="Forn SL", is_company=True, vat="ESB58378431")
        contact = self._create(
            name="Forn Recepció", parent_id=company.id, phone="931234567"
        )
        company.phone = "931234567"
        self.assertFalse(self._pairs(company) | self._pairs(contact))

    def test_partners_of_two_companies_are_not_compared(self):
        islands = self.env["res.company"].create({"name": "Islands"})
        self.laia.company_id = self.company
        again = self._again(company_id=islands.id)
        self.assertFalse(self._pairs(again))

    def test_large_blocks_prove_nothing_and_become_findings(self):
        self._create_many(keys.MAX_BLOCK + 3)
        found = self.env["res.partner"].find_duplicates(
            {"name": "Member Number 3", "phone": "931 11 22 33"}
        )
        self.assertFalse(found)
        Finding = self.env["telecom.partner.finding"]
        Finding._refresh()
        finding = Finding.search([("value", "=", "+34931112233")])
        self.assertEqual(finding.partner_count, keys.MAX_BLOCK + 3)
        opened = finding.action_view_partners()
        self.assertEqual(
            self.env["res.partner"].search_count(opened["domain"]), keys.MAX_BLOCK + 3
        )
        finding.note = "Community of Carrer Nou"
        Finding._refresh()
        self.assertEqual(finding.note, "Community of Carrer Nou")
        self.env["res.partner"].search([("phone", "=", "931112233")])[:9].phone = False
        Finding._refresh()
        self.assertFalse(finding.exists())

    def _create_many(self, count):
        """Return partners that share the phone of an office."""
        return self.env["res.partner"].create(
            [
                {
                    "name": f"Member Number {number}",
                    "phone": "931112233",
                    "email": f"member{number}@example.org",
                    "country_id": self.spain.id,
                }
                for number in range(count)
            ]
        )

    def test_many_are_compared_in_as_many_queries_as_few(self):
        Partner = self.env["res.partner"]

        def compare(count):
            Partner.invalidate_model()
            Partner._duplicate_candidates_many(
                [{**self.values, "vat": f"{n}"} for n in range(count)]
            )

        compare(1)
        one = self._count_queries(lambda: compare(1))
        self.assertEqual(self._count_queries(lambda: compare(50)), one)
        self.assertLessEqual(one, 4)

    def test_many_are_created_without_a_query_for_each(self):
        self._create_many(1)
        few = self._count_queries(lambda: self._create_many(10))
        many = self._count_queries(lambda: self._create_many(35))
        self.assertLessEqual(many - few, 4)

    def test_partners_written_by_sql_are_read_by_the_scheduled_action(self):
        partner = self._create(name="Somebody")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET name = 'Laia Tarragó Vives', phone = '612998877',"
            " email = 'laia.tarrago@example.org', telecom_key_version = NULL,"
            " telecom_partner_kind = NULL, telecom_quality_score = NULL"
            " WHERE id = %s",
            (partner.id,),
        )
        partner.invalidate_recordset()
        self._run_cron("cron_partner_sync_stale")
        partner.invalidate_recordset()
        self.assertEqual(partner.telecom_key_version, keys.VERSION)
        self.assertEqual(partner.telecom_partner_kind, "person")
        self.assertTrue(partner.telecom_quality_score)
        self.assertIn(("phone", "+34612998877"), self._keys(partner))
        self.assertEqual(self._pairs(partner).verdict, "probable")

    def test_technician_sees_pairs_and_decides_none(self):
        again = self._again()
        user = new_test_user(
            self.env, "test_tech", "somconnexio_base.group_telecom_technician"
        )
        pair = self._pairs(again).with_user(user)
        self.assertTrue(pair.reasons)
        with self.assertRaises(AccessError):
            pair.action_not_duplicate()
        with self.assertRaises(AccessError):
            again.with_user(user).decide_duplicate(self.laia.id, "not_duplicate")
        with self.assertRaises(AccessError):
            self.env["telecom.partner.key"].with_user(user).search([])
