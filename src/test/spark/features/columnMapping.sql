ALTER TABLE {t} SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name', 'delta.minReaderVersion' = '2', 'delta.minWriterVersion' = '5');
ALTER TABLE {t} RENAME COLUMN run_id TO run;
ALTER TABLE {t} RENAME COLUMN run TO run_id;
ALTER TABLE {t} RENAME COLUMN metric_value TO amount;
ALTER TABLE {t} RENAME COLUMN amount TO metric_value;
ALTER TABLE {t} DROP COLUMN subject;
ALTER TABLE {t} ADD COLUMN subject STRING;
INSERT INTO {t} (project_id, branch_id, recorded_at, run_id, source, metric_name, metric_value, unit, date)
VALUES ('shop', 'production', TIMESTAMP '2026-03-02 10:00:00', 'r3', 'live', 'm4', 32, 'count', DATE '2026-03-02');
