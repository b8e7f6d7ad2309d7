package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// Which table autovacuum vacuums when, and how many dead rows each carries meanwhile: a simulation
/// of the launcher, its workers and the cost limit they share (autovacuum.c), at measured rates. A
/// worker is launched once a nap time, takes the tables that are past their limit then in catalog
/// order, leaves out those another worker is at, and removes what was dead when it began.
///
/// @param runs in the order in which they begin
/// @param hours that were simulated; fewer than asked where too much happens in them
public record AutovacuumSchedule(List<Run> runs, Map<String, Course> courses, double hours) {
    /// More say nothing more to anybody.
    private static final int MOST_RUNS = 5_000;

    private static final int MOST_TICKS = 200_000;

    public AutovacuumSchedule {
        runs = List.copyOf(runs);
        courses = Map.copyOf(courses);
    }

    public Course of(String table) {
        return courses.getOrDefault(table, new Course(List.of(), 0, 0));
    }

    /// Hours it waited for a worker at most.
    public double waited(String table) {
        return runs.stream()
                .filter(r -> r.table().equals(table))
                .mapToDouble(Run::waitedHours)
                .max()
                .orElse(0);
    }

    /// @param waitedHours since the limit was passed
    public record Run(String table, double begin, double end, double waitedHours, double removed) {}

    /// @param peak dead rows at most
    public record Course(List<Point> points, int runs, double peak) {
        public Course {
            points = List.copyOf(points);
        }
    }

    /// @param hours from now
    public record Point(double hours, double deadRows) {}

    /// @param limit dead rows above which it is vacuumed
    /// @param bytes of the table, and `indexBytes` of its indexes
    public record Load(
            String table,
            double dead,
            double deadPerHour,
            double limit,
            double bytes,
            double indexBytes) {
        private static final double PAGE = 8192;

        /// What a worker gets through when no cost limit slows it.
        private static final double BYTES_PER_SECOND = 200 << 20;

        private static final int HIT = 1;

        Load limited(double rows) {
            return new Load(table, dead, deadPerHour, rows, bytes, indexBytes);
        }

        /// A run that begins at once takes what is there: from the first limit on it is a saw.
        Load cleaned() {
            return new Load(table, Math.min(dead, limit), deadPerHour, limit, bytes, indexBytes);
        }

        /// Pages that hold a dead row are read and written, the indexes are read.
        double workHours(double removes, Server server) {
            double pages = bytes / PAGE;
            double dirty = pages * (1 - Math.exp(-removes / Math.max(1, pages)));
            double indexPages = indexBytes / PAGE;
            double indexDirty = indexPages * (1 - Math.exp(-removes / Math.max(1, indexPages)));
            double cost =
                    dirty * (server.missCost() + server.dirtyCost() + HIT)
                            + indexPages * server.missCost()
                            + indexDirty * server.dirtyCost();
            double slowed = server.costPerSecond() <= 0 ? 0 : cost / server.costPerSecond();
            return Math.max(slowed, (dirty * PAGE + indexBytes) / BYTES_PER_SECOND) / 3_600;
        }
    }

    /// The server's autovacuum settings.
    ///
    /// @param costPerSecond that all workers share; 0 when nothing slows them
    public record Server(
            int workers, Duration nap, double costPerSecond, double missCost, double dirtyCost) {
        double napHours() {
            return Math.max(1, nap.toMillis()) / 3_600_000.0;
        }

        static Server of(
                long workers,
                Duration nap,
                double costLimit,
                double costDelayMillis,
                double missCost,
                double dirtyCost) {
            return new Server(
                    (int) Math.max(1, workers),
                    nap,
                    costDelayMillis <= 0 ? 0 : costLimit / costDelayMillis * 1_000,
                    missCost,
                    dirtyCost);
        }
    }

    /// @param loads in catalog order
    static AutovacuumSchedule of(List<Load> loads, Server server, Duration span) {
        var clock = new Simulation(loads, server, span.toMillis() / 3_600_000.0);
        return clock.run();
    }

    /// The state of one simulation.
    private static final class Simulation {
        private final Server server;
        private final double until;
        private final List<Table> tables = new ArrayList<>();
        private final List<Worker> workers = new ArrayList<>();
        private final List<Run> runs = new ArrayList<>();
        private double now;

        Simulation(List<Load> loads, Server server, double until) {
            this.server = server;
            this.until = until;
            loads.forEach(l -> tables.add(new Table(l)));
        }

        AutovacuumSchedule run() {
            // Nobody knows how much of the present nap is over.
            double tick = server.napHours() / 2;
            for (int ticks = 0; ticks < MOST_TICKS && runs.size() < MOST_RUNS; ticks++) {
                work(Math.min(tick, until));
                if (tick >= until) {
                    break;
                }
                launch();
                tick += server.napHours() * Math.max(1, idleNaps());
            }
            double hours = Math.min(now, until);
            var courses = new HashMap<String, Course>();
            for (var t : tables) {
                t.points.add(new Point(hours, t.dead(hours)));
                courses.put(
                        t.load.table(),
                        new Course(t.points, t.runs, Math.max(t.peak, t.dead(hours))));
            }
            runs.sort((a, b) -> Double.compare(a.begin(), b.begin()));
            return new AutovacuumSchedule(runs, courses, hours);
        }

        /// While nobody works, nothing happens before the next table passes its limit.
        private double idleNaps() {
            if (!workers.isEmpty()) {
                return 1;
            }
            double first = Double.POSITIVE_INFINITY;
            for (var t : tables) {
                first = Math.min(first, t.passes());
            }
            double naps = Math.floor((Math.min(first, until) - now) / server.napHours());
            return Math.clamp(naps, 1, 1e7);
        }

        private void launch() {
            if (workers.size() >= server.workers()) {
                return;
            }
            var worker = new Worker(new ArrayDeque<>());
            for (var t : tables) {
                if (t.due(now) && !t.vacuumed) {
                    worker.list.add(t);
                }
            }
            if (begin(worker)) {
                workers.add(worker);
            }
        }

        /// The next of its list that is still due and free.
        private boolean begin(Worker worker) {
            while (!worker.list.isEmpty()) {
                var t = worker.list.remove();
                if (t.due(now) && !t.vacuumed) {
                    t.vacuumed = true;
                    worker.table = t;
                    worker.began = now;
                    worker.removes = t.dead(now);
                    worker.left = t.load.workHours(worker.removes, server);
                    return true;
                }
            }
            return false;
        }

        /// All that happens until then: workers end tables and take the next ones.
        private void work(double then) {
            while (!workers.isEmpty()) {
                // The cost limit is divided among those at work.
                double share = 1.0 / workers.size();
                Worker first = workers.getFirst();
                for (var w : workers) {
                    first = w.left < first.left ? w : first;
                }
                double ends = now + first.left / share;
                double step = Math.min(ends, then) - now;
                for (var w : workers) {
                    w.left -= step * share;
                }
                now += step;
                if (ends > then) {
                    return;
                }
                end(first);
                if (!begin(first)) {
                    workers.remove(first);
                }
            }
            now = then;
        }

        private void end(Worker worker) {
            var t = worker.table;
            if (t == null) {
                return;
            }
            runs.add(
                    new Run(
                            t.load.table(),
                            worker.began,
                            now,
                            Math.max(0, worker.began - t.passes()),
                            worker.removes));
            t.removed(worker.removes, now);
            t.vacuumed = false;
        }
    }

    private static final class Worker {
        private final Queue<Table> list;
        private @Nullable Table table;
        private double began;
        private double removes;
        private double left;

        Worker(Queue<Table> list) {
            this.list = list;
        }
    }

    private static final class Table {
        private final Load load;
        private final List<Point> points = new ArrayList<>();
        private double base;
        private double since;
        private double peak;
        private int runs;
        private boolean vacuumed;

        Table(Load load) {
            this.load = load;
            base = load.dead();
            peak = base;
            points.add(new Point(0, base));
        }

        double dead(double at) {
            return base + load.deadPerHour() * (at - since);
        }

        boolean due(double at) {
            return dead(at) > load.limit();
        }

        /// When its limit is, or was, passed; a run removes what died until it began.
        double passes() {
            return load.deadPerHour() <= 0
                    ? base > load.limit() ? since : Double.POSITIVE_INFINITY
                    : since + Math.max(0, (load.limit() - base) / load.deadPerHour());
        }

        void removed(double rows, double at) {
            double before = dead(at);
            peak = Math.max(peak, before);
            points.add(new Point(at, before));
            base = Math.max(0, before - rows);
            since = at;
            points.add(new Point(at, base));
            runs++;
        }
    }
}
