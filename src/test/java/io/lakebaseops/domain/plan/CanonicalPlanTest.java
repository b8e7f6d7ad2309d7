package io.lakebaseops.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakebase.acts.ControlPlaneAct;
import io.lakebaseops.lakebase.acts.CreateBranchAct;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Every component of everything a plan holds is under its fingerprint: a component that a later
/// version adds makes these tests fail until the canonical text has it.
final class CanonicalPlanTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private static final Step.SqlStep SQL =
            new Step.SqlStep(
                    "x",
                    "db",
                    "vacuum t",
                    List.of(new SqlParam("p", "text", "v")),
                    LockLevel.NONE,
                    Reversibility.HARMLESS,
                    false,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    1 << 20);

    static ChangePlan plan(Step step, Precondition condition, Postcondition proof) {
        return new ChangePlan(
                new TargetId("p", "proj", "b"),
                "tool",
                Actor.agent("a"),
                "v",
                "t",
                Subject.index("db", "s", "t", "i"),
                "w",
                List.of(step),
                new Undo(List.of(step), "back", List.of(proof)),
                new ExpectedEffect("e", "2 s", "nobody"),
                List.of(condition),
                List.of(proof),
                List.of(),
                "f",
                "alert",
                NOON,
                NOON.plusSeconds(60),
                null);
    }

    /// Each member of each sealed family of a plan, as a plan around it.
    static Stream<Part> parts() {
        return Stream.of(
                        families(Step.class),
                        families(ControlPlaneAct.class),
                        families(Precondition.class),
                        families(Postcondition.class))
                .flatMap(s -> s)
                .map(t -> new Part(t, (Record) sample(t)));
    }

    record Part(Class<?> type, Record value) {
        ChangePlan around(Record changed) {
            return switch (changed) {
                case Step s -> plan(s, condition(), proof());
                case ApiAct a ->
                        plan(
                                new Step.ApiStep("a", a, Reversibility.REVERSIBLE),
                                condition(),
                                proof());
                case Precondition p -> plan(SQL, p, proof());
                case Postcondition p -> plan(SQL, condition(), p);
                default -> throw new AssertionError(changed);
            };
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    private static Precondition condition() {
        return new Precondition.BranchState("d", "p", "b", true);
    }

    private static Postcondition proof() {
        return new Postcondition.BranchReady("d", "p", "b");
    }

    @ParameterizedTest
    @MethodSource("parts")
    void everyComponentIsUnderTheFingerprintAndTheWork(Part part) {
        var before = part.around(part.value());
        for (var component : part.type().getRecordComponents()) {
            var after = part.around(with(part.value(), component));
            assertThat(after.fingerprint())
                    .as("%s of %s", component.getName(), part)
                    .isNotEqualTo(before.fingerprint());
            assertThat(after.work())
                    .as("%s of %s", component.getName(), part)
                    .isNotEqualTo(before.work());
        }
    }

    @ParameterizedTest
    @MethodSource("parts")
    void absentIsNotTheWordForIt(Part part) {
        for (var component : part.type().getRecordComponents()) {
            if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    && component.getType() == String.class) {
                var none = part.around(with(part.value(), component, null));
                var word = part.around(with(part.value(), component, "null"));
                assertThat(none.fingerprint()).isNotEqualTo(word.fingerprint());
            }
        }
    }

    /// What a person reads, who asked and when it ends are under the fingerprint too.
    @Test
    void everyComponentOfThePlanButItsEvidenceIsUnderTheFingerprint() {
        var before = plan(SQL, condition(), proof());
        var free = Set.of("evidence");
        var sameWork =
                Set.of(
                        "tool",
                        "proposedBy",
                        "verb",
                        "title",
                        "why",
                        "effect",
                        "evidence",
                        "findingFingerprint",
                        "alertId",
                        "createdAt",
                        "expiresAt");
        for (var component : ChangePlan.class.getRecordComponents()) {
            var after = (ChangePlan) with(before, component);
            assertThat(after.fingerprint().equals(before.fingerprint()))
                    .as(component.getName())
                    .isEqualTo(free.contains(component.getName()));
            assertThat(after.work().equals(before.work()))
                    .as("work: " + component.getName())
                    .isEqualTo(sameWork.contains(component.getName()));
        }
    }

    @Test
    void refusedFactsKnowNoSizesAndNoDates() {
        var before = plan(SQL, condition(), proof());
        var grown = plan(sized(1L << 40), condition(), proof());
        assertThat(grown.facts()).isEqualTo(before.facts());
        assertThat(grown.fingerprint()).isNotEqualTo(before.fingerprint());
        for (var component : ChangePlan.class.getRecordComponents()) {
            var after = (ChangePlan) with(before, component);
            assertThat(after.facts().equals(before.facts()))
                    .as(component.getName())
                    .isEqualTo(
                            !Set.of("target", "steps", "findingFingerprint")
                                    .contains(component.getName()));
        }
    }

    @Test
    void aTableThatGrowsALittleDoesNotMakeItAnotherPlan() {
        var nine = plan(sized(9 << 20), condition(), proof());
        assertThat(plan(sized(15 << 20), condition(), proof()).work()).isEqualTo(nine.work());
        assertThat(plan(sized(20 << 20), condition(), proof()).work()).isNotEqualTo(nine.work());
        assertThat(plan(sized(0), condition(), proof()).work())
                .isNotEqualTo(plan(sized(1), condition(), proof()).work());
    }

    @Test
    void valuesDoNotRunTogether() {
        var one = new CanonicalForm().text("a", "1;b=1:2").toString();
        var two = new CanonicalForm().text("a", "1").text("b", "2").toString();
        assertThat(one).isNotEqualTo(two);
        assertThat(new CanonicalForm().number("n", 1.0).toString())
                .isEqualTo(new CanonicalForm().number("n", 1L).toString());
        assertThat(
                        new CanonicalForm()
                                .number("n", 0L)
                                .number("m", 0.0)
                                .flag("f", false)
                                .text("t", null))
                .hasToString("");
        assertThat(new CanonicalForm().text("t", "")).hasToString("t=0:;");
    }

    private static Step.SqlStep sized(long bytes) {
        return new Step.SqlStep(
                SQL.title(),
                SQL.database(),
                SQL.sql(),
                SQL.params(),
                SQL.lock(),
                SQL.reversibility(),
                SQL.transactional(),
                SQL.lockTimeout(),
                SQL.statementTimeout(),
                bytes);
    }

    private static Stream<Class<?>> families(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(c -> c.isSealed() ? families(c) : Stream.of(c));
    }

    private static Object sample(Class<?> type) {
        return make(
                type, Arrays.stream(type.getRecordComponents()).map(c -> value(c, 0)).toArray());
    }

    private static Record with(Record record, RecordComponent changed) {
        var other = value(changed, 1);
        return with(
                record, changed, other.equals(get(record, changed)) ? value(changed, 0) : other);
    }

    private static Record with(Record record, RecordComponent changed, @Nullable Object to) {
        var values = new java.util.ArrayList<@Nullable Object>();
        for (var c : record.getClass().getRecordComponents()) {
            values.add(c.getName().equals(changed.getName()) ? to : get(record, c));
        }
        return (Record) make(record.getClass(), values.toArray());
    }

    private static @Nullable Object get(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object make(Class<?> type, @Nullable Object[] values) {
        try {
            var types =
                    Arrays.stream(type.getRecordComponents())
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Cannot make " + type, e);
        }
    }

    /// Two values per type that differ; figures differ by more than a step of two.
    private static Object value(RecordComponent component, int which) {
        var type = component.getType();
        var all = new HashMap<Class<?>, List<?>>();
        all.put(String.class, List.of("one", "two"));
        all.put(boolean.class, List.of(true, false));
        all.put(long.class, List.of(1000L, 5000L));
        all.put(int.class, List.of(7, 8));
        all.put(Long.class, List.of(1000L, 5000L));
        all.put(double.class, List.of(1.5, 2.5));
        all.put(Duration.class, List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)));
        all.put(Instant.class, List.of(NOON, NOON.plusSeconds(9)));
        all.put(UUID.class, List.of(new UUID(1, 1), new UUID(1, 2)));
        all.put(Map.class, List.of(Map.of("k", "v"), Map.of("k", "w")));
        all.put(
                Rows.class,
                List.of(new Rows(List.of(Map.of("c", 1))), new Rows(List.of(Map.of("c", 2)))));
        all.put(ApiAct.class, acts());
        all.put(ArchiveOrder.class, List.of(order("t"), order("u")));
        all.put(Postcondition.class, List.of(proof(), new Postcondition.BranchGone("d", "p", "b")));
        all.put(
                TargetId.class,
                List.of(new TargetId("p", "proj", "b"), new TargetId("p", "proj", "c")));
        all.put(Actor.class, List.of(Actor.agent("a"), Actor.human("a")));
        all.put(Subject.class, List.of(Subject.branch("a"), Subject.database("a")));
        all.put(Undo.class, List.of(Undo.none("no"), new Undo(List.of(SQL), "no", List.of())));
        all.put(
                ExpectedEffect.class,
                List.of(
                        new ExpectedEffect("e", null, null),
                        new ExpectedEffect("e", null, "others")));
        if (type == List.class) {
            return list(component, which);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[which];
        }
        var values = all.get(type);
        if (values == null) {
            throw new AssertionError("No sample for " + component);
        }
        return values.get(which);
    }

    /// The parts of an order are under the fingerprint as well as those of a step.
    @Test
    void everyComponentOfAnArchiveOrderIsUnderTheFingerprint() {
        var order = order("t");
        for (var part : List.of(order, order.pieces().getFirst(), order.columns().getFirst())) {
            for (var component : part.getClass().getRecordComponents()) {
                var after = new CanonicalForm();
                around(order, with(part, component)).canonical(after);
                var before = new CanonicalForm();
                order.canonical(before);
                assertThat(after.toString())
                        .as(component.getName())
                        .isNotEqualTo(before.toString());
            }
        }
    }

    private static ArchiveOrder around(ArchiveOrder order, Record part) {
        return switch (part) {
            case ArchiveOrder o -> o;
            case ArchiveOrder.Piece p -> ordered(order.columns(), List.of(p));
            case ArchiveOrder.Column c -> ordered(List.of(c), order.pieces());
            default -> throw new AssertionError(part);
        };
    }

    private static ArchiveOrder order(String table) {
        return ordered(
                List.of(new ArchiveOrder.Column("id", "bigint", "id", "long", false)),
                List.of(
                        new ArchiveOrder.Piece(
                                "s",
                                table,
                                false,
                                null,
                                List.of(
                                        new ArchiveOrder.Statement(
                                                ArchiveOrder.Role.READ, "select 0")))));
    }

    private static ArchiveOrder ordered(
            List<ArchiveOrder.Column> columns, List<ArchiveOrder.Piece> pieces) {
        return new ArchiveOrder(
                new UUID(1, 1),
                ArchiveOrder.Direction.ARCHIVE,
                "s",
                "t",
                "at",
                NOON,
                90,
                "lakebase_archive.s__t_cold",
                columns,
                List.of("id"),
                pieces,
                List.of(),
                10,
                5);
    }

    private static List<?> acts() {
        return List.of(
                new CreateBranchAct("p", "b", "s", null, false),
                new CreateBranchAct("p", "b", "s", 1L, false));
    }

    private static Object list(RecordComponent component, int which) {
        var of = component.getGenericType().getTypeName();
        var param = new SqlParam("a", "text", which == 0 ? null : "null");
        if (of.contains("SqlParam")) {
            return List.of(param);
        }
        if (of.contains("ArchiveOrder$Statement")) {
            return List.of(new ArchiveOrder.Statement(ArchiveOrder.Role.READ, "select " + which));
        }
        if (of.contains("ArchiveOrder$Column")) {
            return List.of(new ArchiveOrder.Column("c" + which, "int4", "c", "int", false));
        }
        if (of.contains("ArchiveOrder$Piece")) {
            return order("p" + which).pieces();
        }
        if (of.contains("Statement")) {
            return List.of(new Step.ScriptStep.Statement("select 1", List.of(param)));
        }
        if (of.contains("plan.Step")) {
            return List.of(sized(which == 0 ? 1 : 1 << 20), SQL).subList(0, 1 + which);
        }
        if (of.contains("Precondition")) {
            return which == 0 ? List.of() : List.of(condition());
        }
        if (of.contains("Postcondition")) {
            return which == 0 ? List.of() : List.of(proof());
        }
        if (of.contains("Evidence")) {
            return List.of();
        }
        return List.of("p" + which);
    }
}
