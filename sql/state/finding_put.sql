-- Stores findings just seen: new ones open, known ones are updated, closed ones and those whose
-- time of being ignored is over, or which got worse since, open again.
-- since: 13
-- timeout: 15s
-- params: target text, at timestamptz, fingerprints text[], kinds text[], severities text[], bodies text[], databases text[], schemas text[], tables text[], bytes_freed int8[], ms_per_hour float8[]
-- units: none
insert into findings as f
       (fingerprint, target_key, kind, severity_rank, body, database_name, schema_name, table_name,
        bytes_freed, ms_per_hour, state, first_seen, last_seen)
select s.fingerprint, :target, s.kind, s.severity::smallint, s.body, s.database, s.schema, s.table_name,
       s.bytes_freed, s.ms_per_hour, 'OPEN', :at, :at
  from unnest(:fingerprints::text[], :kinds::text[], :severities::text[], :bodies::text[],
              :databases::text[], :schemas::text[], :tables::text[], :bytes_freed::int8[],
              :ms_per_hour::float8[])
       as s (fingerprint, kind, severity, body, database, schema, table_name, bytes_freed, ms_per_hour)
on conflict (fingerprint) do update
   set severity_rank = excluded.severity_rank,
       body = excluded.body,
       table_name = excluded.table_name,
       bytes_freed = excluded.bytes_freed,
       ms_per_hour = excluded.ms_per_hour,
       state = case when f.state = 'IGNORED'
                     and (f.ignored_until is null or f.ignored_until > excluded.last_seen)
                     and excluded.severity_rank <= coalesce(f.ignored_severity, excluded.severity_rank)
                    then 'IGNORED' else 'OPEN' end,
       first_seen = case when f.state = 'CLOSED' then excluded.last_seen else f.first_seen end,
       last_seen = greatest(f.last_seen, excluded.last_seen),
       times_seen = case when f.state = 'CLOSED' then 1 else f.times_seen + 1 end,
       closed_at = null;
