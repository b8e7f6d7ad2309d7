-- Which text search parsers, templates, dictionaries and configurations did users make?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
with found as (
  select 'pg_ts_parser' as catalog, p.oid, jsonb_build_object(
           'kind', 'TEXT_SEARCH_PARSER', 'path', array[n.nspname::text, p.prsname::text],
           'reference', format('TEXT SEARCH PARSER %I.%I', n.nspname, p.prsname),
           'definition', format('CREATE TEXT SEARCH PARSER %I.%I (START = %s, GETTOKEN = %s, END = %s, LEXTYPES = %s',
                                n.nspname, p.prsname, p.prsstart, p.prstoken, p.prsend, p.prslextype)
             || coalesce(', HEADLINE = ' || nullif(p.prsheadline::text, '-'), '') || ')',
           'comment', obj_description(p.oid, 'pg_ts_parser')) as body
    from pg_ts_parser p
    join pg_namespace n on n.oid = p.prsnamespace
   where p.oid >= 16384
     and p.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_ts_parser'::regclass and deptype = 'e')
  union all
  select 'pg_ts_template', t.oid, jsonb_build_object(
           'kind', 'TEXT_SEARCH_TEMPLATE', 'path', array[n.nspname::text, t.tmplname::text],
           'reference', format('TEXT SEARCH TEMPLATE %I.%I', n.nspname, t.tmplname),
           'definition', format('CREATE TEXT SEARCH TEMPLATE %I.%I (LEXIZE = %s', n.nspname, t.tmplname, t.tmpllexize)
             || coalesce(', INIT = ' || nullif(t.tmplinit::text, '-'), '') || ')',
           'comment', obj_description(t.oid, 'pg_ts_template'))
    from pg_ts_template t
    join pg_namespace n on n.oid = t.tmplnamespace
   where t.oid >= 16384
     and t.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_ts_template'::regclass and deptype = 'e')
  union all
  select 'pg_ts_dict', d.oid, jsonb_build_object(
           'kind', 'TEXT_SEARCH_DICTIONARY', 'path', array[n.nspname::text, d.dictname::text],
           'reference', format('TEXT SEARCH DICTIONARY %I.%I', n.nspname, d.dictname),
           'definition', format('CREATE TEXT SEARCH DICTIONARY %I.%I (TEMPLATE = %I.%I', n.nspname, d.dictname,
                                tn.nspname, t.tmplname)
             || coalesce(', ' || d.dictinitoption, '') || ')',
           'owner', pg_get_userbyid(d.dictowner), 'comment', obj_description(d.oid, 'pg_ts_dict'))
    from pg_ts_dict d
    join pg_namespace n on n.oid = d.dictnamespace
    join pg_ts_template t on t.oid = d.dicttemplate
    join pg_namespace tn on tn.oid = t.tmplnamespace
   where d.oid >= 16384
     and d.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_ts_dict'::regclass and deptype = 'e')
  union all
  select 'pg_ts_config', c.oid, jsonb_build_object(
           'kind', 'TEXT_SEARCH_CONFIGURATION', 'path', array[n.nspname::text, c.cfgname::text],
           'reference', format('TEXT SEARCH CONFIGURATION %I.%I', n.nspname, c.cfgname),
           'definition', format('CREATE TEXT SEARCH CONFIGURATION %I.%I (PARSER = %I.%I)', n.nspname, c.cfgname,
                                pn.nspname, p.prsname),
           'parts', (select jsonb_agg(jsonb_build_object(
               'name', 'mapping ' || m.alias, 'value', m.dictionaries,
               'add', format('ALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %I WITH %s',
                             n.nspname, c.cfgname, m.alias, m.dictionaries),
               'drop', format('ALTER TEXT SEARCH CONFIGURATION %I.%I DROP MAPPING FOR %I',
                              n.nspname, c.cfgname, m.alias)) order by m.alias)
              from (select k.alias, string_agg(m.mapdict::regdictionary::text, ', ' order by m.mapseqno) as dictionaries
                      from pg_ts_config_map m
                      join ts_token_type(c.cfgparser) k on k.tokid = m.maptokentype
                     where m.mapcfg = c.oid
                     group by k.alias) m),
           'owner', pg_get_userbyid(c.cfgowner), 'comment', obj_description(c.oid, 'pg_ts_config'))
    from pg_ts_config c
    join pg_namespace n on n.oid = c.cfgnamespace
    join pg_ts_parser p on p.oid = c.cfgparser
    join pg_namespace pn on pn.oid = p.prsnamespace
   where c.oid >= 16384
     and c.oid not in (select objid from pg_depend
                      where refclassid = 'pg_extension'::regclass
                        and classid = 'pg_ts_config'::regclass and deptype = 'e'))
select catalog, oid::int8 as oid, body::text as body
  from found
 where (select set_config('search_path', '', true)) is not null
