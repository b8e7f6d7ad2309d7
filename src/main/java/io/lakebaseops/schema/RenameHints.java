package io.lakebaseops.schema;

import io.lakebaseops.schema.Ddl.Statement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Says of a drop when a new object looks like the old one under another name: then a rename keeps
/// the rows, or saves building an index. No comparison can know it.
final class RenameHints {
    private RenameHints() {}

    static void add(List<Statement> statements, DatabaseSchema before, DatabaseSchema after) {
        var added = new HashMap<List<Object>, List<ObjectId>>();
        for (var s : statements) {
            var b = after.find(s.subject());
            if (b != null && before.find(s.subject()) == null) {
                var ids = added.computeIfAbsent(likeness(b, after), _ -> new ArrayList<>());
                if (!ids.contains(b.id())) {
                    ids.add(b.id());
                }
            }
        }
        if (added.isEmpty()) {
            return;
        }
        for (int i = 0; i < statements.size(); i++) {
            var s = statements.get(i);
            var a = before.find(s.subject());
            if (a != null && after.find(s.subject()) == null && s.sql() != null) {
                statements.set(i, hinted(s, a, before, added));
            }
        }
    }

    private static Statement hinted(
            Statement s,
            SchemaObject a,
            DatabaseSchema before,
            Map<List<Object>, List<ObjectId>> added) {
        var alike = added.getOrDefault(likeness(a, before), List.of());
        if (alike.isEmpty()) {
            return s;
        }
        var hazards = new ArrayList<>(s.hazards());
        hazards.add("looks like a rename to %s: RENAME would keep it".formatted(alike.getFirst()));
        return new Statement(s.subject(), s.sql(), s.mark(), hazards);
    }

    /// All but the name; empty, and equal to nothing else, for kinds that have no rows to lose.
    private static List<Object> likeness(SchemaObject object, DatabaseSchema schema) {
        return switch (object) {
            case TableObject.Column c ->
                    List.of("column", c.relation(), c.type(), c.notNull(), c.generated() == null);
            case TableObject.Index i ->
                    List.of("index", i.relation(), i.unique(), IndexChanges.nameless(i));
            case TableObject.Constraint c -> List.of("constraint", c.relation(), c.definition());
            case Relation.Table t -> {
                var columns = new HashSet<String>();
                schema.columns(t).forEach(c -> columns.add(c.name() + " " + c.type()));
                yield columns.isEmpty()
                        ? List.of(object.id())
                        : List.of("table", t.schema(), columns);
            }
            case Relation _, UserType _, TableObject _, TopLevelObject _, DdlTextObject _ ->
                    List.of(object.id());
        };
    }
}
