package io.lakebaseops.agents.performance.indexes;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Exact search for the best set of indexes of one table by branch and bound: of all sets that fit
/// the storage, those whose work comes close to the least; of these the fewest indexes, then the
/// fewest that must be built, then the least writing, reading and storage. Pure, so that it can be
/// held against trying every set.
final class IndexSelection {
    /// Time that reading must save for each that writing costs: plans are estimates, writes are
    /// not.
    static final double WRITE_WEIGHT = 1.5;

    /// Work within this share of the least counts as the same: planners do not estimate closer.
    static final double CLOSE = 0.02;

    private static final double ROUNDING = 1e-9;

    private final Problem problem;
    private final long budget;
    private final int[] order;
    private final double[][] least;
    private final int mostNodes;
    private int nodes;
    private boolean capped;
    private double leastWork = Double.POSITIVE_INFINITY;
    private double limit;
    private @Nullable Choice best;

    private IndexSelection(Problem problem, long budget, int mostNodes) {
        this.problem = problem;
        this.budget = budget;
        this.mostNodes = mostNodes;
        order = order(problem);
        least = new double[order.length + 1][];
        least[order.length] = new double[problem.plain().length];
        Arrays.fill(least[order.length], Double.POSITIVE_INFINITY);
        for (int k = order.length - 1; k >= 0; k--) {
            least[k] = lower(least[k + 1], problem.options().get(order[k]).reads());
        }
    }

    /// An index that could be there.
    ///
    /// @param reads time of each statement when it is the only one
    /// @param write time that maintaining it costs
    /// @param built it is not there yet
    record Option(double[] reads, double write, long bytes, boolean built) {}

    /// @param plain time of each statement with none of them
    /// @param toll what one to be built must save besides, so that storage is not spent on trifles
    record Problem(double[] plain, List<Option> options, double toll) {
        Problem {
            options = List.copyOf(options);
        }

        /// A statement takes the index that serves it best.
        Choice choice(List<Integer> chosen, boolean proven) {
            var reads = plain;
            double write = 0;
            long bytes = 0;
            int built = 0;
            for (int i : chosen) {
                var option = options.get(i);
                reads = lower(reads, option.reads());
                write += option.write();
                bytes += option.bytes();
                built += option.built() ? 1 : 0;
            }
            return new Choice(
                    chosen.stream().sorted().toList(),
                    sum(reads),
                    write,
                    bytes,
                    built,
                    built * toll,
                    proven);
        }
    }

    /// @param options by their places in the problem
    /// @param proven false when the search was cut short: a better set may exist
    record Choice(
            List<Integer> options,
            double read,
            double write,
            long bytes,
            int built,
            double toll,
            boolean proven) {
        static final Comparator<Choice> GOALS =
                Comparator.comparingInt((Choice c) -> c.options().size())
                        .thenComparingInt(Choice::built)
                        .thenComparingDouble(Choice::write)
                        .thenComparingDouble(Choice::read)
                        .thenComparingLong(Choice::bytes)
                        .thenComparing(Choice::options, IndexSelection::byPlaces);

        Choice {
            options = List.copyOf(options);
        }

        double work() {
            return read + WRITE_WEIGHT * write + toll;
        }
    }

    /// @param budget bytes that the chosen options may take together
    /// @param mostNodes sets looked at before the search gives up
    static Choice best(Problem problem, long budget, int mostNodes) {
        return new IndexSelection(problem, budget, mostNodes).search();
    }

    private Choice search() {
        greedy();
        var open = problem.plain();
        descend(0, open, 0, 0, new ArrayList<>(), false);
        limit = leastWork * (1 + CLOSE) + ROUNDING;
        boolean cut = capped;
        nodes = 0;
        capped = false;
        var found = best;
        if (found != null && found.work() > limit) {
            best = null;
        }
        descend(0, open, 0, 0, new ArrayList<>(), true);
        var chosen = best == null ? problem.choice(List.of(), false) : best;
        return problem.choice(chosen.options(), !cut && !capped);
    }

    /// A good set to begin with, so that much is cut off early.
    private void greedy() {
        var chosen = new ArrayList<Integer>();
        var now = problem.choice(chosen, true);
        consider(now);
        for (boolean better = true; better; ) {
            better = false;
            var before = now;
            for (int i = 0; i < problem.options().size(); i++) {
                if (!chosen.contains(i)) {
                    var more = new ArrayList<>(chosen);
                    more.add(i);
                    var next = problem.choice(more, true);
                    if (next.bytes() <= budget && next.work() < now.work()) {
                        now = next;
                    }
                }
            }
            if (now != before) {
                better = true;
                chosen.clear();
                chosen.addAll(now.options());
                consider(now);
            }
        }
    }

    private void consider(Choice choice) {
        if (choice.work() < leastWork) {
            leastWork = choice.work();
            best = choice;
        }
    }

    /// @param goals false while the least work is looked for, true for the best within its limit
    private void descend(
            int depth,
            double[] reads,
            double write,
            long bytes,
            List<Integer> chosen,
            boolean goals) {
        if (++nodes > mostNodes) {
            capped = true;
            return;
        }
        double bound =
                sum(lower(reads, least[depth]))
                        + WRITE_WEIGHT * write
                        + built(chosen) * problem.toll();
        if (goals ? bound > limit || worse(chosen, write) : bound >= leastWork - ROUNDING) {
            return;
        }
        if (depth == order.length) {
            reached(chosen, goals);
            return;
        }
        int i = order[depth];
        var option = problem.options().get(i);
        if (bytes + option.bytes() <= budget) {
            chosen.add(i);
            descend(
                    depth + 1,
                    lower(reads, option.reads()),
                    write + option.write(),
                    bytes + option.bytes(),
                    chosen,
                    goals);
            chosen.removeLast();
        }
        descend(depth + 1, reads, write, bytes, chosen, goals);
    }

    private void reached(List<Integer> chosen, boolean goals) {
        var choice = problem.choice(chosen, true);
        if (!goals) {
            consider(choice);
        } else if (choice.work() <= limit && (best == null || less(choice, best))) {
            best = choice;
        }
    }

    private static boolean less(Choice one, Choice other) {
        return Choice.GOALS.compare(one, other) < 0;
    }

    /// More indexes and more writing only come to it, never away.
    private boolean worse(List<Integer> chosen, double write) {
        if (best == null) {
            return false;
        }
        int by = Integer.compare(chosen.size(), best.options().size());
        if (by == 0) {
            by = Long.compare(built(chosen), best.built());
        }
        return by > 0 || by == 0 && write > best.write() + ROUNDING;
    }

    private long built(List<Integer> chosen) {
        return chosen.stream().filter(i -> problem.options().get(i).built()).count();
    }

    /// Those first that alone save most.
    private static int[] order(Problem problem) {
        double plain = sum(problem.plain());
        return IntStream.range(0, problem.options().size())
                .boxed()
                .sorted(
                        Comparator.comparingDouble(
                                i -> {
                                    var o = problem.options().get(i);
                                    double saved = plain - sum(lower(problem.plain(), o.reads()));
                                    return WRITE_WEIGHT * o.write() - saved;
                                }))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double[] lower(double[] a, double[] b) {
        var all = new double[a.length];
        for (int s = 0; s < all.length; s++) {
            all[s] = Math.min(a[s], b[s]);
        }
        return all;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static int byPlaces(List<Integer> a, List<Integer> b) {
        return Arrays.compare(
                a.stream().mapToInt(Integer::intValue).toArray(),
                b.stream().mapToInt(Integer::intValue).toArray());
    }
}
