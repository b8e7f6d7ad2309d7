ALTER TABLE {t} SET TBLPROPERTIES ('delta.enableTypeWidening' = 'true');
ALTER TABLE {t} ADD COLUMN size INT;
INSERT INTO {t} (project_id, branch_id, recorded_at, run_id, source, metric_name, metric_value, unit, date, size)
VALUES ('shop', 'production', TIMESTAMP '2026-03-02 10:00:00', 'r3', 'live', 'm4', 32, 'count', DATE '2026-03-02', 7);
ALTER TABLE {t} ALTER COLUMN size TYPE BIGINT;
INSERT INTO {t} (project_id, branch_id, recorded_at, run_id, source, metric_name, metric_value, unit, date, size)
VALUES ('shop', 'production', TIMESTAMP '2026-03-02 11:00:00', 'r3', 'live', 'm5', 64, 'count', DATE '2026-03-02', 5000000000);
