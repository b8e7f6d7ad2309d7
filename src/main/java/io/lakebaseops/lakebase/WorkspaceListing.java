package io.lakebaseops.lakebase;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;
import io.lakebaseops.lakebase.ControlPlane.Project;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The projects, branches and endpoints of one workspace as last listed. Screens, jobs and the
/// first judgement of a plan share it, so that none of them asks the control plane per event; what
/// decides whether something runs reads the control plane itself.
public final class WorkspaceListing {
    /// What others make or delete shows within this time, what we do ourselves at once.
    private static final Duration FRESH = Duration.ofSeconds(60);

    /// A compute that may suspend by itself is believed awake for one live round only: a connection
    /// made after that would wake it.
    private static final Duration AWAKE_FRESH = Duration.ofSeconds(5);

    /// A control plane that does not answer is not asked again by the next event.
    private static final Duration FAILED_FRESH = Duration.ofSeconds(15);

    private final ControlPlane plane;
    private final LongSupplier nanos;
    private final boolean kept;
    private final Slot<List<Project>> projects = new Slot<>();
    private final Map<String, Slot<List<Branch>>> branches = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Slot<List<Endpoint>>>> endpoints =
            new ConcurrentHashMap<>();

    private WorkspaceListing(ControlPlane plane, LongSupplier nanos, boolean kept) {
        this.plane = plane;
        this.nanos = nanos;
        this.kept = kept;
    }

    /// @param nanos monotonic time, as `System.nanoTime`
    public static WorkspaceListing cached(ControlPlane plane, LongSupplier nanos) {
        return new WorkspaceListing(plane, nanos, true);
    }

    /// Asks every time.
    public static WorkspaceListing live(ControlPlane plane) {
        return new WorkspaceListing(plane, System::nanoTime, false);
    }

    public List<Project> projects(Deadline deadline) {
        return projects.get(FRESH, () -> plane.projects(deadline));
    }

    public List<Branch> branches(String project, Deadline deadline) {
        return branches.computeIfAbsent(project, _ -> new Slot<>())
                .get(FRESH, () -> plane.branches(project, deadline));
    }

    /// One that the listing does not have is looked up: somebody may just have made it.
    public Optional<Branch> branch(String project, String branch, Deadline deadline) {
        if (!kept) {
            return plane.branch(project, branch, deadline);
        }
        return SdkCalls.found(() -> branches(project, deadline)).stream()
                .flatMap(List::stream)
                .filter(b -> b.id().equals(branch))
                .findFirst()
                .or(() -> plane.branch(project, branch, deadline));
    }

    public List<Endpoint> endpoints(String project, String branch, Deadline deadline) {
        var slot =
                endpoints
                        .computeIfAbsent(project, _ -> new ConcurrentHashMap<>())
                        .computeIfAbsent(branch, _ -> new Slot<>());
        var known = slot.value;
        boolean steady =
                known != null
                        && known.stream().allMatch(e -> e.settled() && e.suspendAfter() == null);
        return slot.get(
                steady ? FRESH : AWAKE_FRESH, () -> plane.endpoints(project, branch, deadline));
    }

    /// The branch as it was listed last: asks nobody, and may be old.
    public Optional<Branch> lastListed(String project, String branch) {
        var slot = branches.get(project);
        var listed = slot == null ? null : slot.value;
        return listed == null
                ? Optional.empty()
                : listed.stream().filter(b -> b.id().equals(branch)).findFirst();
    }

    /// The computes of a branch as they were listed last: asks nobody, and may be old.
    public List<Endpoint> lastComputes(String project, String branch) {
        var slot = endpoints.getOrDefault(project, Map.of()).get(branch);
        var listed = slot == null ? null : slot.value;
        return listed == null ? List.of() : listed;
    }

    /// We changed something of this project ourselves: what was listed of it no longer counts.
    public void changed(String project) {
        projects.forget();
        var listed = branches.get(project);
        if (listed != null) {
            listed.forget();
        }
        endpoints.getOrDefault(project, Map.of()).values().forEach(Slot::forget);
    }

    /// One answer and its age. One caller reads, the others wait for what it reads.
    private final class Slot<T> {
        private final ReentrantLock reading = new ReentrantLock();
        private volatile @Nullable T value;
        private volatile @Nullable OpsException failure;
        private volatile long readAt;
        private volatile long version;
        private volatile long readVersion = -1;

        T get(Duration fresh, Supplier<T> read) {
            if (!kept) {
                return read.get();
            }
            var known = known(fresh);
            if (known != null) {
                return known;
            }
            reading.lock();
            try {
                known = known(fresh);
                return known != null ? known : refreshed(read);
            } finally {
                reading.unlock();
            }
        }

        private @Nullable T known(Duration fresh) {
            if (readVersion != version) {
                return null;
            }
            var age = nanos.getAsLong() - readAt;
            var failed = failure;
            if (failed != null && age < FAILED_FRESH.toNanos()) {
                throw failed;
            }
            return failed == null && age < fresh.toNanos() ? value : null;
        }

        /// The version is that of before the question: a change meanwhile makes the answer old.
        private T refreshed(Supplier<T> read) {
            long asked = version;
            try {
                var now = read.get();
                value = now;
                failure = null;
                return now;
            } catch (OpsException e) {
                failure = e.kind() == OpsException.Kind.CANCELLED ? null : e;
                asked = failure == null ? -1 : asked;
                throw e;
            } finally {
                readAt = nanos.getAsLong();
                readVersion = asked;
            }
        }

        synchronized void forget() {
            version = version + 1;
        }
    }
}
