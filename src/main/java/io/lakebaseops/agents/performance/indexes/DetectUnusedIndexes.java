package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.CheckSql;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Impact;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.DropCertificate;
import io.lakebaseops.state.IdleIndexes;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Finds indexes that no query has scanned for a number of days, by the counters and by our own
/// notes of when they were first seen idle; see [UnusedIndexCheck] for what is left out.
public final class DetectUnusedIndexes
        implements ReadTool<DetectUnusedIndexes.Input, DetectUnusedIndexes.Output> {
    public static final String KIND = "unused_index";

    /// Its scans are not missed, but a delete in the referenced table would be.
    public static final String FK_KIND = "unused_index_of_foreign_key";

    private final Targets targets;
    private final SqlLibrary sql;
    private final IdleIndexes notes;
    private final IndexUsageLedger usage;
    private final @Nullable IndexTwin twin;

    /// Without certificates.
    public DetectUnusedIndexes(
            Targets targets, SqlLibrary sql, IdleIndexes notes, Lakehouse lakehouse) {
        this(targets, sql, notes, lakehouse, null);
    }

    public DetectUnusedIndexes(
            Targets targets,
            SqlLibrary sql,
            IdleIndexes notes,
            Lakehouse lakehouse,
            @Nullable IndexTwin twin) {
        this.twin = twin;
        this.usage = new IndexUsageLedger(lakehouse);
        this.targets = targets;
        this.sql = sql;
        this.notes = notes;
    }

    public record Input(
            @Doc(value = "Days without a scan before an index counts as unused", defaultValue = "7")
                    int days,
            @Doc(value = Certified.HOW_MANY, defaultValue = "3") int twin,
            @Doc(Certified.WHICH) @Nullable String index) {
        /// Without certificates.
        public Input(int days) {
            this(days, 0, null);
        }

        public Input {
            if (days < 0) {
                throw new OpsException(
                        OpsException.Kind.INVALID_INPUT,
                        "Looking for unused indexes",
                        "days is " + days,
                        "give 0 or more");
            }
        }
    }

    /// @param reclaimableBytes of those that may be dropped
    /// @param waiting without a scan so far, but not watched long enough
    /// @param certificates what would change without them, computed in the planner twin
    public record Output(
            int databases,
            int indexes,
            long reclaimableBytes,
            List<Unused> unused,
            List<Unused> waiting,
            List<DropCertificate> certificates) {
        public Output {
            unused = List.copyOf(unused);
            waiting = List.copyOf(waiting);
            certificates = List.copyOf(certificates);
        }
    }

    /// @param since the last scan, or since when it was watched without one
    /// @param lastUsed the last day with a scan by our history, where that is what it rests on
    /// @param grade `proven`, `check_the_code` or `inconclusive`
    /// @param judgedFrom when it will have been watched long enough; null when it has
    /// @param foreignKey whose child rows no other index finds; null for none
    /// @param generatedUntil our history of it is generated until then; null when all was measured
    /// @param indexWrites of the table since the statistics began, each paid by this index too
    public record Unused(
            String database,
            String schema,
            String table,
            String index,
            String keys,
            long bytes,
            long scans,
            @Nullable Instant lastScan,
            Instant since,
            @Nullable Instant lastUsed,
            @Nullable Instant generatedUntil,
            @Nullable Instant judgedFrom,
            String grade,
            @Nullable String foreignKey,
            long indexWrites,
            List<String> doubts) {
        public Unused {
            doubts = List.copyOf(doubts);
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                DetectUnusedIndexes.class,
                "Finds indexes that no query has used for days, and what speaks against dropping them",
                "B.indexes");
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        return IndexCheck.run(
                targets,
                context,
                (catalog, session) -> {
                    var idle = new ArrayList<CertificateRules.Ground>();
                    return Certified.of(
                            judge(catalog, input.days(), context, idle),
                            Certified.wanted(idle, input.twin(), input.index()),
                            twin,
                            catalog,
                            session,
                            context);
                },
                all -> output(Certified.judged(all), Certified.certificates(all)),
                List.of(KIND, FK_KIND));
    }

    @Override
    public Remedies remedies(String database, List<Finding> findings, ToolContext context) {
        return IndexPlans.of(targets, sql, database, findings, context);
    }

    static Output output(List<Judged<Unused>> databases, List<DropCertificate> certificates) {
        var all = databases.stream().flatMap(d -> d.results().stream()).toList();
        var unused = all.stream().filter(u -> u.judgedFrom() == null).toList();
        return new Output(
                databases.size(),
                databases.stream().mapToInt(Judged::checked).sum(),
                unused.stream()
                        .filter(u -> u.foreignKey() == null && u.doubts().isEmpty())
                        .mapToLong(Unused::bytes)
                        .sum(),
                unused,
                all.stream().filter(u -> u.judgedFrom() != null).toList(),
                certificates);
    }

    Judged<Unused> judge(IndexCatalog catalog, int days, ToolContext context) {
        return judge(catalog, days, context, new ArrayList<>());
    }

    /// @param found takes those that are idle long enough
    Judged<Unused> judge(
            IndexCatalog catalog,
            int days,
            ToolContext context,
            List<CertificateRules.Ground> found) {
        int checked = catalog.indexes().size();
        if (catalog.counting().isStandby()) {
            return new Judged<>(
                    checked,
                    List.of(),
                    List.of(),
                    List.of(
                            catalog.database()
                                    + ": this is a standby, which counts its own scans only;"
                                    + " unused indexes are judged on the primary"),
                    true);
        }
        var since =
                notes.observe(
                        context.target(),
                        catalog.database(),
                        UnusedIndexCheck.withoutScan(catalog),
                        catalog.counting().at());
        var wanted = Duration.ofDays(days);
        var seen = usage.observe(catalog, context);
        var verdict = new UnusedIndexCheck(catalog, since, seen.idle(), wanted).judge();
        verdict.idle().forEach(i -> found.add(new CertificateRules.Ground.Unused(i)));
        return new Judged<>(
                checked,
                Stream.concat(
                                verdict.idle().stream().map(i -> result(catalog, i, null)),
                                verdict.waiting().stream()
                                        .map(i -> result(catalog, i, i.since().plus(wanted))))
                        .toList(),
                verdict.idle().stream().map(i -> finding(catalog, i, context)).toList(),
                Stream.of(
                                caveats(catalog, verdict, wanted).stream(),
                                Stream.ofNullable(seen.problem()),
                                catalog.caveats().stream())
                        .flatMap(s -> s)
                        .toList(),
                catalog.unread().isEmpty());
    }

    private static List<String> caveats(
            IndexCatalog catalog, UnusedIndexCheck.Verdict verdict, Duration wanted) {
        if (verdict.waiting().isEmpty()) {
            return List.of();
        }
        var reset = catalog.countedSince();
        var last =
                verdict.waiting().stream()
                        .map(IdleIndex::since)
                        .max(Comparator.naturalOrder())
                        .orElseThrow()
                        .plus(wanted);
        var why =
                reset != null
                                && Duration.between(reset, catalog.counting().at())
                                                .compareTo(wanted)
                                        < 0
                        ? "(the counters began anew at %s)".formatted(Format.utc(reset))
                        : "not watched for long enough";
        return List.of(
                "%s: %d %s of a megabyte and more without a scan so far %s; all are judged by %s"
                        .formatted(
                                catalog.database(),
                                verdict.waiting().size(),
                                verdict.waiting().size() == 1 ? "index" : "indexes",
                                why,
                                Format.utc(last)));
    }

    private static Unused result(IndexCatalog catalog, IdleIndex i, @Nullable Instant judgedFrom) {
        var row = i.index().row();
        return new Unused(
                catalog.database(),
                row.schemaName(),
                row.tableName(),
                row.indexName(),
                i.index().keyWords(),
                row.indexBytes(),
                row.scans(),
                i.lastScan(),
                i.since(),
                i.watched() == null ? null : i.watched().lastUsed(),
                i.watched() == null ? null : i.watched().generatedUntil(),
                judgedFrom,
                i.grade().name().toLowerCase(Locale.ROOT),
                i.foreignKey(),
                i.indexWrites(),
                i.doubts());
    }

    private Finding finding(IndexCatalog catalog, IdleIndex i, ToolContext context) {
        var row = i.index().row();
        var now = context.clock().instant();
        return Finding.of(
                        context.target(),
                        i.foreignKey() == null ? KIND : FK_KIND,
                        i.droppable() ? Severity.WARNING : Severity.INFO,
                        Subject.index(
                                catalog.database(),
                                row.schemaName(),
                                row.tableName(),
                                row.indexName()),
                        IdleIndexWords.summary(i),
                        IdleIndexWords.confidence(i),
                        i.foreignKey() == null ? DropIndexPlans.statement(sql, row) : null,
                        CheckSql.of(
                                sql,
                                IndexSql.TABLE_INDEXES,
                                Map.of(
                                        "schema_name",
                                        row.schemaName(),
                                        "table_name",
                                        row.tableName())),
                        List.of(
                                new Evidence(
                                        IndexSql.INDEXES.path(),
                                        Map.of(),
                                        new Rows(List.of(evidence(catalog, i))),
                                        now)),
                        now)
                .worth(
                        Impact.frees(
                                i.foreignKey() == null && i.doubts().isEmpty()
                                        ? row.indexBytes()
                                        : 0))
                .mendedBy(i.droppable() ? DropIndex.unused(catalog.database(), i.index()) : null);
    }

    private static Map<String, @Nullable Object> evidence(IndexCatalog catalog, IdleIndex i) {
        var row = i.index().row();
        var evidence = new LinkedHashMap<String, @Nullable Object>();
        evidence.put("index_name", row.indexName());
        evidence.put("index_bytes", row.indexBytes());
        evidence.put("scans", row.scans());
        evidence.put("last_idx_scan", row.lastIdxScan());
        evidence.put("idle_since", i.since());
        if (i.watched() != null) {
            evidence.put("watched_from", i.watched().watchedFrom());
            evidence.put("last_used", i.watched().lastUsed());
            evidence.put("generated_until", i.watched().generatedUntil());
        }
        evidence.put("table_seq_scans", i.table().seqScans());
        evidence.put("table_index_writes", i.indexWrites());
        evidence.put("stats_reset", catalog.counting().statsReset());
        evidence.put("server_start", catalog.counting().serverStart());
        evidence.put("standbys", catalog.counting().standbys());
        return evidence;
    }
}
