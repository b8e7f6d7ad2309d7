package io.lakebaseops.reconcile;

import io.lakebaseops.lakehouse.MirrorTable;
import io.lakebaseops.postgres.SqlFragment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What of a pair is compared: its columns, and which of them are the key.
///
/// @param key places among the columns
record Comparison(
        List<ComparedColumn> columns, List<Integer> key, boolean wholeKey, List<String> notes) {
    Comparison {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        notes = List.copyOf(notes);
    }

    /// Empty when a column of the key cannot be compared.
    static Optional<Comparison> of(List<SourceColumn> source, MirrorTable mirror, TablePair pair) {
        var match = ColumnMatch.of(source, mirror, pair.kind());
        var names = match.columns().stream().map(ComparedColumn::name).toList();
        var key = SourceColumn.key(source);
        var places = key.stream().map(k -> names.indexOf(k.columnName())).toList();
        if (places.isEmpty() || places.contains(-1)) {
            return Optional.empty();
        }
        var notes = new ArrayList<>(match.notCompared());
        notes.addAll(match.notes());
        return Optional.of(
                new Comparison(match.columns(), places, key.getFirst().wholeNumber(), notes));
    }

    /// The first of the key.
    ComparedColumn keyColumn() {
        return columns.get(key.getFirst());
    }

    List<ComparedColumn> keyColumns() {
        return key.stream().map(columns::get).toList();
    }

    SqlFragment postgresRow() {
        return SqlFragment.list(columns.stream().map(ComparedColumn::postgres).toList());
    }

    String duckRow() {
        return columns.stream().map(ComparedColumn::duck).collect(Collectors.joining(", "));
    }
}
