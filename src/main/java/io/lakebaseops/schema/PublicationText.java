package io.lakebaseops.schema;

import io.lakebaseops.schema.TopLevelObject.Publication;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Objects;
import java.util.stream.Collectors;

/// Publications as DDL.
final class PublicationText {
    private PublicationText() {}

    static String create(Publication p) {
        var what =
                p.allTables()
                        ? " FOR ALL TABLES"
                        : objects(p).isEmpty() ? "" : " FOR " + objects(p);
        return "CREATE PUBLICATION " + p.id().sql() + what + " WITH (" + parameters(p) + ")";
    }

    private static String parameters(Publication p) {
        return "publish = "
                + DdlFormatter.literal(String.join(", ", p.actions()))
                + ", publish_via_partition_root = "
                + p.viaRoot();
    }

    private static String objects(Publication p) {
        var parts = new ArrayList<String>();
        if (!p.tables().isEmpty()) {
            parts.add(
                    p.tables().stream()
                            .map(PublicationText::table)
                            .collect(Collectors.joining(", ", "TABLE ", "")));
        }
        if (!p.schemas().isEmpty()) {
            parts.add("TABLES IN SCHEMA " + DdlFormatter.idents(p.schemas()));
        }
        return String.join(", ", parts);
    }

    private static String table(TopLevelObject.Published t) {
        return t.table().sql()
                + (t.columns().isEmpty() ? "" : " (" + DdlFormatter.idents(t.columns()) + ")")
                + (t.rowFilter() == null ? "" : " WHERE (" + t.rowFilter() + ")");
    }

    static boolean inPlace(Publication a, Publication b) {
        return a.allTables() == b.allTables();
    }

    static void alter(Publication a, Publication b, Script script) {
        var name = "ALTER PUBLICATION " + b.id().sql();
        if (!a.tables().equals(b.tables()) || !a.schemas().equals(b.schemas())) {
            var wanted = objects(b);
            if (wanted.isEmpty()) {
                script.late(b.id(), name + " DROP " + objects(bare(a)));
            } else {
                script.late(b.id(), name + " SET " + wanted);
            }
        }
        if (!a.actions().equals(b.actions()) || a.viaRoot() != b.viaRoot()) {
            script.late(b.id(), name + " SET (" + parameters(b) + ")");
        }
        belongings(a, b, script);
    }

    /// What is dropped is named without columns and filter.
    private static Publication bare(Publication p) {
        var tables =
                p.tables().stream()
                        .map(
                                t ->
                                        new TopLevelObject.Published(
                                                t.table(), java.util.List.of(), null))
                        .toList();
        return new Publication(
                p.name(), false, p.actions(), p.viaRoot(), tables, p.schemas(), p.owner(), null);
    }

    static void belongings(@Nullable Publication a, Publication b, Script script) {
        if (a == null || !a.owner().equals(b.owner())) {
            script.late(
                    b.id(),
                    "ALTER PUBLICATION "
                            + b.id().sql()
                            + " OWNER TO "
                            + DdlFormatter.ident(b.owner()));
        }
        if (!Objects.equals(a == null ? null : a.comment(), b.comment())) {
            script.late(
                    b.id(),
                    "COMMENT ON PUBLICATION "
                            + b.id().sql()
                            + " IS "
                            + DdlFormatter.literal(b.comment()));
        }
    }
}
