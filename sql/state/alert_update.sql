-- Stores what became of an alert. Who handled it is never forgotten, who acknowledged it only when it becomes
-- critical; it does not come back where another one on the same metric of the target is on.
-- since: 13
-- timeout: 15s
-- params: severity text, value float8, threshold float8, subject text, message text, updated_at timestamptz, recovered_at timestamptz, acknowledged_by text, handled_by text, critical_at timestamptz, returns int4, id text
-- units: none
update alerts a
   set severity = :severity, value = :value, threshold = :threshold, subject = :subject,
       message = :message, updated_at = :updated_at, recovered_at = :recovered_at,
       acknowledged_by = case when :acknowledged_by::text is null
                                   and :critical_at::timestamptz is distinct from a.critical_at
                              then null
                              else coalesce(:acknowledged_by, a.acknowledged_by) end,
       acknowledged_at = case when :acknowledged_by::text is null
                                   and :critical_at::timestamptz is distinct from a.critical_at
                              then null
                              else a.acknowledged_at end,
       handled_by = coalesce(:handled_by, a.handled_by),
       critical_at = :critical_at, returns = :returns
 where a.id = :id
   and (:recovered_at::timestamptz is not null or a.recovered_at is null
        or not exists (select 1
                         from alerts o
                        where o.target_key = a.target_key and o.metric = a.metric
                          and o.recovered_at is null));
