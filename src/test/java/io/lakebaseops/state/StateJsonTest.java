package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.lakebase.acts.CreateBranchAct;
import io.lakebaseops.lakebase.acts.DeleteBranchAct;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class StateJsonTest {
    @Property(tries = 300)
    void aPlanReadBackHasTheSameFingerprintAndTheSameText(@ForAll("plans") ChangePlan plan) {
        var json = StateJson.write(plan);
        var back = StateJson.read(json, ChangePlan.class);
        assertThat(back.fingerprint()).isEqualTo(plan.fingerprint());
        assertThat(StateJson.write(back)).isEqualTo(json);
        assertThat(json).matches("\\p{ASCII}*");
    }

    @Property(tries = 200)
    void rowsReadBackPrintTheSame(@ForAll("rows") Rows rows) {
        assertThat(StateJson.read(StateJson.write(rows), Rows.class).toString())
                .isEqualTo(rows.toString());
    }

    @Test
    void anUnknownKindIsRefused() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> StateJson.read("{\"kind\":\"shell\",\"title\":\"x\"}", Step.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<Rows> rows() {
        Arbitrary<@Nullable Object> cell =
                Arbitraries.oneOf(
                                Arbitraries.strings().ofMaxLength(12).map(s -> (Object) s),
                                Arbitraries.longs().map(n -> n),
                                Arbitraries.integers().map(n -> n),
                                Arbitraries.doubles().map(d -> d),
                                Arbitraries.floats().map(f -> f),
                                Arbitraries.bigDecimals().ofScale(3).map(d -> d),
                                Arbitraries.of(
                                        true,
                                        false,
                                        new BigDecimal("1E+3"),
                                        new BigInteger("123456789012345678901234567890"),
                                        Instant.parse("2026-01-02T03:04:05.000001Z"),
                                        OffsetDateTime.of(
                                                2026, 1, 2, 3, 4, 0, 0, ZoneOffset.ofHours(2)),
                                        UUID.fromString("5f0c1a52-0c8b-4c0e-8a53-6f1f8e9d0001"),
                                        List.of("a", 1, List.of("b")),
                                        Double.NaN,
                                        1e10,
                                        "\uD800 alone"))
                        .injectNull(0.1);
        return Arbitraries.maps(Arbitraries.strings().ofMinLength(1).ofMaxLength(8), cell)
                .ofMaxSize(4)
                .list()
                .ofMaxSize(3)
                .map(
                        list ->
                                new Rows(
                                        list.stream()
                                                .map(
                                                        m ->
                                                                (Map<String, @Nullable Object>)
                                                                        new LinkedHashMap<>(m))
                                                .toList()));
    }

    @Provide
    Arbitrary<ChangePlan> plans() {
        var text = Arbitraries.strings().ofMinLength(1).ofMaxLength(20).map(s -> "x" + s);
        var sql =
                Combinators.combine(
                                text,
                                Arbitraries.of(LockLevel.values()),
                                Arbitraries.of(Reversibility.values()),
                                Arbitraries.longs().between(0, Long.MAX_VALUE),
                                text.injectNull(0.3))
                        .as(
                                (t, lock, reversibility, n, value) ->
                                        (Step)
                                                new Step.SqlStep(
                                                        t,
                                                        t,
                                                        t,
                                                        List.of(new SqlParam(t, "int8", value)),
                                                        lock,
                                                        reversibility,
                                                        n % 2 == 0,
                                                        Duration.ofNanos(n),
                                                        Duration.ofMillis(n % 100_000),
                                                        n));
        var api =
                Combinators.combine(text, Arbitraries.longs().injectNull(0.3))
                        .as(
                                (t, ttl) ->
                                        (Step)
                                                new Step.ApiStep(
                                                        t,
                                                        t.length() % 2 == 0
                                                                ? new CreateBranchAct(
                                                                        t, t, t, ttl, true)
                                                                : new DeleteBranchAct(t, t, t),
                                                        Reversibility.REVERSIBLE));
        var steps = Arbitraries.oneOf(sql, api).list().ofMinSize(1).ofMaxSize(3);
        return Combinators.combine(steps, steps, rows(), text, Arbitraries.doubles())
                .as(StateJsonTest::plan);
    }

    private static ChangePlan plan(
            List<Step> steps, List<Step> back, Rows rows, String text, double figure) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("p", figure);
        return new ChangePlan(
                new TargetId("p", "q", text),
                "tool",
                Actor.agent(text),
                "v",
                text,
                new Subject("index", null, text, null, text),
                "w",
                steps,
                new Undo(back, text, List.of(new Postcondition.BranchGone("g", text, text))),
                new ExpectedEffect(text, null, text),
                List.of(
                        new Precondition.SqlRows("d", "db", "m/q", List.of(), rows),
                        new Precondition.BranchState("b", text, text, true)),
                List.of(
                        new Postcondition.SqlFigure(
                                "f",
                                "db",
                                "m/q",
                                List.of(),
                                "c",
                                Postcondition.Comparison.AT_MOST,
                                figure),
                        new Postcondition.BranchReady("r", text, text)),
                List.of(new Evidence("m/q", params, rows, Instant.ofEpochSecond(1, 123456789))),
                null,
                text,
                Instant.ofEpochSecond(5, 1),
                Instant.ofEpochSecond(6, 999_999_999));
    }
}
