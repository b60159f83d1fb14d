# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import logging

from odoo import api, fields, models

from ... import sql_steps
from ...partner_data import keys
from .res_partner_values import ADDRESS_TYPES, DATA_FIELDS, columns

_logger = logging.getLogger(__name__)
BATCH = 2000
LATE_FIELDS = (
    "telecom_partner_kind",
    "telecom_completeness",
    "telecom_validity",
    "telecom_quality_score",
)


class ResPartner(models.Model):
    """Keeps the keys of partners, and looks for duplicates, as they are written."""

    _inherit = "res.partner"

    telecom_key_version = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="How the keys of this partner were made; none: not yet.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to write keys and suspected duplicates, in batches."""
        vals_list = [
            self._with_entity({**vals, "telecom_key_version": keys.VERSION})
            for vals in vals_list
        ]
        partners = super().create(vals_list)
        partners._sync_keys(are_new=True)
        partners._note_duplicates()
        return partners

    def write(self, vals):
        """Override of ``base`` to bring keys and suspected duplicates up to date."""
        result = super().write(self._with_entity(vals))
        if not vals.keys().isdisjoint(DATA_FIELDS) and self:
            self._sync_keys()
            self._note_duplicates()
        return result

    def _sync_keys(self, are_new=False):
        """Write the keys of partners, in two statements however many there are.

        :param bool are_new: whether they can have none yet
        """
        # Derived rows: whoever writes a partner, a portal user too, writes its keys.
        partners = self.sudo()
        found = [
            (partner.id, kind, value)
            for partner in partners
            for kind, value in sorted(partner._data_keys())
        ]
        partner_ids, kinds, values = columns(found, 3)
        params = {"partner_ids": partner_ids, "kinds": kinds, "key_values": values}
        if not are_new:
            sql_steps.run(
                self.env,
                "partner/20_delete_stale_keys",
                all_partner_ids=partners.ids,
                **params,
            )
        if found:
            sql_steps.run(self.env, "partner/21_insert_keys", **params)
        self.env["telecom.partner.key"].invalidate_model()

    def _data_keys(self):
        """Return the keys of a partner; addresses of others have none."""
        if self.type in ADDRESS_TYPES:
            return set()
        return keys.keys_of(self._data_values())

    @api.model
    def _cron_sync_stale(self):
        """Make keys, kind and quality of partners that have none or outdated ones.

        Those are partners that were there before the addon, or written by SQL.
        """
        domain = [("telecom_key_version", "!=", keys.VERSION)]
        partners = self.with_context(active_test=False, prefetch_fields=True)
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=partners.search_count(domain))
        while batch := partners.search(domain, limit=BATCH, order="id"):
            batch._make_anew()
            if not commit(len(batch)):
                break

    def _make_anew(self):
        """Make what is derived of partners again, and mark it as of this version."""
        for name in LATE_FIELDS:
            self.env.add_to_compute(self._fields[name], self)
        self._sync_keys()
        self._note_duplicates()
        self.env.flush_all()
        sql_steps.run(
            self.env,
            "partner/22_mark_version",
            partner_ids=self.ids,
            version=keys.VERSION,
        )
        self.env.invalidate_all()
