package io.lakebaseops.agents.provisioning.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.service.postgres.DeleteProjectRequest;

import io.lakebaseops.agents.provisioning.BranchRig;
import io.lakebaseops.agents.provisioning.project.DeadlyProxy.Moment;
import io.lakebaseops.domain.TargetId;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A console is a process of its own here, killed by SIGKILL at each of its calls to the control
/// plane; the state database and Local Lakebase live on, and another process runs the same again.
///
/// The build kills one pattern at every call before its reply. All six at both moments:
/// `-Dlakebaseops.kill=all`; one at both: `-Dlakebaseops.kill=per_developer`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledProvisioningPgTest {
    private static final String WISH = System.getProperty("lakebaseops.kill", "");

    /// Two children at a time keep two cores busy.
    private static final int LANES = 2;

    private BranchRig rig;
    private Path archive;
    private final AtomicInteger kills = new AtomicInteger();

    @BeforeAll
    void start(@TempDir Path dir) {
        rig = new BranchRig(dir, Duration.ofSeconds(30));
        archive = dir.resolve("children.jsa");
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    @Test
    void killedAtEverySingleCallItConvergesWhenRunAgain() throws Exception {
        var patterns =
                switch (WISH) {
                    case "" -> List.of(TreePattern.SIMPLE_DEV_PROD);
                    case "all" -> Arrays.asList(TreePattern.values());
                    default -> List.of(TreePattern.valueOf(WISH.toUpperCase(Locale.ROOT)));
                };
        for (var pattern : patterns) {
            for (var moment : Moment.values()) {
                if (!WISH.isEmpty() || moment == Moment.BEFORE_THE_REPLY) {
                    enumerate(pattern, moment);
                }
            }
        }
    }

    private void enumerate(TreePattern pattern, Moment moment) throws Exception {
        long begin = System.nanoTime();
        kills.set(0);
        var whole = undisturbed(pattern, moment);
        var next = new AtomicInteger(1);
        try (var lanes = Executors.newFixedThreadPool(LANES)) {
            var runs = new ArrayList<Callable<Integer>>();
            for (int lane = 0; lane < LANES; lane++) {
                runs.add(
                        () -> {
                            int number = next.getAndIncrement();
                            while (killed(pattern, moment, number, whole)) {
                                number = next.getAndIncrement();
                            }
                            return number;
                        });
            }
            for (var run : lanes.invokeAll(runs)) {
                assertThat(run.get()).as("first number that is never reached").isPositive();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s, %s: killed at each of %d calls, all converged, %.1f s%n",
                pattern,
                moment,
                kills.get(),
                (System.nanoTime() - begin) / 1e9);
        assertThat(kills.get()).isGreaterThan(10);
    }

    /// The trees of a process that nobody kills, by project.
    private Map<String, Map<String, String>> undisturbed(TreePattern pattern, Moment moment)
            throws Exception {
        var domain = name(pattern, moment, 0);
        try (var proxy = new DeadlyProxy(rig.server.lakebase().host(), 0, moment)) {
            assertThat(child(proxy, domain, pattern)).endsWith("done");
        }
        var whole = trees(domain);
        assertThat(whole).isNotEmpty();
        purge(domain);
        return whole;
    }

    /// Whether the process was killed; false when it came to its end before that call.
    private boolean killed(
            TreePattern pattern, Moment moment, int number, Map<String, Map<String, String>> whole)
            throws Exception {
        var domain = name(pattern, moment, number);
        String said;
        List<String> calls;
        try (var proxy = new DeadlyProxy(rig.server.lakebase().host(), number, moment)) {
            said = child(proxy, domain, pattern);
            calls = proxy.calls();
        }
        boolean killed = !said.endsWith("done");
        var as = "%s, %s %d %s: %s".formatted(pattern, moment, number, calls.getLast(), said);
        if (killed) {
            assertThat(said).as(as).isEmpty();
            kills.incrementAndGet();
            again(domain, pattern, as);
        }
        assertThat(trees(domain)).as(as).isEqualTo(whole);
        assertThat(missing(domain, pattern)).as(as).isEmpty();
        purge(domain);
        return killed;
    }

    /// As the next start of the console does it: what was broken off is noticed, the tool proposes
    /// what is missing, a person approves.
    private void again(String domain, TreePattern pattern, String as) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(30))
                .until(() -> rig.desk.settleAbandoned() >= 0 && running(domain) == 0);
        // What the dead process asked for may still be under way at the service.
        assertThat(Provisioner.run(rig.desk, missing(domain, pattern))).as(as).isTrue();
    }

    private long running(String domain) {
        return rig.desk.history(20).stream()
                .filter(p -> p.plan().target().project().contains(domain))
                .filter(p -> p.state() == io.lakebaseops.domain.plan.FiledPlan.State.RUNNING)
                .count();
    }

    private List<io.lakebaseops.domain.plan.ChangePlan> missing(
            String domain, TreePattern pattern) {
        return Provisioner.plans(
                rig.planes,
                rig.test.targets(),
                rig.test.sql(),
                rig.server.clock(),
                domain,
                pattern);
    }

    /// Project without its domain → its branches, tags and schemas.
    private Map<String, Map<String, String>> trees(String domain) {
        var trees = new TreeMap<String, Map<String, String>>();
        for (var project : rig.plane.projects(BranchRig.soon())) {
            if (project.id().startsWith(domain + "-")) {
                var tree = new TreeMap<>(rig.tree(project.id()));
                var tags = new TreeMap<>(rig.plane.tags(project.id(), BranchRig.soon()));
                tags.remove("domain");
                tree.put("tags", tags.toString());
                for (var branch : rig.plane.branches(project.id(), BranchRig.soon())) {
                    var key = branch.id() + " schemas";
                    tree.put(key, schemas(project.id(), branch.id()));
                }
                trees.put(project.id().substring(domain.length()), tree);
            }
        }
        return trees;
    }

    private String schemas(String project, String branch) {
        var target = new TargetId("local", project, branch);
        try (var s = rig.test.targets().read(target, "databricks_postgres", BranchRig.soon())) {
            return s.query(ProjectSql.SCHEMAS, Map.of()).list().toString();
        }
    }

    private void purge(String domain) {
        for (var project : rig.plane.projects(BranchRig.soon())) {
            var id = project.id();
            if (id.startsWith(domain + "-")) {
                rig.plane.protectBranch(id, TreePattern.ROOT, false, BranchRig.soon());
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(50))
                        .atMost(Duration.ofSeconds(30))
                        .ignoreExceptions()
                        .until(
                                () -> {
                                    rig.server.done(
                                            rig.server
                                                    .postgres()
                                                    .deleteProject(
                                                            new DeleteProjectRequest()
                                                                    .setName("projects/" + id)
                                                                    .setPurge(true))
                                                    .getName());
                                    return true;
                                });
            }
        }
    }

    private static String name(TreePattern pattern, Moment moment, int number) {
        return "k%d%d%dx".formatted(pattern.ordinal(), moment.ordinal(), number);
    }

    /// What it printed before it ended, by itself or not.
    private String child(DeadlyProxy proxy, String domain, TreePattern pattern)
            throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                // The first child writes it; classes load twice as fast from it.
                                "-XX:+AutoCreateSharedArchive",
                                "-XX:SharedArchiveFile=" + archive,
                                "-Xlog:disable",
                                "-Xmx200m",
                                "-Dlakebaseops.log.stderr=OFF",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Provisioner.class.getName(),
                                proxy.host(),
                                rig.server.lakebase().token(),
                                rig.stateUrl,
                                domain,
                                pattern.name())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        proxy.aimAt(process);
        try (var out = process.getInputStream()) {
            var said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor();
            return said;
        } catch (IOException e) { // its pipe broke with it
            process.waitFor();
            return "";
        }
    }
}
