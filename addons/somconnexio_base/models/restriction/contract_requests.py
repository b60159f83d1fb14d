# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class ContractContract(models.Model):
    """How screen and other programs ask for a restriction: as an operation."""

    _inherit = "contract.contract"

    def request_restriction(self, kind, reason, when="now", **options):
        """Bar a part of the service; emergency and incoming calls stay.

        :param str kind: ``data`` or ``outgoing``
        :param reason: id or code of a telecom.lifecycle.reason of kind suspend
        """
        terms = {"restriction_kind": kind, "reason_id": reason}
        return self._request("restrict", when, terms, options)

    def request_restriction_lift(self, when="now", **options):
        """Give the whole service back."""
        return self._request("lift_restriction", when, {}, options)

    def action_restrict(self):
        """Ask what is barred, and why."""
        return self._open_operation_wizard("restrict", self.env._("Restrict"))

    def action_lift_restriction(self):
        """Ask from which day nothing is barred any more."""
        return self._open_operation_wizard(
            "lift_restriction", self.env._("Lift the restriction")
        )
