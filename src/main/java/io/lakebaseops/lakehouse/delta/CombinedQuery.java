package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.engine.Engine;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakehouse.HotAndCold;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.delta.FeatureGate.Use;
import io.lakebaseops.sqltext.SqlMask;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/// A query of a person over a table and its archive as one, in a DuckDB of its own that can open
/// the files of these two and nothing else.
final class CombinedQuery {
    private static final LakeQuery VIEW = LakeQuery.load("lakehouse/hot_and_cold");
    private static final LakeQuery FENCE = LakeQuery.load("lakehouse/fence");
    private static final LakeQuery ASK = LakeQuery.load("lakehouse/first_rows");
    private static final TableName HOT = new TableName("hot", "rows");

    private final DuckDb duck;
    private final Engine engine;
    private final Clock clock;
    private final MaintenancePolicy policy;

    CombinedQuery(DuckDb duck, Engine engine, Clock clock, MaintenancePolicy policy) {
        this.duck = duck;
        this.engine = engine;
        this.clock = clock;
        this.policy = policy;
    }

    Rows run(HotAndCold sides, DeltaTable archive, String select, int limit, Deadline deadline) {
        Path directory;
        try {
            directory = Files.createTempDirectory("lakebaseops-hot-");
        } catch (IOException e) {
            throw LakeFailures.disk("Making room for the rows of " + sides.table(), e);
        }
        try (var connection = duck.open(settings());
                var statement = connection.createStatement()) {
            var hot = hot(sides, directory);
            statement.execute("SET TimeZone = 'UTC'");
            for (var sql : TableView.sql(hot, hot.latest(), ReadScope.ALL)) {
                statement.execute(sql);
            }
            for (var sql : TableView.sql(archive, archive.latestFor(Use.READ), ReadScope.ALL)) {
                statement.execute(sql);
            }
            var fence = Map.of("directories", text(directory) + ", " + text(archive.directory()));
            for (var sql : List.of(view(sides), FENCE.with(fence).sql())) {
                for (var part : sql.split(";\\s*\n")) {
                    statement.execute(part);
                }
            }
            return asked(connection, select, limit, deadline);
        } catch (SQLException e) {
            deadline.check("The query over hot and cold rows");
            throw refused(e);
        } finally {
            delete(directory);
        }
    }

    private DeltaTable hot(HotAndCold sides, Path directory) {
        var def = new TableDef(HOT, "rows still in the table", sides.columns(), List.of(), null);
        var table = new DeltaTable(HOT, directory, engine);
        var status = new TableSetup(table, clock, policy).ensure(def);
        if (!status.notes().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", status.notes()));
        }
        new TableAppend(table).store(sides.hot(), null);
        return table;
    }

    private static String view(HotAndCold sides) {
        var columns =
                sides.columns().stream()
                        .map(
                                c ->
                                        Ident.of(c.name()).sql()
                                                + " AS "
                                                + Ident.of(
                                                                sides.names()
                                                                        .getOrDefault(
                                                                                c.name(), c.name()))
                                                        .sql())
                        .collect(Collectors.joining(", "));
        return VIEW.with(
                        Map.of(
                                "columns", columns,
                                "schema", Ident.of(sides.schema()).sql(),
                                "table", Ident.of(sides.table()).sql(),
                                "hot", TableView.name(HOT),
                                "cold", TableView.name(sides.archive())))
                .sql();
    }

    private static String text(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    private static Rows asked(Connection connection, String select, int limit, Deadline deadline)
            throws SQLException {
        var sql = ASK.with(Map.of("select", select, "limit", Integer.toString(limit))).sql();
        try (var statement = connection.prepareStatement(sql);
                var _ = deadline.onCancel(() -> cancel(statement))) {
            statement.setQueryTimeout((int) deadline.remaining().plusSeconds(1).toSeconds());
            return DuckReader.read(statement);
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw LakeFailures.disk("Cancelling a query over hot and cold rows", e);
        }
    }

    private static Properties settings() {
        var settings = new Properties();
        settings.setProperty("memory_limit", "1GB");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        return settings;
    }

    /// Literals of the question do not come back in its error.
    private static OpsException refused(SQLException e) {
        var first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "The query over hot and cold rows",
                SqlMask.mask(first),
                "it is answered by DuckDB, whose functions differ from PostgreSQL's here and there",
                e);
    }

    private static void delete(Path directory) {
        try (var all = Files.walk(directory)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw LakeFailures.disk("Deleting " + directory, e);
        }
    }
}
