-- Create the days that bills charged a fee for and that are not owed after all.
--
-- A service ended later than anybody knew, or was paid in advance: its contract line
-- does not cover the days any more. The planner puts the text in the place of its call.
--
-- Days before `since` have two exceptions. Those of a tariff that another tariff of the
-- subscription has taken over wait until that one is billed for them: else its days
-- would be for nothing. And what a person has given back by a credit note stays the
-- person's.
--
-- A fee is worth what its remaining days cost by its own rule (telecom_prorate), all of
-- its days what was billed and none of them nothing. A stretch gives back what the fee
-- is worth less without it; where that is nothing, only days from `since` on are told.
--
-- grain:      nothing is read or written but the definition; the function has one row
--             per billed fee x stretch of its days
-- reads:      telecom_bill_run_line, telecom_bill_run_account, contract_line,
--             product_product, product_template, contract_contract,
--             telecom_lifecycle_reason, account_move, account_move_line
-- writes:     telecom_fee_surplus(of_company, of_accounts, since, digits); of all
--             billing accounts when of_accounts is empty; amount is below zero
-- idempotent: replaces the function
create or replace function telecom_fee_surplus(
    of_company integer, of_accounts integer[], since date, digits integer
) returns table (
    fee_id integer,
    billing_account_id integer,
    stretch daterange,
    amount numeric
)
language sql stable
as $$
    with

    candidate as (
        select
            fee.id,
            fee.billing_account_id,
            fee.contract_line_id,
            fee.day_count,
            coalesce(fee.generation, 0) as generation,
            bill.move_id,
            line.contract_id as subscription_id,
            line.telecom_line_kind,
            datemultirange(daterange(fee.period_from, fee.period_to)) as days,
            case
                when line.is_canceled is true or line.date_end < line.date_start
                    then '{}'::datemultirange
                else datemultirange(daterange(line.date_start, line.date_end, '[]'))
            end as owed_days
        from telecom_bill_run_line as fee
        inner join telecom_bill_run_account as bill
            on fee.run_account_id = bill.id
        inner join contract_line as line
            on fee.contract_line_id = line.id
        where
            fee.company_id = of_company
            and (
                cardinality(of_accounts) = 0
                or fee.billing_account_id = any(of_accounts)
            )
            and fee.kind = 'fee'
            and fee.is_void is not true
            and bill.move_id is not null
            and (
                line.is_canceled is true
                or line.date_end < fee.period_to - 1
                or line.date_start > fee.period_from
            )
    ),

    -- Materialized, so that what follows looks at the few that are left.
    open_fee as materialized (
        select
            candidate.*,
            coalesce(credited.days, '{}') * candidate.days as credited_days
        from candidate
        cross join lateral (
            select range_agg(daterange(credit.period_from, credit.period_to)) as days
            from telecom_bill_run_line as credit
            where
                credit.contract_line_id = candidate.contract_line_id
                and credit.kind = 'fee_credit'
                and credit.is_void is not true
                and coalesce(credit.generation, 0) = candidate.generation
        ) as credited
        where
            candidate.days - candidate.owed_days - coalesce(credited.days, '{}')
            <> '{}'
    ),

    judged as (
        select
            open_fee.*,
            case
                when given.by_hand then datemultirange(daterange(null, since))
                when open_fee.telecom_line_kind = 'tariff'
                    then
                        coalesce(heir.days, '{}')
                        * datemultirange(daterange(null, since))
                else '{}'
            end as kept_days
        from open_fee
        cross join lateral (
            select
                range_agg(daterange(line.date_start, line.date_end, '[]'))
                - coalesce(
                    range_agg(daterange(fee.period_from, fee.period_to)) filter (
                        where fee.id is not null
                    ),
                    '{}'
                ) as days
            from contract_line as line
            left join telecom_bill_run_line as fee
                on
                    line.id = fee.contract_line_id
                    and fee.kind = 'fee'
                    and fee.is_void is not true
            where
                line.contract_id = open_fee.subscription_id
                and line.id <> open_fee.contract_line_id
                and line.telecom_line_kind = 'tariff'
                and line.is_canceled is not true
                and (line.date_end is null or line.date_end >= line.date_start)
        ) as heir
        cross join lateral (
            select
                exists (
                    select from account_move_line as item
                    inner join account_move_line as credit
                        on item.id = credit.telecom_credited_line_id
                    where
                        item.telecom_bill_line_id = open_fee.id
                        and credit.parent_state <> 'cancel'
                )
                or exists (
                    select from account_move as reversal
                    where
                        reversal.reversed_entry_id = open_fee.move_id
                        and reversal.state <> 'cancel'
                        and not exists (
                            select from account_move_line as item
                            where
                                item.move_id = reversal.id
                                and item.telecom_credited_line_id is not null
                        )
                ) as by_hand
        ) as given
    ),

    surplus as (
        select
            judged.id as fee_id,
            judged.billing_account_id,
            given_back.stretch,
            judged.day_count
            - (
                select coalesce(sum(upper(credited.days) - lower(credited.days)), 0)
                from unnest(judged.credited_days) as credited (days)
            )
            - sum(upper(given_back.stretch) - lower(given_back.stretch)) over (
                partition by judged.id
                order by given_back.stretch
            ) as days_after
        from judged
        cross join lateral unnest(
            judged.days - judged.owed_days - judged.credited_days - judged.kept_days
        ) as given_back (stretch)
    ),

    priced as (
        select
            surplus.fee_id,
            surplus.billing_account_id,
            surplus.stretch,
            worth.days_left,
            case
                when worth.days_left = 0 then 0
                when worth.days_left = fee.day_count then fee.amount_untaxed
                when convention.method = 'full_month' then fee.amount_untaxed
                else
                    round(
                        telecom_prorate(
                            fee.price_unit * fee.quantity,
                            worth.days_left,
                            fee.month_days,
                            convention.method
                        ),
                        digits
                    )
            end as amount
        from surplus
        inner join telecom_bill_run_line as fee
            on surplus.fee_id = fee.id
        left join product_product as product
            on fee.product_id = product.id
        left join product_template as template
            on product.product_tmpl_id = template.id
        left join contract_contract as subscription
            on fee.subscription_id = subscription.id
        left join telecom_lifecycle_reason as reason
            on subscription.termination_reason_id = reason.id
        cross join lateral (
            select
                telecom_fee_convention(
                    template.telecom_fee_proration, reason.is_withdrawal
                ) as method
        ) as convention
        cross join lateral unnest(
            array[
                surplus.days_after,
                surplus.days_after
                + (upper(surplus.stretch) - lower(surplus.stretch))
            ]
        ) as worth (days_left)
    )

    select
        priced.fee_id,
        priced.billing_account_id,
        priced.stretch,
        (array_agg(priced.amount order by priced.days_left))[1]
        - (array_agg(priced.amount order by priced.days_left))[2]
    from priced
    group by priced.fee_id, priced.billing_account_id, priced.stretch
    having
        upper(priced.stretch) > since
        or min(priced.amount) <> max(priced.amount)
$$;
