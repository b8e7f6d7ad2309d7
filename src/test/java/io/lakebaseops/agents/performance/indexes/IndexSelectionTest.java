package io.lakebaseops.agents.performance.indexes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.indexes.IndexSelection.Choice;
import io.lakebaseops.agents.performance.indexes.IndexSelection.Option;
import io.lakebaseops.agents.performance.indexes.IndexSelection.Problem;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class IndexSelectionTest {
    private static final int NODES = 5_000_000;

    /// Whole numbers, so that every order of adding gives the same sum.
    private static Problem random(Random random, int options, int statements) {
        var plain = IntStream.range(0, statements).mapToDouble(_ -> 50 + random.nextInt(900));
        var without = plain.toArray();
        var all = new ArrayList<Option>();
        for (int i = 0; i < options; i++) {
            var reads = without.clone();
            for (int s = 0; s < statements; s++) {
                if (random.nextInt(3) == 0) {
                    reads[s] = 1 + random.nextInt((int) without[s]);
                }
            }
            all.add(
                    new Option(
                            reads,
                            2 * random.nextInt(60),
                            8192L * (1 + random.nextInt(500)),
                            random.nextBoolean()));
        }
        return new Problem(without, all, random.nextInt(40));
    }

    /// By trying every set.
    private static Choice bruteForce(Problem problem, long budget) {
        int sets = 1 << problem.options().size();
        var fitting =
                IntStream.range(0, sets)
                        .mapToObj(
                                bits ->
                                        problem.choice(
                                                IntStream.range(0, problem.options().size())
                                                        .filter(i -> (bits & 1 << i) != 0)
                                                        .boxed()
                                                        .toList(),
                                                true))
                        .filter(c -> c.bytes() <= budget)
                        .toList();
        double least = fitting.stream().mapToDouble(Choice::work).min().orElseThrow();
        return fitting.stream()
                .filter(c -> c.work() <= least * (1 + IndexSelection.CLOSE) + 1e-9)
                .min(Choice.GOALS)
                .orElseThrow();
    }

    @Test
    void theSearchFindsWhatTryingEverySetFinds() {
        var random = new Random(7);
        int chosen = 0;
        for (int instance = 0; instance < 60; instance++) {
            var problem = random(random, 4 + instance % 11, 3 + random.nextInt(12));
            long all = problem.options().stream().mapToLong(Option::bytes).sum();
            for (long budget : List.of(Long.MAX_VALUE, all / 2, all / 6)) {
                var found = IndexSelection.best(problem, budget, NODES);
                assertThat(found)
                        .as("instance %d, budget %d", instance, budget)
                        .isEqualTo(bruteForce(problem, budget));
                chosen += found.options().size();
            }
        }
        System.out.printf("180 searches equal to brute force, %d indexes chosen%n", chosen);
        assertThat(chosen).isGreaterThan(180);
    }

    @Test
    void aSearchThatIsCutShortSaysSo() {
        var problem = random(new Random(3), 40, 30);
        var found = IndexSelection.best(problem, Long.MAX_VALUE, 50);
        assertThat(found.proven()).isFalse();
        assertThat(found.work()).isLessThan(problem.choice(List.of(), true).work());
        System.out.printf("cut short after 50 sets: %s%n", found);
    }

    @Test
    void anIndexThatCostsMoreThanItSavesGoesAndOneOfTwoEqualOnesStays() {
        var problem =
                new Problem(
                        new double[] {100, 100},
                        List.of(
                                new Option(new double[] {10, 100}, 3, 8192, false),
                                new Option(new double[] {10, 100}, 2, 8192, true),
                                new Option(new double[] {100, 70}, 40, 8192, false)),
                        0);
        var found = IndexSelection.best(problem, Long.MAX_VALUE, NODES);
        assertThat(found.options()).as("the one that is there").containsExactly(0);
        assertThat(found.proven()).isTrue();
    }

    @Test
    void theCurveFallsWithStorageAndItsPointsAreTheBestOfTheirTables() {
        var random = new Random(11);
        var tables = new ArrayList<List<Choice>>();
        for (int t = 0; t < 4; t++) {
            tables.add(BudgetCurve.of(random(random, 10, 8), NODES));
        }
        var curve = BudgetCurve.together(tables);
        assertThat(curve.getFirst().bytes()).isZero();
        for (int i = 1; i < curve.size(); i++) {
            assertThat(curve.get(i).bytes()).isGreaterThan(curve.get(i - 1).bytes());
            assertThat(curve.get(i).work()).isLessThan(curve.get(i - 1).work());
            assertThat(curve.get(i).choices()).hasSize(4);
        }
        double most = tables.stream().mapToDouble(t -> t.getFirst().work()).sum();
        assertThat(curve.getLast().work()).isLessThanOrEqualTo(most * (1 + IndexSelection.CLOSE));
        assertThat(curve.size()).isLessThanOrEqualTo(62);
    }
}
