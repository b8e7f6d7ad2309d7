package io.lakebaseops.schema;

import java.util.stream.Collectors;

/// How are row level security policies written?
final class PolicyText {
    private PolicyText() {}

    static String create(OnTable.Policy p) {
        return "CREATE POLICY "
                + Print.ident(p.name())
                + " ON "
                + p.relation().sql()
                + (p.permissive() ? "" : " AS RESTRICTIVE")
                + " FOR "
                + p.command()
                + conditions(p);
    }

    static String alter(OnTable.Policy p) {
        return "ALTER POLICY "
                + Print.ident(p.name())
                + " ON "
                + p.relation().sql()
                + conditions(p);
    }

    private static String conditions(OnTable.Policy p) {
        return " TO "
                + p.roles().stream().map(Print::role).collect(Collectors.joining(", "))
                + (p.usingExpression() == null ? "" : " USING (" + p.usingExpression() + ")")
                + (p.checkExpression() == null ? "" : " WITH CHECK (" + p.checkExpression() + ")");
    }

    /// A condition can be replaced but not taken away.
    static boolean inPlace(OnTable.Policy a, OnTable.Policy b) {
        return a.permissive() == b.permissive()
                && a.command().equals(b.command())
                && (a.usingExpression() == null) == (b.usingExpression() == null)
                && (a.checkExpression() == null) == (b.checkExpression() == null);
    }
}
