# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import ValidationError

from ....takeover.rows import facts
from .base import UnknownCode, Writer, by_code


class ResourceWriter(Writer):
    """Numbers, SIM cards and lines; those that are here already are linked."""

    kind_name = "resource"
    model_name = "telecom.resource"
    fields = {
        "value": "name",
        "supplier_reference": "external_ref",
        "note": "note",
    }

    def __init__(self, env, profile):
        super().__init__(env, profile)
        self.kinds = by_code(self.env["telecom.resource.kind"].search([]))

    def _from_kind(self, row):
        code = row.values["kind"]
        if code not in self.kinds:
            raise UnknownCode("kind of resource")
        return {"kind_id": self.kinds[code].id, "company_id": self.company.id}

    def create(self, rows):
        """Override to link those that are here already."""
        sound = [row for row in rows if not row.state]
        known = self._known(sound)
        linked = [
            (row, known[key]) for row in sound if (key := self._key(row)) in known
        ]
        return linked + super().create(
            [row for row in sound if self._key(row) not in known]
        )

    def tidy(self, row):
        """Write the value in its normal form, or refuse the row."""
        kind = self.kinds.get(row.values["kind"])
        if not kind:
            row.report(
                "kind",
                row.values["kind"],
                "unknown_code",
                "kind of resource",
                "refused",
            )
            return
        try:
            row.values["value"] = kind.normalise(row.values["value"])
        except ValidationError as error:
            text = error.args[0]
            row.report("value", row.values["value"], "refused_by_rule", text, "refused")
        row.facts = facts(self.kind, row.values)

    @staticmethod
    def _key(row):
        return row.values["kind"], row.values["value"]

    def _known(self, rows):
        """Return the resources of the company that the rows name, by kind and value."""
        found = self.model.search(
            [
                ("name", "in", [row.values["value"] for row in rows]),
                ("company_id", "=", self.company.id),
            ]
        )
        return {(resource.kind_id.code, resource.name): resource for resource in found}
