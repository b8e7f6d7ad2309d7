package io.lakebaseops.agents.health.sync;

import io.lakebaseops.domain.Remedy;
import io.lakebaseops.domain.Sha256;
import io.lakebaseops.reconcile.DifferingKey;

import java.util.List;
import java.util.stream.Collectors;

/// The keys of a pair that are to be made as the side that is right has them.
record RepairRemedy(
        PairList.Known pair, List<String> columns, List<String> keyColumns, List<DifferingKey> keys)
        implements Remedy {
    RepairRemedy {
        columns = List.copyOf(columns);
        keyColumns = List.copyOf(keyColumns);
        keys = List.copyOf(keys);
    }

    @Override
    public String database() {
        return pair.pair().database();
    }

    @Override
    public String key() {
        return pair.pair().source()
                + " "
                + Sha256.hex(
                        keys.stream()
                                .map(k -> k.keyText() + k.kind() + k.delta())
                                .sorted()
                                .collect(Collectors.joining("\n")));
    }
}
