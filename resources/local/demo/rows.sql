-- Rows computed from their number alone, so that every load is the same but for its day. :orders is the size.
INSERT INTO shop.customers (id, email, full_name, phone, country, created_at)
SELECT g,
       'user' || g || '@example.com',
       (ARRAY['Ada','Ben','Cleo','Dan','Eva','Finn','Gita','Hugo'])[1 + g % 8] || ' '
           || (ARRAY['Adler','Brandt','Costa','Dubois','Egger','Fischer','Gruber'])[1 + g % 7],
       '+49 30 ' || lpad((g % (:orders / 8))::text, 8, '0'),
       (ARRAY['DE','FR','IT','ES','NL','US'])[1 + g % 6],
       date_trunc('day', now()) - (g % 900) * interval '1 day'
FROM generate_series(1, :orders / 4) g;

INSERT INTO shop.products (id, sku, title, category, price_cents)
SELECT g, 'SKU-' || lpad(g::text, 6, '0'), 'Product ' || g,
       (ARRAY['garden','kitchen','books','toys','sport'])[1 + g % 5], 199 + (g * 7919) % 20000
FROM generate_series(1, 5000) g;

-- About 400 days of history: three quarters are older than 90 days.
INSERT INTO shop.orders (id, customer_id, status, coupon_code, total_cents, created_at)
SELECT g,
       1 + (g * 7919::bigint) % (:orders / 4),
       CASE WHEN g > :orders * 0.98 THEN 'open' WHEN g % 50 = 0 THEN 'returned' ELSE 'done' END,
       CASE WHEN g % 10 = 0 THEN 'SAVE' || g % 100 END,
       500 + (g * 104729::bigint) % 30000,
       date_trunc('day', now()) - interval '400 days' + g * (interval '400 days' / :orders)
FROM generate_series(1, :orders) g;

INSERT INTO shop.order_items (order_id, product_id, quantity, price_cents)
SELECT o, 1 + (o * 31::bigint + i * 1009) % 5000, 1 + (o + i) % 4, 199 + (o * i::bigint) % 20000
FROM generate_series(1, :orders) o, generate_series(1, 2) i;

-- Three attempts per paid order, of which the last one stays: what is deleted later leaves the holes.
INSERT INTO shop.payments (order_id, method, outcome, amount_cents, created_at)
SELECT o, (ARRAY['card','invoice','wallet'])[1 + o % 3], CASE a WHEN 3 THEN 'captured' ELSE 'failed' END,
       500 + (o * 104729::bigint) % 30000,
       date_trunc('day', now()) - interval '400 days' + o * (interval '400 days' / :orders)
FROM generate_series(1, :orders, 3) o, generate_series(1, 3) a ORDER BY o, a;

INSERT INTO shop.inventory (product_id, warehouse_id, quantity, shelf_notes)
SELECT p, w, (p * w) % 500, repeat(md5((p * 4 + w)::text), 12)
FROM generate_series(1, 5000) p, generate_series(1, 4) w;

INSERT INTO shop.shipments (order_id, carrier, shipped_at)
SELECT :orders - g, (ARRAY['DHL','UPS','GLS'])[1 + g % 3], now() - g * interval '2 minutes'
FROM generate_series(1, 40000) g;

INSERT INTO web.events (customer_id, path, happened_at)
SELECT 1 + (g * 7919::bigint) % (:orders / 4),
       (ARRAY['/','/search','/cart','/checkout','/product/' || g % 5000])[1 + g % 5],
       now() - g * (interval '210 days' / :orders)
FROM generate_series(1, :orders) g;
