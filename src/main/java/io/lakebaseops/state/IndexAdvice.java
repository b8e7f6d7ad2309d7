package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// What the planner twin advised on indexes, kept: the best set of each database and the last
/// certificate of each index that was proposed for dropping.
public interface IndexAdvice {
    /// Where nothing is kept.
    IndexAdvice NONE =
            new IndexAdvice() {
                @Override
                public List<IndexSet> sets(TargetId target) {
                    return List.of();
                }

                @Override
                public void put(TargetId target, IndexSet set) {
                    // Nothing is kept.
                }

                @Override
                public Optional<Certified> certificate(
                        TargetId target, String database, String schema, String index) {
                    return Optional.empty();
                }

                @Override
                public void put(TargetId target, DropCertificate certificate, String basis) {
                    // Nothing is kept.
                }

                @Override
                public List<Basis> bases(TargetId target, String database) {
                    return List.of();
                }

                @Override
                public void voided(TargetId target, String database, Basis of, String why) {
                    // Nothing is kept.
                }
            };

    /// @param basis what it was judged from
    /// @param voided why it holds no longer; null while it does
    record Certified(DropCertificate certificate, String basis, @Nullable String voided) {}

    /// What a certificate that holds was judged from.
    record Basis(String schemaName, String indexName, String basis) {}

    List<IndexSet> sets(TargetId target);

    /// Takes the place of an earlier one of its database.
    void put(TargetId target, IndexSet set);

    Optional<Certified> certificate(TargetId target, String database, String schema, String index);

    /// Takes the place of an earlier one of its index.
    void put(TargetId target, DropCertificate certificate, String basis);

    /// Of the certificates that hold.
    List<Basis> bases(TargetId target, String database);

    /// It holds no longer, unless it was made anew meanwhile.
    void voided(TargetId target, String database, Basis of, String why);
}
