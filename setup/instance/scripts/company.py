"""Run in `odoo shell`: the main company becomes a Spanish cooperative."""

company = env.ref("base.main_company")  # noqa: F821
company.country_id = env.ref("base.es")  # noqa: F821
# A chart can only be taken while the company has no entry yet, as it has none here.
env["account.chart.template"].try_loading(  # noqa: F821
    "es_coop_pymes", company=company, install_demo=False
)
# What a telecom cooperative sells are services; the chart proposes the tax on goods.
chart = env["account.chart.template"].with_company(company)  # noqa: F821
company.account_sale_tax_id = chart.ref("account_tax_template_s_iva21s")
env.cr.commit()  # noqa: F821
