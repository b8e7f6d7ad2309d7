-- What runs when these relations are read, and what may run when reading them is planned?
-- since: 14
-- timeout: 20s
-- params: oids int8[]
-- units: none
select c.oid::int8 as oid, n.nspname::text as schema, c.relname::text as name, c.relkind::text as kind,
       c.oid < 16384 as built_in, c.relam = 0 or c.relam < 16384 as usual_storage, c.relrowsecurity as row_security,
       coalesce((select array_agg(r.ev_action::text || coalesce(r.ev_qual::text, ''))
                   from pg_rewrite r where r.ev_class = c.oid and r.ev_type = '1'), '{}') as rules,
       coalesce((select array_agg(p.polqual::text)
                   from pg_policy p where p.polrelid = c.oid and p.polqual is not null), '{}') as policies,
       coalesce((select array_agg(f.adbin::text)
                   from pg_attrdef f join pg_attribute a on a.attrelid = f.adrelid and a.attnum = f.adnum
                  where f.adrelid = c.oid and a.attgenerated = 'v'), '{}') as generated,
       array_remove(coalesce((select array_agg(i.indexprs::text) || array_agg(i.indpred::text)
                                from pg_index i where i.indrelid = c.oid), '{}')
         || coalesce((select array_agg(k.partexprs::text) from pg_partitioned_table k where k.partrelid = c.oid), '{}')
         || coalesce((select array_agg(s.stxexprs::text) from pg_statistic_ext s where s.stxrelid = c.oid), '{}'),
         null) as planned,
       coalesce((select array_agg(h.inhrelid::int8) from pg_inherits h where h.inhparent = c.oid), '{}') as children,
       coalesce((select array_agg(distinct a.atttypid::int8) from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '{}') as types
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where c.oid = any (:oids::oid[])
