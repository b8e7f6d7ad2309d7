package io.lakebaseops.local.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// The shop's statements on one connection: what visitors, the back office and reports ask for.
final class DemoTraffic {
    private static final Map<String, String> SQL = DemoSql.named("workload.sql");
    private static final int PRODUCTS = 5000;

    /// Orders of the workload that are kept; older ones are removed, so that the shop does not
    /// grow.
    private static final long KEPT_ORDERS = 20_000;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final long generatedOrders;
    private long lastOrder;
    private int nextProduct = 1;

    DemoTraffic(Connection connection) throws SQLException {
        this.connection = connection;
        try (ResultSet row = statement("size").executeQuery()) {
            row.next();
            generatedOrders = row.getLong(1);
            lastOrder = row.getLong(2);
        }
    }

    /// One visitor does one thing. The mix is nine reads to two writes.
    void visit() throws SQLException {
        int dice = ThreadLocalRandom.current().nextInt(100);
        if (dice < 30) {
            read("product_page", product());
        } else if (dice < 45) {
            read("also_bought", product());
        } else if (dice < 60) {
            read("my_orders", customer());
        } else if (dice < 75) {
            read("order_page", random(lastOrder));
        } else if (dice < 90) {
            write("page_view", customer(), "/product/" + product());
        } else if (dice < 95) {
            read("login", "user" + customer() + "@example.com");
        } else {
            order();
        }
    }

    private void order() throws SQLException {
        connection.setAutoCommit(false);
        try {
            PreparedStatement place = bind("place_order", customer(), 4200);
            try (ResultSet row = place.executeQuery()) {
                row.next();
                lastOrder = row.getLong(1);
            }
            write("add_item", lastOrder, product(), 1999);
            write("add_item", lastOrder, product(), 2201);
            write("pay", lastOrder, 4200);
            write("ship", lastOrder);
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /// The warehouse counts its stock, shelf by shelf: new versions of `rows` rows (four per
    /// product).
    void countStock(int rows) throws SQLException {
        int products = Math.max(1, rows / 4);
        int end = Math.min(PRODUCTS + 1, nextProduct + products);
        write("count_stock", (long) nextProduct, (long) end);
        nextProduct = end > PRODUCTS ? 1 : end;
        write("close_order", random(lastOrder));
    }

    /// Removes what the workload itself has written, save the newest.
    void trim() throws SQLException {
        try (ResultSet row = statement("size").executeQuery()) {
            row.next();
            lastOrder = row.getLong(2);
        }
        long last = lastOrder - KEPT_ORDERS;
        if (last > generatedOrders) {
            for (String trim :
                    new String[] {"trim_shipments", "trim_payments", "trim_items", "trim_orders"}) {
                write(trim, generatedOrders, last);
            }
        }
        write("trim_events", generatedOrders);
    }

    void report(int turn) throws SQLException {
        switch (turn % 4) {
            case 0 -> read("revenue_per_day");
            case 1 -> read("best_items");
            default -> read("stock_movements");
        }
    }

    /// Begins a transaction, reads, and forgets to end it. It has no snapshot any more while it is
    /// idle, so it does not hold back vacuum; it holds its lock on the table.
    void forgetTransaction(Duration forHowLong) throws SQLException, InterruptedException {
        connection.setAutoCommit(false);
        read("read_catalogue");
        Thread.sleep(forHowLong);
        connection.commit();
        connection.setAutoCommit(true);
    }

    /// Changes a price everybody wants to change, and thinks about it before it commits.
    void changePrice(Duration hesitation) throws SQLException, InterruptedException {
        connection.setAutoCommit(false);
        write("change_price", 1L);
        Thread.sleep(hesitation);
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void read(String name, Object... values) throws SQLException {
        try (ResultSet rows = bind(name, values).executeQuery()) {
            while (rows.next()) {
                rows.getObject(1);
            }
        }
    }

    private void write(String name, Object... values) throws SQLException {
        bind(name, values).executeUpdate();
    }

    private PreparedStatement bind(String name, Object... values) throws SQLException {
        PreparedStatement statement = statement(name);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private PreparedStatement statement(String name) throws SQLException {
        PreparedStatement known = statements.get(name);
        if (known == null) {
            known = connection.prepareStatement(SQL.get(name));
            statements.put(name, known);
        }
        return known;
    }

    private long customer() {
        return random(generatedOrders / 4);
    }

    private static long product() {
        return random(PRODUCTS);
    }

    private static long random(long last) {
        return ThreadLocalRandom.current().nextLong(1, last + 1);
    }
}
