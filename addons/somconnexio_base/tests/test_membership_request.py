# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW
from .membership_common import ACCEPTED_AT, MembershipCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMembershipRequest(MembershipCommon):
    def _refused(self, request, words):
        with self.assertRaisesRegex(UserError, words):
            request.action_approve()
        self.assertEqual(request.state, "received")
        self.assertFalse(request.membership_id)

    # Joining

    def test_approved_request_waits_for_its_payment_and_then_is_a_member(self):
        request = self._create_request()
        request.action_approve()
        membership = request.membership_id
        self.assertEqual((request.state, membership.state), ("approved", "pending"))
        self.assertFalse(membership.number)
        self.assertFalse(membership.partner_id.is_cooperative_member)
        membership.call_ids.instalment_paid("2026-10-15")
        self.assertEqual(membership.state, "active")
        self.assertTrue(membership.number)
        self.assertEqual(str(membership.joined_date), "2026-10-15")
        self.assertRegex(membership.sponsor_code, r"^[A-Z0-9]{6}$")
        self.assertTrue(membership.partner_id.is_cooperative_member)

    def test_nobody_is_a_member_before_being_admitted(self):
        member = self._create_member(paid=False)
        member.call_ids.instalment_paid("2026-10-10")
        self.assertEqual(str(member.joined_date), "2026-10-15")

    def test_who_joins_and_who_cannot_pay_are_told_once(self):
        member = self._create_member()
        call = member.call_ids
        call.instalment_failed("2026-10-16")
        notices = self.env["telecom.notice"].search(
            [("partner_id", "=", member.partner_id.id)]
        )
        self.assertEqual(
            sorted(notices.mapped("kind_id.code")),
            ["instalment_called", "instalment_failed", "member_joined", "member_left"],
        )
        for notice in notices:
            kind = notice.kind_id
            words = kind._render([notice.res_id], "en_US")[notice.res_id]
            with self.subTest(kind.code):
                self.assertIn("Joan Mas", words.body)
                self.assertNotIn("object.", words.subject + words.body)

    def test_company_may_let_members_join_on_approval(self):
        self.company.cooperative_admission = "on_approval"
        membership = self._create_member(paid=False)
        self.assertEqual(membership.state, "active")
        self.assertEqual(membership.call_ids.state, "called")

    def test_new_person_is_written_down_with_address_and_iban(self):
        membership = self._create_member(
            vat="12345678z", iban="es91 2100 0418 4502 0005 1332"
        )
        partner = membership.partner_id
        self.assertEqual(partner.vat, "ES12345678Z")
        self.assertEqual(partner.city, "el Prat de Llobregat")
        self.assertEqual(
            membership.partner_bank_id.sanitized_acc_number, "ES9121000418450200051332"
        )

    def test_person_with_the_same_tax_id_is_not_written_down_twice(self):
        partner = self._create_partner("Known", vat="ES12345678Z")
        membership = self._create_member(vat="12345678Z")
        self.assertEqual(membership.partner_id, partner)

    def test_numbers_of_members_follow_one_another(self):
        first, second = self._create_member(), self._create_member("Anna Roca")
        self.assertEqual(int(second.number), int(first.number) + 1)

    def test_request_names_everything_that_is_missing(self):
        request = self.Request.create({"name": "X", "accepted_at": False})
        problems = request.problems
        for words in ("tax ID", "e-mail", "accepted"):
            self.assertIn(words, problems)
        with self.assertRaisesRegex(UserError, "tax ID"):
            request.action_receive()

    def test_wrong_identifiers_are_refused(self):
        with self.assertRaisesRegex(UserError, "not a valid IBAN"):
            self._create_request(iban="ES0021000418450200051332")
        with self.assertRaisesRegex(UserError, "valid tax ID"):
            self._create_request(vat="12345678A")

    def test_contribution_out_of_its_range_is_refused(self):
        self._refused(self._create_request(share_count=2), "at most 1")
        self._refused(self._create_request(instalment_count=11), "1 to 10 instalments")
        self._refused(self._create_request(accepted_at=False), "has not accepted")
        self._refused(
            self._create_request(share_class_id=self.voluntary.id), "voluntary"
        )

    def test_member_cannot_ask_again(self):
        member = self._create_member()
        request = self._create_request(partner_id=member.partner_id.id)
        self._refused(request, "has a membership already")

    @mute_logger("odoo.sql_db")
    def test_second_open_request_with_one_tax_id_is_refused_by_the_database(self):
        self._create_request(vat="12345678Z")
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._create_request(vat=" 12345678-z ")

    # States

    def test_states_cannot_be_written_nor_imported(self):
        request = self._create_request()
        with self.assertRaisesRegex(UserError, "cannot be written"):
            request.state = "approved"
        with self.assertRaisesRegex(UserError, "begins as"):
            self.Request.create({"name": "X", "state": "approved"})
        result = self.Request.load(["name", "state"], [["X", "approved"]])
        self.assertTrue(result["messages"])
        with self.assertRaisesRegex(UserError, "approved request"):
            self.Membership.create(
                {"partner_id": self.partner.id, "company_id": self.company.id}
            )

    def test_decided_request_is_not_decided_again(self):
        request = self._create_request()
        request.action_approve()
        for action in (request.action_approve, request.action_cancel):
            with self.assertRaisesRegex(UserError, "nothing more"):
                action()

    def test_refusal_needs_a_reason_and_can_be_taken_back(self):
        request = self._create_request()
        with self.assertRaisesRegex(UserError, "why it is refused"):
            request.action_refuse()
        request.refusal_reason = "Not in our area"
        request.action_refuse()
        self.assertEqual(request.state, "refused")
        request.action_receive()
        self.assertEqual(request.state, "received")

    def test_received_request_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "kept as history"):
            self._create_request().unlink()
        self._create_request(receive=False).unlink()

    # Kinds

    def test_sponsored_person_joins_at_once_without_capital(self):
        sponsor = self._create_member()
        membership = self._create_member(
            "Pau", kind="sponsored", sponsor_code=f" {sponsor.sponsor_code.lower()} "
        )
        self.assertEqual(membership.state, "active")
        self.assertEqual(membership.sponsor_id, sponsor)
        self.assertFalse(membership.movement_ids)
        self.assertRegex(membership.number, "^U")
        self.assertFalse(membership.partner_id.is_cooperative_member)
        self.assertEqual(sponsor.sponsored_count, 1)

    def test_unknown_sponsor_code_is_refused(self):
        request = self._create_request(kind="sponsored", sponsor_code="ACDEFG")
        self._refused(request, "No member sponsors by the code")

    def test_sponsor_has_a_limit_that_counts_open_requests(self):
        self.company.cooperative_max_sponsored = 2
        code = self._create_member().sponsor_code
        self._create_member("A", kind="sponsored", sponsor_code=code)
        waiting = self._create_request("B", kind="sponsored", sponsor_code=code)
        third = self._create_request("C", kind="sponsored", sponsor_code=code)
        self._refused(third, "the most is 2")
        third.action_cancel()
        waiting.action_approve()
        self.assertEqual(waiting.membership_id.state, "active")

    def test_sponsored_person_cannot_sponsor(self):
        sponsor = self._create_member()
        sponsored = self._create_member(
            "A", kind="sponsored", sponsor_code=sponsor.sponsor_code
        )
        self.assertFalse(sponsored.sponsor_code)
        request = self._create_request("B", kind="sponsored", sponsor_id=sponsored.id)
        self._refused(request, "cannot sponsor anybody")

    def test_sponsored_person_becomes_a_member_and_the_chain_stays(self):
        grandmother = self._create_member("Grandmother")
        mother = self._create_member(
            "Mother", kind="sponsored", sponsor_code=grandmother.sponsor_code
        )
        request = self._create_request(
            partner_id=mother.partner_id.id, sponsor_id=grandmother.id
        )
        request.action_approve()
        member = request.membership_id
        self.assertEqual(mother.state, "active")
        member.call_ids.instalment_paid("2026-10-15")
        self.assertEqual(
            (mother.state, mother.leaving_reason), ("left", "became_member")
        )
        self.assertEqual(member.state, "active")
        daughter = self._create_member(
            "Daughter", kind="sponsored", sponsor_code=member.sponsor_code
        )
        self.assertEqual(daughter._sponsor_chain(), member | grandmother)
        self.assertIn("Grandmother", daughter.sponsor_chain)

    def test_agreement_has_offerings_dates_and_room(self):
        agreement = self.env["cooperative.agreement"].create(
            {
                "name": "Flats",
                "code": "FLATS",
                "partner_id": self.partner.id,
                "start_date": "2026-01-01",
                "end_date": "2027-01-01",
                "max_memberships": 1,
                "offering_ids": [(6, 0, self.offering_fibre.product_tmpl_id.ids)],
            }
        )
        membership = self._create_member(
            "Tenant", kind="agreement", agreement_id=agreement.id
        )
        tenant = membership.partner_id
        self.assertEqual(tenant._holder_problems(self.offering_fibre), [])
        problems = tenant._holder_problems(self.offering_mobile)
        self.assertIn("does not include Mobile small", problems[0])
        full = self._create_request("B", kind="agreement", agreement_id=agreement.id)
        self._refused(full, "no room")
        agreement.max_memberships = 0
        agreement.end_date = "2026-10-15"
        self._refused(full, "not in force")

    def test_company_needs_a_representative_who_is_written_down(self):
        request = self._create_request(
            "Flors SCCL", applicant_kind="company", vat="F66260258"
        )
        self._refused(request, "needs a representative")
        request.write(
            {"representative_name": "Rosa Vila", "representative_vat": "12345678Z"}
        )
        request.action_approve()
        membership = request.membership_id
        self.assertTrue(membership.partner_id.is_company)
        self.assertEqual(membership.representative_id.name, "Rosa Vila")

    def test_minor_needs_a_birth_date_and_a_representative(self):
        request = self._create_request("Nil", applicant_kind="minor")
        self._refused(request, "parent or guardian(.|\n)*date of birth")
        request.representative_id = self.partner
        request.birth_date = "2008-10-15"
        self._refused(request, "is of age")
        request.birth_date = "2008-10-16"
        request.action_approve()
        self.assertEqual(request.membership_id.representative_id, self.partner)

    def test_nobody_represents_themselves(self):
        member = self._create_member()
        with self.assertRaisesRegex(ValidationError, "own representative"):
            member.representative_id = member.partner_id

    def test_two_members_are_not_merged_into_one_person(self):
        partners = self._create_member("A").partner_id
        partners |= self._create_member("A").partner_id
        problems = " ".join(partners._merge_problems())
        self.assertIn("are both in force", problems)

    def test_view_of_a_customer_shows_the_membership(self):
        member = self._create_member()
        sections = member.partner_id.customer_summary()["sections"]
        [section] = [part for part in sections if part["code"] == "memberships"]
        self.assertEqual(
            section["rows"][0]["cells"][:3], [member.number, "Member", "Active"]
        )
        self.assertEqual(section["facts"][0]["value"], member.sponsor_code)

    # Services for members only

    def test_services_for_members_only_refuse_others_and_say_why(self):
        partner = self._create_partner("Stranger")
        self.assertEqual(partner._holder_problems(self.offering_mobile), [])
        self.company.cooperative_requires_membership = True
        problems = partner._holder_problems(self.offering_mobile)
        self.assertIn("make a membership request", problems[0])
        member = self._create_member()
        self.assertEqual(member.partner_id._holder_problems(self.offering_mobile), [])

    def test_sponsored_person_whose_sponsor_left_needs_another(self):
        self.company.cooperative_requires_membership = True
        sponsor, other = self._create_member("S"), self._create_member("O")
        sponsored = self._create_member(
            "A", kind="sponsored", sponsor_code=sponsor.sponsor_code
        )
        sponsor._leave(self.company._telecom_today(), "voluntary")
        problems = sponsored.partner_id._holder_problems(self.offering_mobile)
        self.assertIn("find another sponsor", problems[0])
        sponsored.change_sponsor(other)
        self.assertFalse(sponsored.partner_id._holder_problems(self.offering_mobile))

    # The form

    def test_form_hands_in_a_request_once_by_its_key(self):
        values = {
            "name": "Web",
            "vat": self._next_vat(),
            "email": "web@example.org",
            "share_class": "T-MAND",
            "instalment_count": 10,
            "accepted_at": ACCEPTED_AT,
            "country": "es",
            "province": "b",
            "external_key": "form-1",
        }
        answer = self.Request.submit(values)
        self.assertEqual(self.Request.submit(values), answer)
        request = self.Request.browse(answer["id"])
        self.assertEqual((request.state, request.source), ("received", "web"))
        self.assertEqual(request.state_id.code, "B")
        self.assertEqual(answer["problems"], [])

    def test_form_in_a_language_that_is_not_installed_is_taken_all_the_same(self):
        values = {"name": "W", "vat": self._next_vat(), "email": "w@example.org"}
        answer = self.Request.submit(values | {"lang": "eu_ES"})
        request = self.Request.browse(answer["id"])
        self.assertEqual(request.state, "received")
        self.assertNotEqual(request.lang, "eu_ES")

    def test_form_can_neither_name_company_nor_state_nor_wrong_codes(self):
        base = {"name": "W", "vat": self._next_vat(), "email": "w@example.org"}
        for name in ("state", "company_id", "partner_id", "membership_id"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "Unknown"):
                self.Request.submit({**base, name: 1})
        with self.assertRaisesRegex(UserError, "Nothing has the code"):
            self.Request.submit({**base, "agreement": "%"})
