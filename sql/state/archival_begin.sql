-- Opens an archival, or leaves it as it stands when it is continued.
-- since: 13
-- timeout: 15s
-- params: id uuid, target text, database text, schema text, table text, archive_table text, cold_before timestamptz, cold_days int4, step text, plan_id uuid, at timestamptz, bytes_before int8
-- units: none
insert into archivals as a (id, target_key, database_name, schema_name, table_name, archive_table, cold_before, cold_days,
                       step, plan_id, phase, status, started_at, phase_at, bytes_before)
values (:id, :target, :database, :schema, :table, :archive_table, :cold_before, :cold_days,
        :step, :plan_id, 'SELECT', 'RUNNING', :at, :at, :bytes_before)
on conflict (id) do update set status = 'RUNNING', plan_id = excluded.plan_id, error = null, phase_at = excluded.phase_at
