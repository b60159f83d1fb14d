# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from werkzeug.exceptions import NotFound, TooManyRequests

from odoo import Command
from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.payment.controllers.portal import PaymentPortal

from ..models.online_payment.online_payable import MAX_PER_HOUR, MODELS


class OnlinePayment(PaymentPortal):
    """Where a member pays by the link of a bill, a reminder or an instalment.

    The signed token of the link is the permission. It shows the sums owed and their
    references: no name, address or account. What is paid is what is owed at that
    moment: nothing of it is taken from the browser.
    """

    @route(
        "/telecom/pay/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def telecom_pay(self, token, **_params):
        """Show what is owed and how it can be paid."""
        try:
            record = self._payable(token)
        except NotFound:
            return self._ended_page()
        debt = record._online_debt()
        if debt.partner.lang:
            request.update_context(lang=debt.partner.lang)
        values = self._page_values(token, record, debt)
        return self._private_page("somconnexio_payments.pay_page", values)

    def _ended_page(self):
        """Return the page of a link that does not work any more: 404, with words.

        A member who opens an old reminder reads what to do, in the company's language.
        """
        company = request.env.company.sudo()
        if company.partner_id.lang:
            request.update_context(lang=company.partner_id.lang)
        values = {"res_company": company}
        response = self._private_page("somconnexio_payments.pay_link_ended", values)
        response.status_code = 404
        return response

    def _private_page(self, template, values):
        """Return a page that nobody keeps and no other site learns of."""
        response = request.render(template, values)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    @route("/telecom/pay/<string:token>/transaction", type="jsonrpc", auth="public")
    def telecom_pay_transaction(self, token, **params):
        """Begin a payment of all that the link is owed.

        :return: dict, the values that the payment form goes on with
        :raise UserError: when nothing is owed any more, or too much was begun
        """
        record = self._payable(token)
        debt = record._online_debt()
        if not debt.items:
            raise UserError(request.env._("Nothing is owed any more: thank you."))
        if record._begun_lately(debt.partner) >= MAX_PER_HOUR:
            raise UserError(
                request.env._(
                    "Too many payments were begun: try again in an hour, or pay by "
                    "transfer."
                )
            )
        params = self._safe_params(params, debt)
        transaction = self._create_transaction(
            amount=debt.amount,
            currency_id=debt.company.currency_id.id,
            partner_id=debt.partner.id,
            reference_prefix=debt.reference,
            landing_route=f"/telecom/pay/{token}",
            custom_create_values=self._link_values(record, debt),
            **params,
        )
        return transaction._get_processing_values()

    def _payable(self, token):
        """Return the record of a link.

        :raise NotFound: for a link that is forged, cut off or too old
        :raise TooManyRequests: for a client that tried too many of them
        """
        Visit = request.env["telecom.pay.visit"].sudo()
        address = request.httprequest.remote_addr
        record = request.env["telecom.online.payable"]._payable_of(token)
        if record is not None:
            return record
        if Visit._is_too_many(address):
            raise TooManyRequests()
        with request.env.registry.cursor() as cr:  # the error would undo the count
            Visit.with_env(Visit.env(cr=cr))._note_wrong(address)
        raise NotFound()

    def _safe_params(self, params, debt):
        """Return the choices that a payer may make: provider, method, saved card.

        A card is saved for, and taken from, the member who is logged in only: the link
        may have been forwarded.
        """
        chosen = ("provider_id", "payment_method_id", "token_id", "flow")
        safe = {name: params.get(name) for name in chosen}
        is_member = request.env.user.partner_id.commercial_partner_id == debt.partner
        safe["tokenization_requested"] = bool(
            is_member and params.get("tokenization_requested")
        )
        if safe["flow"] not in ("redirect", "direct", "token") or (
            safe["flow"] == "token" and not is_member
        ):
            raise NotFound()
        self._check_provider(safe, debt)
        return safe

    def _check_provider(self, params, debt):
        """Raise NotFound for a provider or method that does not take this payment."""
        ids = [params[name] for name in params if name.endswith("_id")]
        if not all(value is None or type(value) is int for value in ids):
            raise NotFound()
        providers = self._providers(debt)
        if params["flow"] == "token":
            token = request.env["payment.token"].sudo().browse(params["token_id"])
            params["provider_id"] = token.exists().provider_id.id
        provider = providers.filtered(lambda one: one.id == params["provider_id"])
        methods = self._methods(debt, provider)
        is_known = (
            params["flow"] == "token" or params["payment_method_id"] in methods.ids
        )
        if not (provider and is_known):
            raise NotFound()

    def _providers(self, debt):
        """Return the providers that take a debt, with the system's rights."""
        return (
            request.env["payment.provider"]
            .sudo()
            ._get_compatible_providers(
                debt.company.id,
                debt.partner.id,
                debt.amount,
                currency_id=debt.company.currency_id.id,
            )
        )

    def _methods(self, debt, providers):
        """Return the methods by which providers take a debt."""
        return (
            request.env["payment.method"]
            .sudo()
            ._get_compatible_payment_methods(
                providers.ids,
                debt.partner.id,
                currency_id=debt.company.currency_id.id,
            )
        )

    def _link_values(self, record, debt):
        """Return what the transaction notes about its link."""
        kind = next(key for key, name in MODELS.items() if name == record._name)
        return {
            "telecom_pay_kind": kind,
            "telecom_billing_account_id": debt.account.id,
            "invoice_ids": [Command.set(debt.bills.ids)],
            "telecom_call_ids": [Command.set(debt.calls.ids)],
        }

    def _page_values(self, token, record, debt):
        """Return what the page shows and the payment form needs."""
        providers = self._providers(debt)
        is_member = request.env.user.partner_id.commercial_partner_id == debt.partner
        tokens = request.env["payment.token"].sudo()
        if is_member:
            tokens = tokens._get_available_tokens(providers.ids, debt.partner.id)
        return {
            "res_company": debt.company,
            "debt": debt,
            "transfer_iban": debt.bills and debt.company._telecom_transfer_iban(),
            "under_way": self._under_way(record, debt),
            "amount": debt.amount,
            "currency": debt.company.currency_id,
            "partner_id": debt.partner.id,
            "reference_prefix": debt.reference,
            "providers_sudo": providers,
            "payment_methods_sudo": self._methods(debt, providers),
            "tokens_sudo": tokens,
            "show_tokenize_input_mapping": {
                provider.id: is_member and provider.allow_tokenization
                for provider in providers
            },
            "transaction_route": f"/telecom/pay/{token}/transaction",
            "landing_route": f"/telecom/pay/{token}",
            "access_token": token,
        }

    def _under_way(self, record, debt):
        """Return how many payments of the same things have not ended yet."""
        if not debt.items:
            return 0
        return (
            request.env["payment.transaction"]
            .sudo()
            .search_count(
                [
                    ("state", "in", ("pending", "authorized")),
                    "|",
                    ("invoice_ids", "in", debt.bills.ids),
                    ("telecom_call_ids", "in", debt.calls.ids),
                ]
            )
        )
