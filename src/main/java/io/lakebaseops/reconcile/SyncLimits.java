package io.lakebaseops.reconcile;

import io.lakebaseops.lakehouse.MirrorTable;

import java.util.ArrayList;
import java.util.List;

/// What Lakebase Change Data Feed is known not to do, as far as a pair shows it.
final class SyncLimits {
    private SyncLimits() {}

    static List<String> of(List<SourceColumn> columns, MirrorTable mirror, TablePair pair) {
        var found = new ArrayList<String>();
        if (pair.kind() != TablePair.Kind.CHANGE_FEED) {
            return found;
        }
        var table = columns.getFirst();
        if (table.kind().equals("p")) {
            found.add("change data feed does not sync partitioned tables: name the partitions");
        }
        if (!table.replicaIdentity().equals("f")) {
            found.add(
                    "the table has not REPLICA IDENTITY FULL, which change data feed needs for"
                            + " updates and deletes");
        }
        columns.stream()
                .filter(c -> c.typeKind().equals("c") || !c.builtIn() && c.typeKind().equals("b"))
                .forEach(
                        c ->
                                found.add(
                                        "change data feed does not sync column %s of type %s"
                                                .formatted(c.columnName(), c.typeName())));
        if (columns.stream().anyMatch(c -> mirror.column(c.columnName()).isEmpty())) {
            found.add(
                    "a column is not in the feed: a change of the schema stops a running feed until"
                            + " it is started anew");
        }
        return found;
    }
}
