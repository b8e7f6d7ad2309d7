package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.sqltext.SqlParser;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// A B-tree that could be built on a table for its statements: keys in an order that serves them,
/// columns carried along, rows left out.
///
/// @param keys columns, ` DESC` behind one that descends beside others; or one expression
/// @param expression whether the key is one
/// @param included columns without order
/// @param predicate null when it covers every row
record IndexCandidate(
        List<String> keys, boolean expression, List<String> included, @Nullable String predicate) {
    private static final int MOST_KEYS = 3;

    /// Included columns beyond this make an index a second table.
    private static final int MOST_INCLUDED = 4;

    private static final String DESCENDS = " DESC";

    IndexCandidate {
        keys = List.copyOf(keys);
        included = List.copyOf(included);
    }

    /// What could serve these uses of a table, the plain ones first.
    ///
    /// @param columns of the table
    /// @param rowsPerValue by column: the fewer, the further in front it stands
    static Set<IndexCandidate> of(
            List<TableUse> uses, List<String> columns, ToDoubleFunction<String> rowsPerValue) {
        var plain = new LinkedHashSet<IndexCandidate>();
        var more = new LinkedHashSet<IndexCandidate>();
        for (var use : uses) {
            for (var keys : keys(use, rowsPerValue)) {
                var names = keys.stream().map(IndexCandidate::column).toList();
                if (keys.isEmpty() || !columns.containsAll(names)) {
                    continue;
                }
                plain.add(new IndexCandidate(keys, false, List.of(), null));
                var rest = use.needed().stream().filter(c -> !names.contains(c)).sorted().toList();
                if (!rest.isEmpty() && rest.size() <= MOST_INCLUDED && columns.containsAll(rest)) {
                    more.add(new IndexCandidate(keys, false, rest, null));
                }
                var predicate = predicate(use, names);
                if (predicate != null) {
                    more.add(new IndexCandidate(keys, false, List.of(), predicate));
                }
            }
            for (var expression : use.expressions()) {
                more.add(new IndexCandidate(List.of(expression), true, List.of(), null));
            }
        }
        plain.addAll(more);
        return plain;
    }

    private static Set<List<String>> keys(TableUse use, ToDoubleFunction<String> rowsPerValue) {
        var all = new LinkedHashSet<List<String>>();
        var equal =
                use.equal().stream()
                        .sorted(Comparator.comparingDouble(rowsPerValue))
                        .limit(MOST_KEYS)
                        .toList();
        all.add(equal);
        for (var one : equal) {
            all.add(List.of(one));
        }
        for (var join : use.joined()) {
            all.add(List.of(join));
            all.add(joined(List.of(join), equal));
            all.add(joined(equal, List.of(join)));
            for (var range : use.range()) {
                all.add(joined(List.of(join), List.of(range)));
            }
        }
        if (use.joined().size() > 1) {
            all.add(joined(List.of(), use.joined()));
        }
        for (var range : use.range()) {
            all.add(joined(equal, List.of(range)));
            all.add(List.of(range));
        }
        for (var order : use.order()) {
            all.add(joined(equal, order));
            all.add(order);
        }
        return all;
    }

    private static List<String> joined(List<String> first, List<String> then) {
        var keys = new ArrayList<>(first);
        for (var key : then) {
            if (keys.stream().noneMatch(k -> column(k).equals(column(key)))
                    && keys.size() < MOST_KEYS) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static @Nullable String predicate(TableUse use, List<String> keys) {
        var kept =
                use.fixed().stream()
                        .filter(f -> keys.stream().noneMatch(k -> f.startsWith(Ident.of(k).sql())))
                        .sorted()
                        .toList();
        return kept.isEmpty() ? null : String.join(" AND ", kept);
    }

    static String column(String key) {
        return key.endsWith(DESCENDS) ? key.substring(0, key.length() - DESCENDS.length()) : key;
    }

    /// Those of the keys that are columns of the table.
    List<String> keyColumns() {
        return expression ? List.of() : keys.stream().map(IndexCandidate::column).toList();
    }

    /// Every column whose change is written into it.
    Set<String> written() {
        var all = new LinkedHashSet<>(keyColumns());
        all.addAll(included);
        for (var part : new String[] {expression ? keys.getFirst() : null, predicate}) {
            var statement = part == null ? null : SqlParser.parse("select " + part).single();
            if (statement != null) {
                statement
                        .tree()
                        .all()
                        .filter(n -> n.is("ColumnRef"))
                        .map(n -> n.names("fields"))
                        .filter(n -> !n.isEmpty())
                        .forEach(n -> all.add(n.getLast()));
            }
        }
        return all;
    }

    /// A B-tree on plain ascending columns over all rows: what an ordinary plan builds.
    boolean plain() {
        return !expression
                && included.isEmpty()
                && predicate == null
                && keys.stream().noneMatch(k -> k.endsWith(DESCENDS));
    }

    String name(String table) {
        if (plain()) {
            return IndexNames.onColumns(table, keys);
        }
        var parts = new ArrayList<String>();
        if (expression) {
            parts.add(keys.getFirst().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_+$", ""));
        } else {
            keys.forEach(k -> parts.add(k.replace(DESCENDS, "_desc")));
        }
        if (!included.isEmpty()) {
            parts.add("with");
            parts.addAll(included);
        }
        if (predicate != null) {
            parts.add("where");
            parts.add(predicate.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_+$", ""));
        }
        return IndexNames.onColumns(table, parts);
    }

    /// The whole statement, without CONCURRENTLY.
    String definition(String schema, String table) {
        var sql =
                new StringBuilder(
                        "CREATE INDEX %s ON %s USING btree (%s)"
                                .formatted(
                                        Ident.of(name(table)).sql(),
                                        Ident.of(schema, table).sql(),
                                        keyWords()));
        if (!included.isEmpty()) {
            sql.append(
                    " INCLUDE (%s)"
                            .formatted(
                                    String.join(
                                            ", ",
                                            included.stream()
                                                    .map(c -> Ident.of(c).sql())
                                                    .toList())));
        }
        return predicate == null ? sql.toString() : sql.append(" WHERE " + predicate).toString();
    }

    private String keyWords() {
        return expression
                ? "(" + keys.getFirst() + ")"
                : String.join(
                        ", ",
                        keys.stream()
                                .map(
                                        k ->
                                                Ident.of(column(k)).sql()
                                                        + (k.endsWith(DESCENDS) ? DESCENDS : ""))
                                .toList());
    }

    /// Its key columns as they lie in it.
    List<KeyStatistics> stored(Map<String, ColumnStatistics> known) {
        var all = new ArrayList<KeyStatistics>();
        var columns = new ArrayList<>(keyColumns());
        columns.addAll(included);
        if (expression) {
            all.add(NewIndexSize.unknown(1).getFirst());
        }
        for (var column : columns) {
            var seen = known.get(column);
            all.add(seen == null ? NewIndexSize.unknown(1).getFirst() : seen.asKey(all.size() + 1));
        }
        return all;
    }
}
