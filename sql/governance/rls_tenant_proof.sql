-- What does this role see of other tenants, with the setting missing, forged and its own?
-- since: 16
-- timeout: 60s
-- params: role_name text, tenant text, own_tenants text[], forged text, mode text, setting text, schema_names text[], table_names text[], column_name text
-- units: rows; counting stops at 1,000 per table and situation
with truth as materialized (
    -- As ourselves and before the role changes: an aggregate is complete before the first row leaves it.
    select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
               'name', p.name, 'col', p.col, 'type', p.type,
               'own', (pg_catalog.regexp_match(pg_catalog.query_to_xml(
                          pg_catalog.format('select exists (select from %s where %s = any (%L::%s[])) as n',
                                 p.name, p.col, :own_tenants::text[], p.type),
                          false, false, '')::text, '<n>([^<]*)</n>'))[1])) as places
      from (select pg_catalog.format('%I.%I', w.s, w.t) as name,
                   pg_catalog.quote_ident(a.attname) as col,
                   pg_catalog.format_type(a.atttypid, a.atttypmod) as type
              from unnest(:schema_names::text[], :table_names::text[]) as w (s, t)
              join pg_catalog.pg_namespace n on n.nspname = w.s
              join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.t
              join pg_catalog.pg_attribute a
                on a.attrelid = c.oid and a.attname = :column_name and not a.attisdropped) as p
), situation (value, allowed, own_shown) as (
    values ('', case :mode::text when 'setting' then '{}' else :own_tenants::text[] end,
            :mode::text <> 'setting'),
           (:forged::text, case :mode::text when 'setting' then '{}' else :own_tenants::text[] end,
            :mode::text <> 'setting')
    union all
    select :tenant::text, array[:tenant::text], true
     where :mode::text = 'setting' and :tenant::text <> ''
), seen as materialized (
    select s.own_shown and (p ->> 'own') = 'true' as own_there,
           -- The role and the setting hold until this statement ends; the inner query is planned under them.
           case when pg_catalog.set_config('role', :role_name, true) is not null
                then case when pg_catalog.set_config(:setting, s.value, true) is not null
                          then pg_catalog.query_to_xml(pg_catalog.format(
                                  'select (select count(*) from (select from %1$s where (%2$s = any'
                                  || ' (%3$L::%4$s[])) is not true limit 1000) f) as n,'
                                  || ' exists (select from %1$s where %2$s = any (%3$L::%4$s[])) as o',
                                  p ->> 'name', p ->> 'col', s.allowed, p ->> 'type'),
                                  false, false, '')::text
                     end
           end as answer
      from truth t
     cross join lateral pg_catalog.jsonb_array_elements(t.places) as p
     cross join situation s
)
select coalesce(pg_catalog.sum((pg_catalog.regexp_match(s.answer, '<n>(\d+)</n>'))[1]::int8), -1)::int8
           as foreign_rows,
       pg_catalog.count(*) filter (where s.own_there and s.answer !~ '<o>true</o>') as own_hidden,
       pg_catalog.count(*) as looks
  from seen s
