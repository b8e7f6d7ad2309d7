ALTER TABLE {t} SET TBLPROPERTIES ('delta.feature.variantType' = 'supported');
ALTER TABLE {t} ADD COLUMN extra VARIANT;
INSERT INTO {t} (project_id, branch_id, recorded_at, run_id, source, metric_name, metric_value, unit, date, extra)
SELECT 'shop', 'production', TIMESTAMP '2026-03-02 10:00:00', 'r3', 'live', 'm4', 32, 'count', DATE '2026-03-02', parse_json('{"a": 1}');
