package io.lakebaseops.lakehouse.delta;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.delta.FeatureGate.Use;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Answers queries over the history. DuckDB in this process, over views of Delta files.
final class DuckReader implements AutoCloseable {
    private static final LakeQuery SESSION = LakeQuery.load("lakehouse/session");

    /// Beside the heap of the console, for queries over the history.
    private static final String HISTORY_MEMORY = "1GB";

    private final DuckDb duck;
    private final String memory;
    private final ReentrantLock opening = new ReentrantLock();
    private @Nullable Connection database;
    private boolean closed;

    DuckReader(DuckDb duck) {
        this(duck, HISTORY_MEMORY);
    }

    /// @param memory most that DuckDB takes, as it writes sizes
    DuckReader(DuckDb duck, String memory) {
        this.duck = duck;
        this.memory = memory;
    }

    Rows query(
            LakeQuery query,
            Map<String, ? extends @Nullable Object> values,
            ReadScope scope,
            Deadline deadline,
            Function<TableName, DeltaTable> tables) {
        var sums = scope.rollup();
        var reading = sums == null ? null : RollupReading.of(sums, scope, tables);
        var views = new ArrayList<String>();
        for (var name : query.tables()) {
            var table = tables.apply(name);
            if (reading == null) {
                var version = scope.versions().get(name);
                var snapshot = version == null ? table.latestFor(Use.READ) : table.at(version);
                views.addAll(TableView.sql(table, snapshot, scope));
            } else {
                var snapshot = reading.snapshot(table);
                var part = reading.part(name, TablePart.of(snapshot.getSchema(), scope));
                views.addAll(TableView.sql(table, snapshot, part));
            }
        }
        return run(query, values, views, deadline);
    }

    /// A statement of ours over views that it needs.
    Rows run(
            LakeQuery query,
            Map<String, ? extends @Nullable Object> values,
            List<String> views,
            Deadline deadline) {
        deadline.check(query.name());
        try (var connection = session()) {
            for (var view : views) {
                execute(connection, view);
            }
            var bound = query.bind(values, TableView::name);
            try (var statement = connection.prepareStatement(bound.sql());
                    var _ = deadline.onCancel(() -> cancel(statement))) {
                // Whole seconds, never 0, which would mean no limit.
                statement.setQueryTimeout((int) deadline.remaining().plusSeconds(1).toSeconds());
                for (int i = 0; i < bound.values().size(); i++) {
                    statement.setObject(i + 1, DuckValues.toDuck(bound.values().get(i)));
                }
                return read(statement);
            }
        } catch (SQLTimeoutException e) {
            deadline.check(query.name());
            throw failed(query, OpsException.Kind.TIMEOUT, e);
        } catch (SQLException e) {
            deadline.check(query.name());
            throw failed(query, OpsException.Kind.INTERNAL, e);
        }
    }

    private Connection session() throws SQLException {
        var connection = DuckDb.another(database());
        execute(connection, SESSION.sql());
        return connection;
    }

    /// Opened by the first question: the native library takes a good part of a second to load.
    private Connection database() throws SQLException {
        opening.lock();
        try {
            if (closed) {
                throw new SQLException("the lakehouse is closed");
            }
            if (database == null) {
                database = duck.open(settings());
            }
            return database;
        } finally {
            opening.unlock();
        }
    }

    private Properties settings() {
        var settings = new Properties();
        // The console shares the machine with the user; extensions would be fetched from the net.
        settings.setProperty("memory_limit", memory);
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("parquet_metadata_cache", "true");
        settings.setProperty("temp_directory", System.getProperty("java.io.tmpdir"));
        return settings;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void cancel(PreparedStatement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw LakeFailures.disk("Cancelling a query of the history", e);
        }
    }

    static Rows read(PreparedStatement statement) throws SQLException {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        if (!statement.execute()) {
            return Rows.EMPTY;
        }
        try (var result = statement.getResultSet()) {
            var meta = result.getMetaData();
            while (result.next()) {
                var row = new LinkedHashMap<String, @Nullable Object>();
                for (int c = 1; c <= meta.getColumnCount(); c++) {
                    row.put(meta.getColumnLabel(c), DuckValues.toJava(result.getObject(c)));
                }
                rows.add(row);
            }
        }
        return new Rows(rows);
    }

    private static OpsException failed(LakeQuery query, OpsException.Kind kind, SQLException e) {
        return new OpsException(
                kind,
                "Query " + query.name() + " over the history",
                String.valueOf(e.getMessage()),
                "",
                e);
    }

    @Override
    public void close() {
        opening.lock();
        try {
            closed = true;
            if (database != null) {
                database.close();
            }
        } catch (SQLException e) {
            throw LakeFailures.disk("Closing DuckDB", e);
        } finally {
            opening.unlock();
        }
    }
}
