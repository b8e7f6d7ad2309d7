package io.lakebaseops.change.archival;

import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.ArchiveOrder.Column;
import io.lakebaseops.state.Archival;
import io.lakebaseops.state.ArchivalStore.Portion;
import io.lakebaseops.state.StateJson;

import java.time.Instant;
import java.util.List;

/// What a person needs who finds the archive in ten years: what it holds, since when, how it was
/// proved, and how any Delta reader reads it.
record ArchiveManifest(String json, long bytesFreed) {
    private record Content(
            long archival,
            String id,
            String planId,
            String source,
            String condition,
            String archiveTable,
            String location,
            long deltaVersion,
            List<String> files,
            long fileBytes,
            long rows,
            String checksum,
            String checksumMeans,
            Instant startedAt,
            List<Column> columns,
            List<String> readWith) {}

    static ArchiveManifest of(
            Archival archival,
            ArchiveOrder order,
            List<Portion> portions,
            String checksum,
            ColdStore.Held held) {
        long kept = portions.stream().mapToLong(p -> p.keptKeys().size()).sum();
        long selected = portions.stream().mapToLong(Portion::rowCount).sum();
        long rows = selected - kept;
        var content =
                new Content(
                        archival.number(),
                        order.archival().toString(),
                        archival.planId().toString(),
                        "%s.%s.%s".formatted(archival.database(), order.schema(), order.table()),
                        "%s < %s".formatted(order.timeColumn(), order.before()),
                        order.archiveTable(),
                        held.location(),
                        held.version(),
                        held.files(),
                        held.bytes(),
                        rows,
                        checksum,
                        "SHA-256 of the digests of all portions; a portion's is the SHA-256 of its rows in the binary format of COPY",
                        archival.startedAt(),
                        order.columns(),
                        List.of(
                                "DuckDB: select * from delta_scan('%s') where _archival = '%s'"
                                        .formatted(held.location(), order.archival()),
                                "Spark: spark.read.format(\"delta\").load(\"%s\").where(\"_archival = '%s'\")"
                                        .formatted(held.location(), order.archival())));
        long freed =
                selected == 0 ? 0 : Math.round((double) archival.bytesBefore() * rows / selected);
        return new ArchiveManifest(StateJson.write(content), freed);
    }
}
