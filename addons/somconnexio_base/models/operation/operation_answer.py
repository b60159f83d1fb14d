# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What other programs give and get: codes instead of ids, JSON instead of records."""

import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError

#: Term -> field by which other programs may name its record.
CODE_FIELDS = {
    "product_id": "default_code",
    "reason_id": "code",
    "account_id": "code",
    "country_id": "code",
    "resource_id": "name",
    "replaced_resource_id": "name",
}


class TelecomSubscriptionOperation(models.Model):
    _inherit = "telecom.subscription.operation"

    def _as_answer(self):
        """Return operations as other programs read them.

        :return: list of dicts: ``id``, ``kind``, ``state``, ``subscription`` and
            ``billing_account`` (codes, or False), ``execute_date`` (ISO),
            ``new_subscription`` (code, or False), ``together_with`` (id of the
            operation that this one goes along with, or False) and ``preview`` (or
            False)
        """
        return [
            {
                "id": operation.id,
                "kind": operation.kind,
                "state": operation.state,
                "subscription": operation.subscription_id.code or False,
                "billing_account": operation.billing_account_id.code or False,
                "execute_date": fields.Date.to_string(operation.execute_date),
                "new_subscription": operation.new_subscription_id.code or False,
                "together_with": operation.leader_id.id,
                "preview": operation.preview or False,
            }
            for operation in self
        ]

    @api.model
    def _read_terms(self, terms):
        """Return terms of other programs as values of the fields.

        :param dict terms: records by id or by code; ``documents`` as a list of dicts
            with ``name`` and ``content`` (base64)
        :raise UserError: naming the term that cannot be read
        """
        values = {}
        for name, value in terms.items():
            if value is None:
                continue
            if name == "attachment_ids":
                raise UserError(self.env._("Give documents instead, with content."))
            if name == "documents":
                values["attachment_ids"] = self._read_documents(value)
                continue
            field = self._fields.get(name)
            if field is not None and field.type == "many2one":
                value = self._find_record(name, value, terms).id
            values[name] = value
        return values

    @api.model
    def _find_record(self, name, value, terms):
        """Return the record that a term names by id or code, besides other terms."""
        Model = self.env[self._fields[name].comodel_name]
        is_id = isinstance(value, int) and not isinstance(value, bool)
        if is_id:
            found = Model.search([("id", "=", value)])
        elif name == "state_id":
            found = self._find_state(str(value), terms.get("country_id"))
        else:
            found = self._find_by_code(Model, name, str(value))
        if len(found) != 1:
            raise UserError(
                self.env._(
                    "%(term)s: %(count)s records are called %(value)s. Give the id or "
                    "the code of one.",
                    term=name,
                    count=len(found),
                    value=value,
                )
            )
        return found

    @api.model
    def _find_state(self, code, country):
        """Return the provinces of a country that have a code.

        :param country: as in the terms; the company's when it is not said
        """
        own = self.env.company.country_id
        country = self._find_record("country_id", country, {}) if country else own
        return self.env["res.country.state"].search(
            [("code", "=", code), ("country_id", "=", country.id)], limit=2
        )

    @api.model
    def _find_by_code(self, Model, name, code):
        """Return the records of a model that have a code."""
        field = CODE_FIELDS.get(name)
        if not field:
            return Model
        if Model._name == "telecom.resource":
            return Model.search([("display_name", "ilike", code)], limit=2)
        return Model.search([(field, "=", code)], limit=2)

    @api.model
    def _read_documents(self, documents):
        """Return the commands that attach documents.

        :param list documents: dicts of ``name`` and ``content`` (base64 text)
        """
        commands = []
        for document in documents:
            try:
                content = base64.b64decode(document["content"], validate=True)
                vals = {"name": str(document["name"]), "raw": content}
            except (KeyError, TypeError, ValueError, binascii.Error) as error:
                raise UserError(
                    self.env._("documents: give each as name and content, in base64.")
                ) from error
            commands.append(fields.Command.create(vals))
        return commands
