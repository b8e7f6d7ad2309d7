package io.lakebaseops.explain;

import java.sql.Connection;
import java.sql.SQLException;

/// A small shop with the mistakes that make statements slow.
final class ExplainSchema {
    private ExplainSchema() {}

    static void create(Connection connection) throws SQLException {
        try (var s = connection.createStatement()) {
            s.execute(
                    """
                    create table customers (id bigint primary key, email text not null,
                        city text, zip text, name varchar(80), note text);
                    insert into customers
                    select i, 'User' || i || '@example.org', 'city' || i % 200, 'zip' || i % 200,
                        'name ' || i, repeat('x', 40) from generate_series(1, 60000) i;
                    create index customers_email on customers (email);
                    create table orders (id bigint primary key, customer_id bigint not null,
                        status text not null, created timestamptz not null, total numeric(10,2),
                        filler text);
                    insert into orders
                    select i, 1 + i % 60000, case when i % 500 = 0 then 'open' else 'done' end,
                        timestamptz '2026-01-01' + i * interval '1 minute', i % 1000,
                        repeat('y', 60) from generate_series(1, 200000) i;
                    create index orders_created on orders (created);
                    create table lines (order_id bigint not null, sku text not null, qty int);
                    insert into lines select i, 'sku' || i % 50, 1 from generate_series(1, 60000) i;
                    create table tags (order_id bigint not null, tag text);
                    insert into tags select i, 't' from generate_series(1, 3000) i;
                    create table events (at date not null, kind int, payload text)
                        partition by range (at);
                    """);
            for (int month = 1; month <= 12; month++) {
                s.execute(
                        ("create table events_%02d partition of events for values from"
                                        + " ('2026-%02d-01') to ('%s')")
                                .formatted(
                                        month,
                                        month,
                                        month == 12
                                                ? "2027-01-01"
                                                : "2026-%02d-01".formatted(month + 1)));
            }
            s.execute(
                    """
                    insert into events select date '2026-01-01' + i % 365, i % 7, repeat('z', 50)
                    from generate_series(1, 60000) i;
                    create table grown (id int, kind int, body text);
                    alter table grown set (autovacuum_enabled = off);
                    insert into grown select i, 1, 'b' from generate_series(1, 100) i;
                    analyze grown;
                    insert into grown select i, 2, 'b' from generate_series(101, 60000) i;
                    create table grown_child (grown_id int, v int);
                    insert into grown_child select i, i from generate_series(1, 20000) i;
                    create index on grown_child (grown_id);
                    create function many() returns setof int language plpgsql
                        as 'begin return query select generate_series(1, 60000); end';
                    create table parents (id int primary key);
                    create table children (id int primary key,
                        parent_id int references parents on delete cascade);
                    insert into parents select generate_series(1, 3000);
                    insert into children select i, 1 + i % 3000 from generate_series(1, 20000) i;
                    create table pages (id int primary key, body text);
                    alter table pages set (autovacuum_enabled = off);
                    insert into pages select i, 'b' from generate_series(1, 60000) i;
                    """);
            s.execute(
                    "analyze customers, orders, lines, tags, events, parents, children, pages,"
                            + " grown_child");
        }
    }
}
