CREATE TABLE generatedColumns (project_id STRING, branch_id STRING, recorded_at TIMESTAMP, run_id STRING, source STRING, metric_name STRING, metric_value DOUBLE, unit STRING, threshold_level STRING, subject STRING, date DATE GENERATED ALWAYS AS (CAST(recorded_at AS DATE))) USING delta PARTITIONED BY (date) LOCATION '{path}' TBLPROPERTIES ('lakebaseops.retentionDays' = '90');
INSERT INTO {t} SELECT * FROM {base};
INSERT INTO {t} (project_id, branch_id, recorded_at, run_id, source, metric_name, metric_value, unit, date)
VALUES ('shop', 'production', TIMESTAMP '2026-03-02 10:00:00', 'r3', 'live', 'm4', 32, 'count', DATE '2026-03-02');
