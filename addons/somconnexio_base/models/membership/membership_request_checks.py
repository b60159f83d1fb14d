# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.tools import email_normalize

from ...cooperative.instalments import add_months
from ...partner_data import iban, tax_id
from ...partner_data.reading import INVALID, VALID
from .membership import LIVE_STATES

MAJORITY_MONTHS = 18 * 12


class CooperativeMembershipRequest(models.Model):
    """What keeps a request from being approved, all of it at once."""

    _inherit = "cooperative.membership.request"

    @api.depends_context("uid")
    @api.depends(
        "name",
        "vat",
        "email",
        "kind",
        "applicant_kind",
        "birth_date",
        "share_class_id",
        "share_count",
        "instalment_count",
        "iban",
        "accepted_at",
        "sponsor_id",
        "sponsor_code",
        "agreement_id",
        "partner_id",
        "representative_id",
        "representative_name",
        "representative_vat",
        "inherits_from_id",
        "state",
    )
    def _compute_problems(self):
        for request in self:
            is_open = request.state in ("draft", "received")
            problems = request._problems() if is_open else []
            request.problems = "\n".join(problems) or False

    def _problems(self):
        """Say why this request can't be approved.

        :return: list of sentences, empty when it can
        """
        self.ensure_one()
        checks = {
            "member": self._member_problems,
            "sponsored": self._sponsored_problems,
            "agreement": self._agreement_problems,
        }
        return [
            *self._identity_problems(),
            *self._representative_problems(),
            *self._membership_problems(),
            *checks[self.kind](),
        ]

    def _identity_problems(self):
        """Say what is missing or wrong about who asks."""
        if not self.name:
            yield self.env._("Write the name of who asks.")
        if not self.vat:
            yield self.env._("Write the tax ID (NIF, NIE or CIF) of who asks.")
        elif not self._is_tax_id(self.vat):
            yield self.env._(
                "%s is not a valid tax ID: compare each digit with the document.",
                self.vat,
            )
        if not email_normalize(self.email or ""):
            yield self.env._("Write an e-mail address like name@example.org.")
        if self.iban and not iban.read(self.iban).state == VALID:
            yield self.env._("%s is not a valid IBAN: compare each digit.", self.iban)

    def _is_tax_id(self, value):
        """Tell whether a text is a tax identifier of Spain or of who asks's country."""
        countries = ("", self.country_id.code)
        return any(tax_id.read(value, code).state != INVALID for code in countries)

    def _representative_problems(self):
        """Say what is missing about who acts for a company or a minor."""
        has_name = self.representative_id or (
            self.representative_name and self.representative_vat
        )
        if self.applicant_kind == "company" and not has_name:
            yield self.env._(
                "A company needs a representative: choose a person, or write name and "
                "tax ID."
            )
        vat = self.representative_vat
        if vat and not self.representative_id and not self._is_tax_id(vat):
            yield self.env._("%s is not a valid tax ID of the representative.", vat)
        if self.applicant_kind == "minor":
            yield from self._minor_problems(has_name)
        if self.applicant_kind == "heir" and not self.inherits_from_id:
            yield self.env._("Say from which member the heir inherits.")

    def _minor_problems(self, has_representative):
        """Say what is missing about a minor."""
        if not has_representative:
            yield self.env._("A minor needs a representative: a parent or guardian.")
        if not self.birth_date:
            yield self.env._("Write the minor's date of birth.")
        elif self._is_of_age():
            yield self.env._("%s is of age: choose “Person”.", self.name)

    def _is_of_age(self):
        """Tell whether the applicant is eighteen or older."""
        today = self.company_id._telecom_today()
        return add_months(self.birth_date, MAJORITY_MONTHS) <= today

    def _membership_problems(self):
        """Say that the person is in the cooperative already."""
        partner = self.partner_id or self._find_partner()
        for membership in partner._cooperative_memberships(self.company_id):
            is_upgrade = self.kind == "member" and membership.kind != "member"
            if membership.state in LIVE_STATES and not is_upgrade:
                yield self.env._(
                    "%(name)s has a membership already: %(membership)s (%(kind)s).",
                    name=partner.name,
                    membership=membership.display_name,
                    kind=membership._kind_label(),
                )
            if membership.state == "pending":
                yield self.env._(
                    "%s has a membership that waits for its first payment.",
                    partner.name,
                )

    def _member_problems(self):
        """Say what is wrong with the contribution."""
        if self.applicant_kind == "heir":
            return self._heir_problems()
        problems = []
        share_class = self.share_class_id
        if not share_class:
            return [self.env._("Choose the class of shares.")]
        if share_class.is_voluntary:
            problems.append(
                self.env._(
                    "%s is a voluntary contribution: people join by another class.",
                    share_class.name,
                )
            )
        if not self.accepted_at:
            problems.append(
                self.env._(
                    "The applicant has not accepted the contribution: write down when "
                    "they did."
                )
            )
        return problems + share_class._problems(self.share_count, self.instalment_count)

    def _heir_problems(self):
        """Say why an heir can't take over the shares."""
        giver = self.inherits_from_id
        if not giver:
            return []
        died = giver.leaving_ids.filtered(
            lambda leaving: leaving.reason == "death" and leaving.state != "cancelled"
        )
        if not died or giver.state != "leaving":
            return [
                self.env._(
                    "%s must be leaving by death: write down that first, and approve "
                    "the heir before it takes effect.",
                    giver.display_name,
                )
            ]
        return []

    def _sponsored_problems(self):
        """Say why the sponsor can't sponsor this person."""
        if not self.sponsor_id:
            return [
                self.env._(
                    "No member sponsors by the code “%s”: compare each letter.",
                    self.sponsor_code or "",
                )
            ]
        return self.sponsor_id._sponsor_problems(self._origin or self)

    def _agreement_problems(self):
        """Say why this person can't come by the agreement."""
        if not self.agreement_id:
            return [self.env._("Choose the agreement.")]
        return self.agreement_id._join_problems(self.company_id._telecom_today())

    def _find_partner(self):
        """Return the person with this tax ID, with or without ES; may be empty."""
        vat = (self.vat or "").removeprefix("ES")
        if not vat:
            return self.env["res.partner"]
        return self.env["res.partner"].search(
            [
                ("vat", "in", (vat, f"ES{vat}")),
                ("parent_id", "=", False),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            order="id",
            limit=1,
        )

    def _decided(self, state):
        """Move requests into a decided state, noting who and when."""
        for request in self:
            request._move(
                state,
                decided_date=request.company_id._telecom_today(),
                decided_by_id=self.env.uid,
            )
