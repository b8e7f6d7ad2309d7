-- What is published and subscribed?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select 'publication' as kind, p.pubname::text as name, p.puballtables as all_tables,
       (select count(*) from pg_catalog.pg_publication_tables t where t.pubname = p.pubname) as tables,
       concat_ws(', ', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end, case when p.pubdelete then 'delete' end) as changes
  from pg_catalog.pg_publication p order by 2
