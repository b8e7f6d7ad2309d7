package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.postgres.ReadSession;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The statements that let a foreign key refer to the primary key instead of an index that repeats
/// it, as `indexes/foreign_key_rebinding` returns them.
///
/// @param indexOid what it refers to now
record ForeignKeyMove(long indexOid, String constraintName, String statements) {
    /// @param indexes of one database
    static Map<Long, List<ForeignKeyMove>> read(ReadSession session, List<IndexShape> indexes) {
        var oids =
                indexes.stream()
                        .collect(Collectors.groupingBy(i -> i.row().tableOid()))
                        .values()
                        .stream()
                        .filter(t -> t.stream().anyMatch(i -> i.row().servesForeignKey()))
                        .flatMap(t -> Redundancy.among(t).stream())
                        .filter(r -> r.kind() == Redundancy.Kind.REFERENCED)
                        .map(r -> r.redundant().row().indexOid())
                        .toList();
        return oids.isEmpty()
                ? Map.of()
                : session
                        .query(
                                IndexSql.FOREIGN_KEY_REBINDING,
                                Map.of("index_oids", oids),
                                ForeignKeyMove.class)
                        .stream()
                        .collect(Collectors.groupingBy(ForeignKeyMove::indexOid));
    }
}
