ALTER TABLE {t} SET TBLPROPERTIES ('delta.feature.timestampNtz' = 'supported');
ALTER TABLE {t} ADD COLUMN seen TIMESTAMP_NTZ;
INSERT INTO {t} (project_id, branch_id, recorded_at, run_id, source, metric_name, metric_value, unit, date, seen)
VALUES ('shop', 'production', TIMESTAMP '2026-03-02 10:00:00', 'r3', 'live', 'm4', 32, 'count', DATE '2026-03-02', TIMESTAMP_NTZ '2026-03-02 10:00:00');
