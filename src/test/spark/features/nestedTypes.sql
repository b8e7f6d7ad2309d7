ALTER TABLE {t} ADD COLUMNS (tags ARRAY<STRING>, place STRUCT<room: INT, house: STRING>, labels MAP<STRING, INT>);
INSERT INTO {t} (project_id, branch_id, recorded_at, run_id, source, metric_name, metric_value, unit, date, tags, place, labels)
SELECT 'shop', 'production', TIMESTAMP '2026-03-02 10:00:00', 'r3', 'live', 'm4', 32, 'count', DATE '2026-03-02', array('a', 'b'), named_struct('room', 1, 'house', 'x'), map('k', 1);
