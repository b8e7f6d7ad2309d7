package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.migration.CaptureSchemaDiff.Compared;
import io.lakebaseops.agents.provisioning.migration.CaptureSchemaDiff.Line;
import io.lakebaseops.schema.SchemaDiff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// An object that differs between two branches, with the statements about it.
///
/// @param group its schema, with the database before it where there are several
/// @param path below the schema: `orders › paid`
record SchemaChange(
        String key, String group, String path, SchemaDiff.Line change, List<Line> statements) {
    SchemaChange {
        statements = List.copyOf(statements);
    }

    String mark() {
        return switch (change.change()) {
            case "added" -> "+";
            case "removed" -> "−";
            default -> "~";
        };
    }

    /// In the order of the tree: by schema, then by name.
    static List<SchemaChange> of(List<Compared> databases) {
        var changes = new ArrayList<SchemaChange>();
        for (var database : databases) {
            for (var line : database.changes()) {
                var name =
                        line.object()
                                .substring(
                                        Math.min(line.object().length(), line.kind().length() + 1));
                var parts = parts(name);
                boolean inSchema = parts.size() > 1;
                var group = inSchema ? parts.getFirst() : "database";
                var its =
                        database.ddl().stream()
                                .filter(d -> d.subject().equals(line.object()))
                                .toList();
                changes.add(
                        new SchemaChange(
                                database.database() + " " + line.object(),
                                databases.size() > 1 ? database.database() + " / " + group : group,
                                String.join(
                                        " › ", inSchema ? parts.subList(1, parts.size()) : parts),
                                line,
                                its));
            }
        }
        changes.sort(Comparator.comparing(SchemaChange::group).thenComparing(SchemaChange::path));
        return changes;
    }

    /// At dots outside of quotes and brackets: a name may have one itself.
    static List<String> parts(String name) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        boolean quoted = false;
        int depth = 0;
        for (char c : name.toCharArray()) {
            quoted ^= c == '"';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '.' && !quoted && depth == 0) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    static long count(List<SchemaChange> changes, String kind) {
        return changes.stream().filter(c -> c.change().change().equals(kind)).count();
    }

    /// The DDL as a script for a file: what cannot be derived is a comment that says so.
    static String script(String source, String target, List<Compared> databases) {
        var out = new StringBuilder();
        out.append("-- From the schema of %s to that of %s.\n".formatted(source, target));
        for (var database : databases) {
            if (database.equal()) {
                continue;
            }
            out.append("\n-- Database %s\n".formatted(database.database()));
            for (var line : database.ddl()) {
                var mark = line.mark().name().toLowerCase(Locale.ROOT).replace('_', ' ');
                var note = line.hazards().isEmpty() ? "" : ": " + String.join("; ", line.hazards());
                out.append("\n-- %s%s\n".formatted(mark, note.replace('\n', ' ')));
                var sql = line.sql();
                out.append(
                        sql == null
                                ? "-- %s: to be written by a person\n"
                                        .formatted(line.subject().replace('\n', ' '))
                                : sql + ";\n");
            }
        }
        return out.toString();
    }
}
