package io.lakebaseops.lakebase;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;
import io.lakebaseops.lakebase.ControlPlane.Project;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A made-up workspace of many projects that counts what it is asked, with the product's listing
/// over it.
public final class CountedWorkspace implements InvocationHandler {
    public final AtomicInteger calls = new AtomicInteger();
    public final AtomicLong nanos = new AtomicLong(1);
    public volatile boolean reachable = true;
    public volatile boolean suspends;
    volatile Runnable whileAsked = () -> {};
    public final ControlPlane plane;
    final Map<String, List<Branch>> projects = new ConcurrentHashMap<>();
    private final WorkspaceListing listing;

    public CountedWorkspace(int projects, int branches) {
        for (int p = 0; p < projects; p++) {
            var all = new ArrayList<Branch>();
            for (int b = 0; b < branches; b++) {
                all.add(branch("project-" + p, b == 0 ? "production" : "dev-" + b));
            }
            this.projects.put("project-" + p, all);
        }
        plane =
                (ControlPlane)
                        Proxy.newProxyInstance(
                                ControlPlane.class.getClassLoader(),
                                new Class<?>[] {ControlPlane.class},
                                this);
        listing = WorkspaceListing.cached(plane, nanos::get);
    }

    static Branch branch(String project, String id) {
        return new Branch(
                project,
                id,
                "uid-" + project + "-" + id,
                "READY",
                id.equals("production"),
                false,
                id.equals("production") ? null : "production",
                null,
                0,
                Instant.EPOCH);
    }

    public void later(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) {
        if (method.getName().equals("listing")) {
            return listing;
        }
        calls.incrementAndGet();
        whileAsked.run();
        if (!reachable) {
            throw new OpsException(OpsException.Kind.UNREACHABLE, "Ask", "no route", "wait");
        }
        return switch (method.getName()) {
            case "projects" ->
                    projects.keySet().stream()
                            .sorted()
                            .map(
                                    p ->
                                            new Project(
                                                    p,
                                                    "uid-" + p,
                                                    p,
                                                    "production",
                                                    Duration.ofDays(7),
                                                    Instant.EPOCH))
                            .toList();
            case "branches" -> List.copyOf(of((String) args[0]));
            case "branch" ->
                    projects.getOrDefault((String) args[0], List.of()).stream()
                            .filter(b -> b.id().equals(args[1]))
                            .findFirst();
            case "endpoints" -> List.of(endpoint((String) args[0], (String) args[1]));
            default -> throw new AssertionError(method.getName());
        };
    }

    private List<Branch> of(String project) {
        var all = projects.get(project);
        if (all == null) {
            throw new OpsException(OpsException.Kind.NOT_FOUND, "Ask", "no such project", "");
        }
        return all;
    }

    private Endpoint endpoint(String project, String branch) {
        return new Endpoint(
                project,
                branch,
                "primary",
                "projects/%s/branches/%s/endpoints/primary".formatted(project, branch),
                true,
                "ACTIVE",
                true,
                false,
                "127.0.0.1",
                5432,
                1,
                2,
                suspends ? Duration.ofMinutes(5) : null,
                null);
    }

    Optional<Branch> listed(String project, String branch) {
        return listing.branch(project, branch, io.lakebaseops.testing.TestTargets.deadline());
    }
}
