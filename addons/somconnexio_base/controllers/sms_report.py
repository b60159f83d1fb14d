# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json

from odoo import http
from odoo.http import request

MAX_REPORT_BYTES = 256 * 1024


class SmsReport(http.Controller):
    """Where SMS gateways report what became of messages.

    The token in the address is the permission. A report of an unknown message is
    answered with 404, so that a gateway that was faster than our own note of the
    sending comes again.
    """

    @http.route(
        "/telecom/sms/report/<int:gateway_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,
        sitemap=False,
        save_session=False,
    )
    def report(self, gateway_id, token, **params):
        """Take delivery reports: JSON, form fields or parameters of the address."""
        gateway = request.env["telecom.sms.gateway"]._check_token(gateway_id, token)
        if not gateway:
            return self._answer(403, error="unknown gateway or wrong token")
        body = request.httprequest
        if (body.content_length or 0) > MAX_REPORT_BYTES:
            return self._answer(413, error="report too long")
        try:
            data = json.loads(body.get_data()) if body.is_json else params
            counts = gateway._take_reports(data)
        except ValueError as error:
            return self._answer(400, error=str(error))
        nothing_known = counts["unknown"] and not counts["known"]
        return self._answer(404 if nothing_known else 200, **counts)

    def _answer(self, status, **values):
        return request.make_json_response(values, status=status)
