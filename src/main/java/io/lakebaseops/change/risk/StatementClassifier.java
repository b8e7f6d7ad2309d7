package io.lakebaseops.change.risk;

import io.lakebaseops.ddl.DdlAct;
import io.lakebaseops.ddl.DdlReader;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.sqltext.RelationUse.How;
import io.lakebaseops.sqltext.SqlNode;
import io.lakebaseops.sqltext.SqlStatement;
import io.lakebaseops.sqltext.StatementKind;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Tells the class of a statement from its parse tree. Only forms that are recognised whole get a
/// class of their own; any other is ALTER_TABLE, DESTROYS or UNKNOWN, which are HIGH.
final class StatementClassifier {
    /// Classes that only our own statements can have.
    private static final Map<SqlName, StatementClass> OWN =
            Map.of(
                    SqlName.of("migration/record"), StatementClass.RECORD_MIGRATION,
                    SqlName.of("governance/map_tenant"), StatementClass.MAP_TENANT);

    private static final Set<String> WRITES =
            Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "IntoClause");

    private static final Set<String> TIMEOUTS =
            Set.of(
                    "lock_timeout",
                    "statement_timeout",
                    "transaction_timeout",
                    "idle_in_transaction_session_timeout");

    private final SqlStatement statement;
    private final SqlNode tree;
    private final List<String> dangers;

    /// @param dangers gets what else makes the statement dangerous
    StatementClassifier(SqlStatement statement, List<String> dangers) {
        this.statement = statement;
        this.tree = statement.tree();
        this.dangers = dangers;
    }

    static @Nullable StatementClass ownKind(SqlName own) {
        return OWN.get(own);
    }

    StatementClass kind() {
        return switch (statement.kind()) {
            case VACUUM -> vacuum();
            case SELECT -> query();
            case CREATE_INDEX -> index();
            case CREATE_TABLE, CREATE_SCHEMA -> object();
            case REINDEX ->
                    option("params", "concurrently")
                            ? StatementClass.REINDEX_CONCURRENTLY
                            : StatementClass.REINDEX;
            case ALTER_TABLE -> new AlterTableClassifier(tree).kind();
            case CLUSTER, REFRESH -> StatementClass.REWRITE;
            case COMMENT -> StatementClass.COMMENT;
            case INSERT, UPDATE, MERGE -> StatementClass.WRITES_DATA;
            case DELETE, TRUNCATE -> StatementClass.DESTROYS;
            case DROP -> drop();
            case DROP_DATABASE,
                    DROP_TABLESPACE,
                    DROP_ROLE,
                    DROP_OWNED,
                    DROP_SUBSCRIPTION,
                    DROP_USER_MAPPING ->
                    StatementClass.DESTROYS;
            case CREATE_POLICY, ALTER_POLICY -> StatementClass.POLICY;
            case CREATE_ROLE, ALTER_ROLE, ALTER_ROLE_SET -> role();
            case GRANT -> readGrant() ? StatementClass.READ_GRANT : StatementClass.RIGHTS;
            case SET -> limit();
            case GRANT_ROLE, ALTER_DEFAULT_PRIVILEGES -> StatementClass.RIGHTS;
            default -> unknown();
        };
    }

    private StatementClass unknown() {
        dangers.add(statement.command() + " may do anything");
        return StatementClass.UNKNOWN;
    }

    /// A timeout in whole numbers that is not switched off.
    private StatementClass limit() {
        var values = tree.list("args");
        boolean timeout =
                tree.text("kind").equals("VAR_SET_VALUE")
                        && TIMEOUTS.contains(tree.text("name"))
                        && values.size() == 1;
        boolean bounded =
                timeout
                        && (values.getFirst().field("ival").number("ival") > 0
                                || values.getFirst()
                                        .field("sval")
                                        .text("sval")
                                        .matches("[1-9][0-9]*( *(ms|s|min))?"));
        return bounded ? StatementClass.LIMIT : unknown();
    }

    /// The strongest lock it takes on a relation that was there before.
    LockLevel lock() {
        return locked().map(DdlAct::lock).max(Comparator.naturalOrder()).orElse(LockLevel.NONE);
    }

    private Stream<DdlAct> locked() {
        var made =
                statement.relations().stream()
                        .filter(r -> r.how() == How.CREATED)
                        .map(r -> new DdlAct.Name(orNull(r.schema()), r.name()))
                        .toList();
        return DdlReader.read(statement).stream().filter(a -> !made.contains(a.relation()));
    }

    private static @Nullable String orNull(String schema) {
        return schema.isEmpty() ? null : schema;
    }

    private StatementClass vacuum() {
        if (!tree.flag("is_vacuumcmd")) {
            return StatementClass.ANALYZE;
        }
        if (option("options", "full")) {
            return StatementClass.VACUUM_FULL;
        }
        return option("options", "freeze") ? StatementClass.VACUUM_FREEZE : StatementClass.VACUUM;
    }

    /// `(full)`, `(full true)`, and as a word of its own; `(full off)` is none.
    private boolean option(String field, String name) {
        return tree.list(field).stream()
                .filter(o -> o.text("defname").equals(name))
                .anyMatch(o -> !off(o.field("arg")));
    }

    private static boolean off(SqlNode value) {
        return Set.of("false", "off").contains(value.string())
                || (value.is("Integer") && value.number("ival") == 0);
    }

    /// A query may call anything; only one that does nothing but end sessions is known.
    private StatementClass query() {
        var code = statement.code();
        boolean writes = tree.all().anyMatch(n -> WRITES.contains(n.kind()) || n.has("intoClause"));
        if (!writes && BuiltInCode.endsSessions(code) && BuiltInCode.onlyEndsSessions(code)) {
            return StatementClass.SIGNAL_SESSION;
        }
        dangers.add("a query may call anything, through a view too");
        return StatementClass.UNKNOWN;
    }

    private StatementClass index() {
        callsUnknown(tree);
        return tree.flag("concurrent")
                ? StatementClass.CREATE_INDEX_CONCURRENTLY
                : StatementClass.CREATE_INDEX;
    }

    private void callsUnknown(SqlNode expression) {
        var unknown = BuiltInCode.unknownIn(expression);
        if (!unknown.isEmpty()) {
            dangers.add("it uses " + String.join(", ", unknown) + ", which may do anything");
        }
    }

    private StatementClass object() {
        if (tree.has("schemaElts")) {
            dangers.add("it holds statements of its own");
            return StatementClass.UNKNOWN;
        }
        // Evaluated at once, unlike defaults and checks.
        callsUnknown(tree.field("partbound"));
        return locked().findAny().isPresent()
                ? StatementClass.CREATE_ON_OTHER
                : StatementClass.CREATE_OBJECT;
    }

    private StatementClass drop() {
        return switch (tree.text("removeType")) {
            case "OBJECT_POLICY" -> StatementClass.POLICY;
            case "OBJECT_INDEX" -> {
                // Takes along what depends on the index: constraints, foreign keys.
                if (tree.text("behavior").equals("DROP_CASCADE")) {
                    yield StatementClass.DESTROYS;
                }
                yield tree.flag("concurrent")
                        ? StatementClass.DROP_INDEX_CONCURRENTLY
                        : StatementClass.DROP_INDEX;
            }
            default -> StatementClass.DESTROYS;
        };
    }

    private StatementClass role() {
        var options = tree.list("options");
        for (var option : options) {
            switch (option.text("defname")) {
                case "superuser" -> granted(option, "the role may do everything");
                case "bypassrls" -> granted(option, "the role sees all rows");
                case "isreplication" -> granted(option, "the role may copy the whole server");
                default -> {}
            }
        }
        boolean group =
                statement.kind() == StatementKind.CREATE_ROLE
                        && tree.text("stmt_type").equals("ROLESTMT_ROLE")
                        && options.size() == 1
                        && options.getFirst().text("defname").equals("canlogin")
                        && !value(options.getFirst());
        return group ? StatementClass.CREATE_GROUP : StatementClass.ROLE;
    }

    private void granted(SqlNode option, String danger) {
        if (value(option)) {
            dangers.add(danger);
        }
    }

    private static boolean value(SqlNode option) {
        return option.field("arg").flag("boolval");
    }

    /// `GRANT SELECT ON TABLE … TO one_role`, `GRANT USAGE ON SCHEMA … TO one_role`, and no more.
    private boolean readGrant() {
        var rights = tree.list("privileges");
        var grantees = tree.list("grantees");
        var right =
                switch (tree.text("objtype")) {
                    case "OBJECT_TABLE" -> "select";
                    case "OBJECT_SCHEMA" -> "usage";
                    default -> "";
                };
        return tree.flag("is_grant")
                && tree.text("targtype").equals("ACL_TARGET_OBJECT")
                && !tree.flag("grant_option")
                && !tree.has("grantor")
                && rights.size() == 1
                && rights.getFirst().text("priv_name").equals(right)
                && !rights.getFirst().has("cols")
                && grantees.size() == 1
                && grantees.getFirst().text("roletype").equals("ROLESPEC_CSTRING")
                && statement.relations().stream().allMatch(r -> r.how() == How.ALTERED);
    }
}
