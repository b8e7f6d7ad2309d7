-- What depends on this table?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
-- units: none
with t as (select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = :schema_name and c.relname = :table_name)
select 'foreign key' as kind, k.conname::text as name, k.conrelid::regclass::text as of_object,
       pg_catalog.pg_get_constraintdef(k.oid) as definition
  from pg_catalog.pg_constraint k join t on k.confrelid = t.oid where k.contype = 'f'
union all
select distinct case v.relkind when 'm' then 'materialized view' else 'view' end, v.relname::text, v.oid::regclass::text, ''
  from pg_catalog.pg_depend d join t on d.refobjid = t.oid and d.refclassid = 'pg_catalog.pg_class'::regclass
  join pg_catalog.pg_rewrite r on r.oid = d.objid and d.classid = 'pg_catalog.pg_rewrite'::regclass
  join pg_catalog.pg_class v on v.oid = r.ev_class and v.oid <> t.oid
union all
select 'trigger', g.tgname::text, g.tgrelid::regclass::text, pg_catalog.pg_get_triggerdef(g.oid)
  from pg_catalog.pg_trigger g join t on g.tgrelid = t.oid where not g.tgisinternal
union all
select 'publication', p.pubname::text, '', '' from pg_catalog.pg_publication p
  join pg_catalog.pg_publication_rel pr on pr.prpubid = p.oid join t on pr.prrelid = t.oid
 order by 1, 2
