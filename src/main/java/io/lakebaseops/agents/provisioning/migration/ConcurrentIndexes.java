package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.sqltext.SqlScript;
import io.lakebaseops.sqltext.SqlStatement;
import io.lakebaseops.sqltext.StatementKind;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/// Indexes that migrations build with CREATE INDEX CONCURRENTLY. A build that fails leaves an
/// invalid one behind.
final class ConcurrentIndexes {
    private ConcurrentIndexes() {}

    /// Of the statement, where it names its index.
    static @Nullable String named(SqlScript.Part statement) {
        var parsed = statement.parsed().single();
        return parsed != null && builds(parsed) ? parsed.tree().text("idxname") : null;
    }

    private static boolean builds(SqlStatement statement) {
        return statement.kind() == StatementKind.CREATE_INDEX
                && statement.tree().flag("concurrent")
                && !statement.tree().text("idxname").isEmpty();
    }

    /// The names that must be valid indexes when all files are applied.
    static List<String> of(List<MigrationFile> files) {
        return files.stream()
                .flatMap(f -> f.statements().stream())
                .flatMap(s -> Stream.ofNullable(named(s)))
                .distinct()
                .toList();
    }

    /// The invalid index under the name that the statement is to build.
    static @Nullable Ident leftBehind(SqlScript.Part statement, LiveTables live) {
        var name = named(statement);
        var parsed = statement.parsed().single();
        if (name == null || parsed == null) {
            return null;
        }
        var schema = parsed.tree().field("relation").text("schemaname");
        return live.index(schema.isEmpty() ? null : schema, name)
                .filter(i -> !i.isValid())
                .map(i -> Ident.of(i.schemaName(), i.indexName()))
                .orElse(null);
    }
}
