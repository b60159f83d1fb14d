# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.tools import format_date, formatLang

from .summary_section import fact, row, section

#: Rows of a section on the screen; a button opens the others.
MAX_ROWS = 12
BILL_ROLES = (
    "somconnexio_base.group_telecom_agent",
    "somconnexio_base.group_telecom_accountant",
)
STATE_LEVELS = {"active": "success", "suspended": "warning", "terminated": "muted"}


class ResPartner(models.Model):
    """The 360° view: all about a customer in one answer."""

    _inherit = "res.partner"

    def customer_summary(self):
        """Return all about a customer, in as many queries whatever there is of it.

        :return: dict: ``id``, ``name``, ``detail``, ``kind``, ``sections``: a list of
            dict by sequence, see ``summary_section.section``. The user's role decides
            which sections there are: a technician sees no bills
        :raise AccessError: when the user may not read the partner
        """
        self.ensure_one()
        self.check_access("read")
        customer = self.commercial_partner_id
        sections = [part for part in customer._summary_sections() if part]
        details = (customer.vat, customer.phone, customer.email, customer.city)
        return {
            "id": customer.id,
            "name": customer.display_name,
            "kind": customer._selection_label("telecom_partner_kind"),
            "detail": " · ".join(filter(None, details)),
            "sections": sorted(sections, key=lambda part: part["sequence"]),
        }

    def _summary_sections(self):
        """Return the sections of a customer's 360° view, empty ones left out.

        Addons override this, call super and add theirs; sequences are 10 for who it
        is, 20 subscriptions, 30 usage, 40 bills, 50 tickets and orders, 60 notices,
        80 duplicates, 90 external identifiers. A section is for those who may see it:
        leave it out for others.

        :return: list of dict, see ``summary_section.section``, or None
        """
        return [
            self._summary_identity(),
            self._summary_subscriptions(),
            self._summary_billing_accounts(),
            self._summary_bills(),
            self._summary_duplicates(),
            self._summary_external_ids(),
        ]

    def _summary_family(self):
        """Return the customer with its contacts and addresses."""
        return self.with_context(active_test=False).search(
            [("commercial_partner_id", "=", self.id)]
        )

    def _may_see_bills(self):
        """Tell whether the user's role has to do with bills."""
        return any(self.env.user.has_group(role) for role in BILL_ROLES)

    def _selection_label(self, field_name):
        """Return the label of a record's selection field."""
        labels = dict(self._fields[field_name]._description_selection(self.env))
        return labels.get(self[field_name], "")

    def _selection_labels(self, model_name, field_name):
        """Return ``{value: label}`` of a selection of another model."""
        field = self.env[model_name]._fields[field_name]
        return dict(field._description_selection(self.env))

    def _summary_identity(self):
        """Return who the customer is, and how good its data are."""
        score = self.telecom_quality_score
        address = " ".join(filter(None, (self.zip, self.city)))
        return section(
            "identity",
            self.env._("Customer"),
            10,
            icon="fa-user",
            facts=[
                fact(self.env._("Kind"), self._selection_label("telecom_partner_kind")),
                fact(self.env._("Tax ID"), self.vat or ""),
                fact(self.env._("Phone"), self.phone or ""),
                fact(self.env._("E-mail"), self.email or ""),
                fact(
                    self.env._("Address"),
                    ", ".join(filter(None, (self.street, self.street2, address))),
                ),
                fact(self.env._("Language"), self._selection_label("lang")),
                fact(
                    self.env._("Data quality"),
                    f"{score} %",
                    "success" if score >= 80 else "warning",
                ),
            ],
        )

    def _summary_subscriptions(self):
        """Return the subscriptions with state, number and offering, those in force first."""
        subscriptions = self.env["contract.contract"].search(
            [("is_telecom", "=", True), ("commercial_partner_id", "=", self.id)],
            order="telecom_state, activation_date desc, id desc",
        )
        labels = self._selection_labels("contract.contract", "telecom_state")
        return section(
            "subscriptions",
            self.env._("Subscriptions"),
            20,
            icon="fa-mobile",
            columns=[
                self.env._("Number or line"),
                self.env._("Offering"),
                self.env._("State"),
                self.env._("Since"),
                self.env._("Code"),
            ],
            rows=[
                row(
                    subscription,
                    [
                        subscription.main_resource_label or subscription.name,
                        subscription.telecom_offering_id.display_name,
                        labels.get(subscription.telecom_state),
                        self._shown_date(subscription.activation_date),
                        subscription.code,
                    ],
                    STATE_LEVELS.get(subscription.telecom_state, ""),
                )
                for subscription in subscriptions[:MAX_ROWS]
            ],
            count=len(subscriptions),
            empty=self.env._("No subscription"),
            button="action_view_telecom_subscriptions",
        )

    def _shown_date(self, day):
        return format_date(self.env, day) if day else ""

    def _summary_billing_accounts(self):
        """Return who pays and how; the middle of account numbers is hidden."""
        accounts = self.env["telecom.billing.account"].search(
            [("commercial_partner_id", "=", self.id)]
        )
        labels = self._selection_labels("telecom.billing.account", "collection_method")
        return section(
            "billing_accounts",
            self.env._("Billing accounts"),
            35,
            icon="fa-bank",
            columns=[
                self.env._("Code"),
                self.env._("Payment"),
                self.env._("IBAN"),
                self.env._("Bill e-mail"),
            ],
            rows=[
                row(
                    account,
                    [
                        account.code,
                        labels.get(account.collection_method),
                        self._hidden_iban(account.partner_bank_id.acc_number),
                        account.bill_email,
                    ],
                    "warning" if account.collection_warning else "",
                )
                for account in accounts[:MAX_ROWS]
            ],
            count=len(accounts),
            empty=self.env._("No billing account"),
            button="action_view_telecom_billing_accounts",
        )

    def _hidden_iban(self, number):
        """Return the ends of an account number, enough to recognise it."""
        text = "".join((number or "").split())
        return f"{text[:4]} … {text[-4:]}" if len(text) > 8 else text

    def _summary_bills(self):
        """Return the latest bills and what is owed; None for roles without bills."""
        if not self._may_see_bills():
            return None
        domain = [
            ("commercial_partner_id", "=", self.id),
            ("telecom_billing_account_id", "!=", False),
            ("move_type", "in", ("out_invoice", "out_refund")),
            ("state", "!=", "cancel"),
        ]
        Move = self.env["account.move"]
        bills = Move.search(domain, order="invoice_date desc, id desc", limit=MAX_ROWS)
        return section(
            "bills",
            self.env._("Bills and debt"),
            40,
            icon="fa-file-text-o",
            facts=self._debt_facts(domain),
            columns=[
                self.env._("Bill"),
                self.env._("Date"),
                self.env._("Total"),
                self.env._("Owed"),
                self.env._("Payment"),
            ],
            rows=self._bill_rows(bills),
            count=Move.search_count(domain),
            empty=self.env._("No bill yet"),
            button="action_view_telecom_bills",
        )

    def _bill_rows(self, bills):
        """Return the rows of bills."""
        states = self._selection_labels("account.move", "state")
        payments = self._selection_labels("account.move", "payment_state")
        today = fields.Date.context_today(self)
        return [
            row(
                bill,
                [
                    bill.name if bill.name not in (False, "/") else "",
                    self._shown_date(bill.invoice_date),
                    self._shown_amount(bill.amount_total_signed, bill),
                    self._shown_amount(bill.amount_residual_signed, bill),
                    (payments if bill.state == "posted" else states).get(
                        bill.payment_state if bill.state == "posted" else bill.state
                    ),
                ],
                "danger" if self._is_overdue(bill, today) else "",
            )
            for bill in bills
        ]

    def _is_overdue(self, bill, today):
        return bool(
            bill.state == "posted"
            and bill.amount_residual_signed > 0
            and bill.invoice_date_due
            and bill.invoice_date_due < today
        )

    def _shown_amount(self, amount, bill):
        return formatLang(self.env, amount, currency_obj=bill.company_currency_id)

    def _debt_facts(self, domain):
        """Return what is owed in all, and of it what is overdue, by company currency."""
        today = fields.Date.context_today(self)
        open_bills = [
            *domain,
            ("state", "=", "posted"),
            ("amount_residual_signed", "!=", 0),
        ]
        groups = self.env["account.move"]._read_group(
            open_bills,
            ["company_currency_id", "invoice_date_due:day"],
            ["amount_residual_signed:sum"],
        )
        currency = self.env.company.currency_id
        owed = sum(amount for _currency, _due, amount in groups)
        overdue = sum(amount for _c, due, amount in groups if due and due < today)
        return [
            fact(
                self.env._("Owed"),
                formatLang(self.env, owed, currency_obj=currency),
                "warning" if owed > 0 else "success",
            ),
            fact(
                self.env._("Overdue"),
                formatLang(self.env, overdue, currency_obj=currency),
                "danger" if overdue > 0 else "success",
            ),
        ]

    def _summary_duplicates(self):
        """Return the partners that may be this one; None when there are none."""
        pairs = self.telecom_duplicate_ids
        if not pairs:
            return None
        labels = self.env["telecom.partner.duplicate"]._verdict_labels()
        return section(
            "duplicates",
            self.env._("May be here twice"),
            80,
            icon="fa-clone",
            columns=[
                self.env._("Partner"),
                self.env._("Likelihood"),
                self.env._("Reasons"),
            ],
            rows=[
                row(
                    pair,
                    [
                        (pair.partner_id + pair.other_partner_id - self)[
                            :1
                        ].display_name,
                        labels.get(pair.verdict),
                        pair.reasons,
                    ],
                    "warning",
                )
                for pair in pairs
            ],
        )

    def _summary_external_ids(self):
        """Return how other systems name the customer; None when none does."""
        links = self.env["telecom.external.id"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )
        if not links:
            return None
        return section(
            "external_ids",
            self.env._("In other systems"),
            90,
            icon="fa-exchange",
            columns=[self.env._("System"), self.env._("External ID")],
            rows=[row(link, [link.system, link.external_id]) for link in links],
        )

    def action_open_summary(self):
        """Open the 360° view of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "somconnexio_base.action_customer_summary"
        )
        action["context"] = {"active_id": self.id, "active_model": "res.partner"}
        action["display_name"] = self.display_name
        return action
