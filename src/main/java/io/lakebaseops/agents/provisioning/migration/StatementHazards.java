package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.ddl.DdlAct.Name;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.sqltext.SqlNode;
import io.lakebaseops.sqltext.SqlScript;
import io.lakebaseops.sqltext.SqlStatement;
import io.lakebaseops.sqltext.StatementKind;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Hazards of a statement as a whole: what it destroys beyond the tables it names, what breaks
/// programs, what does nothing, or fails, without a word.
final class StatementHazards {
    private static final Set<String> RENAMED_BY_PROGRAMS =
            Set.of(
                    "OBJECT_SCHEMA",
                    "OBJECT_TYPE",
                    "OBJECT_DOMAIN",
                    "OBJECT_FUNCTION",
                    "OBJECT_PROCEDURE",
                    "OBJECT_ROUTINE",
                    "OBJECT_SEQUENCE");

    private final String file;
    private final LiveTables live;
    private final PendingSchema pending;
    private final Set<String> newLabels = new HashSet<>();
    private final Set<String> newTypes = new HashSet<>();
    private final List<Hazard> found;

    StatementHazards(String file, LiveTables live, PendingSchema pending, List<Hazard> found) {
        this.file = file;
        this.live = live;
        this.pending = pending;
        this.found = found;
    }

    void of(SqlScript.Part part, SqlStatement statement) {
        var tree = statement.tree();
        int line = part.line();
        statement.strings().stream()
                .filter(newLabels::contains)
                .findFirst()
                .ifPresent(
                        label ->
                                add(
                                        "ENUM_LABEL_USED",
                                        Severity.CRITICAL,
                                        line,
                                        "the label '%s' cannot be used before the transaction that adds it commits: this fails"
                                                .formatted(label),
                                        "put it into a later migration"));
        switch (statement.kind()) {
            case DROP -> drop(tree, line);
            case TRUNCATE -> truncate(tree, line);
            case DROP_OWNED ->
                    add(
                            "DROP_OWNED",
                            Severity.CRITICAL,
                            line,
                            "drops everything the role owns in this database, tables with their rows too",
                            "REASSIGN OWNED first, and drop by name");
            case DROP_DATABASE ->
                    add(
                            "DROP_DATABASE",
                            Severity.CRITICAL,
                            line,
                            "drops a whole database",
                            "be sure there is a copy");
            case DO ->
                    add(
                            "CODE_NOT_READ",
                            Severity.WARNING,
                            line,
                            "a DO block runs what it says: what it locks or destroys is not told here",
                            "write its statements out, or try it on a branch");
            case ALTER_ENUM -> alterEnum(tree, line);
            case CREATE_TYPE_ENUM -> newTypes.add(String.join(".", tree.names("typeName")));
            case CREATE_INDEX -> createIndex(tree, line);
            case ALTER_DOMAIN -> alterDomain(tree, line);
            case RENAME -> {
                if (RENAMED_BY_PROGRAMS.contains(tree.text("renameType"))) {
                    renamed(statement, line);
                }
            }
            case SET_SCHEMA -> {
                if (RENAMED_BY_PROGRAMS.contains(tree.text("objectType"))) {
                    renamed(statement, line);
                }
            }
            case REINDEX -> {
                if (!tree.has("relation") && !StatementRules.hasOption(tree, "concurrently")) {
                    add(
                            "REINDEX",
                            Severity.WARNING,
                            line,
                            "locks every index of the schema or database in turn: nearly every query of"
                                    + " its table waits meanwhile",
                            "REINDEX … CONCURRENTLY, in a file alone");
                }
            }
            case UPDATE, DELETE, MERGE -> filtered(statement, line);
            default -> {}
        }
    }

    private void drop(SqlNode tree, int line) {
        boolean cascade = tree.text("behavior").equals("DROP_CASCADE");
        var type = tree.text("removeType");
        if (type.equals("OBJECT_SCHEMA")) {
            add(
                    "DROP_SCHEMA",
                    cascade ? Severity.CRITICAL : Severity.WARNING,
                    line,
                    cascade
                            ? "drops everything in the schema, tables with their rows too"
                            : "programs that name the schema fail; it must be empty",
                    "drop what is in it by name");
        } else if (cascade) {
            boolean columns =
                    Set.of("OBJECT_TYPE", "OBJECT_DOMAIN", "OBJECT_EXTENSION").contains(type);
            add(
                    "DROP_CASCADE",
                    columns || type.equals("OBJECT_TABLE") ? Severity.CRITICAL : Severity.WARNING,
                    line,
                    columns
                            ? "drops every column of the type with its values, and whatever else hangs on it"
                            : "drops views, foreign keys and whatever else hangs on it; they are named nowhere",
                    "drop without CASCADE: the error names what hangs on it; drop that by name");
        }
    }

    private void truncate(SqlNode tree, int line) {
        if (!tree.text("behavior").equals("DROP_CASCADE")) {
            return;
        }
        for (var relation : tree.list("relations")) {
            var also = live.of(name(relation)).map(live::referringTo).orElse(List.of());
            if (!also.isEmpty()) {
                add(
                        "TRUNCATE_CASCADE",
                        Severity.CRITICAL,
                        line,
                        "empties %s too".formatted(String.join(", ", also)),
                        "name every table, without CASCADE");
            }
        }
    }

    private void alterEnum(SqlNode tree, int line) {
        if (tree.has("oldVal")) {
            add(
                    "RENAME_ENUM_LABEL",
                    Severity.WARNING,
                    line,
                    "programs that use the old label fail at once",
                    "add the new label, change the rows, and leave the old one");
        } else if (!newTypes.contains(String.join(".", tree.names("typeName")))) {
            newLabels.add(tree.text("newVal"));
        }
    }

    private void createIndex(SqlNode tree, int line) {
        var index = tree.text("idxname");
        if (!tree.flag("concurrent") || !tree.flag("if_not_exists") || index.isEmpty()) {
            return;
        }
        var schema = tree.field("relation").text("schemaname");
        boolean broken =
                live.index(schema.isEmpty() ? null : schema, index)
                        .filter(i -> !i.isValid())
                        .isPresent();
        add(
                "INDEX_IF_NOT_EXISTS",
                broken ? Severity.CRITICAL : Severity.WARNING,
                line,
                broken
                        ? "index %s is there and not valid: IF NOT EXISTS takes it for done, and it serves no query"
                                .formatted(index)
                        : "where a build failed before, IF NOT EXISTS takes the invalid index for done",
                "leave IF NOT EXISTS out, and DROP INDEX CONCURRENTLY what a failed build left");
    }

    private void alterDomain(SqlNode tree, int line) {
        boolean checks =
                tree.text("subtype").equals("C") && !tree.field("def").flag("skip_validation");
        if (checks || tree.text("subtype").equals("O")) {
            add(
                    "ALTER_DOMAIN",
                    Severity.WARNING,
                    line,
                    "takes SHARE on every table with a column of the domain and reads it: writes wait",
                    "ADD CONSTRAINT … NOT VALID, then VALIDATE CONSTRAINT in another migration");
        }
    }

    private void renamed(SqlStatement statement, int line) {
        add(
                "RENAME",
                Severity.WARNING,
                line,
                statement.command()
                        + " gives it another name: programs that use the old one fail at once",
                "keep the old name until no program uses it");
    }

    private void filtered(SqlStatement statement, int line) {
        var name = name(statement.tree().field("relation"));
        if (pending.filtered(name)) {
            add(
                    "ROW_SECURITY",
                    Severity.WARNING,
                    line,
                    "%s on %s with row level security by a login without BYPASSRLS: it passes over the rows its policies hide, and says nothing"
                            .formatted(statement.command(), name.display()),
                    "run it as a role with BYPASSRLS, or NO FORCE ROW LEVEL SECURITY while it runs; check"
                            + " the number of rows");
        }
    }

    private static Name name(SqlNode rangeVar) {
        var schema = rangeVar.text("schemaname");
        return new Name(schema.isEmpty() ? null : schema, rangeVar.text("relname"));
    }

    private void add(String rule, Severity severity, int line, String message, String advice) {
        found.add(of(rule, severity, file, line, null, message, advice));
    }

    static Hazard of(
            String rule,
            Severity severity,
            String file,
            int line,
            @Nullable String relation,
            String message,
            String advice) {
        return new Hazard(
                rule, severity, file, line, relation, LockLevel.NONE, 0, 0, null, message, advice);
    }

    static boolean isSet(SqlStatement statement, String parameter) {
        return statement.kind() == StatementKind.SET
                && statement.tree().text("name").equalsIgnoreCase(parameter);
    }
}
