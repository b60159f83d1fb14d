# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.http import HttpDispatcher, Response

MOST_BODY_BYTES = 64 * 1024


class GatewayDispatcher(HttpDispatcher):
    """Routes that banks' apps call: the body stays as it was sent.

    Signatures cover the bytes of a body, and what is wrong with it is answered in the
    bank's own words; so nothing is parsed before the protocol does.
    """

    routing_type = "telecom_gateway"

    @classmethod
    def is_compatible_with(cls, request):
        """Override of core: any content type is taken, to be refused by name."""
        return True

    def dispatch(self, endpoint, args):
        """Override of core: call the endpoint with what the path says only."""
        self.request.params = dict(args)
        result = self.request.registry["ir.http"]._dispatch(endpoint)
        return Response.load(result)
