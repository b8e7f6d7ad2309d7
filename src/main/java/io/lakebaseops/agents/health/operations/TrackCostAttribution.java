package io.lakebaseops.agents.health.operations;

import io.lakebaseops.agents.health.operations.CostLedger.DayLine;
import io.lakebaseops.agents.health.operations.MeasuredTime.Split;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Says what a project costs, by branch and day, and whose the cost is. The platform's usage times
/// its prices, divided by measured time into shares that sum to the bill to the last digit.
public final class TrackCostAttribution
        implements ReadTool<TrackCostAttribution.Input, TrackCostAttribution.Output> {
    static final String KIND = "cost_anomaly";

    /// What an account or metastore administrator runs.
    public static final String GRANT =
            "GRANT USE SCHEMA, SELECT ON SCHEMA system.billing TO `account users`";

    private static final int LARGEST = 20;

    private final ControlPlaneAccess planes;
    private final Lakehouse lakehouse;

    public TrackCostAttribution(ControlPlaneAccess planes, Lakehouse lakehouse) {
        this.planes = planes;
        this.lakehouse = lakehouse;
    }

    public record Input(
            @Doc(value = "Days back from today; the first run reads 90", defaultValue = "30")
                    int days) {
        public Input {
            if (days < 1 || days > 90) {
                throw new OpsException(
                        OpsException.Kind.INVALID_INPUT,
                        "Tracking cost",
                        "days is " + days,
                        "give 1 to 90");
            }
        }
    }

    /// @param currency null when nothing has a price
    /// @param watermark usage is complete up to here; null when nothing was billed yet
    /// @param sumsToBill whether the parts of every split sum to the total to the last digit
    /// @param rewritten earlier days whose bill was corrected since it was stored
    /// @param priceOrigins `negotiated`, `list` or both
    /// @param credits negative amounts in the total that are no correction
    public record Output(
            String project,
            LocalDate from,
            @Nullable Instant watermark,
            @Nullable String currency,
            BigDecimal total,
            BigDecimal credits,
            List<String> priceOrigins,
            boolean sumsToBill,
            List<Part> branches,
            List<Part> storage,
            List<Part> roles,
            List<Part> applications,
            List<Part> statements,
            List<Unpriced> unpriced,
            List<CostAnomaly> anomalies,
            List<LocalDate> rewritten,
            int daysWritten,
            @Nullable LocalDate generatedUntil) {
        public Output {
            priceOrigins = List.copyOf(priceOrigins);
            branches = List.copyOf(branches);
            storage = List.copyOf(storage);
            roles = List.copyOf(roles);
            applications = List.copyOf(applications);
            statements = List.copyOf(statements);
            unpriced = List.copyOf(unpriced);
            anomalies = List.copyOf(anomalies);
            rewritten = List.copyOf(rewritten);
        }
    }

    public record Part(String key, BigDecimal cost) {}

    /// Used, with no price in the bill's currency: not in the total, never guessed.
    ///
    /// @param storageType as billed; null for what is no storage
    public record Unpriced(
            String sku, @Nullable String storageType, String unit, BigDecimal quantity) {
        String words() {
            return storageType == null ? sku : "%s (%s)".formatted(sku, storageType);
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        TrackCostAttribution.class,
                        "Says what the project costs by branch and day, and who used it",
                        "C.operations")
                .about(ToolDescriptor.Scope.PROJECT)
                .appendingHistory()
                .in(StandardJob.COST_TRACKER);
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var plane = planes.of(context.target()).orElse(null);
        var name = context.target().project();
        var project = plane == null ? null : plane.project(name, context.deadline()).orElse(null);
        if (plane == null || project == null) {
            return Outcome.unavailable(
                    "a PostgreSQL server of its own has no bill", "choose a Lakebase project");
        }
        var today = LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
        // The first time all days that the history keeps.
        var oldest = today.minusDays(OpsTables.HISTORY_DAYS - 1L);
        var first = new CostLedger(lakehouse, context).stored(oldest).isEmpty();
        var from = first ? oldest : today.minusDays(input.days() - 1L);
        Bill bill;
        try {
            bill = new BillReader(plane.unity()).read(project.uid(), from, context.deadline());
        } catch (OpsException e) {
            if (e.kind() != OpsException.Kind.DENIED && e.kind() != OpsException.Kind.NOT_FOUND) {
                throw e;
            }
            return Outcome.unavailable("system.billing cannot be read: " + e.getMessage(), GRANT);
        }
        var names = names(plane, name, context);
        context.progress().at(0.5, "dividing the bill");
        var measured = MeasuredTime.of(lakehouse, name, from, context.deadline());
        return attribute(bill, names, measured, from, context);
    }

    /// Names by uid, also of branches that can still be undeleted.
    private static Map<String, String> names(
            ControlPlane plane, String project, ToolContext context) {
        var names = new HashMap<String, String>();
        plane.deletedBranches(project, context.deadline()).forEach(b -> names.put(b.uid(), b.id()));
        plane.branches(project, context.deadline()).forEach(b -> names.put(b.uid(), b.id()));
        return names;
    }

    private Outcome<Output> attribute(
            Bill bill,
            Map<String, String> names,
            MeasuredTime measured,
            LocalDate from,
            ToolContext context) {
        var priced = new TreeMap<LocalDate, Map<String, List<BillLine>>>();
        for (var line : bill.priced()) {
            priced.computeIfAbsent(line.day(), _ -> new TreeMap<>())
                    .computeIfAbsent(CostLedger.named(line, names), _ -> new ArrayList<>())
                    .add(line);
        }
        var shares = new ArrayList<CostShare>();
        var daily = new TreeMap<String, SortedMap<LocalDate, BigDecimal>>();
        priced.forEach(
                (day, branches) ->
                        branches.forEach(
                                (branch, lines) -> {
                                    shares.addAll(CostShare.of(day, branch, lines, measured));
                                    daily.computeIfAbsent(branch, _ -> new TreeMap<>())
                                            .put(day, Bill.sum(lines));
                                }));
        var lines = DayLine.of(bill.lines(), names);
        var ledger = new CostLedger(lakehouse, context);
        var stored = ledger.stored(from);
        var toWrite = new TreeMap<LocalDate, List<DayLine>>();
        lines.forEach(l -> toWrite.computeIfAbsent(l.day(), _ -> new ArrayList<>()).add(l));
        toWrite.entrySet().removeIf(e -> CostLedger.same(stored.get(e.getKey()), e.getValue()));
        ledger.write(
                toWrite.values().stream().flatMap(List::stream).toList(),
                shares.stream().filter(s -> toWrite.containsKey(s.day())).toList(),
                measured,
                bill);
        var rewritten = new ArrayList<>(toWrite.keySet());
        rewritten.retainAll(stored.keySet());
        var watermark = bill.watermark();
        var anomalies =
                watermark == null
                        ? List.<CostAnomaly>of()
                        : CostAnomaly.of(daily, lastDay(watermark));
        var output =
                output(
                        bill,
                        from,
                        daily,
                        shares,
                        anomalies,
                        rewritten,
                        toWrite.size(),
                        generatedUntil(bill, shares, measured),
                        context);
        return new Outcome.Found<>(
                output,
                output.generatedUntil() == null ? Source.LIVE : Source.SIMULATED,
                anomalies.stream().map(a -> AnomalyFinding.of(a, lines, output, context)).toList(),
                List.of(KIND),
                caveats(bill, output));
    }

    /// The last day that is over by what is billed.
    private static LocalDate lastDay(Instant watermark) {
        return LocalDate.ofInstant(watermark, ZoneOffset.UTC).minusDays(1);
    }

    private static Output output(
            Bill bill,
            LocalDate from,
            Map<String, SortedMap<LocalDate, BigDecimal>> daily,
            List<CostShare> shares,
            List<CostAnomaly> anomalies,
            List<LocalDate> rewritten,
            int written,
            @Nullable LocalDate generatedUntil,
            ToolContext context) {
        var total = Bill.sum(bill.priced());
        var credits =
                bill.priced().stream()
                        .filter(l -> l.quantity().signum() < 0 && l.corrected() == 0)
                        .toList();
        var branches = new LinkedHashMap<String, BigDecimal>();
        daily.forEach(
                (b, days) ->
                        branches.put(
                                b,
                                days.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
        var storage = new LinkedHashMap<String, BigDecimal>();
        var origins = new HashSet<String>();
        for (var line : bill.priced()) {
            var cost = line.cost();
            var price = line.price();
            if (cost != null && price != null) {
                origins.add(price.origin().name().toLowerCase(Locale.ROOT));
                var kind = line.storage() == null ? line.sku() : line.storage();
                if (!line.compute()) {
                    storage.merge(kind, cost, BigDecimal::add);
                }
            }
        }
        boolean sums = sum(branches).compareTo(total) == 0;
        for (var split : Split.values()) {
            sums &= sum(of(split, shares)).compareTo(total) == 0;
        }
        return new Output(
                context.target().project(),
                from,
                bill.watermark(),
                bill.currency(),
                total,
                Bill.sum(credits),
                origins.stream().sorted().toList(),
                sums,
                largest(branches),
                largest(storage),
                largest(of(Split.ROLE, shares)),
                largest(of(Split.APPLICATION, shares)),
                largest(of(Split.QUERY, shares)),
                unpriced(bill),
                anomalies,
                rewritten,
                written,
                generatedUntil);
    }

    /// The last day whose usage, or whose statistics of who used it, were generated.
    private static @Nullable LocalDate generatedUntil(
            Bill bill, List<CostShare> shares, MeasuredTime measured) {
        return Stream.concat(
                        bill.lines().stream().filter(BillLine::simulated).map(BillLine::day),
                        shares.stream()
                                .filter(s -> measured.generated(s.branch(), s.day()))
                                .map(CostShare::day))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Map<String, BigDecimal> of(Split split, List<CostShare> shares) {
        var sums = new LinkedHashMap<String, BigDecimal>();
        shares.stream()
                .filter(s -> s.split() == split)
                .forEach(s -> sums.merge(s.key(), s.cost(), BigDecimal::add));
        return sums;
    }

    private static BigDecimal sum(Map<String, BigDecimal> parts) {
        return parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// The largest parts, and all others as one: so that the list still sums to the bill.
    private static List<Part> largest(Map<String, BigDecimal> parts) {
        var all =
                parts.entrySet().stream()
                        .map(e -> new Part(e.getKey(), e.getValue()))
                        .sorted(Comparator.comparing(Part::cost).reversed())
                        .toList();
        if (all.size() <= LARGEST) {
            return all;
        }
        var kept = new ArrayList<>(all.subList(0, LARGEST));
        var rest =
                all.subList(LARGEST, all.size()).stream()
                        .map(Part::cost)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        kept.add(new Part("(%d others)".formatted(all.size() - LARGEST), rest));
        return kept;
    }

    private static List<Unpriced> unpriced(Bill bill) {
        var sums = new TreeMap<String, Unpriced>();
        for (var l : bill.unpriced()) {
            sums.merge(
                    l.sku() + " " + l.storage() + " " + l.unit(),
                    new Unpriced(l.sku(), l.storage(), l.unit(), l.quantity()),
                    (a, b) ->
                            new Unpriced(
                                    a.sku(),
                                    a.storageType(),
                                    a.unit(),
                                    a.quantity().add(b.quantity())));
        }
        return List.copyOf(sums.values());
    }

    private static List<String> caveats(Bill bill, Output output) {
        var caveats = new ArrayList<>(bill.caveats());
        output.unpriced()
                .forEach(
                        u ->
                                caveats.add(
                                        "%s %s of %s have no price here and are not in the total"
                                                .formatted(
                                                        u.quantity()
                                                                .stripTrailingZeros()
                                                                .toPlainString(),
                                                        u.unit(),
                                                        u.words())));
        if (bill.watermark() == null) {
            caveats.add("no usage is recorded yet: it arrives some hours late");
        }
        if (output.generatedUntil() != null) {
            caveats.add(
                    "usage, or who used it, was generated for demonstration until "
                            + output.generatedUntil());
        }
        return caveats;
    }
}
