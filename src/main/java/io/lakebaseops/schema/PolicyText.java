package io.lakebaseops.schema;

import java.util.stream.Collectors;

/// Row level security policies as DDL.
final class PolicyText {
    private PolicyText() {}

    static String create(TableObject.Policy p) {
        return "CREATE POLICY "
                + DdlFormatter.ident(p.name())
                + " ON "
                + p.relation().sql()
                + (p.permissive() ? "" : " AS RESTRICTIVE")
                + " FOR "
                + p.command()
                + conditions(p);
    }

    static String alter(TableObject.Policy p) {
        return "ALTER POLICY "
                + DdlFormatter.ident(p.name())
                + " ON "
                + p.relation().sql()
                + conditions(p);
    }

    private static String conditions(TableObject.Policy p) {
        return " TO "
                + p.roles().stream().map(DdlFormatter::role).collect(Collectors.joining(", "))
                + (p.usingExpression() == null ? "" : " USING (" + p.usingExpression() + ")")
                + (p.checkExpression() == null ? "" : " WITH CHECK (" + p.checkExpression() + ")");
    }

    /// A condition can be replaced but not taken away.
    static boolean inPlace(TableObject.Policy a, TableObject.Policy b) {
        return a.permissive() == b.permissive()
                && a.command().equals(b.command())
                && (a.usingExpression() == null) == (b.usingExpression() == null)
                && (a.checkExpression() == null) == (b.checkExpression() == null);
    }
}
