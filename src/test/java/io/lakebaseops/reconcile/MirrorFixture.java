package io.lakebaseops.reconcile;

import io.lakebaseops.lakehouse.MirrorTable;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.delta.LocalMirrorCatalog;
import io.lakebaseops.lakehouse.delta.MirrorImport;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.postgresql.PGConnection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// A table of a real PostgreSQL and its copy in a real Delta table, made of any query.
public final class MirrorFixture implements AutoCloseable {
    public static final CheckOptions AT_ONCE = new CheckOptions(Duration.ZERO, false);

    private final Pg17.Database database;
    private final Path root;
    private final TestTargets rig;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final LocalMirrorCatalog catalog;
    private final MirrorImport writer;

    MirrorFixture(Pg17.Database database, Path root) {
        this(database, root, TestTargets.of(database));
    }

    public MirrorFixture(Pg17.Database database, Path root, TestTargets rig) {
        this.database = database;
        this.root = root;
        this.rig = rig;
        this.catalog = new LocalMirrorCatalog(root, Clock.systemUTC());
        this.writer = new MirrorImport(root, Clock.systemUTC());
    }

    public LocalMirrorCatalog catalog() {
        return catalog;
    }

    public Reconciler reconciler() {
        return new Reconciler(
                rig.targets(), SqlLibrary.fromClassPath(), catalog, background, Clock.systemUTC());
    }

    public TablePair pair(String table) {
        return pair(table, TablePair.Kind.MIRROR);
    }

    TablePair pair(String table, TablePair.Kind kind) {
        return new TablePair(
                rig.target(), database.name(), "shop", table, new TableName("shop", table), kind);
    }

    PairCheck check(String table) {
        return reconciler().check(pair(table), AT_ONCE, CheckMonitor.NONE, TestTargets.deadline());
    }

    /// @param columns `name TYPE`, types as DuckDB calls them
    public void mirror(String table, String query, String... columns) {
        try (var c = database.server().admin(database.name())) {
            c.createStatement().execute("set timezone = 'UTC'");
            var csv = Files.createTempFile(root.getParent(), "rows", ".csv");
            try (var out = Files.newOutputStream(csv)) {
                c.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("copy (" + query + ") to stdout (format csv, null '\\N')", out);
            }
            writer.replace(
                    new TableName("shop", table),
                    Stream.of(columns)
                            .map(
                                    t ->
                                            new MirrorTable.Column(
                                                    t.substring(0, t.lastIndexOf(' ')),
                                                    t.substring(t.lastIndexOf(' ') + 1)))
                            .toList(),
                    csv);
            Files.delete(csv);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> kinds(PairCheck check) {
        return check.keys().stream()
                .map(
                        k ->
                                k.keyText()
                                        + " "
                                        + k.kind().label()
                                        + " "
                                        + String.join("+", k.columns()))
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        catalog.close();
        background.close();
        rig.close();
    }
}
