package io.lakebaseops.local.demo;

import io.lakebaseops.local.billing.UsageFiles;
import io.lakebaseops.local.billing.UsageRecord;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Ninety days of generated bills for the demo: a production branch that never rests, others that
/// work by day, and one that has stayed awake too long for a week. Every record is tagged as
/// simulated.
public final class PastBills {
    private static final int DAYS = 89;
    private static final Map<String, String> TAGS = Map.of(UsageRecord.SIMULATED, "true");
    private static final BigDecimal DSU_PER_GB_DAY =
            BigDecimal.valueOf(15).divide(BigDecimal.valueOf(30.4), 18, RoundingMode.HALF_UP);

    /// Branches that are gone by now, as their uids would name them.
    private static final List<Other> OTHERS =
            List.of(
                    new Other("br-staging", 1.0, 4, 20, 0, DAYS),
                    new Other("br-dev-anna", 0.5, 8, 17, 0, DAYS),
                    new Other("br-qa-release-4-1", 1.0, 9, 13, 30, DAYS),
                    new Other("br-qa-release-4-2", 1.0, 9, 13, 0, 40));

    /// Of its days before yesterday, the last so many awake around the clock.
    private static final int AWAKE_DAYS = 8;

    /// @param cu size while awake
    /// @param begins `ends`: hours of a working day in which it is awake
    /// @param youngest `oldest`: days ago between which it was there
    private record Other(String uid, double cu, int begins, int ends, int youngest, int oldest) {}

    private final Random random = new Random(20_261_127);

    /// Writes what is missing of the days before today; a day that is billed is left alone.
    ///
    /// @param project `production`: uids of the demo's project and branch
    public static void write(UsageFiles files, String project, String production, Instant now) {
        if (!files.files().isEmpty()) {
            return;
        }
        files.add(new PastBills().records(project, production, now));
    }

    private List<UsageRecord> records(String project, String production, Instant now) {
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var records = new ArrayList<UsageRecord>();
        for (int ago = DAYS; ago >= 1; ago--) {
            var day = today.minusDays(ago);
            for (int hour = 0; hour < 24; hour++) {
                boolean busy = hour >= 7 && hour < 22;
                double cu = (busy ? 5.2 : 3.6) * (0.96 + 0.08 * random.nextDouble());
                add(records, project, production, "ep-primary", day, hour, cu);
            }
            storage(records, project, production, day, 58 + 0.05 * (DAYS - ago));
            for (var other : OTHERS) {
                if (ago >= other.youngest() && ago <= other.oldest()) {
                    other(records, project, other, day, ago);
                }
            }
        }
        return records;
    }

    private void other(
            List<UsageRecord> records, String project, Other other, LocalDate day, int ago) {
        boolean weekend = day.getDayOfWeek().getValue() > 5;
        boolean forgotten = other.uid().endsWith("4-2") && ago <= AWAKE_DAYS;
        for (int hour = 0; hour < 24; hour++) {
            boolean works = !weekend && hour >= other.begins() && hour < other.ends();
            if (works || forgotten) {
                double share = forgotten ? 1 : 0.7 + 0.3 * random.nextDouble();
                add(
                        records,
                        project,
                        other.uid(),
                        "ep-" + other.uid().substring(3),
                        day,
                        hour,
                        other.cu() * share);
            }
        }
        storage(records, project, other.uid(), day, 6);
    }

    private static void add(
            List<UsageRecord> records,
            String project,
            String branch,
            String endpoint,
            LocalDate day,
            int hour,
            double dbu) {
        var quantity = BigDecimal.valueOf(dbu).setScale(6, RoundingMode.HALF_UP);
        var from = day.atTime(hour, 0).toInstant(ZoneOffset.UTC);
        records.add(UsageRecord.compute(project, branch, endpoint, from, quantity).tagged(TAGS));
    }

    private static void storage(
            List<UsageRecord> records, String project, String branch, LocalDate day, double gb) {
        var from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        var dsu = BigDecimal.valueOf(gb).multiply(DSU_PER_GB_DAY).setScale(6, RoundingMode.HALF_UP);
        records.add(
                UsageRecord.storage(
                                project,
                                branch,
                                "BRANCH_DATA_STORAGE",
                                from,
                                from.plus(Duration.ofDays(1)),
                                dsu)
                        .tagged(TAGS));
    }
}
