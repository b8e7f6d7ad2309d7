ALTER TABLE shop.customers ADD PRIMARY KEY (id);
ALTER TABLE shop.products ADD PRIMARY KEY (id);
ALTER TABLE shop.products ADD CONSTRAINT products_sku_key UNIQUE (sku);
ALTER TABLE shop.orders ADD PRIMARY KEY (id);
ALTER TABLE shop.order_items ADD PRIMARY KEY (id);
ALTER TABLE shop.payments ADD PRIMARY KEY (id);
ALTER TABLE shop.inventory ADD PRIMARY KEY (product_id, warehouse_id);
ALTER TABLE shop.shipments ADD PRIMARY KEY (id);
CREATE INDEX orders_customer_id_created_at_idx ON shop.orders (customer_id, created_at);
CREATE INDEX order_items_order_id_idx ON shop.order_items (order_id);
CREATE INDEX order_items_product_id_idx ON shop.order_items (product_id);
CREATE INDEX payments_order_id_idx ON shop.payments (order_id);
CREATE INDEX inventory_updated_at_idx ON shop.inventory (updated_at);
CREATE INDEX events_happened_at_idx ON web.events (happened_at);

ALTER TABLE shop.orders ADD FOREIGN KEY (customer_id) REFERENCES shop.customers (id);
ALTER TABLE shop.order_items ADD FOREIGN KEY (order_id) REFERENCES shop.orders (id);
ALTER TABLE shop.order_items ADD FOREIGN KEY (product_id) REFERENCES shop.products (id);
ALTER TABLE shop.payments ADD FOREIGN KEY (order_id) REFERENCES shop.orders (id);
ALTER TABLE shop.inventory ADD FOREIGN KEY (product_id) REFERENCES shop.products (id);

-- The identity columns go on after the rows that were given their numbers.
SELECT setval(pg_get_serial_sequence('shop.customers', 'id'), (SELECT max(id) FROM shop.customers));
SELECT setval(pg_get_serial_sequence('shop.products', 'id'), (SELECT max(id) FROM shop.products));
SELECT setval(pg_get_serial_sequence('shop.orders', 'id'), (SELECT max(id) FROM shop.orders));
