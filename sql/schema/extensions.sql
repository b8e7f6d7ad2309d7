-- Which extensions are installed, where and in which version?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Members are made by the extension's script. Were they altered since? Their fingerprint tells.
-- Names are printed in full: the search path is empty for this one statement.
select e.oid::int8 as oid,
       jsonb_build_object(
         'name', e.extname, 'schema', n.nspname, 'version', e.extversion,
         'owner', pg_get_userbyid(e.extowner),
         'members', (
           select md5(string_agg(concat_ws(' ', i.type, i.identity, x.description, m.body), E'\n'
                                 order by i.type, i.identity))
             from pg_depend d
             cross join lateral pg_identify_object(d.classid, d.objid, 0) i
             left join pg_description x on x.classoid = d.classid and x.objoid = d.objid and x.objsubid = 0
             left join lateral (
               select concat_ws(' ', p.proowner::regrole, p.procost, p.prorows, p.prosecdef, p.proleakproof,
                                p.proisstrict, p.provolatile, p.proparallel, p.proconfig, p.prosrc, p.probin,
                                pg_get_function_sqlbody(p.oid)) as body
                 from pg_proc p where d.classid = 'pg_proc'::regclass and p.oid = d.objid
               union all
               select concat_ws(' ', c.relowner::regrole, c.reloptions, c.relrowsecurity, c.relforcerowsecurity,
                                c.relpersistence, case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
                                (select string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
                                                             a.attnotnull, pg_get_expr(f.adbin, f.adrelid), a.attstattarget,
                                                             a.attstorage, a.attcompression, a.attoptions,
                                                             col_description(a.attrelid, a.attnum)), ', '
                                                   order by a.attnum)
                                   from pg_attribute a
                                   left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
                                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
                                (select string_agg(concat_ws(' ', k.conname, pg_get_constraintdef(k.oid), k.convalidated,
                                                             obj_description(k.oid, 'pg_constraint')), ', '
                                                   order by k.conname)
                                   from pg_constraint k where k.conrelid = c.oid),
                                (select string_agg(concat_ws(' ', pg_get_triggerdef(g.oid), g.tgenabled,
                                                             obj_description(g.oid, 'pg_trigger')), ', '
                                                   order by g.tgname)
                                   from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal),
                                (select string_agg(concat_ws(' ', r.rulename, pg_get_ruledef(r.oid), r.ev_enabled,
                                                             obj_description(r.oid, 'pg_rewrite')), ', '
                                                   order by r.rulename)
                                   from pg_rewrite r where r.ev_class = c.oid and c.relkind not in ('v', 'm')))
                 from pg_class c where d.classid = 'pg_class'::regclass and c.oid = d.objid
               union all
               select t.typowner::regrole::text
                 from pg_type t where d.classid = 'pg_type'::regclass and t.oid = d.objid) m on true
            where d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'e'),
         'comment', obj_description(e.oid, 'pg_extension'))::text as body
  from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace
 where e.extname <> 'plpgsql'
   and (select set_config('search_path', '', true)) is not null
