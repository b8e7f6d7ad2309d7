package io.lakebaseops.sqltext;

import io.lakebaseops.sqltext.RelationUse.How;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds the relations a statement names. A name that a WITH query defines is none.
final class RelationFinder {
    /// What happens to the relation in this field, by the statement's node; all others are read.
    private static final Set<String> MAINTAINING =
            Set.of("VacuumStmt", "ClusterStmt", "ReindexStmt", "RefreshMatViewStmt");

    private static final Set<String> CREATING =
            Set.of(
                    "CreateStmt",
                    "CreateForeignTableStmt",
                    "ViewStmt",
                    "CreateSeqStmt",
                    "CreateTableAsStmt");

    private static final Set<String> DROPPABLE =
            Set.of(
                    "OBJECT_TABLE",
                    "OBJECT_VIEW",
                    "OBJECT_MATVIEW",
                    "OBJECT_INDEX",
                    "OBJECT_SEQUENCE",
                    "OBJECT_FOREIGN_TABLE");

    private static final Set<String> COMMENTABLE =
            Set.of("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_INDEX");

    private final Set<RelationUse> found = new LinkedHashSet<>();

    private RelationFinder() {}

    static List<RelationUse> of(SqlStatement statement) {
        var finder = new RelationFinder();
        finder.names(statement.tree());
        finder.walk(statement.tree(), "", Set.of());
        return List.copyOf(finder.found);
    }

    /// Objects given as lists of names.
    private void names(SqlNode statement) {
        switch (statement.kind()) {
            case "DropStmt" -> {
                if (DROPPABLE.contains(statement.text("removeType"))) {
                    statement.list("objects").forEach(o -> name(o.items(), How.DROPPED));
                }
            }
            case "CommentStmt", "SecLabelStmt" -> {
                var parts = statement.field("object").items();
                if (statement.text("objtype").equals("OBJECT_COLUMN") && parts.size() > 1) {
                    name(parts.subList(0, parts.size() - 1), How.ALTERED);
                } else if (COMMENTABLE.contains(statement.text("objtype"))) {
                    name(parts, How.ALTERED);
                }
            }
            default -> {}
        }
    }

    private void name(List<SqlNode> parts, How how) {
        var names = SqlNode.strings(parts);
        if (!names.isEmpty()) {
            var schema = names.size() > 1 ? names.get(names.size() - 2) : "";
            found.add(new RelationUse(schema, names.getLast(), how));
        }
    }

    private record Visit(SqlNode node, String parent, Set<String> queries) {}

    /// @param queries the names WITH defines around here
    private void walk(SqlNode root, String parent, Set<String> queries) {
        var waiting = new ArrayList<Visit>(List.of(new Visit(root, parent, queries)));
        while (!waiting.isEmpty()) {
            var visit = waiting.removeLast();
            var node = visit.node();
            var known = visit.queries();
            if (node.has("withClause")) {
                known = new HashSet<>(known);
                for (var query : node.field("withClause").list("ctes")) {
                    known.add(query.text("ctename"));
                }
            }
            if (node.has("lockingClause")) {
                locked(node);
            }
            var kind = node.kind().isEmpty() ? visit.parent() : node.kind();
            for (var field : node.fieldNames().reversed()) {
                var value = node.field(field);
                if (value.has("relname")) {
                    use(kind, field, value, node, known);
                } else {
                    below(value, node, field, kind, known, waiting);
                }
            }
        }
    }

    private void below(
            SqlNode value,
            SqlNode node,
            String field,
            String kind,
            Set<String> known,
            List<Visit> waiting) {
        var elements = node.list(field);
        if (elements.isEmpty()) {
            waiting.add(new Visit(value, kind, known));
        }
        for (var element : elements.reversed()) {
            if (element.has("relname")) {
                use(kind, field, element, node, known);
            } else {
                waiting.add(new Visit(element, kind, known));
            }
        }
    }

    private void locked(SqlNode select) {
        for (var clause : select.list("lockingClause")) {
            var named = clause.list("lockedRels");
            var all = named.isEmpty() ? select.list("fromClause") : named;
            all.stream()
                    .filter(r -> r.has("relname"))
                    .forEach(r -> found.add(RelationUse.of(r, How.LOCKED)));
        }
    }

    private void use(
            String kind, String field, SqlNode relation, SqlNode holder, Set<String> known) {
        var how = how(kind, field, holder);
        boolean query =
                relation.text("schemaname").isEmpty() && known.contains(relation.text("relname"));
        if (!(query && how == How.READ) && !field.equals("lockedRels")) {
            found.add(RelationUse.of(relation, how));
        }
    }

    private static How how(String kind, String field, SqlNode holder) {
        return switch (kind) {
            case "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt" ->
                    field.equals("relation") ? How.WRITTEN : How.READ;
            case "TruncateStmt" -> How.WRITTEN;
            case "CopyStmt" -> holder.flag("is_from") ? How.WRITTEN : How.READ;
            case "LockStmt" -> How.LOCKED;
            case "VacuumRelation" -> How.MAINTAINED;
            case "Constraint" -> How.REFERENCED;
            case "IntoClause" -> How.CREATED;
            case "SelectStmt",
                    "JoinExpr",
                    "RangeTableSample",
                    "TableLikeClause",
                    "RangeSubselect" ->
                    field.equals("rel") ? How.CREATED : How.READ;
            default -> {
                if (MAINTAINING.contains(kind)) {
                    yield How.MAINTAINED;
                }
                if (field.equals("inhRelations")) {
                    yield How.REFERENCED;
                }
                yield CREATING.contains(kind) ? How.CREATED : How.ALTERED;
            }
        };
    }
}
