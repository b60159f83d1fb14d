# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

#: What a form may say, and nothing else: a form decides neither company nor state.
SUBMIT_FIELDS = frozenset(
    {
        "kind",
        "applicant_kind",
        "name",
        "vat",
        "email",
        "phone",
        "birth_date",
        "street",
        "zip",
        "city",
        "lang",
        "representative_name",
        "representative_vat",
        "share_count",
        "instalment_count",
        "iban",
        "accepted_at",
        "sponsor_code",
        "external_key",
    }
)
CODE_FIELDS = frozenset({"share_class", "agreement", "country", "province"})


class CooperativeMembershipRequest(models.Model):
    """How forms and other programs hand in a request."""

    _inherit = "cooperative.membership.request"

    @api.model
    def submit(self, values, source="web"):
        """Hand in a request to join; the same ``external_key`` twice is one request.

        :param dict values: texts by the names of ``SUBMIT_FIELDS`` (``share_count``
            and ``instalment_count`` are integers, ``birth_date`` ISO, ``accepted_at``
            ISO in UTC), and the codes ``share_class``, ``agreement``, ``country``
            (ISO, two letters), ``province`` (as in Odoo: B, GI, …); a ``lang`` that
            is not installed counts as none
        :param str source: ``web``, ``office``, ``phone`` or ``import``
        :return: dict: ``id``, ``code``, ``state``, and ``problems``: what still keeps
            it from being approved, a list of sentences
        :raise UserError: for a field or code that does not exist, or an identity that
            is missing or wrong
        """
        if unknown := values.keys() - SUBMIT_FIELDS - CODE_FIELDS:
            raise UserError(
                self.env._(
                    "Unknown fields: %(unknown)s. There are: %(known)s.",
                    unknown=", ".join(sorted(unknown)),
                    known=", ".join(sorted(SUBMIT_FIELDS | CODE_FIELDS)),
                )
            )
        request = self._by_external_key(values.get("external_key"))
        if not request:
            vals = {name: values[name] for name in SUBMIT_FIELDS & values.keys()}
            if vals.get("lang") not in dict(self.env["res.lang"].get_installed()):
                vals.pop("lang", None)  # a form in it is no reason to lose a member
            request = self.create(
                {**vals, **self._resolved_codes(values), "source": source}
            )
            request.action_receive()
        return {
            "id": request.id,
            "code": request.code,
            "state": request.state,
            "problems": (request.problems or "").splitlines(),
        }

    def _by_external_key(self, key):
        """Return the request that was handed in with a key; may be empty."""
        if not key:
            return self.browse()
        return self.search(
            [("external_key", "=", key), ("company_id", "=", self.env.company.id)],
            limit=1,
        )

    def _resolved_codes(self, values):
        """Return {field: id} for the codes among the values.

        :raise UserError: naming the code that nothing has
        """
        company = self.env.company
        found = {}
        if code := values.get("share_class"):
            found["share_class_id"] = self._one(
                "cooperative.share.class",
                [("code", "=", code), ("company_id", "=", company.id)],
                code,
            )
        if code := values.get("agreement"):
            agreement = self.env["cooperative.agreement"]._by_code(code, company)
            found["agreement_id"] = agreement.id or self._refuse_code(code)
        if code := values.get("country"):
            found["country_id"] = self._one(
                "res.country", [("code", "=", code.upper())], code
            )
        if code := values.get("province"):
            country_id = found.get("country_id") or company.country_id.id
            found["state_id"] = self._one(
                "res.country.state",
                [("code", "=", code.upper()), ("country_id", "=", country_id)],
                code,
            )
        return found

    def _one(self, model_name, domain, code):
        """Return the id of the record that a domain finds."""
        record = self.env[model_name].search(domain, limit=1)
        return record.id or self._refuse_code(code)

    def _refuse_code(self, code):
        raise UserError(self.env._("Nothing has the code %s.", code))

    def action_accept_contribution(self):
        """Write down that the applicant accepts contribution and statutes now."""
        self.write({"accepted_at": fields.Datetime.now()})
        return True
