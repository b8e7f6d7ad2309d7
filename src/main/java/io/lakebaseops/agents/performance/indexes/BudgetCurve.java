package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.performance.indexes.IndexSelection.Choice;
import io.lakebaseops.agents.performance.indexes.IndexSelection.Problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The work that is left at each storage budget: of one table by searching its best set for smaller
/// and smaller budgets, of a database by sharing the storage out among its tables.
final class BudgetCurve {
    /// More points than this are not told apart on a screen.
    private static final int MOST_POINTS = 60;

    private static final int PER_TABLE = 12;

    private BudgetCurve() {}

    /// @param choices one of each table, in their order
    record Point(long bytes, double read, double write, List<Choice> choices) {
        Point {
            choices = List.copyOf(choices);
        }

        double work() {
            return read + IndexSelection.WRITE_WEIGHT * write;
        }
    }

    /// The best sets of one table, the largest first; each is the best for its own storage.
    static List<Choice> of(Problem problem, int mostNodes) {
        var points = new ArrayList<Choice>();
        var next = IndexSelection.best(problem, Long.MAX_VALUE, mostNodes);
        points.add(next);
        long step = next.bytes() / PER_TABLE;
        while (next.bytes() > 0 && points.size() <= PER_TABLE) {
            long budget = Math.min(next.bytes() - 1, next.bytes() - step);
            next = IndexSelection.best(problem, Math.max(0, budget), mostNodes);
            points.add(next);
        }
        return points;
    }

    /// The least work for each storage of all tables together, from the smallest on.
    static List<Point> together(List<List<Choice>> tables) {
        List<Point> all = List.of(new Point(0, 0, 0, List.of()));
        for (var table : tables) {
            var sums = new ArrayList<Point>();
            for (var before : all) {
                for (var choice : table) {
                    var choices = new ArrayList<>(before.choices());
                    choices.add(choice);
                    sums.add(
                            new Point(
                                    before.bytes() + choice.bytes(),
                                    before.read() + choice.read(),
                                    before.write() + choice.write(),
                                    choices));
                }
            }
            all = thinned(worthwhile(sums));
        }
        return all;
    }

    /// Those with less work than every smaller one.
    private static List<Point> worthwhile(List<Point> points) {
        var kept = new ArrayList<Point>();
        points.sort(Comparator.comparingLong(Point::bytes).thenComparingDouble(Point::work));
        for (var point : points) {
            if (kept.isEmpty() || point.work() < kept.getLast().work()) {
                kept.add(point);
            }
        }
        return kept;
    }

    /// The ends stay; between them those go whose storage is closest to the one before.
    private static List<Point> thinned(List<Point> points) {
        if (points.size() <= MOST_POINTS) {
            return points;
        }
        double span = points.getLast().bytes() - points.getFirst().bytes();
        var kept = new ArrayList<Point>();
        for (int i = 0; i < points.size(); i++) {
            var point = points.get(i);
            boolean end = i == 0 || i == points.size() - 1;
            if (end || point.bytes() - kept.getLast().bytes() >= span / MOST_POINTS) {
                kept.add(point);
            }
        }
        return kept;
    }
}
