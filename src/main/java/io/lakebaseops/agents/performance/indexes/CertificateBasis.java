package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.DropCertificate;
import io.lakebaseops.state.IndexAdvice;

import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// What a drop certificate was judged from: the index, the others of its table, the size of the
/// table and since when its scans count. Where one of them has changed, the certificate is void.
final class CertificateBasis {
    private static final String BETWEEN = "\n";

    private CertificateBasis() {}

    static String of(IndexCatalog catalog, IndexShape index) {
        var others =
                catalog.byTable().getOrDefault(index.row().tableOid(), List.of()).stream()
                        .filter(i -> i != index)
                        .map(CertificateBasis::words)
                        .sorted()
                        .collect(Collectors.joining("; "));
        var table = catalog.tableOf(index);
        return String.join(
                BETWEEN,
                words(index),
                others,
                "rows about 2^" + (63 - Long.numberOfLeadingZeros(Math.max(1, table.rowCount()))),
                "counted since " + catalog.counting().statsReset());
    }

    private static String words(IndexShape index) {
        return "%d %s %s %s %s %s"
                .formatted(
                        index.row().indexOid(),
                        index.row().indexName(),
                        index.keyWords(),
                        index.included().stream().sorted().toList(),
                        Objects.requireNonNullElse(index.predicate(), ""),
                        index.row().isUsable() ? "" : "invalid");
    }

    /// Keeps a certificate with what it was judged from.
    static void keep(
            IndexAdvice advice, TargetId target, IndexCatalog catalog, DropCertificate made) {
        catalog.indexes().stream()
                .filter(i -> i.row().schemaName().equals(made.schema()))
                .filter(i -> i.row().indexName().equals(made.index()))
                .findFirst()
                .ifPresent(i -> advice.put(target, made, of(catalog, i)));
    }

    /// Whether it is the same index still, and its scans are counted without a break.
    static boolean sameIndex(String basis, IndexCatalog catalog, IndexShape index) {
        var was = basis.split(BETWEEN, -1);
        var is = of(catalog, index).split(BETWEEN, -1);
        return was.length == is.length
                && was[0].equals(is[0])
                && was[was.length - 1].equals(is[is.length - 1]);
    }

    /// Those of the kept certificates are void whose basis is another now.
    static void check(IndexAdvice advice, TargetId target, IndexCatalog catalog) {
        var kept = advice.bases(target, catalog.database());
        if (kept.isEmpty()) {
            return;
        }
        var shapes = new HashMap<String, IndexShape>();
        catalog.indexes()
                .forEach(i -> shapes.put(i.row().schemaName() + "." + i.row().indexName(), i));
        for (var one : kept) {
            var index = shapes.get(one.schemaName() + "." + one.indexName());
            var why =
                    index == null
                            ? "the index is gone"
                            : difference(one.basis(), of(catalog, index));
            if (!why.isEmpty()) {
                advice.voided(target, catalog.database(), one, why);
            }
        }
    }

    private static String difference(String before, String now) {
        if (before.equals(now)) {
            return "";
        }
        var was = before.split(BETWEEN, -1);
        var is = now.split(BETWEEN, -1);
        var what =
                List.of(
                        "the index was built anew or altered",
                        "the other indexes of its table have changed",
                        "the table's statistics have changed noticeably",
                        "the counters of scans began anew");
        for (int i = 0; i < what.size(); i++) {
            if (was.length != what.size() || !was[i].equals(is[i])) {
                return what.get(i);
            }
        }
        return what.getFirst();
    }
}
