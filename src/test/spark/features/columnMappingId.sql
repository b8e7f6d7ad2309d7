CREATE TABLE {t} USING delta PARTITIONED BY (date) TBLPROPERTIES ('delta.columnMapping.mode' = 'id', 'lakebaseops.retentionDays' = '90') AS SELECT * FROM {base};
INSERT INTO {t} (project_id, branch_id, recorded_at, run_id, source, metric_name, metric_value, unit, date)
VALUES ('shop', 'production', TIMESTAMP '2026-03-02 10:00:00', 'r3', 'live', 'm4', 32, 'count', DATE '2026-03-02');
