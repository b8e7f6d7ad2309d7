package io.lakebaseops.local.warehouse;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.local.api.http.Json;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/// The newest version of a Delta table as its log tells it: the last classic checkpoint and the
/// commits after it. Tables with deletion vectors or column mapping are refused by name.
final class DeltaLog {
    private static final Set<String> UNDERSTOOD =
            Set.of("timestampNtz", "vacuumProtocolCheck", "typeWidening", "deletionVectors");

    private final Path table;
    private final Map<String, JsonNode> files = new LinkedHashMap<>();
    private JsonNode metadata = Json.object();

    private DeltaLog(Path table) {
        this.table = table;
    }

    /// @param connection to DuckDB, which reads the checkpoint
    static DeltaLog read(Path table, Connection connection) throws SQLException, IOException {
        DeltaLog log = new DeltaLog(table);
        Path dir = table.resolve("_delta_log");
        long version = log.checkpoint(dir, connection);
        List<Path> commits = list(dir, name -> name.matches("\\d{20}\\.json"));
        for (Path commit : commits) {
            if (Long.parseLong(commit.getFileName().toString().substring(0, 20)) > version) {
                for (String line : Files.readAllLines(commit)) {
                    log.apply(Json.MAPPER.readTree(line));
                }
            }
        }
        return log;
    }

    private static List<Path> list(Path dir, Predicate<String> wanted) throws IOException {
        try (var all = Files.list(dir)) {
            return all.filter(f -> wanted.test(f.getFileName().toString())).sorted().toList();
        }
    }

    private long checkpoint(Path dir, Connection connection) throws SQLException, IOException {
        Path hint = dir.resolve("_last_checkpoint");
        if (!Files.exists(hint)) {
            return -1;
        }
        long version = Json.MAPPER.readTree(hint.toFile()).path("version").asLong();
        String prefix = "%020d.checkpoint".formatted(version);
        List<Path> parts = list(dir, name -> name.startsWith(prefix) && name.endsWith(".parquet"));
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT to_json(COLUMNS(c -> c IN ('add', 'metaData', 'protocol')))"
                                        + " FROM read_parquet(["
                                        + String.join(", ", parts.stream().map(Sql::file).toList())
                                        + "])")) {
            var names = rows.getMetaData();
            while (rows.next()) {
                for (int c = 1; c <= names.getColumnCount(); c++) {
                    String value = rows.getString(c);
                    if (value != null && !value.equals("null")) {
                        JsonNode action = Json.MAPPER.readTree(value);
                        apply(Json.object().set(kind(action), action));
                    }
                }
            }
        }
        return version;
    }

    private static String kind(JsonNode action) {
        if (action.has("schemaString")) {
            return "metaData";
        }
        return action.has("path") ? "add" : "protocol";
    }

    private void apply(JsonNode line) {
        JsonNode add = line.get("add");
        if (add != null) {
            if (add.hasNonNull("deletionVector")) {
                throw refused("deletionVectors");
            }
            files.put(add.path("path").asText(), add);
        }
        JsonNode remove = line.get("remove");
        if (remove != null) {
            files.remove(remove.path("path").asText());
        }
        if (line.has("metaData")) {
            metadata = line.get("metaData");
            String mapping =
                    metadata.path("configuration").path("delta.columnMapping.mode").asText("none");
            if (!mapping.equals("none")) {
                throw refused("columnMapping");
            }
        }
        for (JsonNode feature : line.path("protocol").path("readerFeatures")) {
            if (!UNDERSTOOD.contains(feature.asText())) {
                throw refused(feature.asText());
            }
        }
    }

    private SqlFailure refused(String feature) {
        return new SqlFailure(
                "BAD_REQUEST",
                "KD00G",
                "DELTA_UNSUPPORTED_FEATURES_FOR_READ",
                "Table %s needs the feature %s, which Local Lakebase's warehouse cannot read."
                        .formatted(table.getFileName(), feature));
    }

    /// The query that gives the table's rows.
    String select() throws IOException {
        JsonNode schema = Json.MAPPER.readTree(metadata.path("schemaString").asText("{}"));
        Set<String> partitions = Set.copyOf(texts(metadata.path("partitionColumns")));
        List<String> typed = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        List<String> fromLog = new ArrayList<>();
        for (JsonNode field : schema.path("fields")) {
            String name = field.path("name").asText();
            String type = duck(field.path("type"));
            columns.add(Sql.name(name));
            typed.add("NULL::" + type + " AS " + Sql.name(name));
            if (partitions.contains(name)) {
                List<String> values =
                        files.values().stream()
                                .map(f -> Sql.text(f.path("partitionValues").path(name)))
                                .toList();
                fromLog.add(
                        "([%s]::%s[])[file_index::BIGINT + 1] AS %s"
                                .formatted(String.join(", ", values), type, Sql.name(name)));
            }
        }
        String empty = "SELECT " + String.join(", ", typed) + " WHERE false";
        if (files.isEmpty()) {
            return empty;
        }
        String more = fromLog.isEmpty() ? "" : ", " + String.join(", ", fromLog);
        return "SELECT %s FROM (%s UNION ALL BY NAME SELECT *%s FROM read_parquet([%s],"
                        .formatted(String.join(", ", columns), empty, more, paths())
                + " union_by_name = true, hive_partitioning = false))";
    }

    private String paths() {
        return String.join(
                ", ",
                files.keySet().stream()
                        .map(p -> URLDecoder.decode(p.replace("+", "%2B"), StandardCharsets.UTF_8))
                        .map(p -> Sql.file(table.resolve(p)))
                        .toList());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    private String duck(JsonNode type) {
        String name = type.asText();
        return switch (name) {
            case "string" -> "VARCHAR";
            case "byte" -> "TINYINT";
            case "short" -> "SMALLINT";
            case "integer" -> "INTEGER";
            case "long" -> "BIGINT";
            case "float" -> "FLOAT";
            case "double" -> "DOUBLE";
            case "boolean" -> "BOOLEAN";
            case "date" -> "DATE";
            case "timestamp" -> "TIMESTAMPTZ";
            case "timestamp_ntz" -> "TIMESTAMP";
            case "binary" -> "BLOB";
            default -> {
                if (name.startsWith("decimal")) {
                    yield name.toUpperCase(Locale.ROOT);
                }
                throw refused("the type " + type);
            }
        };
    }
}
