-- name: size
SELECT substring(obj_description('shop'::regnamespace, 'pg_namespace') FROM 'demo shop of (\d+) orders')::bigint,
       (SELECT max(id) FROM shop.orders);

-- name: order_page
SELECT o.id, o.status, o.total_cents, i.product_id, i.quantity
FROM shop.orders o JOIN shop.order_items i ON i.order_id = o.id
WHERE o.id = ?;

-- name: my_orders
SELECT id, status, total_cents, created_at FROM shop.orders WHERE customer_id = ? ORDER BY created_at DESC LIMIT 10;

-- name: product_page
SELECT p.title, p.price_cents, sum(v.quantity) AS in_stock
FROM shop.products p JOIN shop.inventory v ON v.product_id = p.id
WHERE p.id = ?
GROUP BY p.title, p.price_cents;

-- name: also_bought
SELECT order_id, quantity FROM shop.order_items WHERE product_id = ? ORDER BY id DESC LIMIT 20;

-- name: login
SELECT id, full_name FROM shop.customers WHERE email = ?;

-- name: page_view
INSERT INTO web.events (customer_id, path) VALUES (?, ?);

-- name: place_order
INSERT INTO shop.orders (customer_id, status, total_cents) VALUES (?, 'open', ?) RETURNING id;

-- name: add_item
INSERT INTO shop.order_items (order_id, product_id, quantity, price_cents) VALUES (?, ?, 1, ?);

-- name: pay
INSERT INTO shop.payments (order_id, method, outcome, amount_cents) VALUES (?, 'card', 'captured', ?);

-- name: ship
INSERT INTO shop.shipments (order_id, carrier) VALUES (?, 'DHL');

-- name: close_order
UPDATE shop.orders SET status = 'done' WHERE id = ? AND status = 'open';

-- name: count_stock
UPDATE shop.inventory SET quantity = (quantity + 1) % 500, updated_at = clock_timestamp() WHERE product_id >= ? AND product_id < ?;

-- name: revenue_per_day
SELECT date_trunc('day', created_at) AS day, count(*), sum(total_cents) FROM shop.orders
WHERE created_at > now() - interval '30 days' GROUP BY 1 ORDER BY 1;

-- name: best_items
SELECT order_id, product_id, price_cents, quantity FROM shop.order_items
ORDER BY price_cents * quantity DESC, order_id OFFSET 100000 LIMIT 20;

-- name: stock_movements
SELECT count(*), max(updated_at) FROM shop.inventory WHERE updated_at > now() - interval '1 minute';

-- name: read_catalogue
SELECT count(*) FROM shop.products WHERE category = 'books';

-- name: change_price
UPDATE shop.products SET updated_at = clock_timestamp() WHERE id = ?;

-- name: trim_shipments
DELETE FROM shop.shipments WHERE order_id > ? AND order_id <= ?;

-- name: trim_payments
DELETE FROM shop.payments WHERE order_id > ? AND order_id <= ?;

-- name: trim_items
DELETE FROM shop.order_items WHERE order_id > ? AND order_id <= ?;

-- name: trim_orders
DELETE FROM shop.orders WHERE id > ? AND id <= ?;

-- name: trim_events
DELETE FROM web.events WHERE happened_at BETWEEN now() - interval '3 days' AND now() - interval '2 hours' AND id > ?;
