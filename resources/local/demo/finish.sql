ANALYZE shop.customers, shop.products, shop.orders, shop.order_items, shop.payments, shop.inventory, shop.shipments, web.events;

-- Last of all: a shop with this mark is complete, and the workload reads from it where the generated rows end.
COMMENT ON SCHEMA shop IS 'demo shop of :orders orders';
