-- Forget the sums of some months of a company.
--
-- grain:      one row per row of telecom_usage_summary
-- reads:      nothing
-- writes:     telecom_usage_summary
-- params:     company_id, months (first days), from_month (and all later ones)
-- idempotent: deletes what is there
delete from telecom_usage_summary as summary
where
    summary.company_id = %(company_id)s
    and (summary.month >= %(from_month)s or summary.month = any(%(months)s))
