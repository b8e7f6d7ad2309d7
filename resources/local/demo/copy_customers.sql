-- The customers as a careless sync pipeline might have left them in Delta: 42 keys of five classes.
-- \N is NULL; the last three rows were deleted here and not there.
COPY (
    WITH s AS (SELECT max(id) AS top, max(id) / 10 AS tenth FROM shop.customers)
    SELECT id,
           CASE WHEN id IN (3 * tenth, 5 * tenth) THEN upper(email) ELSE email END,
           full_name,
           CASE WHEN id > top - 21 THEN '+49 30 00000000' ELSE phone END,
           country,
           CASE WHEN id BETWEEN 6 * tenth AND 6 * tenth + 3 THEN created_at + interval '1 hour' ELSE created_at END
    FROM shop.customers CROSS JOIN s
    WHERE id NOT BETWEEN 9 * tenth AND 9 * tenth + 11
    UNION ALL
    SELECT -g, 'gone' || g || '@example.com', 'Gone', '', 'DE', '2026-01-08 09:00+00' FROM generate_series(1, 3) g
) TO STDOUT (FORMAT csv, NULL '\N')
