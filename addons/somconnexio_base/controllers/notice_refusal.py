# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import http
from odoo.http import request


class NoticeRefusal(http.Controller):
    """Where people refuse a purpose of notices, by the link of a mail.

    Looking changes nothing, as programs follow links too; only the button or the mail
    program's own “unsubscribe” (RFC 8058) does.
    """

    ROUTE = "/telecom/notice/refuse/<int:partner_id>/<int:purpose_id>/<string:token>"

    @http.route(ROUTE, type="http", auth="public", methods=["GET"], sitemap=False)
    def ask(self, partner_id, purpose_id, token, **_params):
        """Show what is refused, and the button."""
        return self._page(partner_id, purpose_id, token)

    @http.route(
        ROUTE, type="http", auth="public", methods=["POST"], csrf=False, sitemap=False
    )
    def refuse(self, partner_id, purpose_id, token, wanted="", **_params):
        """Refuse the purpose, or want it again with ``wanted=1``."""
        found = self._found(partner_id, purpose_id, token)
        if not found:
            raise request.not_found()
        partner, purpose = found
        # The token of the link is the permission.
        Refusal = request.env["telecom.notice.refusal"].sudo()
        if wanted:
            Refusal._want_again(partner, purpose)
        else:
            Refusal._refuse(partner, purpose)
        return self._page(partner_id, purpose_id, token)

    def _found(self, partner_id, purpose_id, token):
        return request.env["telecom.notice.refusal"]._check_token(
            partner_id, purpose_id, token
        )

    def _page(self, partner_id, purpose_id, token):
        """Return the page about one person and purpose."""
        found = self._found(partner_id, purpose_id, token)
        if not found:
            raise request.not_found()
        partner, purpose = found
        lang = partner.lang or request.env.lang
        request.update_context(lang=lang)
        purpose = purpose.with_context(lang=lang)
        response = request.render(
            "somconnexio_base.notice_refusal_page",
            {
                "purpose": purpose,
                "is_refused": purpose in partner.telecom_notice_refusal_ids.purpose_id,
                "company": partner.company_id or request.env.company,
            },
        )
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
