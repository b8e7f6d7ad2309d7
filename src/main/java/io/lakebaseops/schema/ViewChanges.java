package io.lakebaseops.schema;

import io.lakebaseops.schema.Relation.View;
import io.lakebaseops.schema.Relation.ViewColumn;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Statements that alter a view without dropping it.
final class ViewChanges {
    private final Script script;
    private final OwnershipAndPrivileges belongings;

    ViewChanges(Script script, OwnershipAndPrivileges belongings) {
        this.script = script;
        this.belongings = belongings;
    }

    /// `OR REPLACE` keeps the columns and may add some at the end.
    static boolean inPlace(View a, View b) {
        if (a.materialized() || b.materialized()) {
            return a.materialized() == b.materialized()
                    && a.definition().equals(b.definition())
                    && Objects.equals(a.accessMethod(), b.accessMethod())
                    && Objects.equals(a.tablespace(), b.tablespace())
                    && a.columns().size() == b.columns().size()
                    && sameStart(a, b);
        }
        return a.columns().size() <= b.columns().size() && sameStart(a, b);
    }

    private static boolean sameStart(View a, View b) {
        for (int i = 0; i < a.columns().size(); i++) {
            if (!a.columns().get(i).sameShape(b.columns().get(i))) {
                return false;
            }
        }
        return true;
    }

    void between(View a, View b) {
        var word = "ALTER " + DdlFormatter.reference(b);
        if (!a.definition().equals(b.definition())) {
            script.safe(
                    b.id(),
                    "CREATE OR REPLACE VIEW "
                            + b.id().sql()
                            + (b.options().isEmpty()
                                    ? ""
                                    : " WITH (" + DdlFormatter.options(b.options()) + ")")
                            + " AS\n"
                            + b.definition().strip().replaceAll(";$", ""),
                    hazards(a, b));
        } else {
            TableChanges.options(word, a.options(), b.options())
                    .forEach(sql -> script.safe(b.id(), sql, hazards(a, b)));
        }
        if (!Objects.equals(a.clusteredOn(), b.clusteredOn())) {
            cluster(b);
        }
        for (int i = 0; i < b.columns().size(); i++) {
            column(b, i < a.columns().size() ? a.columns().get(i) : null, b.columns().get(i));
        }
    }

    /// Whose rights and which rows: the options decide as much as the query.
    private static String[] hazards(View a, View b) {
        var hazards = new ArrayList<String>();
        hazards.add(Hazards.EXCLUSIVE);
        if (on(a, "security_invoker") != on(b, "security_invoker")) {
            hazards.add(
                    on(b, "security_invoker")
                            ? "tables are read with the rights of who asks: rows and rights may be missing"
                            : "tables are read with the rights of the view's owner: row level security"
                                    + " of who asks no longer holds");
        }
        if (on(a, "security_barrier") && !on(b, "security_barrier")) {
            hazards.add("functions in a query may see rows the view leaves out");
        }
        if (checked(a) && !checked(b)) {
            hazards.add("rows the view does not show can be written through it");
        } else if (!checked(a) && checked(b)) {
            hazards.add("writes of rows the view does not show fail");
        }
        return hazards.toArray(String[]::new);
    }

    private static boolean on(View v, String option) {
        return v.options().stream()
                .anyMatch(o -> o.equals(option + "=true") || o.equals(option + "=on"));
    }

    private static boolean checked(View v) {
        return v.options().stream().anyMatch(o -> o.startsWith("check_option="));
    }

    void ofNew(View v) {
        v.columns().forEach(c -> column(v, null, c));
        if (v.clusteredOn() != null) {
            cluster(v);
        }
    }

    private void cluster(View v) {
        script.late(
                v.id(),
                "ALTER MATERIALIZED VIEW "
                        + v.id().sql()
                        + (v.clusteredOn() == null
                                ? " SET WITHOUT CLUSTER"
                                : " CLUSTER ON " + DdlFormatter.ident(v.clusteredOn())));
    }

    private void column(View v, @Nullable ViewColumn a, ViewColumn b) {
        var name = DdlFormatter.ident(b.name());
        var alter = "ALTER " + DdlFormatter.reference(v) + " ALTER COLUMN " + name;
        if (!Objects.equals(a == null ? null : a.defaultExpression(), b.defaultExpression())) {
            script.safe(
                    v.id(),
                    alter
                            + (b.defaultExpression() == null
                                    ? " DROP DEFAULT"
                                    : " SET DEFAULT " + b.defaultExpression()));
        }
        if ((a == null ? -1 : a.statistics()) != b.statistics()) {
            script.safe(v.id(), alter + " SET STATISTICS " + b.statistics());
        }
        if (!Objects.equals(a == null ? null : a.comment(), b.comment())) {
            script.safe(
                    v.id(),
                    "COMMENT ON COLUMN "
                            + v.id().sql()
                            + "."
                            + name
                            + " IS "
                            + DdlFormatter.literal(b.comment()));
        }
        belongings.viewColumn(v, b.name(), a == null ? List.of() : a.grants(), b.grants());
    }
}
