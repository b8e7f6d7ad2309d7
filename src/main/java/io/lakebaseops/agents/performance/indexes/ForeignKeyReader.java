package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the foreign keys of a database and finds for each the indexes that find its child rows. An
/// index serves if its leading keys are the foreign key's columns in any order, with the column's
/// own collation and an operator family that knows the constraint's equality.
final class ForeignKeyReader {
    private final Map<Long, CatalogTable> tables;
    private final Map<Long, List<CatalogIndex>> indexes;
    private final Map<Long, IndexShape.KeyClass> classes;
    private final Map<Long, Set<Long>> families;

    private ForeignKeyReader(
            Map<Long, CatalogTable> tables,
            Map<Long, List<CatalogIndex>> indexes,
            Map<Long, IndexShape.KeyClass> classes,
            Map<Long, Set<Long>> families) {
        this.tables = tables;
        this.indexes = indexes;
        this.classes = classes;
        this.families = families;
    }

    /// As `indexes/catalog_foreign_keys` returns it.
    private record Key(
            long constraintOid,
            String constraintName,
            long tableOid,
            String parentSchema,
            String parentTable,
            long parentChanges,
            @Nullable Long parentConstraintOid,
            boolean isCopy,
            String attributes,
            String operators,
            String collations,
            List<String> quotedColumns) {}

    /// As `indexes/catalog_equality` returns it.
    private record Equality(long operator, List<Long> families) {}

    /// @param unread those that only an index may serve whose predicate could not be read
    record Keys(List<ForeignKey> list, List<String> unread) {
        Keys {
            list = List.copyOf(list);
            unread = List.copyOf(unread);
        }
    }

    static Keys read(
            ReadSession session,
            Map<Long, CatalogTable> tables,
            List<CatalogIndex> indexes,
            Map<Long, IndexShape.KeyClass> classes) {
        var keys = session.query(IndexSql.FOREIGN_KEYS, Map.of(), Key.class);
        if (keys.isEmpty()) {
            return new Keys(List.of(), List.of());
        }
        var families = new HashMap<Long, Set<Long>>();
        for (var e : session.query(IndexSql.EQUALITY, Map.of(), Equality.class)) {
            families.put(e.operator(), new HashSet<>(e.families()));
        }
        var reader =
                new ForeignKeyReader(
                        tables,
                        indexes.stream().collect(Collectors.groupingBy(CatalogIndex::tableOid)),
                        classes,
                        families);
        var unread = new ArrayList<String>();
        var list =
                keys.stream()
                        .filter(k -> tables.containsKey(k.tableOid()))
                        .map(k -> reader.key(k, unread))
                        .toList();
        return new Keys(list, unread);
    }

    private ForeignKey key(Key k, List<String> unread) {
        var child = Objects.requireNonNull(tables.get(k.tableOid()));
        var fits = indexes.getOrDefault(k.tableOid(), List.of()).stream().filter(i -> fits(k, i));
        var predicates = new ArrayList<String>();
        var invalid = new ArrayList<String>();
        boolean served = false;
        boolean unknown = false;
        for (var index : fits.toList()) {
            if (!index.isUsable()) {
                invalid.add(index.indexName());
            } else if (index.isUnknown()) {
                unknown = true;
            } else if (index.predicate() == null) {
                served = true;
            } else {
                predicates.add(index.predicate());
            }
        }
        if (unknown && !served) {
            unread.add(
                    "%s.%s.%s"
                            .formatted(child.schemaName(), child.tableName(), k.constraintName()));
            served = true;
        }
        return new ForeignKey(
                k.constraintOid(),
                k.parentConstraintOid(),
                k.isCopy(),
                k.constraintName(),
                child.schemaName(),
                child.tableName(),
                child.tableOid(),
                k.parentSchema(),
                k.parentTable(),
                child.isPartitioned(),
                Arrays.stream(CatalogIndex.vector(k.attributes()))
                        .mapToObj(a -> child.column((int) a))
                        .toList(),
                k.quotedColumns(),
                served,
                predicates,
                invalid,
                child.rowCount(),
                child.bytes(),
                child.inserts() + child.updates() + child.deletes(),
                k.parentChanges(),
                child.mayChange());
    }

    private boolean fits(Key key, CatalogIndex index) {
        var columns = CatalogIndex.vector(key.attributes());
        if (!(index.method().equals("btree") && index.keyCount() >= columns.length
                || index.method().equals("hash") && columns.length == 1)) {
            return false;
        }
        var numbers = index.attributeNumbers();
        var operators = CatalogIndex.vector(key.operators());
        var collations = CatalogIndex.vector(key.collations());
        var indexCollations = CatalogIndex.vector(index.collations());
        var indexClasses = CatalogIndex.vector(index.classes());
        for (int c = 0; c < columns.length; c++) {
            boolean found = false;
            for (int p = 0; p < columns.length && !found; p++) {
                var keyClass = classes.get(indexClasses[p]);
                found =
                        numbers[p] == columns[c]
                                && (indexCollations[p] == 0 || indexCollations[p] == collations[c])
                                && keyClass != null
                                && families.getOrDefault(operators[c], Set.of())
                                        .contains(keyClass.family());
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }
}
