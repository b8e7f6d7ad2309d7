package io.lakebaseops.local.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The statements of the workload as the server knows them: by the query identifier it computes,
/// whether they have run yet or not.
public final class DemoStatements {
    private static final Pattern IDENTIFIER = Pattern.compile("Query Identifier: (-?\\d+)");

    /// Values of the types the workload binds: the identifier depends on types, not on values.
    private static final Map<String, List<Object>> VALUES =
            Map.ofEntries(
                    Map.entry("order_page", List.of(1L)),
                    Map.entry("my_orders", List.of(1L)),
                    Map.entry("product_page", List.of(1L)),
                    Map.entry("also_bought", List.of(1L)),
                    Map.entry("login", List.of("nobody@example.com")),
                    Map.entry("page_view", List.of(1L, "/")),
                    Map.entry("place_order", List.of(1L, 1)),
                    Map.entry("add_item", List.of(1L, 1L, 1)),
                    Map.entry("pay", List.of(1L, 1)),
                    Map.entry("ship", List.of(1L)),
                    Map.entry("close_order", List.of(1L)),
                    Map.entry("count_stock", List.of(1L, 2L)),
                    Map.entry("change_price", List.of(1L)),
                    Map.entry("trim_shipments", List.of(1L, 2L)),
                    Map.entry("trim_payments", List.of(1L, 2L)),
                    Map.entry("trim_items", List.of(1L, 2L)),
                    Map.entry("trim_orders", List.of(1L, 2L)),
                    Map.entry("trim_events", List.of(1L)));

    /// Names, sizes and ages of the server, as one row.
    public static final String SERVER = DemoSql.named("server.sql").getOrDefault("server", "");

    /// The indexes of the shop, one row each.
    public static final String INDEXES = DemoSql.named("server.sql").getOrDefault("indexes", "");

    private DemoStatements() {}

    /// @param name as in `workload.sql`
    /// @param text with `$1` for the first value
    public record Identified(String name, long queryId, String text) {}

    /// Explains each; none is run.
    public static List<Identified> of(Connection connection) throws SQLException {
        List<Identified> found = new ArrayList<>();
        for (Map.Entry<String, String> named : DemoSql.named("workload.sql").entrySet()) {
            String sql = named.getValue();
            List<Object> values = VALUES.getOrDefault(named.getKey(), List.of());
            try (PreparedStatement explain =
                    connection.prepareStatement("EXPLAIN (VERBOSE) " + sql)) {
                for (int i = 0; i < values.size(); i++) {
                    explain.setObject(i + 1, values.get(i));
                }
                found.add(new Identified(named.getKey(), identifier(explain), numbered(sql)));
            }
        }
        return found;
    }

    private static long identifier(PreparedStatement explain) throws SQLException {
        try (ResultSet lines = explain.executeQuery()) {
            while (lines.next()) {
                var match = IDENTIFIER.matcher(lines.getString(1));
                if (match.find()) {
                    return Long.parseLong(match.group(1));
                }
            }
        }
        throw new SQLException("the server computes no query identifiers");
    }

    private static String numbered(String sql) {
        StringBuilder text = new StringBuilder();
        int next = 1;
        for (char c : sql.toCharArray()) {
            if (c == '?') {
                text.append('$').append(next++);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
