package io.lakebaseops.local.billing;

import com.fasterxml.jackson.core.type.TypeReference;

import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.compute.ComputeHost.EndpointSpec;
import io.lakebaseops.local.compute.ComputeMeter;
import io.lakebaseops.platform.PrivateFiles;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Meters what is billed: the seconds computes are awake and the space branches take. At the end of
/// each hour the usage records of that hour are written; an hour under way is not billed yet.
public final class UsageMeter implements ComputeMeter {
    private static final Logger LOG = LoggerFactory.getLogger(UsageMeter.class);
    private static final int DIGITS = 18;

    /// What the platform charges for a compute unit in an hour, and for a gigabyte in a month.
    private static final BigDecimal DBU_PER_CU_HOUR = BigDecimal.ONE;

    private static final BigDecimal DSU_PER_GB_MONTH = BigDecimal.valueOf(15);
    private static final BigDecimal HOURS_PER_MONTH = BigDecimal.valueOf(730);
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private final Path kept;
    private final UsageFiles files;
    private final Clock clock;
    private final Function<String, Optional<String>> projectOfBranch;
    private final List<AwakeTime> times = new ArrayList<>();
    private Instant billedUntil;

    /// @param until hours before it are written
    /// @param seen when this was last known to be so: a server that was killed billed until then
    private record Kept(Instant until, Instant seen, List<AwakeTime> times) {}

    /// The size of a branch at the end of an hour.
    public record Space(String project, String branch, long bytes) {}

    /// @param projectOfBranch uid of the project of the branch with this uid
    public UsageMeter(
            Path home,
            UsageFiles files,
            Clock clock,
            Function<String, Optional<String>> projectOfBranch) {
        this.kept = home.resolve("billing").resolve("awake.json");
        this.files = files;
        this.clock = clock;
        this.projectOfBranch = projectOfBranch;
        this.billedUntil = clock.instant().truncatedTo(ChronoUnit.HOURS);
        resume();
    }

    private void resume() {
        if (!Files.exists(kept)) {
            return;
        }
        try {
            Kept before = Json.MAPPER.readValue(kept.toFile(), new TypeReference<Kept>() {});
            billedUntil = before.until();
            for (AwakeTime time : before.times()) {
                times.add(time.until() == null ? time.endedAt(before.seen()) : time);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("metered time in " + kept + " cannot be read", e);
        }
    }

    @Override
    public synchronized void up(EndpointSpec spec) {
        Instant now = clock.instant();
        int open = open(spec.endpointUid());
        if (open >= 0) {
            AwakeTime running = times.get(open);
            if (running.cu() == spec.minCu()) {
                return;
            }
            times.set(open, running.endedAt(now));
        }
        Optional<String> project = projectOfBranch.apply(spec.branchUid());
        if (project.isEmpty()) {
            LOG.warn("{} is of no known project and cannot be billed", spec.endpointUid());
            return;
        }
        String uid = spec.endpointUid();
        times.add(new AwakeTime(project.get(), spec.branchUid(), uid, spec.minCu(), now, null));
        keep(now);
    }

    @Override
    public synchronized void down(String endpointUid) {
        int open = open(endpointUid);
        if (open >= 0) {
            Instant now = clock.instant();
            times.set(open, times.get(open).endedAt(now));
            keep(now);
        }
    }

    private int open(String endpointUid) {
        for (int i = 0; i < times.size(); i++) {
            if (times.get(i).until() == null && times.get(i).endpoint().equals(endpointUid)) {
                return i;
            }
        }
        return -1;
    }

    /// Whether an hour has ended that is not billed.
    public synchronized boolean due() {
        return billedUntil.plus(1, ChronoUnit.HOURS).compareTo(clock.instant()) <= 0;
    }

    /// Writes the records of the hours that have ended; the space counts for the last of them.
    public synchronized void bill(List<Space> spaces) {
        Instant now = clock.instant();
        Instant end = now.truncatedTo(ChronoUnit.HOURS);
        List<UsageRecord> records = new ArrayList<>();
        Instant first = times.stream().map(AwakeTime::from).min(Instant::compareTo).orElse(end);
        Instant hour =
                first.isAfter(billedUntil) ? first.truncatedTo(ChronoUnit.HOURS) : billedUntil;
        for (; hour.isBefore(end); hour = hour.plus(1, ChronoUnit.HOURS)) {
            records.addAll(computes(hour));
        }
        if (billedUntil.isBefore(end)) {
            Instant last = end.minus(1, ChronoUnit.HOURS);
            spaces.forEach(s -> records.add(storage(s, last, end)));
        }
        files.add(records);
        billedUntil = end;
        times.removeIf(t -> t.until() != null && !t.until().isAfter(billedUntil));
        keep(now);
    }

    private List<UsageRecord> computes(Instant hour) {
        Instant end = hour.plus(1, ChronoUnit.HOURS);
        Map<AwakeTime, BigDecimal> cuSeconds = new LinkedHashMap<>();
        for (AwakeTime time : times) {
            long seconds = time.seconds(hour, end);
            if (seconds > 0) {
                BigDecimal used =
                        BigDecimal.valueOf(time.cu()).multiply(BigDecimal.valueOf(seconds));
                cuSeconds.merge(time.owner(), used, BigDecimal::add);
            }
        }
        List<UsageRecord> records = new ArrayList<>();
        cuSeconds.forEach(
                (owner, used) -> {
                    BigDecimal dbu =
                            used.multiply(DBU_PER_CU_HOUR)
                                    .divide(SECONDS_PER_HOUR, DIGITS, RoundingMode.HALF_UP);
                    records.add(
                            UsageRecord.compute(
                                    owner.project(), owner.branch(), owner.endpoint(), hour, dbu));
                });
        return records;
    }

    private static UsageRecord storage(Space space, Instant from, Instant until) {
        BigDecimal dsu =
                BigDecimal.valueOf(space.bytes())
                        .movePointLeft(9)
                        .multiply(DSU_PER_GB_MONTH)
                        .divide(HOURS_PER_MONTH, DIGITS, RoundingMode.HALF_UP);
        return UsageRecord.storage(
                space.project(), space.branch(), "BRANCH_DATA_STORAGE", from, until, dsu);
    }

    /// To be called now and then: until then a killed server is taken to have been up.
    public synchronized void beat() {
        keep(clock.instant());
    }

    private void keep(Instant now) {
        try {
            byte[] content =
                    Json.MAPPER.writeValueAsBytes(new Kept(billedUntil, now, List.copyOf(times)));
            PrivateFiles.replace(kept, content, false);
        } catch (IOException e) {
            throw new UncheckedIOException("metered time cannot be kept in " + kept, e);
        }
    }
}
