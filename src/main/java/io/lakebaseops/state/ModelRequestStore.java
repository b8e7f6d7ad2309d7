package io.lakebaseops.state;

import io.lakebaseops.postgres.SqlName;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Keeps what language models were sent in the state database, for a week.
public final class ModelRequestStore implements ModelRequests {
    static final SqlName PRUNE = SqlName.of("state/prune_model_requests");
    private static final SqlName PUT = SqlName.of("state/model_request_put");
    private static final SqlName LIST = SqlName.of("state/model_requests");

    private static final SqlName ONE = SqlName.of("state/model_request");

    private final StateDb db;

    public ModelRequestStore(StateDb db) {
        this.db = db;
    }

    @Override
    public void put(ModelRequest r) {
        var params =
                Map.<String, Object>of(
                        "id", r.id(),
                        "by", r.askedBy(),
                        "question", r.question(),
                        "server", r.server(),
                        "model", r.model(),
                        "rounds", r.rounds(),
                        "body", r.body(),
                        "tokens_in", r.tokensIn(),
                        "tokens_out", r.tokensOut(),
                        "at", r.sentAt());
        db.run(tx -> tx.update(PUT, params));
    }

    @Override
    public Optional<ModelRequest> of(UUID answer) {
        var params = Map.of("id", answer);
        return db.tx(tx -> tx.query(ONE, params, ModelRequest.class)).stream().findFirst();
    }

    @Override
    public List<ModelRequest> of(String person, int limit) {
        var params = Map.of("by", person, "limit", limit);
        return db.tx(tx -> tx.query(LIST, params, ModelRequest.class));
    }
}
