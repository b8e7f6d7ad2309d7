-- What is published for logical replication?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select p.oid::int8 as oid,
       jsonb_build_object(
         'name', p.pubname, 'all_tables', p.puballtables,
         'actions', array_to_json(array_remove(array[
            case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
            case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end], null)),
         'via_root', p.pubviaroot,
         'tables', (select jsonb_agg(jsonb_build_object(
                       'table', jsonb_build_object('schema', n.nspname, 'name', c.relname),
                       'columns', (select jsonb_agg(a.attname order by a.attnum)
                                     from pg_attribute a
                                    where a.attrelid = c.oid and a.attnum = any (r.prattrs::int2[])),
                       'row_filter', pg_get_expr(r.prqual, r.prrelid)) order by n.nspname, c.relname)
                      from pg_publication_rel r
                      join pg_class c on c.oid = r.prrelid
                      join pg_namespace n on n.oid = c.relnamespace
                     where r.prpubid = p.oid),
         'schemas', (select jsonb_agg(n.nspname order by n.nspname)
                       from pg_publication_namespace s join pg_namespace n on n.oid = s.pnnspid
                      where s.pnpubid = p.oid),
         'owner', pg_get_userbyid(p.pubowner),
         'comment', obj_description(p.oid, 'pg_publication'))::text as body
  from pg_publication p
 where p.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_publication'::regclass and deptype = 'e')
   and (select set_config('search_path', '', true)) is not null
