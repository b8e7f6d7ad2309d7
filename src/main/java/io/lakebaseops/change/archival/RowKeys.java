package io.lakebaseops.change.archival;

import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.ArchiveOrder.Column;
import io.lakebaseops.domain.plan.SqlParam;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Primary keys of an order's rows, as text of a row and as the JSON a statement takes.
record RowKeys(ArchiveOrder order) {

    /// @param cells of all columns of the order
    String of(List<@Nullable String> cells) {
        var key = new ArrayList<@Nullable String>();
        for (var name : order.keys()) {
            for (int i = 0; i < order.columns().size(); i++) {
                if (order.columns().get(i).name().equals(name)) {
                    key.add(cells.get(i));
                }
            }
        }
        return RowText.write(key);
    }

    String json(String key) {
        return RowText.json(columns(), RowText.parse(key));
    }

    String json(Collection<ColdRow> rows) {
        var columns = columns();
        return rows.stream()
                .map(r -> RowText.json(columns, RowText.parse(r.key())))
                .collect(Collectors.joining(",", "[", "]"));
    }

    SqlParam param(Collection<ColdRow> rows) {
        return new SqlParam("keys", "text", json(rows));
    }

    private List<Column> columns() {
        return order.keys().stream()
                .map(
                        k ->
                                order.columns().stream()
                                        .filter(c -> c.name().equals(k))
                                        .findFirst()
                                        .orElseThrow())
                .toList();
    }
}
