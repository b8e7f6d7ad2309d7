package io.lakebaseops.schema;

import io.lakebaseops.testing.TestTargets;

import java.sql.DriverManager;
import java.sql.SQLException;

/// Are two databases equal by our reading, by the catalogs, and after the derived statements? Run
/// by hand on schemas nobody here wrote. Arguments: JDBC URLs of two databases that should be equal
/// and of an empty one, the user.
final class SchemaOfScripts {
    private SchemaOfScripts() {}

    static void main(String[] args) throws SQLException {
        try (var left = TestTargets.of(args[0], args[3], "x");
                var right = TestTargets.of(args[1], args[3], "x");
                var empty = TestTargets.of(args[2], args[3], "x")) {
            try (var a = left.read();
                    var b = right.read()) {
                var found = Comparison.of(a, b, left.threads());
                System.out.printf(
                        "%d objects; ours: %s; not compared: %s%n",
                        found.source().objects().size(),
                        found.diff().text(),
                        found.source().unseen());
            }
            unlike(args[0], args[1], args[3], "catalogs");
            Ddl ddl;
            try (var a = empty.read();
                    var b = right.read()) {
                ddl = Comparison.of(a, b, left.threads()).ddl();
            }
            System.out.println(
                    "derived from nothing: "
                            + ddl.statements().size()
                            + " statements, complete "
                            + ddl.complete());
            ddl.statements().stream().filter(x -> x.sql() == null).forEach(System.out::println);
            try (var c =
                            DriverManager.getConnection(
                                    args[2] + "?preferQueryMode=simple", args[3], "x");
                    var s = c.createStatement()) {
                s.setEscapeProcessing(false);
                for (var statement : ddl.statements()) {
                    try {
                        if (statement.sql() != null) {
                            s.execute(statement.sql());
                        }
                    } catch (SQLException e) {
                        System.out.println(e.getMessage() + " <- " + statement.sql());
                    }
                }
            }
            try (var a = empty.read();
                    var b = right.read()) {
                System.out.println(
                        "after them: " + Comparison.of(a, b, left.threads()).diff().text());
            }
            unlike(args[2], args[1], args[3], "catalogs after them");
        }
        System.exit(0);
    }

    private static void unlike(String left, String right, String user, String what)
            throws SQLException {
        var a = CatalogText.of(DriverManager.getConnection(left, user, "x"));
        var b = CatalogText.of(DriverManager.getConnection(right, user, "x"));
        int unlike = 0;
        for (var line : a.keySet()) {
            if (!a.get(line).equals(b.get(line)) && unlike++ < 5) {
                System.out.println("- " + line);
            }
        }
        for (var line : b.keySet()) {
            if (!b.get(line).equals(a.get(line)) && unlike++ < 10) {
                System.out.println("+ " + line);
            }
        }
        System.out.printf("%s: %d lines, %d unlike%n", what, b.size(), unlike);
    }
}
