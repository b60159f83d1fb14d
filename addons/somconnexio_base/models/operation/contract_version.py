# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError


class TelecomVersionMixin(models.AbstractModel):
    """A record that people change one after the other, each knowing what they change.

    Every operation writes the row first. Of two at the same time the second waits; the
    database then refuses it, Odoo tries it again on what the first has left, and its
    version no longer agrees.
    """

    _name = "telecom.version.mixin"
    _description = "Counts the Operations on a Record"

    telecom_version = fields.Integer(
        string="Version",
        readonly=True,
        copy=False,
        default=0,
        help="How many operations there have been.",
    )

    def _take_turn(self, version=None):
        """Let this transaction be the one that changes the record.

        :param int version: the version that the asker has seen; None: any
        :raise UserError: when somebody has changed it since
        """
        self.ensure_one()
        if version is not None and version != self.telecom_version:
            raise UserError(self._changed_meanwhile_message())
        self.telecom_version += 1
        self.flush_recordset(["telecom_version"])

    def _versions(self):
        """Return what somebody sees who opens the records: key -> version."""
        return {record._version_key(): record.telecom_version for record in self}

    def _version_key(self):
        """Return the name of a record among those of several models."""
        return f"{self._name},{self.id}"

    def _changed_meanwhile_message(self):
        """Say who changed the record since somebody looked at it."""
        last = self.env["telecom.subscription.operation"].search(
            self._operation_domain(), limit=1
        )
        return self.env._(
            "%(record)s has changed since you opened it (“%(last)s”, by %(user)s): "
            "look at it again.",
            record=self.display_name,
            last=last.display_name or "-",
            user=last.user_id.name or "-",
        )

    def _operation_domain(self):
        """Return the domain of the operations about the record."""
        raise NotImplementedError

    def _pending_operations(self):
        """Return the planned operations about the record, the next one first."""
        return self.env["telecom.subscription.operation"].search(
            [*self._operation_domain(), ("state", "=", "planned")],
            order="execute_date, id",
        )
