# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from odoo import SUPERUSER_ID, http
from odoo.http import request

from ..gateway_protocols.messages import Call
from ..models.gateway.payment_gateway import PATH
from ..models.gateway.serving import serve
from .gateway_dispatcher import MOST_BODY_BYTES

KEPT_HEADERS_MAX = 60


class PaymentGateway(http.Controller):
    """What banks' apps and terminals call.

    Who calls is told by the profile's secrets, signatures and networks, not by a user
    of Odoo. Which actions only read is known before a cursor is chosen: those are
    answered by the replica where there is one.
    """

    def _is_readonly(self, rule, args):
        """Tell core whether the call of the current request writes nothing."""
        try:
            gateway = self._gateway(args["slug"])
            return not gateway or gateway._is_reading(self._read_call(args))
        except HTTPException:
            return True

    @http.route(
        [f"{PATH}/<string:slug>", f"{PATH}/<string:slug>/<string:action>"],
        type="telecom_gateway",
        auth="none",
        csrf=False,
        sitemap=False,
        save_session=False,
        max_content_length=MOST_BODY_BYTES,
        readonly=_is_readonly,
    )
    def call(self, slug, action=""):
        """Answer a call in the words of the bank's protocol."""
        gateway = self._gateway(slug)
        if not gateway:
            return request.make_response("unknown address\n", status=404)
        reply = serve(gateway, self._read_call({"action": action}), self._client())
        headers = [
            ("Content-Type", reply.content_type),
            ("Cache-Control", "no-store"),
            *reply.headers.items(),
        ]
        return request.make_response(reply.body, headers=headers, status=reply.status)

    def _gateway(self, slug):
        env = request.env(user=SUPERUSER_ID, su=True, context={})
        return env["telecom.payment.gateway"]._by_slug(slug)

    def _client(self):
        return request.httprequest.remote_addr or ""

    def _read_call(self, args):
        """Return the Call of the current request, too long a body left out."""
        http_request = request.httprequest
        http_request.max_content_length = MOST_BODY_BYTES
        is_too_long = (http_request.content_length or 0) > MOST_BODY_BYTES
        try:
            body = b"" if is_too_long else http_request.get_data()
        except RequestEntityTooLarge:
            is_too_long, body = True, b""
        return Call(
            method=http_request.method,
            query=http_request.query_string.decode("latin-1"),
            content_type=http_request.content_type or "",
            body=body,
            action=args.get("action", ""),
            headers=tuple(http_request.headers.items())[:KEPT_HEADERS_MAX],
            is_too_long=is_too_long,
        )
