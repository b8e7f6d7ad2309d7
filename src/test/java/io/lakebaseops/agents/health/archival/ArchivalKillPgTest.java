package io.lakebaseops.agents.health.archival;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.change.archival.ArchiveProofs;
import io.lakebaseops.domain.plan.Postcondition.ArchivedRows.Place;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.state.StateJson;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A process that archives is killed by the operating system (SIGKILL) at moments it did not
/// choose, and the next one goes on: no row is lost, none is there twice, and what is restored is
/// what there was.
final class ArchivalKillPgTest {
    /// 200 and more with the nightly run, there and as many back.
    private static final int KILLS = Integer.getInteger("lakebaseops.archivals.killed", 3);

    private static final int ROWS = 60;

    @TempDir static Path lake;
    @TempDir static Path folder;
    private static ArchiveRig rig;

    @BeforeAll
    static void start() {
        rig = ArchiveRig.of("killed", lake);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static void orders() {
        rig.database()
                .asDba(
                        "drop table if exists orders",
                        "create table if not exists customers (id int primary key)",
                        "insert into customers values (1), (2) on conflict do nothing",
                        "create table orders (id bigint generated always as identity primary key, customer int references customers, note text, price numeric(12,2), created_at timestamptz not null)",
                        "insert into orders (customer, note, price, created_at) select 1 + g %% 2, 'note ' || g, g / 7.0, now() - interval '200 days' from generate_series(1, %d) g"
                                .formatted(ROWS),
                        "analyze orders");
    }

    @Test
    void killedByTheSystemAgainAndAgainNothingIsLost() throws Exception {
        var random = new Random(17);
        var killedAfter = new TreeMap<String, Integer>();
        int kills = 0;
        int runs = 0;
        while (kills < 2 * KILLS) {
            orders();
            var before = rig.hot("orders");
            var keys = rig.texts("select row(id)::text from orders");
            var step = ArchiveRig.small(rig.plan("public.orders").steps().getFirst(), 20, 5);
            kills += killedUntilDone(step, random, killedAfter, KILLS);
            nothingLost(step, keys);
            var back = ArchiveRig.back(step);
            kills += killedUntilDone(back, random, killedAfter, KILLS);
            assertThat(rig.hot("orders")).isEqualTo(before);
            runs++;
        }
        System.out.printf(
                "archival: %d runs there and back, %d processes killed (SIGKILL), after %s%n",
                runs, kills, killedAfter);
        assertThat(kills).isPositive();
    }

    /// Each process gets a little further before it is killed.
    ///
    /// @param most after so many the next one is left alone
    private static int killedUntilDone(
            Step step, Random random, TreeMap<String, Integer> after, int most) throws Exception {
        var file = Files.createTempFile(folder, "step", ".json");
        Files.writeString(file, StateJson.write(step));
        int kills = 0;
        while (true) {
            int moments = kills == most ? Integer.MAX_VALUE : random.nextInt(12);
            var last = killed(file, moments, random.nextInt(3_000_000));
            if (last == null) {
                return kills;
            }
            kills++;
            after.merge(last, 1, Integer::sum);
        }
    }

    /// @param moments after how many of them the process is killed
    /// @param nanos how long after
    /// @return the last moment it told of; null: it was done before
    private static String killed(Path step, int moments, int nanos) throws Exception {
        var process = ArchivingProcess.start(rig.database().url(), rig.stateUrl(), lake, step);
        var last = "";
        try (var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int seen = -1;
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                last = line;
                seen += seen >= 0 || line.equals(ArchivingProcess.READY) ? 1 : 0;
                if (seen == moments) {
                    long until = System.nanoTime() + nanos;
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    // By its handle, which leaves its output to be read to the end.
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        if (process.exitValue() == 0) {
            return null;
        }
        assertThat(process.exitValue()).as("killed, not failed, after " + last).isEqualTo(137);
        var done =
                rig.journal()
                        .find(order(step))
                        .map(a -> a.finishedAt() != null && a.error() == null)
                        .orElse(false);
        return done && last.matches("ended|restored") ? null : last;
    }

    private static java.util.UUID order(Path step) throws IOException {
        var read = (Step.ArchiveStep) StateJson.read(Files.readString(step), Step.class);
        return read.order().archival();
    }

    private static void nothingLost(Step.ArchiveStep step, java.util.List<String> keys)
            throws Exception {
        var all = new ArrayList<>(rig.texts("select row(id)::text from orders"));
        all.addAll(rig.archived(step));
        assertThat(all).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(rig.proofs(step, Place.IN_ARCHIVE, Place.NOT_IN_TABLE))
                .allMatch(ArchiveProofs.Seen::so);
    }
}
