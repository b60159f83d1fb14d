# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ...partner_data import checks, quality
from ...partner_data.reading import INVALID
from .res_partner_values import DATA_FIELDS

#: Field of a partner that holds each value that is read.
FIELD_OF_VALUE = {
    "name": "name",
    "vat": "vat",
    "phone": "phone",
    "email": "email",
    "street": "street",
    "zip": "zip",
    "city": "city",
    "state": "state_id",
}


class ResPartner(models.Model):
    """Shows whether values hold and how they are written; changes none by itself."""

    _inherit = "res.partner"

    telecom_data_check = fields.Json(
        compute="_compute_telecom_data_check",
        groups="somconnexio_base.group_telecom_user",
    )

    @api.depends(*DATA_FIELDS, "lang", "telecom_partner_kind", "bank_ids.acc_number")
    @api.depends_context("lang")
    def _compute_telecom_data_check(self):
        for partner in self:
            partner.telecom_data_check = partner._data_check()

    def _data_check(self):
        """Return what the form shows about the values of a partner."""
        values = self._data_values()
        readings = checks.read_all(values)
        measured = quality.measure(values, readings)
        return {
            "score": measured.score,
            "completeness": measured.completeness,
            "validity": measured.validity,
            "missing": [self._value_label(name) for name in measured.missing],
            "items": [
                self._check_item(name, reading)
                for name, reading in readings.items()
                if reading.state != "unverified" or reading.proposal
            ],
        }

    def _check_item(self, name, reading):
        """Return one value as read, as plain data."""
        return {
            "name": name,
            "label": self._value_label(name),
            "value": reading.value or "",
            "state": reading.state,
            "message": self._detail_texts().get(reading.detail, ""),
            "proposal": self._shown_proposal(name, reading),
            "changes": self._changes(name, reading),
            "bank_id": self._bank_of(name).id or False,
        }

    def _value_label(self, name):
        """Return the label of a value in the user's language."""
        labels = {"lang": self.env._("Language"), "vat": self.env._("Tax ID")}
        if name in labels:
            return labels[name]
        if name.startswith("iban_"):
            return self.env._("IBAN")
        field = self._fields[FIELD_OF_VALUE[name]]
        return field._description_string(self.env)

    @api.model
    def _detail_texts(self):
        """Return ``{code: text}`` of what readings may say."""
        return {
            "checksum": self.env._("the check digits don't agree: a digit is wrong"),
            "length": self.env._("too short or too long"),
            "format": self.env._("not written like one"),
            "component": self.env._("a part of it does not exist"),
            "number": self.env._("no such number exists"),
            "province": self.env._("no province has such postal codes"),
            "mismatch": self.env._("not the province of the postal code"),
            "short": self.env._("too short"),
            "letters": self.env._("a name has letters"),
            "nif": "NIF",
            "nie": "NIE",
            "cif": "CIF",
            "eu_vat": self.env._("VAT number of the European Union"),
            "foreign": self.env._("tax ID of its country"),
        }

    def _shown_proposal(self, name, reading):
        """Return the proposed normal form as people read it, or an empty text."""
        if name == "state" and reading.proposal:
            return self._state_of(reading.normal).name or ""
        return reading.proposal

    def _changes(self, name, reading):
        """Return ``{field: value}`` as the web client writes what is proposed."""
        if not reading.proposal or name not in FIELD_OF_VALUE:
            return {}
        if name != "state":
            return {FIELD_OF_VALUE[name]: reading.normal}
        state = self._state_of(reading.normal)
        return {"state_id": {"id": state.id, "display_name": state.display_name}}

    def _state_of(self, code):
        """Return the Spanish province of an ISO code."""
        return self.env["res.country.state"].search(
            [("country_id.code", "=", "ES"), ("code", "=", code)], limit=1
        )

    def _bank_of(self, name):
        """Return the bank account that ``iban_0`` and so on stand for."""
        if not name.startswith("iban_"):
            return self.env["res.partner.bank"]
        held = self.bank_ids.filtered("acc_number")
        return held[int(name.removeprefix("iban_"))]._origin

    @api.onchange("phone", "country_id", "company_id")
    def _onchange_phone_validation(self):
        """Override of ``phone_validation``, which would rewrite the phone unasked."""

    def _check_vat(self, validation="error"):
        """Override of ``account`` to refuse a wrong tax ID and not rewrite a right one.

        The normal form is proposed instead, see ``telecom_data_check``.
        """
        if validation == "setnull":
            return super()._check_vat(validation)
        for partner in self:
            self._run_vat_checks(
                partner.commercial_partner_id.country_id,
                partner.vat,
                partner_name=partner.name,
                validation=validation,
            )
        return None

    @api.model
    def normal_forms(self, values):
        """Return how values are written normally and whether they hold: for programs.

        Nothing is written.

        :param dict values: as for ``find_duplicates``
        :return: dict by name of value: ``value`` as given, ``state`` (valid, invalid,
            unverified), ``normal``, ``detail`` (code), ``message``
        :raise UserError: for a value of another name
        """
        self.check_access("read")
        self._check_known_values(values)
        readings = checks.read_all(self._values_as_data(values))
        return {
            name: {
                "value": reading.value,
                "state": reading.state,
                "normal": reading.normal,
                "detail": reading.detail,
                "message": self._detail_texts().get(reading.detail, ""),
            }
            for name, reading in readings.items()
            if reading.value or reading.normal
        }

    def accept_normal_forms(self):
        """Write the values that hold in their normal form, and the missing province.

        What does not hold is left alone: a wrong value has no normal form. The change
        is noted in the history of each partner.

        :return: number of partners changed
        :raise AccessError: when the user may not write partners
        """
        self.check_access("write")
        changed = 0
        for partner in self:
            changed += bool(partner._accept_normal_forms())
        return changed

    def _accept_normal_forms(self):
        """Write the proposals for one partner; return what was changed."""
        self.bank_ids.accept_normal_form()
        accepted = {
            name: reading
            for name, reading in checks.read_all(self._data_values()).items()
            if reading.proposal and reading.state != INVALID and name in FIELD_OF_VALUE
        }
        vals = {
            FIELD_OF_VALUE[name]: (
                self._state_of(reading.normal).id if name == "state" else reading.normal
            )
            for name, reading in accepted.items()
        }
        if vals:
            self.write(vals)
            self._note_accepted(accepted)
        return vals

    def _note_accepted(self, accepted):
        """Write the changes into the history of the partner."""
        changes = ", ".join(
            f"{self._value_label(name)}: {reading.value or '–'} → {reading.normal}"
            for name, reading in accepted.items()
        )
        self.message_post(
            body=self.env._("Normal forms accepted: %(changes)s", changes=changes)
        )

    def action_accept_normal_forms(self):
        """Accept all proposals for the partners chosen in a list, and say how many."""
        changed = self.accept_normal_forms()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s partners changed.", count=changed),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
