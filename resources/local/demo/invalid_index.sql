-- Phone numbers repeat, so this fails and leaves an invalid index behind.
CREATE UNIQUE INDEX CONCURRENTLY customers_phone_key ON shop.customers (phone);
