# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who is told: from records or a domain to rows of telecom.notice, in one statement."""

from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ... import sql_steps
from ...notices import plans


class TelecomNotice(models.Model):
    _inherit = "telecom.notice"

    @api.model
    def _announce(self, kind_code, records, window="", channel_plan=None):
        """Tell the people of some records what a kind of notice says.

        The rows are there when this transaction is; they are sent by the scheduler.
        Somebody who was told the same is not told again, unless the kind says so.

        :param str kind_code: code of a telecom.notice.kind
        :param records: recordset of the kind's model
        :param str window: tells apart occasions about one record, such as "2026-10"
        :param str channel_plan: one of ``notices.plans``; by default that of the kind
        :return: int, how many notices were put into the queue; 0 for an archived kind
        :raise ValidationError: when there is no such kind, or it is about another
            model
        """
        kind = self.env["telecom.notice.kind"]._by_code(kind_code)
        if records._name != kind.model:
            raise ValidationError(
                self.env._(
                    "Notices “%(kind)s” are about %(model)s, not about %(other)s.",
                    kind=kind_code,
                    model=kind.model,
                    other=records._name,
                )
            )
        if not records or not kind.active:
            return 0
        self.env.flush_all()
        audience = self._audience_of_records(kind, records)
        return self._insert(kind, audience, window, channel_plan)

    @api.model
    def _announce_domain(self, kind_code, domain, window="", subject=None):
        """Tell the people of all records of a domain, however many.

        :param str kind_code: code of a telecom.notice.kind
        :param domain: of the kind's model; with a subject: of res.partner
        :param str window: as for ``_announce``
        :param subject: one record of the kind's model that all these people are told
            about, such as an outage or an assembly
        :return: int, how many notices were put into the queue
        :raise ValidationError: as ``_announce``
        """
        kind = self.env["telecom.notice.kind"]._by_code(kind_code)
        if not kind.active:
            return 0
        self.env.flush_all()
        return self._insert(kind, self._audience(kind, domain, subject), window)

    def _audience_of_records(self, kind, records):
        """Return SQL of the rows (res_id, partner_id, company_id) of some records."""
        path = kind._path_fields()
        if all(field.store for field in path):
            everyone = self.sudo().with_context(active_test=False)
            return everyone._audience(kind, [("id", "in", records.ids)])
        persons = [
            record.mapped(kind.partner_path)[:1].id or None for record in records
        ]
        has_company = "company_id" in records._fields
        companies = [
            (has_company and record.company_id.id) or None for record in records
        ]
        return SQL(
            "SELECT * FROM unnest(%s::int[], %s::int[], %s::int[])"
            " AS told (res_id, partner_id, company_id)",
            records.ids,
            persons,
            companies,
        )

    def _audience(self, kind, domain, subject=None):
        """Return SQL of the rows (res_id, partner_id, company_id) of a domain.

        :raise ValidationError: when the way to the person is not stored
        """
        model = self.env["res.partner" if subject else kind.model]
        path = [] if subject else kind._path_fields()
        if not all(field.store for field in path):
            raise ValidationError(
                self.env._(
                    "Notices “%(kind)s” cannot be announced to a domain: “%(path)s” is"
                    " not stored.",
                    kind=kind.code,
                    path=kind.partner_path,
                )
            )
        query = model._search(domain)
        company = model._fields.get("company_id")
        is_stored = bool(company and company.store)
        return query.select(
            SQL("%s AS res_id", subject.id if subject else self._id_of(query)),
            SQL("%s AS partner_id", self._person_of(model, path, query)),
            SQL(
                "%s AS company_id",
                model._field_to_sql(query.table, "company_id", query)
                if is_stored
                else SQL("NULL::int"),
            ),
        )

    def _id_of(self, query):
        """Return SQL of the id of a query's records."""
        return SQL.identifier(query.table, "id")

    def _person_of(self, model, path, query):
        """Return SQL of the person at the end of a path, joining what lies between."""
        if not path:
            return self._id_of(query)
        model, alias = model.sudo(), query.table
        for field in path[:-1]:
            model, alias = field.join(model, alias, query)
        return model._field_to_sql(alias, path[-1].name, query)

    def _insert(self, kind, audience, window, channel_plan=None):
        """Insert the notices of an audience that are not there, wake those that may go
        again; return how many wait now."""
        channel = plans.first_channel(channel_plan or kind.channel_plan)
        params = {
            "audience": audience,
            "kind_id": kind.id,
            "purpose_id": self._refusable(kind),
            "company_id": self.env.company.id,
            "window_key": window or "",
            "now_at": fields.Datetime.now(),
        }
        rearmed = 0
        if kind.resend_rule != "never" and not kind.is_sent_outside:
            rearmed = sql_steps.run(
                self.env,
                "notice/12_rearm_notices",
                channel=channel or "portal",
                is_by_days=kind.resend_rule == "days",
                resend_days=kind.resend_days,
                **params,
            )
        made = self._insert_new(
            channel=channel or "portal", channel_plan=channel_plan or None, **params
        )
        self.invalidate_model()
        return made + rearmed

    def _insert_new(self, **params):
        """Insert the notices of an audience that are not there; return how many.

        :raise SerializationFailure: when another transaction tells the same people at
            this moment; Odoo then tries this one again, which finds them told
        """
        try:
            return sql_steps.run(self.env, "notice/10_insert_notices", **params)
        except UniqueViolation as error:
            raise SerializationFailure(str(error)) from error

    def _refusable(self, kind):
        """Return the id of the purpose whose refusals count, 0 for none."""
        purpose = kind.purpose_id
        return 0 if purpose.is_mandatory else purpose.id

    @api.model
    def _count_audience(self, kind, domain, window=""):
        """Return what announcing to a domain would come to, and who is left out.

        :return: dict of int: ``total`` people and records, ``told`` already,
            ``refused`` the purpose, ``unreachable`` without an address for any channel,
            ``to_tell``
        """
        channels = plans.PLANS[kind.channel_plan].channels
        self.env.flush_all()
        (row,) = sql_steps.fetch(
            self.env,
            "notice/11_count_audience",
            audience=self._audience(kind, domain),
            kind_id=kind.id,
            purpose_id=self._refusable(kind),
            window_key=window or "",
            needs_mail=plans.MAIL in channels,
            needs_sms=plans.SMS in channels,
        )
        return row
