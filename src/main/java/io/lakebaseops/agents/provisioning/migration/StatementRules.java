package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.sqltext.Parsed;
import io.lakebaseops.sqltext.SqlNode;
import io.lakebaseops.sqltext.SqlScript;
import io.lakebaseops.sqltext.SqlScript.Part;
import io.lakebaseops.sqltext.SqlScript.PartKind;
import io.lakebaseops.sqltext.SqlStatement;
import io.lakebaseops.sqltext.StatementKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The statements that a migration cannot hold, and those that must run outside a transaction.
final class StatementRules {
    private static final Set<String> ON = Set.of("on", "true", "yes", "1");

    private static final int MANY = 10;
    private static final Set<String> OFF = Set.of("off", "false", "no");

    private StatementRules() {}

    /// Statements PostgreSQL 17 refuses inside a transaction block.
    static boolean refusesTransaction(Part part) {
        var statement = part.parsed().single();
        return statement != null && refusesTransaction(statement);
    }

    private static boolean refusesTransaction(SqlStatement statement) {
        var tree = statement.tree();
        return switch (statement.kind()) {
            case CREATE_DATABASE,
                    DROP_DATABASE,
                    CREATE_TABLESPACE,
                    DROP_TABLESPACE,
                    CREATE_SUBSCRIPTION,
                    DROP_SUBSCRIPTION,
                    ALTER_SYSTEM ->
                    true;
            case VACUUM -> tree.flag("is_vacuumcmd");
            case CREATE_INDEX, DROP -> tree.flag("concurrent");
            case CLUSTER -> !tree.has("relation");
            case REINDEX -> !tree.has("relation") || hasOption(tree, "concurrently");
            case ALTER_TABLE ->
                    tree.list("cmds").stream()
                            .anyMatch(
                                    c ->
                                            c.text("subtype").equals("AT_DetachPartition")
                                                    && c.field("def").flag("concurrent"));
            default -> false;
        };
    }

    static boolean hasOption(SqlNode tree, String name) {
        return tree.list("params").stream()
                .filter(o -> o.text("defname").equals(name))
                .anyMatch(
                        o ->
                                o.field("arg")
                                        .all()
                                        .noneMatch(
                                                v ->
                                                        OFF.contains(
                                                                        v.string()
                                                                                .toLowerCase(
                                                                                        Locale
                                                                                                .ROOT))
                                                                || v.is("Integer")
                                                                        && v.number("ival") == 0));
    }

    /// @throws io.lakebaseops.domain.OpsException with line and advice
    static void check(MigrationFile file, SqlScript script, String text) {
        var problems = new ArrayList<OpsException>();
        for (var part : script.parts()) {
            try {
                check(file.name(), part);
            } catch (OpsException e) {
                problems.add(e);
            }
        }
        if (problems.size() == 1) {
            throw problems.getFirst();
        } else if (!problems.isEmpty()) {
            throw several(file.name(), problems);
        }
        // Flyway would fill these in; running them as they stand would do something else.
        if (text.contains("${")) {
            throw MigrationFile.refused(
                    file.name(),
                    "it holds a placeholder ${…}, which is not filled in here",
                    "write the value",
                    null);
        }
        var alone = file.statements().stream().filter(StatementRules::refusesTransaction).toList();
        if (!alone.isEmpty() && alone.size() < file.statements().size()) {
            throw MigrationFile.refused(
                    file.name(),
                    "line %d refuses to run in a transaction, the rest needs one"
                            .formatted(alone.getFirst().line()),
                    "put it into a file of its own",
                    null);
        }
    }

    /// All at once, so that a dump is corrected in one go.
    private static OpsException several(String file, List<OpsException> problems) {
        var each =
                problems.stream()
                        .limit(MANY)
                        .map(p -> p.why() + " (" + p.remedy() + ")")
                        .collect(Collectors.joining("; "));
        return MigrationFile.refused(
                file,
                each + (problems.size() > MANY ? "; " + (problems.size() - MANY) + " more" : ""),
                "correct these lines",
                null);
    }

    private static void check(String file, Part part) {
        if (part.kind() == PartKind.BACKSLASH_COMMAND || psql(part)) {
            throw psql(file, part);
        }
        if (part.kind() == PartKind.COPY_DATA) {
            return;
        }
        if (!part.closed()) {
            throw at(file, part, "begins a quote or comment that is never closed", "close it");
        }
        var statement = part.parsed().single();
        if (statement == null) {
            return;
        }
        if (statement.kind() == StatementKind.COPY && throughTheClient(statement.tree())) {
            throw at(
                    file,
                    part,
                    "is COPY with rows in the script",
                    "write INSERT … VALUES, or load the rows apart from the migration");
        }
        if (statement.kind() == StatementKind.TRANSACTION) {
            throw at(
                    file,
                    part,
                    "controls the transaction, which the runner does",
                    "remove it: a file is one transaction");
        }
        if (changesReading(statement)) {
            throw at(
                    file,
                    part,
                    "changes how the rest of the file is read",
                    "write E'…' where a backslash is an escape");
        }
    }

    private static OpsException psql(String file, Part part) {
        boolean restrict = part.text().startsWith("\\restrict") || part.text().startsWith("\\unr");
        return at(
                file,
                part,
                "is a command of psql, which the server does not know",
                restrict
                        ? "delete it: pg_dump writes it to protect psql"
                        : "write it as SQL; for \\i list the other file, for \\copy load data apart");
    }

    /// A backslash behind a statement, as in `select 1 \gset`, is none of SQL's symbols.
    private static boolean psql(Part part) {
        return part.statement()
                && part.parsed() instanceof Parsed.NotUnderstood no
                && no.position() >= 0
                && no.position() < part.text().length()
                && part.text().charAt(no.position()) == '\\';
    }

    /// FROM STDIN or TO STDOUT.
    private static boolean throughTheClient(SqlNode copy) {
        return copy.text("filename").isEmpty();
    }

    private static boolean changesReading(SqlStatement statement) {
        var tree = statement.tree();
        if (statement.kind() != StatementKind.SET
                || !tree.text("name")
                        .toLowerCase(Locale.ROOT)
                        .equals("standard_conforming_strings")) {
            return false;
        }
        return tree.list("args").stream()
                .map(a -> a.field("sval").text("sval").toLowerCase(Locale.ROOT))
                .noneMatch(ON::contains);
    }

    private static OpsException at(String file, Part part, String why, String remedy) {
        return MigrationFile.refused(file, "line " + part.line() + " " + why, remedy, null);
    }
}
