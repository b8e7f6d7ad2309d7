package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;

import java.util.Map;
import java.util.Optional;

/// Keeps the last index analysis of each target, in the state database.
public final class IndexSummaryStore implements IndexSummaries {
    private final StateDb db;

    public IndexSummaryStore(StateDb db) {
        this.db = db;
    }

    private record Row(IndexSummary summary) {}

    @Override
    public Optional<IndexSummary> find(TargetId target) {
        return db.tx(
                tx ->
                        tx.first(StateSql.INDEX_SUMMARY, Map.of("target", target.key()), Row.class)
                                .map(Row::summary));
    }

    @Override
    public void put(TargetId target, IndexSummary summary) {
        var params =
                Map.of(
                        "target", target.key(),
                        "at", summary.at(),
                        "body", StateJson.write(summary));
        db.run(tx -> tx.update(StateSql.INDEX_SUMMARY_PUT, params));
    }
}
