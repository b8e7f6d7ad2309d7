package io.lakebaseops.twin;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.ExplainText;
import io.lakebaseops.schema.TopLevelObject;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
        return trying(
                indexes,
                trial -> {
                    trial.mustBeBuilt();
                    return work.get();
                });
    }

    /// Work with indexes that are not there, of which single ones can be shown to the planner;
    /// afterwards they are gone and all others are back.
    public <T> T trying(List<NewIndex> indexes, Function<IndexTrials, T> work) {
        try (var admin = TwinConnection.admin(server, TwinImport.DATABASE)) {
            var trials = new IndexTrials(this, admin, server.data());
            try {
                trials.build(indexes);
                renew();
                return work.apply(trials);
            } finally {
                trials.end();
            }
        } catch (SQLException | IOException e) {
            throw TwinConnection.failed(e);
        }
    }

    /// An older session remembers how long the files were.
    private void renew() {
        owner.close();
        owner = session();
    }

    /// A session of its own, as the owner of all tables.
    TwinConnection session() {
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

    /// Rows of a partial index, by the planner's own estimate.
    double matching(NewIndex index) {
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

    /// Of the files as they are on the watched server, by `schema.name`.
    Map<String, Long> blocks() {
        return image.relations().stream()
                .collect(Collectors.toMap(RelationSize::key, RelationSize::blocks, Math::max));
    }

    @Override
    public void close() {
        owner.close();
        server.close();
    }
}
