-- Step debit/15b: under which mandate each instalment of share capital may be debited:
-- the membership's own, or one of a billing account of the member.
-- Grain:      one row per candidate that is share capital
-- Reads:      account_banking_mandate, telecom_billing_account
-- Writes:     debit_candidate (temporary)
-- Params:     company_id
-- Idempotent: yes.
with

usable as (
    select
        candidate.id as candidate_id,
        mandate.id as mandate_id,
        mandate.partner_bank_id,
        row_number() over (
            partition by candidate.id
            order by
                (mandate.membership_id = candidate.membership_id) desc nulls last,
                mandate.id
        ) as place
    from debit_candidate as candidate
    inner join account_banking_mandate as mandate
        on
            mandate.company_id = %(company_id)s
            and mandate.state in ('valid', 'final')
    left join telecom_billing_account as payer
        on mandate.telecom_billing_account_id = payer.id
    where
        candidate.kind = 'capital'
        and (
            mandate.membership_id = candidate.membership_id
            or payer.partner_id = candidate.partner_id
        )
)

update debit_candidate as candidate
set
    mandate_id = usable.mandate_id,
    partner_bank_id = usable.partner_bank_id
from usable
where
    usable.candidate_id = candidate.id
    and usable.place = 1
