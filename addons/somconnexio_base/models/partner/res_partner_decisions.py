# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError

from ... import sql_steps
from ...partner_data import keys
from .partner_duplicate import DUPLICATE, NOT_DUPLICATE, OPEN

DECISIONS = (NOT_DUPLICATE, DUPLICATE, OPEN)


class ResPartner(models.Model):
    """What people decide about suspected duplicates."""

    _inherit = "res.partner"

    @api.model
    def find_duplicates(self, values):
        """Return the partners that may be the one described: for other programs.

        Nothing is written. Ask before creating a partner; creating one is never
        refused, but a probable duplicate then waits for somebody's decision.

        :param dict values: ``name``, ``vat``, ``phone``, ``email``, ``street``,
            ``street2``, ``zip``, ``city``, ``is_company``, ``country`` (ISO code) or
            ``country_id``, ``ibans`` (list of texts); whatever is known
        :return: list of dict, the likeliest first: ``id``, ``name``, ``detail``,
            ``verdict`` (certain, probable, possible), ``verdict_label``, ``points``,
            ``reasons`` (texts), ``reason_codes``, ``active``
        :raise UserError: for a value of another name, or when nothing is given that
            partners can be compared by
        """
        self.check_access("read")
        self._check_known_values(values)
        if not keys.keys_of(self._values_as_data(values)):
            raise UserError(
                self.env._(
                    "Nothing to compare by: give a tax ID, a phone, an e-mail, an IBAN,"
                    " or a name with its postal code."
                )
            )
        return self._duplicate_candidates(values)

    def decide_duplicate(self, other_id, decision, note=None):
        """Record whether this partner and another one are the same.

        :param int other_id: id of the other partner
        :param str decision: ``not_duplicate``, ``duplicate`` or ``open`` (take back)
        :param str note: why
        :return: id of the pair
        :raise UserError: when the decision is unknown, or it is one and the same record
        """
        self.ensure_one()
        other = self.browse(other_id).exists()
        if decision not in DECISIONS or not other or other == self:
            raise UserError(
                self.env._(
                    "Decide not_duplicate, duplicate or open about this partner and"
                    " another one that exists."
                )
            )
        pair = self._pair_with(other)
        pair.write({"state": decision, **({"note": note} if note else {})})
        return pair.id

    def action_decide_merge(self, other_id):
        """Decide that two are the same and return the dialog that merges them."""
        self.ensure_one()
        return self._pair_with(self.browse(other_id)).action_merge()

    def _pair_with(self, other):
        """Return the pair of two partners; make it where comparing made none."""
        Pair = self.env["telecom.partner.duplicate"]
        Pair.check_access("write")
        (self | other).check_access("read")
        first, second = (self | other).sorted("id")
        domain = [("partner_id", "=", first.id), ("other_partner_id", "=", second.id)]
        if pair := Pair.search(domain):
            return pair
        found = next(
            (
                match
                for match in first._duplicate_candidates(first._data_values())
                if match["id"] == second.id
            ),
            {"verdict": None, "points": 0, "reason_codes": []},
        )
        sql_steps.run(
            self.env,
            "partner/30_insert_duplicates",
            partner_ids=first.ids,
            other_ids=second.ids,
            verdicts=[found["verdict"]],
            points=[found["points"]],
            reasons=[",".join(found["reason_codes"])],
            user_id=self.env.uid,
        )
        return Pair.search(domain)

    def _known_others(self):
        """Return the partners that were decided to be others than these."""
        pairs = self.env["telecom.partner.duplicate"].search_fetch(
            [
                ("state", "=", NOT_DUPLICATE),
                "|",
                ("partner_id", "in", self.ids),
                ("other_partner_id", "in", self.ids),
            ],
            ["partner_id", "other_partner_id"],
        )
        return (pairs.partner_id | pairs.other_partner_id) - self
