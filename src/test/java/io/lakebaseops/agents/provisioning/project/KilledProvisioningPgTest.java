package io.lakebaseops.agents.provisioning.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.databricks.sdk.service.postgres.DeleteProjectRequest;

import io.lakebaseops.agents.provisioning.BranchRig;
import io.lakebaseops.agents.provisioning.project.DeadlyProxy.Moment;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A console is a process of its own here, killed by SIGKILL at each of its calls to the control
/// plane; the state database and Local Lakebase live on, and another process runs the same again.
///
/// The build kills one pattern at every fifth call before its reply. All six at every call and both
/// moments: `-Dlakebaseops.kill=all`; one so: `-Dlakebaseops.kill=per_developer`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledProvisioningPgTest {
    private static final String WISH = System.getProperty("lakebaseops.kill", "");

    private static final boolean SAMPLE = WISH.isEmpty();
    private static final int STEP = SAMPLE ? 5 : 1;

    /// Two processes at a time keep two cores busy; one is enough for a sample.
    private static final int LANES = SAMPLE ? 1 : 2;

    /// Most of a process's cost is its start, so each has some trees under way when it dies, every
    /// one at another call.
    private static final int EACH = SAMPLE ? 7 : 14;

    private BranchRig rig;
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger children = new AtomicInteger();

    @BeforeAll
    void start(@TempDir Path dir) {
        rig = new BranchRig(dir);
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    @Test
    void killedAtAnyCallItConvergesWhenRunAgain() throws Exception {
        var patterns =
                switch (WISH) {
                    case "" -> List.of(TreePattern.SIMPLE_DEV_PROD);
                    case "all" -> Arrays.asList(TreePattern.values());
                    default -> List.of(TreePattern.valueOf(WISH.toUpperCase(Locale.ROOT)));
                };
        for (var pattern : patterns) {
            for (var moment : Moment.values()) {
                if (!SAMPLE || moment == Moment.BEFORE_THE_REPLY) {
                    enumerate(pattern, moment);
                }
            }
        }
    }

    private void enumerate(TreePattern pattern, Moment moment) throws Exception {
        long begin = System.nanoTime();
        kills.set(0);
        children.set(0);
        var whole = undisturbed(pattern, moment);
        var next = new AtomicInteger(1);
        try (var lanes = Executors.newFixedThreadPool(LANES)) {
            var runs = new ArrayList<Callable<Boolean>>();
            for (int lane = 0; lane < LANES; lane++) {
                runs.add(
                        () -> {
                            while (killed(pattern, moment, next.getAndAdd(EACH * STEP), whole)) {
                                assertThat(kills).hasValueLessThan(500);
                            }
                            return true;
                        });
            }
            for (var run : lanes.invokeAll(runs)) {
                assertThat(run.get()).isTrue();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s, %s: killed at %d calls (%d processes), all converged, %.1f s%n",
                pattern,
                moment,
                kills.get(),
                children.get(),
                (System.nanoTime() - begin) / 1e9);
        assertThat(kills).hasValueGreaterThan(SAMPLE ? 5 : 10);
    }

    /// The trees of a process that nobody kills, by project.
    private Map<String, Map<String, String>> undisturbed(TreePattern pattern, Moment moment)
            throws Exception {
        var domain = name(pattern, moment, 0);
        try (var proxy = new DeadlyProxy(rig.server.lakebase().host(), 0, moment)) {
            assertThat(finished(pattern, Map.of(domain, proxy))).containsExactly(domain);
        }
        var whole = trees(domain, pattern);
        assertThat(whole).isNotEmpty();
        purge(domain);
        return whole;
    }

    /// One process with several trees, each stopped at a call of its own; then it is killed. False
    /// when one came to its end before its call: there are no more calls to be killed at.
    private boolean killed(
            TreePattern pattern, Moment moment, int first, Map<String, Map<String, String>> whole)
            throws Exception {
        var proxies = new TreeMap<String, DeadlyProxy>();
        for (int n = first; n < first + EACH * STEP; n += STEP) {
            var host = rig.server.lakebase().host();
            proxies.put(name(pattern, moment, n), new DeadlyProxy(host, n, moment));
        }
        Set<String> finished;
        try {
            finished = finished(pattern, proxies);
        } finally {
            proxies.values().forEach(DeadlyProxy::close);
        }
        settled(proxies.keySet());
        try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            var checks = new ArrayList<Callable<Boolean>>();
            proxies.forEach(
                    (domain, proxy) -> {
                        var as = "%s %s %s".formatted(moment, domain, proxy.calls().getLast());
                        checks.add(() -> check(domain, pattern, as, finished, whole));
                    });
            for (var check : lanes.invokeAll(checks)) {
                assertThat(check.get()).isTrue();
            }
        }
        kills.addAndGet(EACH - finished.size());
        return finished.isEmpty();
    }

    private boolean check(
            String domain,
            TreePattern pattern,
            String as,
            Set<String> finished,
            Map<String, Map<String, String>> whole) {
        if (!finished.contains(domain)) {
            again(domain, pattern, as);
        }
        assertThat(trees(domain, pattern)).as(as).isEqualTo(whole);
        assertThat(missing(domain, pattern)).as(as).isEmpty();
        purge(domain);
        return true;
    }

    /// The tool proposes what is missing, a person approves.
    private void again(String domain, TreePattern pattern, String as) {
        // What the dead process asked for may still be under way at the service.
        assertThat(Provisioner.run(rig.desk, missing(domain, pattern))).as(as).isTrue();
    }

    /// As the next start of the console does it: what was broken off is noticed.
    private void settled(Set<String> domains) {
        // Each look tries the turn of every running plan, those of the other lane included.
        Awaitility.await("plans of the dead process")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(120))
                .untilAsserted(
                        () -> {
                            rig.desk.settleAbandoned();
                            assertThat(running(domains)).isEmpty();
                        });
    }

    private List<String> running(Set<String> domains) {
        return rig.desk.history(200).stream()
                .filter(p -> p.state() == FiledPlan.State.RUNNING)
                .map(p -> p.plan().target().project())
                .filter(project -> domains.contains(project.split("-", 2)[0]))
                .toList();
    }

    private List<ChangePlan> missing(String domain, TreePattern pattern) {
        return Provisioner.plans(
                rig.planes,
                rig.test.targets(),
                rig.test.sql(),
                rig.server.clock(),
                domain,
                pattern);
    }

    /// Project without its domain → its branches, tags and schemas.
    private Map<String, Map<String, String>> trees(String domain, TreePattern pattern) {
        var trees = new TreeMap<String, Map<String, String>>();
        for (var project : rig.plane.projects(BranchRig.soon())) {
            if (project.id().startsWith(domain + "-")) {
                var tree = new TreeMap<>(rig.tree(project.id()));
                var tags = new TreeMap<>(rig.plane.tags(project.id(), BranchRig.soon()));
                tags.remove("domain");
                tree.put("tags", tags.toString());
                if (pattern == TreePattern.TENANT_PER_SCHEMA) {
                    for (var branch : rig.plane.branches(project.id(), BranchRig.soon())) {
                        tree.put(branch.id() + " schemas", schemas(project.id(), branch.id()));
                    }
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
                Awaitility.await("purging " + id)
                        .pollInterval(Duration.ofMillis(50))
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(
                                () ->
                                        assertThatCode(() -> purgeProject(id))
                                                .doesNotThrowAnyException());
            }
        }
    }

    private void purgeProject(String id) {
        var request = new DeleteProjectRequest().setName("projects/" + id).setPurge(true);
        rig.server.done(rig.server.postgres().deleteProject(request).getName());
    }

    private static String name(TreePattern pattern, Moment moment, int number) {
        return "k%d%d%03dx".formatted(pattern.ordinal(), moment.ordinal(), number);
    }

    /// Runs the trees in a process of their own until each has ended or is held by its proxy, then
    /// kills the process: SIGKILL, so no shutdown hook runs and nothing is said to anybody. Returns
    /// the domains of those that had ended.
    private Set<String> finished(TreePattern pattern, Map<String, DeadlyProxy> proxies)
            throws Exception {
        children.incrementAndGet();
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx300m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Provisioner.class.getName(),
                                rig.server.lakebase().token(),
                                rig.stateUrl,
                                pattern.name()));
        proxies.forEach((domain, proxy) -> command.addAll(List.of(domain, proxy.host())));
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var said = new ConcurrentLinkedQueue<String>();
        var reader =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        process.inputReader(StandardCharsets.UTF_8)
                                                .lines()
                                                .forEach(said::add));
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofMinutes(5))
                    .until(
                            () ->
                                    !process.isAlive()
                                            || proxies.entrySet().stream()
                                                    .allMatch(
                                                            p ->
                                                                    p.getValue().reached().isDone()
                                                                            || said.contains(
                                                                                    "done "
                                                                                            + p
                                                                                                    .getKey())));
        } finally {
            process.destroyForcibly().waitFor();
        }
        reader.join();
        assertThat(said).allMatch(line -> line.startsWith("done "));
        var finished = new TreeSet<String>();
        said.forEach(line -> finished.add(line.substring("done ".length())));
        proxies.forEach(
                (domain, proxy) ->
                        assertThat(proxy.reached().isDone())
                                .as(domain)
                                .isNotEqualTo(finished.contains(domain)));
        return finished;
    }
}
