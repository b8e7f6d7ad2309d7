-- A partition for each month from seven months ago to the next one; those that exist stay.
DO $$
DECLARE
    month timestamptz;
BEGIN
    FOR month IN
        SELECT generate_series(
            date_trunc('month', now()) - interval '7 months',
            date_trunc('month', now()) + interval '1 month',
            interval '1 month')
    LOOP
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS web.%I PARTITION OF web.events FOR VALUES FROM (%L) TO (%L)',
            'events_' || to_char(month, 'YYYY_MM'), month, month + interval '1 month');
    END LOOP;
END
$$;
