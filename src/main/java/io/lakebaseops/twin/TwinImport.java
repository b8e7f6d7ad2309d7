package io.lakebaseops.twin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.schema.DatabaseSchema;
import io.lakebaseops.schema.Ddl;
import io.lakebaseops.schema.ObjectId;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes an image of a database into a database of the twin's server: objects, then numbers and
/// statistics, then, while the server is down, the lengths of files. What cannot be made is left
/// out and named.
final class TwinImport {
    static final String DATABASE = "twin";

    private static final String WHAT = "Making the planner twin";
    private static final Logger LOG = LoggerFactory.getLogger(TwinImport.class);

    /// Statements sent in one message; one that fails takes its message with it, which is then sent
    /// again piece by piece.
    private static final int TOGETHER = 60;

    private static final int ROWS_TOGETHER = 200;

    /// Nothing of these changes how a statement is planned, or who may plan it.
    private static final Pattern WITHOUT_EFFECT =
            Pattern.compile(
                    "(?s)(GRANT|REVOKE|COMMENT|ALTER DEFAULT|ALTER .* OWNER TO|.*REPLICA IDENTITY"
                            + "|.*CLUSTER ON|.*ROW LEVEL SECURITY|.*OWNED BY).*");

    private static final Set<ObjectId.Kind> KINDS =
            Set.of(
                    ObjectId.Kind.NAMESPACE,
                    ObjectId.Kind.EXTENSION,
                    ObjectId.Kind.COLLATION,
                    ObjectId.Kind.TYPE,
                    ObjectId.Kind.SEQUENCE,
                    ObjectId.Kind.ROUTINE,
                    ObjectId.Kind.TABLE,
                    ObjectId.Kind.COLUMN,
                    ObjectId.Kind.CAST,
                    ObjectId.Kind.OPERATOR,
                    ObjectId.Kind.OPERATOR_FAMILY,
                    ObjectId.Kind.OPERATOR_CLASS,
                    ObjectId.Kind.TEXT_SEARCH_DICTIONARY,
                    ObjectId.Kind.TEXT_SEARCH_CONFIGURATION,
                    ObjectId.Kind.CONSTRAINT,
                    ObjectId.Kind.INDEX,
                    ObjectId.Kind.STATISTICS,
                    ObjectId.Kind.VIEW);

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private final TwinServer server;
    private final TwinImage image;
    private final Deadline deadline;
    private final String login;
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> caveats = new ArrayList<>();

    TwinImport(TwinServer server, TwinImage image, Deadline deadline) {
        this.server = server;
        this.image = image;
        this.deadline = deadline;
        login = login(image.login(), server.superuser());
    }

    /// The same name as there: `"$user"` and `current_user` then mean the same.
    private static String login(String watched, String superuser) {
        return watched.startsWith("pg_") || watched.equals(superuser) ? "planner" : watched;
    }

    /// @param leftOut objects that could not be made, with the reason
    record Made(String login, List<String> leftOut, List<String> caveats) {
        Made {
            leftOut = List.copyOf(leftOut);
            caveats = List.copyOf(caveats);
        }
    }

    Made run() {
        try {
            makeDatabase();
            makeObjects();
            List<RelationFile> files;
            try (var admin = TwinConnection.admin(server, DATABASE)) {
                fillNumbers(admin);
                fillStatistics(admin);
                fillExtended(admin);
                files = files(admin, null);
            }
            deadline.check(WHAT);
            server.offline(data -> stretch(data, files));
            return new Made(login, leftOut, caveats);
        } catch (SQLException | IOException e) {
            throw TwinConnection.failed(e);
        }
    }

    private void makeDatabase() throws SQLException {
        try (var admin = TwinConnection.admin(server, "template1")) {
            admin.execute(
                    "CREATE ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE"
                            .formatted(Ident.of(login).sql()));
            var made = image.database();
            var plain =
                    "CREATE DATABASE %s OWNER %s TEMPLATE template0 STRATEGY file_copy"
                            .formatted(DATABASE, Ident.of(login).sql());
            try {
                admin.execute(plain + (made == null ? "" : locale(made)));
            } catch (SQLException e) {
                LOG.debug("The locale of the watched database is not here", e);
                admin.execute(plain + " LOCALE_PROVIDER icu ICU_LOCALE 'und' LOCALE 'C'");
                caveats.add(
                        "texts are ordered by another collation than there: conditions on texts may"
                                + " be planned otherwise");
            }
        }
    }

    private static String locale(io.lakebaseops.schema.TopLevelObject.Database made) {
        var own = made.locale() == null ? "" : made.locale();
        return " ENCODING 'UTF8' LC_COLLATE %s LC_CTYPE %s LOCALE_PROVIDER %s"
                        .formatted(literal(made.collate()), literal(made.ctype()), made.provider())
                + switch (made.provider()) {
                    case "icu" -> " ICU_LOCALE " + literal(own);
                    case "builtin" -> " BUILTIN_LOCALE " + literal(own);
                    default -> "";
                };
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void makeObjects() throws SQLException {
        var all = Ddl.between(DatabaseSchema.empty(DATABASE), image.schema()).statements();
        var extensions = new ArrayList<String>();
        var others = new ArrayList<Ddl.Statement>();
        for (var statement : all) {
            var sql = statement.sql();
            if (sql == null
                    || !KINDS.contains(statement.subject().kind())
                    || WITHOUT_EFFECT.matcher(sql).matches()) {
                continue;
            }
            if (statement.subject().kind() == ObjectId.Kind.EXTENSION) {
                extensions.add(sql);
            } else {
                others.add(statement);
            }
        }
        // Their scripts are ours; everything else is another's code and runs without rights.
        var namespaces = others.stream().filter(s -> s.subject().kind() == ObjectId.Kind.NAMESPACE);
        try (var owner = TwinConnection.owner(server, DATABASE, login)) {
            for (var namespace : namespaces.toList()) {
                attempt(owner, namespace);
            }
        }
        try (var admin = TwinConnection.admin(server, DATABASE)) {
            admin.execute("ALTER SCHEMA public OWNER TO " + Ident.of(login).sql());
            for (var extension : extensions) {
                try {
                    admin.execute(extension);
                } catch (SQLException e) {
                    leftOut.add(extension + ": " + e.getMessage());
                }
            }
            admin.execute("CREATE CAST (bytea AS pg_ndistinct) WITHOUT FUNCTION");
            admin.execute("CREATE CAST (bytea AS pg_dependencies) WITHOUT FUNCTION");
        }
        try (var owner = TwinConnection.owner(server, DATABASE, login)) {
            owner.execute("SET check_function_bodies = off; SET search_path = ''");
            var rest =
                    others.stream()
                            .filter(s -> s.subject().kind() != ObjectId.Kind.NAMESPACE)
                            .toList();
            for (int at = 0; at < rest.size(); at += TOGETHER) {
                deadline.check(WHAT);
                together(owner, rest.subList(at, Math.min(rest.size(), at + TOGETHER)));
            }
        }
    }

    private void together(TwinConnection owner, List<Ddl.Statement> statements) {
        try {
            owner.execute(
                    statements.stream()
                            .map(s -> String.valueOf(s.sql()))
                            .collect(Collectors.joining(";\n")));
        } catch (SQLException e) {
            LOG.debug("One of {} statements fails", statements.size(), e);
            statements.forEach(s -> attempt(owner, s));
        }
    }

    private void attempt(TwinConnection owner, Ddl.Statement statement) {
        try {
            owner.execute(String.valueOf(statement.sql()));
        } catch (SQLException e) {
            if (statement.subject().kind() != ObjectId.Kind.NAMESPACE) {
                leftOut.add(statement.subject() + ": " + e.getMessage());
            }
        }
    }

    private void fillNumbers(TwinConnection admin) throws SQLException {
        for (int at = 0; at < image.relations().size(); at += ROWS_TOGETHER) {
            var some = part(image.relations(), at);
            admin.update(TwinSql.FILL_NUMBERS, Map.of("rows", json(some)));
        }
    }

    private void fillStatistics(TwinConnection admin) {
        for (int at = 0; at < image.columns().size(); at += ROWS_TOGETHER) {
            deadline.check(WHAT);
            var some = part(image.columns(), at);
            try {
                admin.update(TwinSql.FILL_STATISTICS, Map.of("rows", json(some)));
            } catch (SQLException e) {
                LOG.debug("One of {} columns cannot be filled", some.size(), e);
                some.forEach(c -> fill(admin, c));
            }
        }
    }

    private void fill(TwinConnection admin, ColumnValues column) {
        try {
            admin.update(TwinSql.FILL_STATISTICS, Map.of("rows", json(List.of(column))));
        } catch (SQLException e) {
            leftOut.add(
                    "statistics of %s.%s.%s: %s"
                            .formatted(
                                    column.schemaName(),
                                    column.relationName(),
                                    column.columnName(),
                                    e.getMessage()));
        }
    }

    private record Numbered(String columnName, int number) {}

    private void fillExtended(TwinConnection admin) {
        for (var one : image.extended()) {
            if (one.hasMore()) {
                caveats.add(
                        "statistics %s.%s keep common combinations or expressions, which stay behind"
                                .formatted(one.statisticsSchema(), one.statisticsName()));
            }
            var numbers =
                    admin
                            .query(
                                    TwinSql.COLUMNS,
                                    Map.of("schema", one.schemaName(), "name", one.relationName()),
                                    Numbered.class)
                            .stream()
                            .collect(Collectors.toMap(Numbered::columnName, Numbered::number));
            var values = new HashMap<String, @Nullable Object>();
            values.put("schema", one.statisticsSchema());
            values.put("name", one.statisticsName());
            values.put("inherited", one.inherited());
            values.put("distinct_values", one.distinct(numbers));
            values.put("dependencies", one.functional(numbers));
            try {
                admin.update(TwinSql.FILL_EXTENDED, values);
            } catch (SQLException e) {
                leftOut.add("statistics " + one.statisticsName() + ": " + e.getMessage());
            }
        }
    }

    /// As `twin/files` returns it.
    record RelationFile(
            String schemaName,
            String relationName,
            @Nullable String path,
            boolean isBtree,
            double tuples,
            long pages,
            long allVisible,
            double keyBytes) {
        String key() {
            return schemaName + "." + relationName;
        }
    }

    /// @param relation `schema.name`, null for all
    static List<RelationFile> files(TwinConnection admin, @Nullable String relation) {
        var which = new HashMap<String, @Nullable Object>();
        which.put("relation", relation);
        return admin.query(TwinSql.FILES, which, RelationFile.class);
    }

    private void stretch(Path data, List<RelationFile> files) throws IOException {
        var blocks =
                image.relations().stream()
                        .collect(
                                Collectors.toMap(
                                        RelationSize::key, RelationSize::blocks, Math::max));
        for (var file : files) {
            long length = blocks.getOrDefault(file.key(), 0L);
            if (file.path() != null && length > 0) {
                stretch(data.resolve(file.path()), length, file);
            }
        }
    }

    static void stretch(Path path, long blocks, RelationFile file) throws IOException {
        int height = file.isBtree() ? RelationFiles.height(blocks, file.keyBytes()) : 0;
        RelationFiles.resize(path, Math.max(blocks, height > 0 ? 3 : 1));
        if (height > 0) {
            RelationFiles.writeTree(path, height);
        }
    }

    private static <T> List<T> part(List<T> all, int from) {
        return all.subList(from, Math.min(all.size(), from + ROWS_TOGETHER));
    }

    static String json(Object rows) {
        try {
            return JSON.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records have a JSON form", e);
        }
    }
}
