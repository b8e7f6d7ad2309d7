package io.lakebaseops.lakehouse.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.MirrorTable;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.platform.OwnerOnly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;

/// Makes Delta tables of CSV files, as a sync pipeline leaves them: for the demo, which has no
/// pipeline.
public final class MirrorImport {
    private static final LakeQuery COPY = LakeQuery.load("reconcile/delta_import");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("VARCHAR", "string"),
                    Map.entry("TINYINT", "byte"),
                    Map.entry("SMALLINT", "short"),
                    Map.entry("INTEGER", "integer"),
                    Map.entry("BIGINT", "long"),
                    Map.entry("FLOAT", "float"),
                    Map.entry("DOUBLE", "double"),
                    Map.entry("BOOLEAN", "boolean"),
                    Map.entry("DATE", "date"),
                    Map.entry("TIMESTAMPTZ", "timestamp"),
                    Map.entry("TIMESTAMP", "timestamp_ntz"),
                    Map.entry("BLOB", "binary"));

    private final Path root;
    private final Clock clock;

    /// @param root of the catalog
    public MirrorImport(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    /// The next version of the table: these rows and no others.
    ///
    /// @param columns with types as DuckDB calls them
    /// @param csv without a header; `\N` is NULL
    public void replace(TableName name, List<MirrorTable.Column> columns, Path csv) {
        var directory = TablePaths.below(root, name);
        var log = directory.resolve("_delta_log");
        try {
            OwnerOnly.closedFolder(directory);
            OwnerOnly.closedFolder(log);
            var file = "part-" + UUID.randomUUID() + ".parquet";
            long rows = copy(columns, csv, directory.resolve(file));
            var entries = Files.list(log);
            long version;
            String replaced = null;
            try (entries) {
                version = entries.filter(f -> f.toString().endsWith(".json")).count();
            }
            if (version > 0) {
                replaced = added(log.resolve("%020d.json".formatted(version - 1)));
            }
            var text = new StringBuilder();
            if (version == 0) {
                text.append(protocol()).append('\n').append(metadata(columns)).append('\n');
            }
            if (replaced != null) {
                text.append(JSON.writeValueAsString(removal(replaced))).append('\n');
            }
            text.append(JSON.writeValueAsString(addition(directory.resolve(file), rows)))
                    .append('\n');
            Files.writeString(log.resolve("%020d.json".formatted(version)), text);
        } catch (IOException e) {
            throw LakeFailures.disk("Making " + name, e);
        }
    }

    private static String added(Path commit) throws IOException {
        for (var line : Files.readAllLines(commit)) {
            var path = JSON.readTree(line).path("add").path("path");
            if (path.isTextual()) {
                return path.asText();
            }
        }
        throw new IOException("No file was added by " + commit);
    }

    private long copy(List<MirrorTable.Column> columns, Path csv, Path parquet) {
        var named =
                columns.stream()
                        .map(c -> quoted(c.name()) + ": " + quoted(c.type()))
                        .collect(Collectors.joining(", ", "{", "}"));
        var list =
                columns.stream()
                        .map(c -> Ident.of(c.name()).sql())
                        .collect(Collectors.joining(", "));
        var sql =
                COPY.with(
                                Map.of(
                                        "names",
                                        list,
                                        "columns",
                                        named,
                                        "csv",
                                        quoted(csv.toString()),
                                        "parquet",
                                        quoted(parquet.toString())))
                        .sql();
        try (var connection = DuckDb.unpacking().open(new Properties());
                var statement = connection.createStatement()) {
            statement.execute(LakeQuery.load("lakehouse/session").sql());
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw LakeFailures.disk("Reading " + csv, e);
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String protocol() throws IOException {
        var protocol =
                JSON.createObjectNode().put("minReaderVersion", 3).put("minWriterVersion", 7);
        protocol.putArray("readerFeatures").add("timestampNtz");
        protocol.putArray("writerFeatures").add("timestampNtz");
        return JSON.writeValueAsString(JSON.createObjectNode().set("protocol", protocol));
    }

    private String metadata(List<MirrorTable.Column> columns) throws IOException {
        var schema = JSON.createObjectNode().put("type", "struct");
        var fields = schema.putArray("fields");
        for (var column : columns) {
            field(fields, column);
        }
        var metadata = JSON.createObjectNode().put("id", UUID.randomUUID().toString());
        metadata.putObject("format").put("provider", "parquet").putObject("options");
        metadata.put("schemaString", JSON.writeValueAsString(schema));
        metadata.putArray("partitionColumns");
        metadata.putObject("configuration");
        metadata.put("createdTime", clock.millis());
        return JSON.writeValueAsString(JSON.createObjectNode().set("metaData", metadata));
    }

    private static void field(ArrayNode fields, MirrorTable.Column column) {
        var field = fields.addObject().put("name", column.name());
        field.set("type", type(column.type()));
        field.put("nullable", true).putObject("metadata");
    }

    private static JsonNode type(String duck) {
        if (duck.endsWith("[]")) {
            ObjectNode array = JSON.createObjectNode().put("type", "array");
            array.set("elementType", type(duck.substring(0, duck.length() - 2)));
            return array.put("containsNull", true);
        }
        var name = TYPES.get(duck);
        return JSON.getNodeFactory().textNode(name == null ? duck.toLowerCase(Locale.ROOT) : name);
    }

    private ObjectNode addition(Path parquet, long rows) throws IOException {
        var add =
                JSON.createObjectNode()
                        .put("path", String.valueOf(parquet.getFileName()))
                        .put("size", Files.size(parquet))
                        .put("modificationTime", clock.millis())
                        .put("dataChange", true)
                        .put("stats", "{\"numRecords\":" + rows + "}");
        add.putObject("partitionValues");
        return JSON.createObjectNode().set("add", add);
    }

    private ObjectNode removal(String path) {
        var remove =
                JSON.createObjectNode()
                        .put("path", path)
                        .put("deletionTimestamp", clock.millis())
                        .put("dataChange", true);
        return JSON.createObjectNode().set("remove", remove);
    }
}
