package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.exceptions.KernelEngineException;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakehouse.TableName;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;

/// Failures of the lakehouse in words that a person can act on.
final class LakeFailures {
    private LakeFailures() {}

    static OpsException absent(TableName table) {
        return new OpsException(
                OpsException.Kind.NOT_FOUND,
                "Opening " + table,
                "there is no such Delta table",
                "run create_ops_catalog, which creates every history table");
    }

    static OpsException versionGone(TableName table, long version, @Nullable Throwable cause) {
        return new OpsException(
                OpsException.Kind.NOT_FOUND,
                "Reading " + table + " as of version " + version,
                "that version does not exist, or its files are no longer kept",
                "choose a later version",
                cause);
    }

    static OpsException disk(String what, Exception cause) {
        return new OpsException(
                OpsException.Kind.INTERNAL,
                what,
                String.valueOf(cause.getMessage()),
                "check free space and rights of the lakehouse directory",
                cause);
    }

    static OpsException feature(TableName table, FeatureGate.Refusal refusal) {
        return new OpsException(
                OpsException.Kind.UNSUPPORTED,
                refusal.use().words() + " (" + table + ")",
                refusal.reason(),
                "in Spark: " + refusal.wayOut());
    }

    /// What Delta Kernel refuses, or could not do for want of the disk.
    static OpsException kernel(String what, RuntimeException cause) {
        return switch (cause) {
            case KernelEngineException e -> disk(what, e);
            case UncheckedIOException e -> disk(what, e);
            default ->
                    new OpsException(
                            OpsException.Kind.INTERNAL,
                            what,
                            String.valueOf(cause.getMessage()),
                            "look at what other programs changed in the table: DESCRIBE HISTORY in"
                                    + " Spark",
                            cause);
        };
    }

    static OpsException contended(TableName table, int attempts, @Nullable Throwable cause) {
        return new OpsException(
                OpsException.Kind.CONFLICT,
                "Committing to " + table,
                "other writers were faster " + attempts + " times in a row",
                "try again; check how many consoles write to this lakehouse",
                cause);
    }
}
