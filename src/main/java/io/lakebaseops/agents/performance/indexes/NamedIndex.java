package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// An index that stands under a name we wanted, as `indexes/indexes_named` returns it.
///
/// @param isPlain a B-tree of columns over all rows that enforces nothing
record NamedIndex(
        String schemaName,
        String indexName,
        long tableOid,
        boolean isUsable,
        boolean isPartitioned,
        boolean isAttached,
        boolean isPlain,
        List<String> columns) {
    NamedIndex {
        columns = List.copyOf(columns);
    }

    static Map<Ident, NamedIndex> of(ReadSession session, Collection<Ident> wanted) {
        return session
                .query(
                        IndexSql.NAMED,
                        Map.of(
                                "schema_names",
                                wanted.stream().map(i -> i.parts().getFirst()).toList(),
                                "index_names",
                                wanted.stream().map(i -> i.parts().getLast()).toList()),
                        NamedIndex.class)
                .stream()
                .collect(
                        Collectors.toMap(
                                i -> Ident.of(i.schemaName(), i.indexName()), Function.identity()));
    }

    /// What an interrupted build of the same index left behind, finished or not.
    boolean leftOf(long table, List<String> wanted) {
        return isPlain && tableOid == table && columns.equals(wanted);
    }

    /// The row that `indexes/index_present` returns for it, or for a name nothing stands under.
    static Rows presence(@Nullable NamedIndex index) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("present", index == null ? 0L : 1L);
        row.put("usable", index == null || !index.isUsable() ? 0L : 1L);
        return new Rows(List.of(row));
    }
}
