package io.lakebaseops.change.archival;

import io.lakebaseops.domain.Sha256;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.postgres.CopiedRows;

/// How many rows there were, and the SHA-256 of all of them as the server sends them: equal only
/// for the same rows with the same values in the same order.
final class RowsDigest implements CopiedRows {
    private final Sha256 hash = new Sha256();
    private long rows;

    @Override
    public void row(byte[] bytes, int from, int length) {
        hash.bytes(bytes, from, length);
        rows++;
    }

    /// Ends the digest.
    Content content() {
        return new Content(rows, hash.hex());
    }

    record Content(long rows, String digest) {}

    /// What the archive holds of a portion.
    static Content of(ColdStore cold, ArchiveOrder order, int portion) {
        var digest = new RowsDigest();
        cold.rows(order, portion, digest);
        return digest.content();
    }
}
