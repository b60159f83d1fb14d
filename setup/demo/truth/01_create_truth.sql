-- grain:  one row per detail row of a provider's file, as the generator tells it
-- writes: truth (temporary)
create temporary table truth (
    file_name text not null,
    line_number integer not null,
    outcome text not null,
    reason text not null,
    subscription_code text not null,
    defect text not null,
    primary key (file_name, line_number)
) on commit drop;
