package io.lakebaseops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every SQL file is asked for somewhere in the product, and every name asked for has its file. The
/// named queries of the agreed catalogue that no tool reads are listed here; they are for people.
final class SqlFilesTest {
    private static final Pattern BY_INTENT = Pattern.compile("\\bquery: (\\w+/\\w+)");
    private static final Pattern NAME =
            Pattern.compile("\"([a-z_]+/[a-z0-9_]+)\"|\"([a-z_]+)\",\\s*\"([a-z0-9_]+)\"");

    /// Part of the agreed catalogue of 21, to be run by hand; tools read what they need at once.
    private static final List<String> FOR_PEOPLE =
            List.of(
                    // The eight query sets for dashboards; DashboardsTest runs them.
                    "dashboards/archival",
                    "dashboards/branches",
                    "dashboards/cost",
                    "dashboards/health",
                    "dashboards/indexes",
                    "dashboards/performance",
                    "dashboards/sync",
                    "dashboards/vacuum",
                    "connections/connection_details",
                    "connections/connection_states",
                    "connections/idle_connections",
                    "indexes/bloated_indexes",
                    "indexes/duplicate_indexes",
                    "indexes/missing_fk_indexes",
                    "indexes/missing_indexes",
                    "indexes/unused_indexes",
                    "maintenance/autovacuum_candidates",
                    "maintenance/max_txid_age",
                    "maintenance/table_dead_tuples",
                    "maintenance/tables_needing_vacuum",
                    "monitoring/database_stats",
                    "monitoring/io_stats",
                    "monitoring/waiting_locks",
                    "monitoring/wal_stats",
                    "schema/schema_columns",
                    "statements/pg_stat_statements_full",
                    "statements/pg_stat_statements_info",
                    "statements/pg_stat_statements_slow");

    @Test
    void every_file_is_used_and_every_name_has_its_file() throws Exception {
        var files = new TreeSet<>(files());
        var named = named();
        var unused = new TreeSet<>(files);
        unused.removeAll(named);
        unused.removeAll(FOR_PEOPLE);
        assertThat(unused).as("files nobody asks for").isEmpty();
        assertThat(files).as("those of the 21 named queries").containsAll(FOR_PEOPLE);
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> walk = Files.walk(Path.of("sql"))) {
            return walk.filter(f -> f.toString().endsWith(".sql"))
                    .map(f -> f.getParent().getFileName() + "/" + bare(f))
                    .distinct()
                    .toList();
        }
    }

    private static String bare(Path file) {
        return file.getFileName().toString().replaceFirst("(\\.v\\d+)?\\.sql$", "");
    }

    private static TreeSet<String> named() throws IOException {
        var found = new TreeSet<String>();
        try (Stream<Path> walk = Files.walk(Path.of("src/main/java"))) {
            for (var file : walk.filter(f -> f.toString().endsWith(".java")).toList()) {
                var names = NAME.matcher(Files.readString(file));
                while (names.find()) {
                    found.add(
                            names.group(1) != null
                                    ? names.group(1)
                                    : names.group(2) + "/" + names.group(3));
                }
            }
        }
        found.addAll(namedByIntents());
        return found;
    }

    private static TreeSet<String> namedByIntents() throws IOException {
        var found = new TreeSet<String>();
        try (Stream<Path> walk = Files.walk(Path.of("resources/ask"))) {
            for (var file : walk.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                var names = BY_INTENT.matcher(Files.readString(file));
                while (names.find()) {
                    found.add(names.group(1));
                }
            }
        }
        return found;
    }
}
