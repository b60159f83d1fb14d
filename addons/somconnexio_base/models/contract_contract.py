# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.fields import Domain

from .. import lifecycle
from ..numbering import e164


class ContractContract(models.Model):
    """The subscription: a contract for one telecom service."""

    _inherit = "contract.contract"
    _rec_names_search = [
        "code",
        "name",
        "main_resource_label",
        "partner_id.name",
        "partner_id.vat",
    ]

    is_telecom = fields.Boolean(
        compute="_compute_is_telecom", store=True, precompute=True, index=True
    )
    telecom_service_type_id = fields.Many2one(
        "telecom.service.type",
        string="Service type",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    telecom_billing_account_id = fields.Many2one(
        "telecom.billing.account",
        string="Billing account",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    telecom_state = fields.Selection(
        selection=list(lifecycle.STATES),
        string="State",
        readonly=True,
        copy=False,
        index="btree_not_null",
        tracking=True,
        group_expand=True,
    )
    activation_date = fields.Date(readonly=True, copy=False, tracking=True)
    suspension_date = fields.Date(readonly=True, copy=False)
    termination_date = fields.Date(
        readonly=True,
        copy=False,
        tracking=True,
        index="btree_not_null",
        help="Last civil day of service. In the future: the termination is planned.",
    )
    suspension_reason_id = fields.Many2one(
        "telecom.lifecycle.reason",
        readonly=True,
        copy=False,
        ondelete="restrict",
        domain="[('kind', '=', 'suspend')]",
    )
    termination_reason_id = fields.Many2one(
        "telecom.lifecycle.reason",
        readonly=True,
        copy=False,
        ondelete="restrict",
        domain="[('kind', '=', 'terminate')]",
    )
    service_partner_id = fields.Many2one(
        "res.partner",
        string="Service address",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        help="Where the service is delivered; empty: the customer's own address.",
    )
    service_city = fields.Char(compute="_compute_service_city", store=True)
    assignment_ids = fields.One2many(
        "telecom.resource.assignment", "subscription_id", string="Resources"
    )
    main_resource_name = fields.Char(
        string="Main resource",
        compute="_compute_main_resource_name",
        store=True,
        index="btree_not_null",
        help="The identifier people say, in its stored form: 34612345678.",
    )
    main_resource_label = fields.Char(
        string="Number or line",
        compute="_compute_main_resource_label",
        search="_search_main_resource_label",
    )
    telecom_offering_id = fields.Many2one(
        "product.product",
        string="Offering",
        compute="_compute_telecom_offering_id",
        store=True,
        index="btree_not_null",
        help="Product of the tariff line in force; before activation, the one planned.",
    )
    transition_ids = fields.One2many(
        "telecom.subscription.transition", "subscription_id", string="History"
    )

    _telecom_code_unique = models.UniqueIndex(
        "(company_id, code) WHERE is_telecom",
        "Another subscription already has this code.",
    )
    # The order of OCA's contracts, which it leaves to be sorted each time.
    _code_name_idx = models.Index("(code, name)")
    # What a bill run asks first: the subscriptions of an account by state.
    _telecom_account_state_idx = models.Index(
        "(telecom_billing_account_id, telecom_state) WHERE is_telecom"
    )

    @api.depends("telecom_service_type_id")
    def _compute_is_telecom(self):
        for contract in self:
            contract.is_telecom = bool(contract.telecom_service_type_id)

    @api.depends("service_partner_id.city", "partner_id.city")
    def _compute_service_city(self):
        for contract in self:
            address = contract.service_partner_id or contract.partner_id
            contract.service_city = address.city

    @api.depends(
        "assignment_ids.start_at",
        "assignment_ids.resource_id.name",
        "assignment_ids.kind_id",
        "telecom_service_type_id",
    )
    def _compute_main_resource_name(self):
        for contract in self:
            main_kind = contract.telecom_service_type_id.main_resource_kind_id
            candidates = contract.assignment_ids.filtered(
                lambda assignment, kind=main_kind: assignment.kind_id == kind
            )
            latest = candidates.sorted("start_at")[-1:]
            contract.main_resource_name = latest.resource_id.name

    @api.depends("main_resource_name", "telecom_service_type_id")
    def _compute_main_resource_label(self):
        for contract in self:
            kind = contract.telecom_service_type_id.main_resource_kind_id
            name = contract.main_resource_name
            contract.main_resource_label = kind.format(name) if kind and name else name

    @api.model
    def _search_main_resource_label(self, operator, value):
        """Find subscriptions by any number they hold, typed as people write it."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        if not operator.endswith("like"):
            return Domain("main_resource_name", operator, value)
        digits = e164.compact(value).removeprefix("+")
        return Domain.OR(
            Domain("assignment_ids.resource_id.name", operator, text)
            for text in {value, digits}
            if text
        )

    @api.depends(
        "contract_line_ids.telecom_line_kind",
        "contract_line_ids.product_id",
        "contract_line_ids.date_start",
        "contract_line_ids.date_end",
    )
    def _compute_telecom_offering_id(self):
        for contract in self:
            line = contract._telecom_tariff_line_on(contract._telecom_today())
            contract.telecom_offering_id = (
                line.product_id or contract.telecom_offering_id
            )

    @api.depends("code", "main_resource_name", "is_telecom", "name")
    def _compute_display_name(self):
        """Override of ``contract`` to show code and number of subscriptions."""
        subscriptions = self.filtered("is_telecom")
        for contract in subscriptions:
            names = (contract.code, contract.main_resource_label or contract.name)
            contract.display_name = " · ".join(filter(None, names))
        return super(ContractContract, self - subscriptions)._compute_display_name()

    def _compute_journal_id(self):
        """Override of ``contract`` to search the journal once per company and type."""
        groups = self.grouped(lambda c: (c.company_id, c.contract_type)).values()
        firsts = self.browse().concat(*(contracts[0] for contracts in groups))
        result = super(ContractContract, firsts)._compute_journal_id()
        for contracts in groups:
            contracts[1:].journal_id = contracts[0].journal_id
        return result

    def _telecom_today(self):
        """Return today's civil date in the time zone of the subscription's company."""
        return (self.company_id[:1] or self.env.company)._telecom_today()

    def _telecom_line_lang(self):
        """Return the language in which the member reads the lines of the bill."""
        return self.telecom_billing_account_id.lang or self.partner_id.lang

    def _telecom_tariff_line_on(self, date):
        """Return the tariff line in force on a date, else the next, else the last.

        :param date date: civil date
        :return: contract.line, empty when there is no tariff line at all
        """
        self.ensure_one()
        tariffs = self.contract_line_ids.filtered(
            lambda line: line.telecom_line_kind == "tariff"
        ).sorted("date_start")
        pending = tariffs.filtered(lambda li: not li.date_end or li.date_end >= date)
        return pending[:1] or tariffs[-1:]
