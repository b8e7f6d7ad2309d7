-- Which collations did users make?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
select c.oid::int8 as oid,
       jsonb_build_object(
         'schema', n.nspname, 'name', c.collname,
         'provider', case c.collprovider when 'c' then 'libc' when 'i' then 'icu' when 'b' then 'builtin'
                                         else 'default' end,
         'deterministic', c.collisdeterministic, 'collate', c.collcollate, 'ctype', c.collctype,
         'locale', c.colllocale, 'rules', c.collicurules,
         'owner', pg_get_userbyid(c.collowner),
         'comment', obj_description(c.oid, 'pg_collation'))::text as body
  from pg_collation c
  join pg_namespace n on n.oid = c.collnamespace
 where n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_collation'::regclass and deptype = 'e')
