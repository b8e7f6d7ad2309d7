-- Which findings are open, worst and oldest first, from the given place on?
-- since: 13
-- timeout: 15s
-- params: target text, kind text, database text, schema text, limit int8, offset int8
-- units: none
select body as finding, state, first_seen, last_seen, times_seen, ignore_reason
  from findings
 where state = 'OPEN'
   and (:target::text is null or target_key = :target)
   and (:kind::text is null or kind = :kind)
   and (:database::text is null or database_name = :database)
   and (:schema::text is null or schema_name = :schema)
 order by severity_rank desc, first_seen, fingerprint
 limit :limit offset :offset;
