# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

SYSTEM_PATTERN = re.compile(r"[a-z0-9][a-z0-9_.-]*")
#: The system under which the ids of records that were merged away are kept.
MERGED_SYSTEM = "merged"


class TelecomExternalId(models.Model):
    """The name another system has for a record of ours: the crosswalk.

    A record may have many, even of one system once two were merged; an identifier of
    a system names one record of a model.
    """

    _name = "telecom.external.id"
    _description = "External identifier"
    _order = "system, res_model, external_id"
    _rec_name = "external_id"
    _rec_names_search = ["external_id"]

    system = fields.Char(
        required=True,
        index=True,
        help="Short name of the other system in small letters: crm, tryton, opencell.",
    )
    external_id = fields.Char(
        string="External ID", required=True, help="As that system writes it."
    )
    res_model = fields.Char(string="Model", required=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True
    )
    record_name = fields.Char(compute="_compute_record_name")
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        help="Company of the record; empty: of all companies.",
    )

    _once = models.Constraint(
        "UNIQUE (system, res_model, external_id)",
        "This system already has this identifier for another record: correct one of"
        " the two, or merge the records.",
    )
    _record_idx = models.Index("(res_model, res_id)")

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        for model_name, links in self.grouped("res_model").items():
            names = links._record_names(model_name)
            for link in links:
                link.record_name = names.get(link.res_id, "")

    def _record_names(self, model_name):
        """Return ``{id: name}`` of the records of one model that the user may read."""
        if model_name not in self.env or not self.env[model_name].has_access("read"):
            return {}
        records = self.env[model_name].browse(self.mapped("res_id")).exists()
        return {r.id: r.display_name for r in records._filtered_access("read")}

    @api.constrains("system", "external_id")
    def _check_written(self):
        for link in self:
            if not SYSTEM_PATTERN.fullmatch(link.system):
                raise ValidationError(
                    self.env._(
                        "“%(system)s” cannot name a system: use small letters, digits,"
                        " dots, dashes and underscores, such as tryton.",
                        system=link.system,
                    )
                )
            if link.external_id != link.external_id.strip():
                raise ValidationError(
                    self.env._(
                        "The identifier “%(identifier)s” of %(system)s begins or ends"
                        " with a blank: leave it out.",
                        identifier=link.external_id,
                        system=link.system,
                    )
                )

    @api.constrains("res_model", "res_id")
    def _check_record(self):
        for model_name, links in self.grouped("res_model").items():
            ids = set(links.mapped("res_id"))
            found = self._existing(model_name, ids)
            if found != ids:
                raise ValidationError(
                    self.env._(
                        "There is no record %(id)s of model %(model)s to link to.",
                        id=min(ids - found),
                        model=model_name,
                    )
                )

    def _existing(self, model_name, ids):
        """Return those of the ids that are records of a stored model."""
        model = self.env.get(model_name)
        if model is None or model._abstract or model._transient:
            return set()
        return set(model.browse(ids).exists().ids)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to note the company of the records named."""
        vals_list = [dict(vals) for vals in vals_list]
        by_model = {}
        for vals in vals_list:
            by_model.setdefault(vals.get("res_model"), []).append(vals)
        for model_name, group in by_model.items():
            self._fill_company(model_name, group)
        return super().create(vals_list)

    def _fill_company(self, model_name, vals_list):
        """Give the values of links the company of their records of one model."""
        model = self.env.get(model_name)
        if model is None or "company_id" not in model._fields:
            return
        records = model.browse({vals["res_id"] for vals in vals_list}).exists()
        companies = {record.id: record.company_id.id for record in records}
        for vals in vals_list:
            vals.setdefault("company_id", companies.get(vals["res_id"], False))

    @api.model
    def _find(self, model, system, external_id):
        """Return the record that a system names so.

        :param str model: name of a model
        :param str system: short name of the other system
        :param external_id: its identifier, text or number
        :return: recordset of the model, empty when there is none
        """
        return self._find_many(model, system, [external_id]).get(
            str(external_id), self.env[model]
        )

    @api.model
    def _find_many(self, model, system, external_ids):
        """Return the records that a system names so, in two queries.

        :param external_ids: identifiers, texts or numbers
        :return: dict of record by identifier (text), without those not found
        """
        links = self.search_fetch(
            [
                ("system", "=", system),
                ("res_model", "=", model),
                ("external_id", "in", [str(name) for name in external_ids]),
            ],
            ["external_id", "res_id"],
        )
        records = self.env[model].browse(links.mapped("res_id")).exists()
        record_by_id = {record.id: record for record in records}
        return {
            link.external_id: record_by_id[link.res_id]
            for link in links
            if link.res_id in record_by_id
        }

    @api.model
    def _link(self, record, system, external_id):
        """Note that a system names a record so; once noted, nothing changes.

        :param record: one record of any stored model
        :param str system: short name of the other system
        :param external_id: its identifier, text or number
        :return: the link
        :raise UserError: when the system names another record so
        """
        record.ensure_one()
        return self._link_many(record._name, system, {external_id: record.id})

    @api.model
    def _link_many(self, model, system, ids):
        """Note the identifiers of many records of a model, in a few queries.

        :param dict ids: id of our record by identifier of the system
        :return: the links, of those noted before too
        :raise UserError: naming the first identifier that names another record
        """
        wanted = {str(name): res_id for name, res_id in ids.items()}
        links = self.search(
            [
                ("system", "=", system),
                ("res_model", "=", model),
                ("external_id", "in", list(wanted)),
            ]
        )
        links -= links._drop_dangling(model)
        for link in links:
            link._check_same(wanted.pop(link.external_id))
        return links | self.create(
            [
                {
                    "system": system,
                    "external_id": name,
                    "res_model": model,
                    "res_id": res_id,
                }
                for name, res_id in wanted.items()
            ]
        )

    def _drop_dangling(self, model):
        """Delete those links of a model whose record is gone; return them."""
        alive = self._existing(model, set(self.mapped("res_id")))
        dangling = self.filtered(lambda link: link.res_id not in alive)
        # Whoever may link may replace what names nothing any more.
        dangling.sudo().unlink()
        return dangling

    def _check_same(self, res_id):
        if self.res_id != res_id:
            raise UserError(
                self.env._(
                    "%(system)s names %(record)s with %(identifier)s already; it can't"
                    " name another record of %(model)s. Merge the two, or correct the"
                    " identifier.",
                    system=self.system,
                    record=self.record_name or self.res_id,
                    identifier=self.external_id,
                    model=self.res_model,
                )
            )

    @api.model
    def _repoint(self, sources, target):
        """Let all that systems know merged records by name the one that stays.

        The merged records' own ids are kept as identifiers of the system ``merged``.

        :param sources: records that will be deleted
        :param target: the record of the same model that stays
        """
        # A merge moves what its user may not see, as it moves invoices.
        links = self.sudo().search(
            [("res_model", "=", sources._name), ("res_id", "in", sources.ids)]
        )
        vals = {"res_model": target._name, "res_id": target.id}
        self._fill_company(target._name, [vals])
        links.write(vals)
        self.sudo()._link_many(
            sources._name, MERGED_SYSTEM, dict.fromkeys(sources.ids, target.id)
        )

    @api.model
    def find_record(self, external_id, system=None, model=None):
        """Find what other systems name so: for other programs.

        :param external_id: identifier, text or number
        :param str system: short name of a system; all by default
        :param str model: name of a model; all by default
        :return: list of dict: ``system``, ``external_id``, ``model``, ``id`` and
            ``name`` of each record found that the user may read
        :raise UserError: when no identifier is given
        """
        if not str(external_id or "").strip():
            raise UserError(self.env._("Which identifier? Give an external ID."))
        domain = Domain("external_id", "=", str(external_id).strip())
        if system:
            domain &= Domain("system", "=", system)
        if model:
            domain &= Domain("res_model", "=", model)
        return self.search(domain)._as_data()

    @api.model
    def external_ids_of(self, model, record_id):
        """Return how other systems name a record: for other programs.

        :param str model: name of a model
        :param int record_id: id of one of its records
        :return: list as ``find_record`` returns, ordered by system
        """
        return self.search(
            [("res_model", "=", model), ("res_id", "=", record_id)]
        )._as_data()

    def _as_data(self):
        """Return the links whose record the user may read, as plain data."""
        return [
            {
                "system": link.system,
                "external_id": link.external_id,
                "model": link.res_model,
                "id": link.res_id,
                "name": link.record_name,
            }
            for link in self
            if link.record_name
        ]

    def action_open_record(self):
        """Open the record that is named."""
        self.ensure_one()
        if not self._existing(self.res_model, {self.res_id}):
            raise UserError(self.env._("The record of this identifier is gone."))
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    @api.autovacuum
    def _gc_dangling(self):
        """Delete the links of records that are gone, in one statement a model."""
        for (model_name,) in self.sudo()._read_group([], ["res_model"]):
            model = self.env.get(model_name)
            if model is None or model._abstract:
                continue
            self.env.execute_query(
                SQL(
                    "DELETE FROM telecom_external_id WHERE res_model = %s"
                    " AND NOT EXISTS (SELECT 1 FROM %s AS named"
                    " WHERE named.id = telecom_external_id.res_id) RETURNING id",
                    model_name,
                    SQL.identifier(model._table),
                )
            )
        self.invalidate_model()


class ResPartner(models.Model):
    _inherit = "res.partner"

    telecom_external_ids = fields.One2many(
        "telecom.external.id",
        "res_id",
        string="External identifiers",
        domain=[("res_model", "=", "res.partner")],
        readonly=True,
        groups="somconnexio_base.group_telecom_user",
    )
