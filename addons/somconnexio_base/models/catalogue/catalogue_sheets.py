# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The sheets of the catalogue's workbook."""

from .catalogue_sheet import Column, Sheet

SOURCE_LANG = "en_US"
#: Columns for translations, where their languages are installed.
TRANSLATIONS = (("ca", "ca_ES"), ("es", "es_ES"))


def catalogue_sheets(env):
    """Return the sheets in the order in which they are applied.

    :return: list of Sheet
    """
    langs = {code for code, _name in env["res.lang"].get_installed()}
    shown = [(short, lang) for short, lang in TRANSLATIONS if lang in langs]
    return [
        _offering_sheet(env, shown),
        _rule_sheet(env, shown),
        _pack_sheet(env, shown),
        _part_sheet(shown),
        _effect_sheet(),
        _compatibility_sheet(env),
        _price_sheet(env),
    ]


#: Rules and packs exist before the offerings that name them.
APPLIED_FIRST = ("rules", "packs", "parts")


def _texts(name, field, langs):
    """Return the columns of a translated text."""
    return [
        Column(name, field=field, lang=SOURCE_LANG),
        *(Column(f"{name}_{short}", field=field, lang=lang) for short, lang in langs),
    ]


def _choices(env, model, field):
    return tuple(key for key, _label in env[model]._fields[field].selection)


def _offering_sheet(env, langs):
    Template = "product.template"
    return Sheet(
        "offerings",
        Template,
        [
            Column("code", "code", "default_code", is_key=True),
            *_texts("name", "name", langs),
            Column(
                "kind",
                "choice",
                "telecom_kind",
                choices=_choices(env, Template, "telecom_kind"),
            ),
            Column(
                "service_type",
                "code",
                "telecom_service_type_id",
                ref="telecom.service.type",
            ),
            Column("price", "price", "list_price"),
            Column("price_with_tax", "price", get=_taxed_list_price, set=_no_values),
            Column("download_mbps", "number"),
            Column("upload_mbps", "number"),
            *_texts("included", "telecom_allowance_text", langs),
            Column("commitment_months", "number", "telecom_commitment_months"),
            Column("notice_days", "number", "telecom_notice_days"),
            *_texts("terms", "telecom_terms", langs),
            Column(
                "sold",
                "choice",
                "telecom_visibility",
                choices=_choices(env, Template, "telecom_visibility"),
            ),
            Column("on_sale_from", "date", "telecom_sale_start_date"),
            Column("on_sale_until", "date", "telecom_sale_end_date"),
            Column(
                "eligibility",
                "codes",
                "telecom_eligibility_rule_ids",
                ref="telecom.eligibility.rule",
            ),
            Column("packs", "codes", "telecom_pack_slot_ids", ref="telecom.pack.slot"),
            Column("in_packs_only", "flag", "telecom_is_pack_only"),
            Column("active", "flag"),
        ],
        domain=[("telecom_kind", "!=", False), ("default_code", "!=", False)],
        defaults={"type": "service", "list_price": 0},
        order="telecom_kind, telecom_service_type_id, default_code",
    )


def _taxed_list_price(product):
    company = product.company_id or product.env.company
    return product._telecom_taxed(product.list_price, company)


def _no_values(_env, _value, _record):
    """The price with tax says what the price without tax is; it isn't written."""
    return {}


def _rule_sheet(env, langs):
    Rule = "telecom.eligibility.rule"
    return Sheet(
        "rules",
        Rule,
        [
            Column("code", "code", is_key=True),
            *_texts("name", "name", langs),
            Column("kind", "choice", choices=_choices(env, Rule, "kind")),
            Column("holder", "choice", "holder_kind", choices=("person", "company")),
            Column("tags", "codes", "partner_category_ids", ref="res.partner.category"),
            Column("services", "codes", "service_type_ids", ref="telecom.service.type"),
            Column("agreements", "codes", "agreement_ids", ref="cooperative.agreement"),
            Column("postal_codes", field="postal_prefixes"),
            Column("minimum", "number"),
            Column("maximum", "number"),
            *_texts("explanation", "explanation", langs),
            Column("active", "flag"),
        ],
        order="sequence, code",
    )


def _pack_sheet(env, langs):
    Pack = "telecom.pack"
    return Sheet(
        "packs",
        Pack,
        [
            Column("code", "code", is_key=True),
            *_texts("name", "name", langs),
            Column("scope", "choice", choices=_choices(env, Pack, "scope")),
            *_texts("note", "note", langs),
            Column("active", "flag"),
        ],
        order="sequence, code",
    )


def _part_sheet(langs):
    return Sheet(
        "parts",
        "telecom.pack.slot",
        [
            Column("pack", "code", "pack_id", ref="telecom.pack", is_key=True),
            Column("code", "code", is_key=True),
            *_texts("name", "name", langs),
            Column(
                "service_type", "code", "service_type_id", ref="telecom.service.type"
            ),
            Column("minimum", "number"),
            Column("maximum", "number"),
        ],
        order="pack_id, sequence, id",
    )


def _effect_sheet():
    part = "telecom.pack.slot"
    product = "product.template"
    return Sheet(
        "effects",
        "telecom.pack.effect",
        [
            Column("pack", "code", "pack_id", ref="telecom.pack", is_key=True),
            Column("row", "number", "sequence", is_key=True),
            Column("when_it_ends", "flag", "is_fallback"),
            Column("part", "code", "slot_id", ref=part),
            Column("who_have", "code", "from_offering_id", ref=product),
            Column("counted_part", "code", "counted_slot_id", ref=part),
            Column("count_from", "number"),
            Column("count_to", "number"),
            Column("get", "code", "product_tmpl_id", ref=product),
        ],
        order="pack_id, sequence, id",
    )


def _compatibility_sheet(env):
    model = "telecom.offering.compatibility"
    product = "product.template"
    return Sheet(
        "compatibility",
        model,
        [
            Column("addon", "code", "addon_id", ref=product, is_key=True),
            Column("offering", "code", "offering_id", ref=product, is_key=True),
            Column(
                "service_type",
                "code",
                "service_type_id",
                ref="telecom.service.type",
                is_key=True,
            ),
            Column("kind", "choice", choices=_choices(env, model, "kind")),
        ],
        order="addon_id, id",
    )


def _price_sheet(env):
    company = env.company

    def first_day(item):
        return company._telecom_civil_date(item.date_start)

    def from_day(_env, day, _record):
        return {"date_start": company._telecom_day_start_at(day)}

    return Sheet(
        "prices",
        "product.pricelist.item",
        [
            Column(
                "offering",
                "code",
                "product_tmpl_id",
                ref="product.template",
                is_key=True,
            ),
            Column("from", "date", is_key=True, get=first_day, set=from_day),
            Column("price", "price", "fixed_price"),
        ],
        domain=[
            ("pricelist_id", "=", company.telecom_pricelist_id.id),
            ("product_tmpl_id", "!=", False),
            ("compute_price", "=", "fixed"),
            ("date_start", "!=", False),
        ],
        defaults={"applied_on": "1_product", "compute_price": "fixed"},
        order="product_tmpl_id, date_start",
    )
