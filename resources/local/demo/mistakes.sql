-- What the console must find; README.md beside this file lists it.

-- Nobody asks for coupons.
CREATE INDEX orders_coupon_code_idx ON shop.orders (coupon_code);

-- The same index twice.
CREATE INDEX order_items_product_idx ON shop.order_items (product_id);

-- Covered by orders_customer_id_created_at_idx.
CREATE INDEX orders_customer_id_idx ON shop.orders (customer_id);

-- A foreign key whose referencing side has no index.
ALTER TABLE shop.shipments ADD CONSTRAINT shipments_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop.orders (id);

-- Two of three rows gone from every page: table and indexes keep their size.
DELETE FROM shop.payments WHERE outcome = 'failed';
-- Counters of this session must arrive before the vacuum, or they would be added after it.
SELECT pg_stat_force_next_flush();
VACUUM shop.payments;

-- 95 % of what an integer can count.
SELECT setval('shop.shipments_id_seq', 2040000000);
