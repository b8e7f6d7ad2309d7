package io.lakebaseops.schema;

import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.ObjectId.Kind;
import io.lakebaseops.schema.Script.Stage;
import io.lakebaseops.schema.TopLevelObject.Publication;
import io.lakebaseops.schema.TopLevelObject.Published;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Withdraws tables from publications while a column is dropped or altered that a column list or a
/// row filter names.
final class PublishedColumns {
    private final DatabaseSchema before;
    private final Script script;
    private final Map<ObjectId, Publication> publications = new HashMap<>();

    PublishedColumns(DatabaseSchema before, Script script) {
        this.before = before;
        this.script = script;
    }

    /// Which publications name a column?
    Map<ObjectId, Set<ObjectId>> columns() {
        var found = new HashMap<ObjectId, Set<ObjectId>>();
        before.all(Publication.class)
                .forEach(
                        p ->
                                p.tables()
                                        .forEach(
                                                t ->
                                                        named(t).forEach(
                                                                        c ->
                                                                                found.computeIfAbsent(
                                                                                                c,
                                                                                                _ ->
                                                                                                        new HashSet<>())
                                                                                        .add(
                                                                                                p
                                                                                                        .id()))));
        return found;
    }

    private List<ObjectId> named(Published t) {
        var table = before.table(t.table());
        var filter = t.rowFilter();
        if (table == null) {
            return List.of();
        }
        return before.columns(table).stream()
                .filter(
                        c ->
                                t.columns().contains(c.name())
                                        || filter != null
                                                && Pattern.compile(
                                                                "\\b"
                                                                        + Pattern.quote(c.name())
                                                                        + "\\b")
                                                        .matcher(filter)
                                                        .find())
                .map(TableObject.Column::id)
                .toList();
    }

    /// As they are in between.
    Map<ObjectId, Publication> publications() {
        return publications;
    }

    /// @return false when the two have nothing to do with each other here
    boolean withdrawn(ObjectId id, ObjectId column, Set<ObjectId> gone) {
        if (id.kind() != Kind.PUBLICATION
                || column.kind() != Kind.COLUMN
                || !(before.find(id) instanceof Publication whole)) {
            return false;
        }
        var p = publications.getOrDefault(id, whole);
        // A table that goes leaves its publications by itself.
        if (gone.contains(before.home(column))
                || p.tables().stream().noneMatch(t -> t.table().equals(column.relation()))) {
            return true;
        }
        script.add(
                Stage.FIRST,
                Mark.SAFE,
                id,
                "ALTER PUBLICATION " + id.sql() + " DROP TABLE " + column.relation().sql(),
                "what is written before it comes back is not published");
        var tables = new ArrayList<>(p.tables());
        tables.removeIf(t -> t.table().equals(column.relation()));
        publications.put(
                id,
                new Publication(
                        p.name(),
                        p.allTables(),
                        p.actions(),
                        p.viaRoot(),
                        tables,
                        p.schemas(),
                        p.owner(),
                        p.comment()));
        return true;
    }
}
