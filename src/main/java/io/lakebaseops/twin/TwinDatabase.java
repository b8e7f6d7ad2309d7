package io.lakebaseops.twin;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.ExplainText;
import io.lakebaseops.schema.TopLevelObject;
import io.lakebaseops.twin.TwinImport.RelationFile;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// A watched database as its planner sees it, here: statements are planned in it with and without
/// an index. Used by one caller at a time.
public final class TwinDatabase implements AutoCloseable {
    private static final String EXPLAIN = "EXPLAIN (FORMAT JSON, VERBOSE, GENERIC_PLAN) ";
    private static final String EXPLAIN_VALUES = "EXPLAIN (FORMAT JSON, VERBOSE) ";

    private final TwinServer server;
    private final TwinImage image;
    private final TwinImport.Made made;
    private final ParameterSets parameters;
    private TwinConnection owner;
    private boolean within;

    TwinDatabase(TwinServer server, TwinImage image, TwinImport.Made made) {
        this.server = server;
        this.image = image;
        this.made = made;
        parameters = new ParameterSets(image.columns());
        owner = session();
    }

    private TwinConnection session() {
        var session = TwinConnection.owner(server, TwinImport.DATABASE, made.login());
        try {
            session.execute("SET statement_timeout = '5s'");
            session.query(
                    TwinSql.APPLY_SETTINGS,
                    Map.of(
                            "names", List.copyOf(image.settings().keySet()),
                            "settings", List.copyOf(image.settings().values())),
                    Applied.class);
            return session;
        } catch (SQLException e) {
            session.close();
            throw TwinConnection.failed(e);
        }
    }

    private record Applied(String value) {}

    /// When the watched database was read.
    public Instant readAt() {
        return image.at();
    }

    /// Tables of which no column's statistics were seen: plans over them go by defaults.
    public List<String> withoutStatistics() {
        return image.withoutStatistics();
    }

    /// Tables whose rows policies hide from some: the twin plans as for somebody who sees all.
    public Set<String> secured() {
        return image.secured();
    }

    /// What of the database is not in the twin, with the reason.
    public List<String> leftOut() {
        return made.leftOut();
    }

    /// Tables of the database that are not in it, because there are too many.
    int leftOutTables() {
        return image.leftOut();
    }

    public List<String> caveats() {
        var all = new ArrayList<>(made.caveats());
        if (image.leftOut() > 0) {
            all.add(
                    "%d tables that no statement names were not taken along"
                            .formatted(image.leftOut()));
        }
        if (!made.leftOut().isEmpty()) {
            all.add(
                    "%d objects could not be made in the twin, for instance %s"
                            .formatted(made.leftOut().size(), made.leftOut().getFirst()));
        }
        return all;
    }

    /// Functions whose text names this table: what they run is not counted statement by statement.
    public List<String> routinesNaming(String table) {
        var word = Pattern.compile("(?i)\\b" + Pattern.quote(table) + "\\b");
        return image.schema()
                .all(TopLevelObject.Routine.class)
                .filter(r -> word.matcher(r.definition()).find())
                .map(r -> r.schema() + "." + r.name())
                .distinct()
                .toList();
    }

    /// What columns of a table are equal to in the rows of a partial index.
    ///
    /// @param values by column
    public record Condition(String schema, String table, Map<String, String> values) {
        public static final Condition NONE = new Condition("", "", Map.of());

        public Condition {
            values = Map.copyOf(values);
        }
    }

    /// The statement with values in the places of its parameters, by what they are in words: such
    /// as are common, rare, or not among the rows. None where no parameter meets a column.
    ///
    /// @param generic its plan
    /// @param condition whose values are tried as well
    public Map<String, String> withValues(String statement, Planned generic, Condition condition) {
        var plan = generic.plan();
        var sets = new LinkedHashMap<String, String>();
        if (plan != null) {
            parameters
                    .of(statement, plan.root(), condition)
                    .forEach((kind, bound) -> sets.put(kind.words, bound));
        }
        return sets;
    }

    /// Plans the statement; nothing of it is run. A generic plan where it has parameters.
    public Planned plan(String statement) {
        var refusal = ExplainText.refusal(statement);
        if (refusal != null) {
            return Planned.refused(refusal);
        }
        boolean parameters = new ExplainText(statement).parameters();
        try {
            if (within) {
                owner.execute("SAVEPOINT statement");
            }
            var json = owner.value((parameters ? EXPLAIN : EXPLAIN_VALUES) + statement);
            return Planned.read(String.valueOf(json));
        } catch (SQLException e) {
            return Planned.refused(rolledBack(e));
        }
    }

    private String rolledBack(SQLException why) {
        if (within) {
            try {
                owner.execute("ROLLBACK TO SAVEPOINT statement");
            } catch (SQLException e) {
                why.addSuppressed(e);
                throw TwinConnection.failed(why);
            }
        }
        return String.valueOf(why.getMessage()).replaceAll("\\s*\\n\\s*", " ");
    }

    /// Work with an index gone, as after DROP INDEX; afterwards it is there again.
    public <T> T without(String schema, String index, Supplier<T> work) {
        try {
            owner.execute("BEGIN; DROP INDEX " + Ident.of(schema, index).sql());
            within = true;
            return work.get();
        } catch (SQLException e) {
            throw new OpsException(
                    OpsException.Kind.CONFLICT,
                    "Planning without " + index,
                    String.valueOf(e.getMessage()),
                    "look at what depends on it",
                    e);
        } finally {
            within = false;
            back();
        }
    }

    private void back() {
        try {
            owner.execute("ROLLBACK");
        } catch (SQLException e) {
            throw TwinConnection.failed(e);
        }
    }

    /// Work with indexes that are not there; afterwards they are gone again.
    public <T> T with(List<NewIndex> indexes, Supplier<T> work) {
        var built = new ArrayList<NewIndex>();
        var tables = new LinkedHashMap<String, RelationFile>();
        try (var admin = TwinConnection.admin(server, TwinImport.DATABASE)) {
            try {
                for (var index : indexes) {
                    var table = table(admin, index);
                    tables.put(table.key(), table);
                    build(admin, index, table);
                    built.add(index);
                }
                return work.get();
            } finally {
                for (var index : built) {
                    owner.execute("DROP INDEX " + Ident.of(index.schema(), index.name()).sql());
                }
                for (var table : tables.values()) {
                    number(admin, table, table.tuples(), table.pages(), table.allVisible());
                }
            }
        } catch (SQLException | IOException e) {
            throw TwinConnection.failed(e);
        }
    }

    private static RelationFile table(TwinConnection admin, NewIndex index) {
        var found = TwinImport.files(admin, index.schema() + "." + index.table());
        if (found.isEmpty() || found.getFirst().path() == null) {
            throw new OpsException(
                    OpsException.Kind.UNSUPPORTED,
                    "Planning with an index on " + index.table(),
                    "the table is partitioned or not in the twin",
                    "try it on a branch");
        }
        return found.getFirst();
    }

    /// CREATE INDEX reads the table from end to end: for that moment it is empty. It also counts
    /// the rows it saw, none, into the table's numbers, which are given back; and it fills the
    /// index, of which only the length and height matter.
    private void build(TwinConnection admin, NewIndex index, RelationFile table)
            throws SQLException, IOException {
        double rows = index.predicate() == null ? table.tuples() : matching(index);
        var heap = server.data().resolve(String.valueOf(table.path()));
        long blocks = blocks(index.schema(), index.table());
        RelationFiles.resize(heap, 0);
        // A session of its own: an older one remembers how long the file was.
        try (var builder = session()) {
            builder.execute(index.definition());
        } finally {
            RelationFiles.resize(heap, blocks);
        }
        number(admin, table, table.tuples(), table.pages(), table.allVisible());
        var file = TwinImport.files(admin, index.schema() + "." + index.name()).getFirst();
        long pages = (long) Math.max(1, Math.ceil(index.pages()));
        TwinImport.stretch(server.data().resolve(path(file)), pages, file);
        number(admin, file, rows, pages, 0);
        owner.close();
        owner = session();
    }

    private static Path path(RelationFile file) {
        return Path.of(String.valueOf(file.path()));
    }

    /// Rows of a partial index, by the planner's own estimate.
    private double matching(NewIndex index) {
        return Math.max(
                1,
                rows(
                        "SELECT FROM %s WHERE %s"
                                .formatted(
                                        Ident.of(index.schema(), index.table()).sql(),
                                        index.predicate())));
    }

    /// Rows that the planner expects of a statement; 0 when it has no plan.
    public double rows(String statement) {
        var planned = plan(statement);
        return planned.made() ? planned.rows() : 0;
    }

    private long blocks(String schema, String relation) {
        return image.relations().stream()
                .filter(r -> r.schemaName().equals(schema) && r.relationName().equals(relation))
                .mapToLong(RelationSize::blocks)
                .findFirst()
                .orElse(0);
    }

    private void number(
            TwinConnection admin, RelationFile of, double tuples, long pages, long visible)
            throws SQLException {
        var row =
                new RelationSize(
                        of.schemaName(), of.relationName(), "", null, tuples, pages, visible, 0);
        admin.update(TwinSql.FILL_NUMBERS, Map.of("rows", TwinImport.json(List.of(row))));
    }

    @Override
    public void close() {
        owner.close();
        server.close();
    }
}
