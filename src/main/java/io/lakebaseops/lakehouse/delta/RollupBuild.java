package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.utils.DataFileStatus;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Rollup;
import io.lakebaseops.lakehouse.RollupReport;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.delta.FeatureGate.Use;
import io.lakebaseops.platform.OwnerOnly;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Makes the sums of partitions whose rows changed: DuckDB writes a file per partition, sorted and
/// in small groups of rows, and a commit puts it in the place of the one before.
final class RollupBuild {
    private static final LakeQuery WRITE = LakeQuery.load("lakehouse/rollup_file");
    private static final LakeQuery BOUNDS = LakeQuery.load("lakehouse/rollup_bounds");

    /// So many partitions are committed together: a backlog of a quarter takes six commits.
    private static final int TOGETHER = 16;

    private final Rollup rollup;
    private final DeltaTable source;
    private final DeltaTable sums;
    private final DuckReader duck;
    private final Clock clock;
    private final String run;

    /// @param run named in the table's history and in its rows
    RollupBuild(
            Rollup rollup,
            DeltaTable source,
            DeltaTable sums,
            DuckReader duck,
            Clock clock,
            String run) {
        this.rollup = rollup;
        this.source = source;
        this.sums = sums;
        this.duck = duck;
        this.clock = clock;
        this.run = run;
    }

    private record Partition(
            Map<String, @Nullable String> values, List<LiveFile> rows, List<LiveFile> sums) {
        LocalDate day() {
            return LocalDate.parse(Objects.requireNonNull(values.get(TableDef.DATE)));
        }
    }

    RollupReport run(Deadline deadline) {
        try {
            var rows = source.latestFor(Use.READ);
            var base = sums.latestFor(Use.EXPIRE);
            var stale = stale(rows, base);
            int made = 0;
            int removed = 0;
            for (int from = 0; from < stale.size(); from += TOGETHER) {
                int until = Math.min(from + TOGETHER, stale.size());
                var some = stale.subList(from, until);
                if ((from > 0 && deadline.expired()) || !replace(rows, some, deadline)) {
                    return new RollupReport(sums.name(), made, removed, stale.size() - from);
                }
                int gone = (int) some.stream().filter(p -> p.rows().isEmpty()).count();
                removed += gone;
                made += some.size() - gone;
            }
            return new RollupReport(sums.name(), made, removed, 0);
        } catch (IOException e) {
            throw LakeFailures.disk("Summing up " + source.name(), e);
        }
    }

    /// Those whose sums are not of exactly their rows, the newest first.
    private List<Partition> stale(Snapshot rows, Snapshot base) {
        var held = RollupMark.byPartition(sums.files(base));
        var wanted = RollupMark.byPartition(source.files(rows));
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var stale = new ArrayList<Partition>();
        wanted.forEach(
                (values, files) -> {
                    var partition =
                            new Partition(values, files, held.getOrDefault(values, List.of()));
                    if (partition.day().isBefore(today)
                            && !RollupMark.holds(rollup, partition.sums(), files)) {
                        stale.add(partition);
                    }
                });
        held.forEach(
                (values, files) -> {
                    if (!wanted.containsKey(values)) {
                        stale.add(new Partition(values, List.of(), files));
                    }
                });
        stale.sort((a, b) -> b.day().compareTo(a.day()));
        return stale;
    }

    /// False when somebody else committed meanwhile.
    private boolean replace(Snapshot rows, List<Partition> partitions, Deadline deadline)
            throws IOException {
        var base = sums.latestFor(Use.EXPIRE);
        var log = new DeltaRewrite(sums, clock);
        var state = log.begin(base).getTransactionState(sums.engine());
        var written = new ArrayList<Path>();
        boolean kept = false;
        try {
            var removed = new ArrayList<LiveFile>();
            var added = new ArrayList<DeltaRewrite.NewFile>();
            for (var partition : partitions) {
                if (deadline.cancelled()) {
                    deadline.check("Summing up " + source.name());
                }
                removed.addAll(partition.sums());
                if (!partition.rows().isEmpty()) {
                    var values = FileRewrite.literals(base.getSchema(), partition.values());
                    var context = Transaction.getWriteContext(sums.engine(), state, values);
                    var folder = Path.of(URI.create(context.getTargetDirectory()));
                    var file = folder.resolve(UUID.randomUUID() + ".parquet");
                    written.add(file);
                    var tags = Map.of(RollupMark.TAG, RollupMark.of(rollup, partition.rows()));
                    var status = written(rows, partition, file, deadline);
                    added.add(new DeltaRewrite.NewFile(status, values, tags));
                }
            }
            // From here on the commit may have happened, whatever is thrown.
            kept = true;
            var note = new CommitNote("WRITE", Map.of("mode", "Overwrite", "run", run));
            kept = log.replace(base, removed, added, true, note).isPresent();
            return kept;
        } finally {
            if (!kept) {
                for (var file : written) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private DataFileStatus written(Snapshot rows, Partition partition, Path file, Deadline deadline)
            throws IOException {
        var scratch = LocalOutput.scratch(file);
        OwnerOnly.makeFolder(Objects.requireNonNull(file.getParent(), "a file has a folder"));
        OwnerOnly.createFile(scratch);
        try {
            var paths = partition.rows().stream().map(LiveFile::path).collect(Collectors.toSet());
            var part = new TablePart(f -> paths.contains(f.path()), "true");
            var view = TableView.sql(source, rows, part);
            var pieces =
                    Map.of(
                            "query", rollup.query().bind(Map.of(), TableView::name).sql(),
                            "run", TableView.quote(run),
                            "file", TableView.quote(scratch.toString()));
            duck.run(WRITE.with(pieces), Map.of(), view, deadline);
            var bounds =
                    duck.run(
                                    BOUNDS.with(Map.of("file", pieces.get("file"))),
                                    Map.of(),
                                    List.of(),
                                    deadline)
                            .list()
                            .getFirst();
            try (var channel = FileChannel.open(scratch, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            LocalOutput.publish(scratch, file, false, clock.instant());
            return new DataFileStatus(
                    LocalFiles.location(file),
                    Files.size(file),
                    Files.getLastModifiedTime(file).toMillis(),
                    Optional.of(statistics(bounds)));
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private static DataFileStatistics statistics(Map<String, @Nullable Object> bounds) {
        var column = new Column(TableDef.RECORDED_AT);
        var lowest = new HashMap<Column, Literal>();
        var highest = new HashMap<Column, Literal>();
        if (bounds.get("earliest") instanceof Instant earliest
                && bounds.get("latest") instanceof Instant latest) {
            lowest.put(column, Literal.ofTimestamp(DeltaValueConverter.micros(earliest)));
            highest.put(column, Literal.ofTimestamp(DeltaValueConverter.micros(latest)));
        }
        long rows = bounds.get("row_count") instanceof Number n ? n.longValue() : 0;
        return new DataFileStatistics(rows, lowest, highest, Map.of(column, 0L), Optional.of(true));
    }
}
