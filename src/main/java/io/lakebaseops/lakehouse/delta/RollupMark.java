package io.lakebaseops.lakehouse.delta;

import io.lakebaseops.lakehouse.Rollup;
import io.lakebaseops.lakehouse.TableDef;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The mark that ties the sums of a partition to the files they were made from. It stands in the
/// log beside the file of sums, so one that somebody wrote anew has none.
final class RollupMark {
    static final String TAG = "lakebaseops.madeFrom";

    private RollupMark() {}

    /// Changes with every file that comes or goes, every row a deletion vector takes out, and with
    /// the way sums are made.
    static String of(Rollup rollup, List<LiveFile> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(rollup.query().sql().getBytes(StandardCharsets.UTF_8));
            files.stream()
                    .map(f -> "\n" + f.path() + " " + f.logged().deletedRows())
                    .sorted()
                    .forEach(f -> digest.update(f.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Files by partition; those that are not of a day are left out.
    static Map<Map<String, @Nullable String>, List<LiveFile>> byPartition(List<LiveFile> files) {
        return files.stream()
                .filter(f -> f.partition().get(TableDef.DATE) != null)
                .collect(
                        Collectors.groupingBy(
                                LiveFile::partition, HashMap::new, Collectors.toList()));
    }

    /// Whether the only file of sums of a partition was made from exactly these.
    static boolean holds(Rollup rollup, @Nullable List<LiveFile> sums, List<LiveFile> files) {
        return sums != null
                && sums.size() == 1
                && !sums.getFirst().hasDeletedRows()
                && of(rollup, files).equals(sums.getFirst().logged().tag(TAG));
    }
}
