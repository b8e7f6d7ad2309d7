package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Format;

import java.util.List;
import java.util.TreeSet;

/// Explains a superfluous index: what it repeats, why the other one stays, what it costs.
final class RedundancyWords {
    /// An index this much smaller than the other is sometimes kept for its cheaper scans.
    private static final double MUCH_LARGER = 3;

    private RedundancyWords() {}

    static String summary(Redundancy r) {
        var drop = r.redundant().row();
        var keep = r.keep().row();
        var what =
                switch (r.kind()) {
                    case SAME ->
                            "repeats %s on %s"
                                    .formatted(keep.indexName(), r.redundant().keyWords());
                    case NARROWER ->
                            "%s is the narrower form of %s %s, which includes %s"
                                    .formatted(
                                            r.redundant().keyWords(),
                                            keep.indexName(),
                                            r.keep().keyWords(),
                                            String.join(", ", new TreeSet<>(r.keep().included())));
                    case PREFIX ->
                            "%s is a prefix of %s %s"
                                    .formatted(
                                            r.redundant().keyWords(),
                                            keep.indexName(),
                                            r.keep().keyWords());
                    case REFERENCED ->
                            "repeats %s on %s, but foreign keys refer to it, so it cannot be dropped as it is"
                                    .formatted(keep.indexName(), r.redundant().keyWords());
                };
        return "%s %s; keep %s (%s); %s and a share of every write would be saved%s"
                .formatted(
                        drop.indexName(),
                        what,
                        keep.indexName(),
                        whyKeep(r),
                        Format.size(drop.indexBytes()),
                        drop.scans() == 0
                                ? ""
                                : "; its %s scans can use the other index"
                                        .formatted(Format.grouped(drop.scans())));
    }

    /// What has to happen before an index goes that foreign keys refer to.
    static String moving(List<String> foreignKeys) {
        return foreignKeys.isEmpty()
                ? ""
                : "; first let %s refer to the primary key: add it again without naming a column, validate that, drop the old one"
                        .formatted(String.join(", ", foreignKeys));
    }

    static Confidence confidence(Redundancy r) {
        return switch (r.kind()) {
            case SAME, REFERENCED ->
                    new Confidence(
                            1,
                            "same method, keys, operator families, collations, order, predicate;"
                                    + " nothing it holds or enforces is missing in the other");
            case NARROWER, PREFIX -> {
                double times =
                        (double) r.keep().row().indexBytes()
                                / Math.max(1, r.redundant().row().indexBytes());
                yield times > MUCH_LARGER
                        ? new Confidence(
                                0.75,
                                "every scan can use the other, but that one is %.0f times as large"
                                        .formatted(times))
                        : new Confidence(
                                0.9, "every scan can use the other, which is little larger");
            }
        };
    }

    private static String whyKeep(Redundancy r) {
        var keep = r.keep().row();
        var drop = r.redundant().row();
        if ("p".equals(keep.constraintType())) {
            return "it is the primary key";
        }
        if (keep.constraintName() != null) {
            return "it backs constraint " + keep.constraintName();
        }
        if (keep.servesForeignKey()) {
            return "a foreign key refers to it";
        }
        if (keep.isReplicaIdentity()) {
            return "it is the replica identity";
        }
        if (keep.isAttached()) {
            return "it belongs to the partitioned table's index";
        }
        if (keep.isUnique() && !drop.isUnique()) {
            return "it is unique";
        }
        if (r.kind() == Redundancy.Kind.PREFIX) {
            return "it sorts by more columns";
        }
        return r.keep().included().size() > r.redundant().included().size()
                ? "it includes more columns"
                : keep.isClustered() ? "the table is clustered by it" : "it is the older one";
    }
}
