# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from collections import defaultdict

from odoo import api, fields, models

from ... import sql_steps
from ...partner_data import keys, likeness
from .res_partner_values import ADDRESS_TYPES, DATA_FIELDS, columns

#: Verdicts that are written down; a weaker one is only shown while somebody types.
NOTED = (likeness.CERTAIN, likeness.PROBABLE)


class ResPartner(models.Model):
    """Finds the partners that are there already."""

    _inherit = "res.partner"

    telecom_duplicate_ids = fields.Many2many(
        "telecom.partner.duplicate",
        compute="_compute_telecom_duplicate_ids",
        groups="somconnexio_base.group_telecom_user",
    )
    telecom_duplicate_check = fields.Json(
        compute="_compute_telecom_duplicate_check",
        groups="somconnexio_base.group_telecom_user",
    )

    def _compute_telecom_duplicate_ids(self):
        pairs = self.env["telecom.partner.duplicate"].search(
            [
                ("state", "=", "open"),
                "|",
                ("partner_id", "in", self.ids),
                ("other_partner_id", "in", self.ids),
            ]
        )
        for partner in self:
            partner.telecom_duplicate_ids = pairs.filtered(
                lambda pair, one=partner._origin: (
                    one in (pair.partner_id, pair.other_partner_id)
                )
            )

    @api.depends(*DATA_FIELDS, "bank_ids.acc_number")
    def _compute_telecom_duplicate_check(self):
        for partner in self:
            partner.telecom_duplicate_check = partner._duplicate_check()

    def _duplicate_check(self):
        """Return what the form shows about a partner that is being written."""
        if self.type in ADDRESS_TYPES:
            return {"candidates": []}
        return {
            "partner_id": self._origin.id or False,
            "candidates": self._duplicate_candidates(
                self._data_values(), self._origin | self.parent_id._origin
            ),
        }

    @api.model
    def _duplicate_candidates(self, values, besides=None):
        """Return the partners that may be the one described, the likeliest first.

        Some look-ups of keys: milliseconds at any number of partners.

        :param dict values: names of ``partner_data.checks.VALUES`` as typed; also
            ``country_id`` and ``state_id``
        :param res.partner besides: partners that are meant anyway, with their family
        :return: list of dict: ``id``, ``name``, ``detail`` (town and identifiers),
            ``verdict`` (certain, probable, possible), ``verdict_label``, ``points``,
            ``reasons`` (sentences), ``reason_codes``, ``active``
        """
        return self._duplicate_candidates_many([values], besides)[0]

    @api.model
    def _duplicate_candidates_many(self, values_list, besides=None):
        """Return the candidates of many partners described, in a few queries.

        :param list values_list: dictionaries as for ``_duplicate_candidates``
        :return: list of the same length of what ``_duplicate_candidates`` returns
        """
        data = [self._values_as_data(values) for values in values_list]
        spared = self._decided_besides(besides)
        matches = self._match(data, [keys.keys_of(values) for values in data])
        return [
            [
                self._as_candidate(other, found)
                for other, found in matches.get(subject, ())
                if other not in spared
            ]
            for subject in range(len(data))
        ]

    @api.model
    def _decided_besides(self, besides):
        """Return partners, their family, and those decided to be others."""
        if not besides:
            return self.browse()
        family = self.with_context(active_test=False).search(
            [("id", "child_of", besides.commercial_partner_id.ids)]
        )
        return family | besides | besides._known_others()

    @api.model
    def _match(self, data, keys_list):
        """Compare partners described with those that share a key with them.

        Three queries, however many are described.

        :param list data: values, see ``_data_values``
        :param list keys_list: keys of each, see ``partner_data.keys``
        :return: ``{place in data: [(partner, Likeness), …]}``, the likeliest first
        """
        shared = self._shared_kinds(keys_list)
        others = self.with_context(active_test=False).search_fetch(
            [("id", "in", list({partner_id for _place, partner_id in shared}))],
            ["name", "vat", "is_company", "country_id", "parent_id", "active"],
        )
        profile_by_id = {
            other.id: likeness.Profile.of(other._profile_values()) for other in others
        }
        profiles = [likeness.Profile.of(values) for values in data]
        found = defaultdict(list)
        for (place, partner_id), kinds in shared.items():
            if partner_id in profile_by_id:
                result = likeness.compare(
                    profiles[place], profile_by_id[partner_id], kinds
                )
                if result:
                    found[place].append((self.browse(partner_id), result))
        for matches in found.values():
            matches.sort(key=lambda match: (-match[1].points, match[0].id))
        return found

    @api.model
    def _shared_kinds(self, keys_list):
        """Return ``{(place, partner id): kinds of keys that both have}``."""
        wanted = [
            (place, kind, value)
            for place, found in enumerate(keys_list)
            for kind, value in sorted(found)
        ]
        if not wanted:
            return {}
        subjects, kinds, values = columns(wanted, 3)
        rows = sql_steps.fetch(
            self.env,
            "partner/10_list_candidates",
            subjects=subjects,
            kinds=kinds,
            key_values=values,
            max_block=keys.MAX_BLOCK,
        )
        return {(row["subject"], row["partner_id"]): row["kinds"] for row in rows}

    def _as_candidate(self, other, found):
        """Return a match as plain data for people and programs."""
        Pair = self.env["telecom.partner.duplicate"]
        details = (other.vat, other.city, other.phone, other.email)
        return {
            "id": other.id,
            "name": other.display_name,
            "detail": " · ".join(filter(None, details)),
            "verdict": found.verdict,
            "verdict_label": Pair._verdict_labels()[found.verdict],
            "points": found.points,
            "reasons": Pair._reason_texts(found.reasons),
            "reason_codes": list(found.reasons),
            "active": other.active,
        }

    def _note_duplicates(self):
        """Write down the pairs that partners probably make, and drop unfounded ones.

        Nothing is refused: imports and other programs go on, people decide later.
        """
        # Whoever writes a partner, a portal user too, lets it be compared with all.
        partners = self.sudo().filtered(lambda p: p.type not in ADDRESS_TYPES)
        if not partners:
            return
        rows = partners._probable_pairs()
        one_ids, other_ids, verdicts, points, reasons = columns(rows, 5)
        params = {"partner_ids": one_ids, "other_ids": other_ids}
        sql_steps.run(
            self.env,
            "partner/31_delete_unfounded",
            all_partner_ids=partners.ids,
            **params,
        )
        if rows:
            sql_steps.run(
                self.env,
                "partner/30_insert_duplicates",
                verdicts=verdicts,
                points=points,
                reasons=reasons,
                user_id=self.env.uid,
                **params,
            )
        self.env["telecom.partner.duplicate"]._forget_shown()

    def _probable_pairs(self):
        """Return the rows of step 30 for these partners."""
        partners = list(self)
        matches = self._match(
            [partner._data_values() for partner in partners],
            [partner._data_keys() for partner in partners],
        )
        return [
            (
                partners[place].id,
                other.id,
                found.verdict,
                found.points,
                ",".join(found.reasons),
            )
            for place, pairs in matches.items()
            for other, found in pairs
            if found.verdict in NOTED and partners[place]._may_be(other)
        ]

    def _may_be(self, other):
        """Tell whether two partners are of no common family and no two companies."""
        companies = {self.company_id.id, other.company_id.id} - {False}
        return (
            self.commercial_partner_id != other.commercial_partner_id
            and len(companies) <= 1
        )
