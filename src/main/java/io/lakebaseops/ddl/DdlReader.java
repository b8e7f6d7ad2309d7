package io.lakebaseops.ddl;

import io.lakebaseops.ddl.DdlAct.Name;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.sqltext.SqlNode;
import io.lakebaseops.sqltext.SqlStatement;

import java.util.ArrayList;
import java.util.List;

/// Tells what a statement does to which relations, from its parse tree.
///
/// Forms that only the live table decides (is this change of type binary compatible?) are given as
/// the worse one. Nothing is said of statements that are no DDL, and of what code they call does.
public final class DdlReader {
    private DdlReader() {}

    /// @return every relation that gets a lock of its own; empty when the statement is of no form
    ///     known here, which does not make it harmless
    public static List<DdlAct> read(SqlStatement statement) {
        var tree = statement.tree();
        return switch (statement.kind()) {
            case ALTER_TABLE -> AlterTableReader.read(tree);
            case RENAME -> rename(tree);
            case SET_SCHEMA -> one(DdlForm.SET_SCHEMA, tree.field("relation"));
            case CREATE_TABLE, CREATE_FOREIGN_TABLE -> createTable(tree);
            case CREATE_TABLE_AS -> one(DdlForm.CREATE_TABLE, tree.field("into").field("rel"));
            case CREATE_INDEX ->
                    one(
                            tree.flag("concurrent")
                                    ? DdlForm.CREATE_INDEX_CONCURRENTLY
                                    : DdlForm.CREATE_INDEX,
                            tree.field("relation"));
            case CREATE_TRIGGER -> createTrigger(tree);
            case CREATE_RULE -> one(DdlForm.ALTER_OTHER, tree.field("relation"));
            case CREATE_POLICY, ALTER_POLICY -> one(DdlForm.ALTER_OTHER, tree.field("table"));
            case CREATE_STATISTICS -> each(DdlForm.CREATE_STATISTICS, tree.list("relations"));
            case COMMENT -> comment(tree);
            case DROP -> drop(tree);
            case TRUNCATE -> each(DdlForm.TRUNCATE, tree.list("relations"));
            case VACUUM -> vacuum(tree);
            case CLUSTER -> one(DdlForm.CLUSTER, tree.field("relation"));
            case REFRESH ->
                    one(
                            tree.flag("concurrent")
                                    ? DdlForm.REFRESH_CONCURRENTLY
                                    : DdlForm.REFRESH,
                            tree.field("relation"));
            case REINDEX ->
                    one(
                            option(tree, "params", "concurrently")
                                    ? DdlForm.REINDEX_CONCURRENTLY
                                    : DdlForm.REINDEX,
                            tree.field("relation"));
            case LOCK -> lock(tree);
            case SELECT, INSERT, UPDATE, DELETE, MERGE -> writesAllRows(tree, statement);
            default -> List.of();
        };
    }

    /// Also what a WITH in front of a statement writes. MERGE says nowhere how many rows it meets.
    private static List<DdlAct> writesAllRows(SqlNode tree, SqlStatement statement) {
        var acts = new ArrayList<DdlAct>();
        boolean itself =
                switch (statement.kind()) {
                    case UPDATE, DELETE -> !tree.has("whereClause");
                    case MERGE -> true;
                    default -> false;
                };
        if (itself) {
            acts.addAll(one(DdlForm.WRITE_ALL_ROWS, tree.field("relation")));
        }
        tree.field("withClause")
                .all()
                .filter(n -> n.is("UpdateStmt") || n.is("DeleteStmt"))
                .filter(n -> !n.has("whereClause"))
                .forEach(n -> acts.addAll(one(DdlForm.WRITE_ALL_ROWS, n.field("relation"))));
        return acts;
    }

    private static List<DdlAct> rename(SqlNode tree) {
        return switch (tree.text("renameType")) {
            case "OBJECT_TABCONSTRAINT", "OBJECT_POLICY", "OBJECT_TRIGGER", "OBJECT_RULE" ->
                    one(DdlForm.ALTER_OTHER, tree.field("relation"));
            case "OBJECT_INDEX" -> one(DdlForm.ALTER_INDEX, tree.field("relation"));
            default -> one(DdlForm.RENAME, tree.field("relation"));
        };
    }

    /// The tables that foreign keys point to and the parents are locked too.
    private static List<DdlAct> createTable(SqlNode tree) {
        var acts = new ArrayList<>(one(DdlForm.CREATE_TABLE, tree.field("relation")));
        tree.all().filter(n -> n.has("pktable")).forEach(n -> acts.add(references(n)));
        var parent = tree.has("partbound") ? DdlForm.CREATE_PARTITION : DdlForm.PARENT_OF;
        acts.addAll(each(parent, tree.list("inhRelations")));
        return acts;
    }

    private static List<DdlAct> createTrigger(SqlNode tree) {
        var acts = new ArrayList<>(one(DdlForm.CREATE_TRIGGER, tree.field("relation")));
        acts.addAll(one(DdlForm.CREATE_TRIGGER, tree.field("constrrel")));
        return acts;
    }

    private static List<DdlAct> comment(SqlNode tree) {
        var parts = tree.field("object").items();
        return switch (tree.text("objtype")) {
            case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_INDEX" ->
                    named(DdlForm.COMMENT, parts);
            case "OBJECT_COLUMN",
                    "OBJECT_TABCONSTRAINT",
                    "OBJECT_TRIGGER",
                    "OBJECT_RULE",
                    "OBJECT_POLICY" ->
                    named(DdlForm.COMMENT, owner(parts));
            default -> List.of();
        };
    }

    private static List<DdlAct> drop(SqlNode tree) {
        return switch (tree.text("removeType")) {
            case "OBJECT_INDEX" ->
                    dropped(
                            tree,
                            tree.flag("concurrent")
                                    ? DdlForm.DROP_INDEX_CONCURRENTLY
                                    : DdlForm.DROP_INDEX);
            case "OBJECT_TABLE", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE" ->
                    dropped(tree, DdlForm.DROP_TABLE);
            case "OBJECT_TRIGGER", "OBJECT_RULE", "OBJECT_POLICY" -> {
                var acts = new ArrayList<DdlAct>();
                tree.list("objects")
                        .forEach(o -> acts.addAll(named(DdlForm.ALTER_OTHER, owner(o.items()))));
                yield acts;
            }
            default -> List.of();
        };
    }

    private static List<DdlAct> dropped(SqlNode tree, DdlForm form) {
        var acts = new ArrayList<DdlAct>();
        tree.list("objects").forEach(o -> acts.addAll(named(form, o.items())));
        return acts;
    }

    private static List<DdlAct> vacuum(SqlNode tree) {
        var form =
                !tree.flag("is_vacuumcmd")
                        ? DdlForm.ANALYZE
                        : option(tree, "options", "full") ? DdlForm.VACUUM_FULL : DdlForm.VACUUM;
        var acts = new ArrayList<DdlAct>();
        tree.list("rels").forEach(r -> acts.addAll(one(form, r.field("relation"))));
        return acts;
    }

    /// `LOCK` names its mode by the server's number of it, 1 for ACCESS SHARE.
    private static List<DdlAct> lock(SqlNode tree) {
        var level = LockLevel.values()[(int) tree.number("mode")];
        return each(DdlForm.LOCK_TABLE, tree.list("relations")).stream()
                .map(a -> new DdlAct(a.form(), level, a.relation(), null, null))
                .toList();
    }

    /// An option counts as given unless it is switched off.
    private static boolean option(SqlNode tree, String field, String name) {
        return tree.list(field).stream()
                .filter(o -> o.text("defname").equals(name))
                .anyMatch(o -> !off(o.field("arg")));
    }

    private static boolean off(SqlNode value) {
        return value.all()
                .anyMatch(
                        n ->
                                n.string().equalsIgnoreCase("off")
                                        || n.string().equalsIgnoreCase("false")
                                        || (n.is("Integer") && n.number("ival") == 0));
    }

    /// The table that something else is referred to by, as in `t.column` or `trigger ON t`.
    private static List<SqlNode> owner(List<SqlNode> parts) {
        return parts.isEmpty() ? parts : parts.subList(0, parts.size() - 1);
    }

    static DdlAct references(SqlNode constraint) {
        // Only the parent's index is read.
        return DdlAct.of(DdlForm.ADD_FOREIGN_KEY_NOT_VALID, name(constraint.field("pktable")));
    }

    static List<DdlAct> one(DdlForm form, SqlNode rangeVar) {
        return rangeVar.has("relname") ? List.of(DdlAct.of(form, name(rangeVar))) : List.of();
    }

    private static List<DdlAct> each(DdlForm form, List<SqlNode> rangeVars) {
        return rangeVars.stream().flatMap(r -> one(form, r).stream()).toList();
    }

    private static List<DdlAct> named(DdlForm form, List<SqlNode> parts) {
        var names = parts.stream().map(SqlNode::string).toList();
        if (names.isEmpty()) {
            return List.of();
        }
        var schema = names.size() > 1 ? names.get(names.size() - 2) : null;
        return List.of(DdlAct.of(form, new Name(schema, names.getLast())));
    }

    static Name name(SqlNode rangeVar) {
        var schema = rangeVar.text("schemaname");
        return new Name(schema.isEmpty() ? null : schema, rangeVar.text("relname"));
    }
}
