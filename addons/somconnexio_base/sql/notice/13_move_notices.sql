-- Notices: let what partners were told be what the one was told that they become.
--
-- grain:      one row per notice of the partners that go
-- reads:      telecom_notice
-- writes:     telecom_notice
-- params:     source_ids, target_id
-- idempotent: a repeat finds no row
--
-- No foreign key tells Odoo's own merge of these rows. Whoever was told the same under
-- two names keeps both proofs, the second under an occasion of its own.
with told as (
    select
        notice.id,
        notice.partner_id,
        row_number() over (
            partition by notice.kind_id, notice.res_id, notice.window_key
            order by (notice.partner_id = %(target_id)s) desc, notice.id
        ) as number
    from telecom_notice as notice
    where
        notice.partner_id = any(%(source_ids)s)
        or notice.partner_id = %(target_id)s
)

update telecom_notice as notice
set
    partner_id = %(target_id)s,
    window_key = case
        when told.number = 1 then notice.window_key
        else concat_ws(' ', nullif(notice.window_key, ''), '#' || notice.id)
    end
from told
where
    notice.id = told.id
    and told.partner_id <> %(target_id)s
