-- Finds one archival with how far it is.
-- since: 13
-- timeout: 15s
-- params: id uuid
-- units: none
select id, number, target_key as target, database_name as database, schema_name as schema, table_name as "table", archive_table, cold_before, cold_days, step,
       plan_id, phase, status, started_at, phase_at, finished_at, error, bytes_before, bytes_freed, checksum, manifest,
       coalesce(p.portions, 0) as portions, coalesce(p.rows_selected, 0) as rows_selected, coalesce(p.rows_written, 0) as rows_written,
       coalesce(p.rows_verified, 0) as rows_verified, coalesce(p.rows_deleted, 0) as rows_deleted, coalesce(p.rows_restored, 0) as rows_restored
  from archivals as a
  left join lateral (
       select count(*) as portions,
              sum(row_count)::bigint as rows_selected,
              sum(row_count) filter (where state <> 'PLANNED')::bigint as rows_written,
              sum(row_count) filter (where state not in ('PLANNED', 'WRITTEN'))::bigint as rows_verified,
              sum(case when state in ('DELETED', 'RESTORED') then row_count - jsonb_array_length(kept::jsonb)
                       else least(next_batch * (a.step::jsonb -> 'order' ->> 'rowsPerBatch')::bigint, row_count) end)::bigint as rows_deleted,
              sum(row_count) filter (where state = 'RESTORED')::bigint as rows_restored
         from archival_portions as p where p.archival_id = a.id) as p on true
 where a.id = :id
