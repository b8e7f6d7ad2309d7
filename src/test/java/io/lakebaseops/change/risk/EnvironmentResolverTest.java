package io.lakebaseops.change.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.change.risk.ChangeContext.Environment;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ApiAct;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.WorkspaceListing;
import io.lakebaseops.lakebase.acts.CreateProjectAct;
import io.lakebaseops.lakebase.acts.CreatedResource;
import io.lakebaseops.lakebase.acts.DeleteBranchAct;
import io.lakebaseops.lakebase.acts.SetExpiryAct;
import io.lakebaseops.lakebase.acts.Standing;
import io.lakebaseops.state.CreatedResources;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Where a plan would happen, told from the listing of branches and our record of those we made.
final class EnvironmentResolverTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final Map<String, ControlPlane.Branch> branches = new HashMap<>();
    private final Map<String, CreatedResources.Entry> made = new HashMap<>();
    private boolean reachable = true;
    private boolean listed;

    private final EnvironmentResolver resolver =
            new EnvironmentResolver(
                    target -> target.profile().equals("plain") ? Optional.empty() : plane(),
                    RiskLimits.defaults(),
                    record());

    @ParameterizedTest
    @CsvSource({
        "production, PRODUCTION",
        "main, PRODUCTION",
        "staging, STAGING",
        "stage, STAGING",
        "dev-kim, OTHER",
        "ci-pr-7, OTHER"
    })
    void anOrdinaryBranchIsToldByItsName(String branch, Environment expected) {
        put(branch, false, false, null);
        assertThat(environment(plan(branch))).isEqualTo(expected);
    }

    @Test
    void aDefaultOrProtectedBranchIsProductionWhateverItsName() {
        put("dev", true, false, null);
        assertThat(environment(plan("dev"))).isEqualTo(Environment.PRODUCTION);
        put("dev", false, true, NOON);
        assertThat(environment(plan("dev"))).isEqualTo(Environment.PRODUCTION);
    }

    @Test
    void aPlainServerIsWhatThePolicySays() {
        var around = resolver.around(planOn(new TargetId("plain", "db", "h"), delete("x")));
        assertThat(around.environment()).isEqualTo(Environment.PRODUCTION);
        assertThat(around.known()).isTrue();
    }

    @Test
    void aControlPlaneThatDoesNotAnswerMeansTheWorst() {
        put("dev", false, false, null);
        reachable = false;
        for (var around : List.of(resolver.around(plan("dev")), resolver.listed(plan("dev")))) {
            assertThat(around.environment()).isEqualTo(Environment.PRODUCTION);
            assertThat(around.known()).isFalse();
        }
    }

    /// A trial's own branch: ours by its uid, made for a trial, by the tool that asks, with an end.
    @Test
    void aTrialIsABranchOfTheSameToolsTrialThatExpires() {
        put("trial", false, false, NOON);
        made("u-trial", "tool", true);
        assertThat(environment(plan("trial"))).isEqualTo(Environment.TRIAL);
        made("u-trial", "other_tool", true);
        assertThat(environment(plan("trial"))).isEqualTo(Environment.OTHER);
        made("u-trial", "tool", false);
        assertThat(environment(plan("trial"))).isEqualTo(Environment.OTHER);
        made.clear();
        made("u-another", "tool", true);
        assertThat(environment(plan("trial"))).isEqualTo(Environment.OTHER);
        made("u-trial", "tool", true);
        put("trial", false, false, null);
        assertThat(environment(plan("trial"))).isEqualTo(Environment.OTHER);
    }

    @Test
    void aProjectIsNewWhenThisPlanMakesItAndItIsNotThere() {
        var makes = new CreateProjectAct("shop", "Shop", 0.5, 1, null, true, Map.of());
        var other = new CreateProjectAct("mail", "Mail", 0.5, 1, null, true, Map.of());
        assertThat(environment(plan("production", makes))).isEqualTo(Environment.NEW);
        assertThat(environment(plan("production", other))).isEqualTo(Environment.PRODUCTION);
        assertThat(environment(plan("production", delete("x")))).isEqualTo(Environment.PRODUCTION);
        put("production", false, false, null);
        assertThat(environment(plan("production", makes))).isEqualTo(Environment.PRODUCTION);
    }

    @Test
    void eachActHasTheStandingOfItsBranch() {
        put("dev", false, false, null);
        put("ci-pr-7", false, true, NOON);
        made("u-ci-pr-7", "tool", false);
        var deletes = delete("ci-pr-7");
        var expires = new SetExpiryAct("shop", "dev", 60L);
        var around = resolver.around(plan("dev", deletes, expires));
        assertThat(around.standing(deletes))
                .satisfies(s -> assertThat(s.live()).isEqualTo(branches.get("ci-pr-7")))
                .satisfies(s -> assertThat(s.ours()).isNotNull())
                .satisfies(s -> assertThat(s.disposable()).isTrue())
                .satisfies(s -> assertThat(s.known()).isTrue())
                .satisfies(s -> assertThat(s.production()).isFalse());
        assertThat(around.standing(expires))
                .satisfies(s -> assertThat(s.live()).isEqualTo(branches.get("dev")))
                .satisfies(s -> assertThat(s.ours()).isNull())
                .satisfies(s -> assertThat(s.disposable()).isFalse());
    }

    /// The act names a uid: another branch of the same name is not the one we made.
    @Test
    void ourRecordIsAskedForTheUidThatTheActNames() {
        put("dev", false, false, null);
        made("u-dev", "tool", false);
        var meant = new DeleteBranchAct("shop", "dev", "u-gone");
        assertThat(resolver.around(plan("dev", meant)).standing(meant).ours()).isNull();
        made("u-gone", "tool", false);
        assertThat(resolver.around(plan("dev", meant)).standing(meant).ours()).isNotNull();
    }

    /// Nobody looked it up: it could be any branch, and counts as production where the target does.
    @Test
    void anActThatWasNotLookedUpIsNotKnown() {
        var act = delete("x");
        assertThat(new ChangeContext(Environment.PRODUCTION, Map.of(), true).standing(act))
                .isEqualTo(new Standing(null, false, null, false, true));
        assertThat(new ChangeContext(Environment.OTHER, Map.of(), true).standing(act))
                .isEqualTo(new Standing(null, false, null, false, false));
    }

    @Test
    void filingAsksTheListingAndDecidingTheControlPlane() {
        put("dev", false, false, null);
        resolver.listed(plan("dev"));
        assertThat(listed).isTrue();
        listed = false;
        resolver.around(plan("dev"));
        assertThat(listed).isFalse();
    }

    private Environment environment(ChangePlan plan) {
        return resolver.around(plan).environment();
    }

    private void put(
            String id, boolean isDefault, boolean isProtected, @Nullable Instant expiresAt) {
        branches.put(
                id,
                new ControlPlane.Branch(
                        "shop",
                        id,
                        "u-" + id,
                        "READY",
                        isDefault,
                        isProtected,
                        null,
                        expiresAt,
                        0,
                        NOON));
    }

    private void made(String uid, String tool, boolean trial) {
        made.put(
                uid,
                new CreatedResources.Entry(
                        UUID.randomUUID(),
                        tool,
                        new CreatedResource("shop", uid.substring(2), uid, 60L, trial)));
    }

    private CreatedResources record() {
        return new CreatedResources() {
            @Override
            public void add(String profile, Entry entry) {
                throw new AssertionError("Looking adds nothing");
            }

            @Override
            public Optional<Entry> find(String profile, String uid) {
                assertThat(profile).isEqualTo("team");
                return Optional.ofNullable(made.get(uid));
            }

            @Override
            public List<CreatedResource> of(UUID plan) {
                return List.of();
            }
        };
    }

    private Optional<ControlPlane> plane() {
        return Optional.of(
                (ControlPlane)
                        Proxy.newProxyInstance(
                                ControlPlane.class.getClassLoader(),
                                new Class<?>[] {ControlPlane.class},
                                (proxy, method, args) -> {
                                    if (method.getName().equals("listing")) {
                                        listed = true;
                                        return WorkspaceListing.live((ControlPlane) proxy);
                                    }
                                    return answer(method.getName(), args);
                                }));
    }

    private Object answer(String method, Object[] args) {
        if (!reachable) {
            throw new OpsException(OpsException.Kind.UNREACHABLE, "Ask", "no route", "wait");
        }
        return switch (method) {
            case "branch" -> Optional.ofNullable(branches.get((String) args[1]));
            case "branches" -> List.copyOf(branches.values());
            default -> throw new AssertionError(method);
        };
    }

    private static DeleteBranchAct delete(String branch) {
        return new DeleteBranchAct("shop", branch, "u-" + branch);
    }

    private static ChangePlan plan(String branch, ApiAct... acts) {
        return planOn(new TargetId("team", "shop", branch), acts);
    }

    private static ChangePlan planOn(TargetId target, ApiAct... acts) {
        List<Step> steps =
                acts.length == 0
                        ? List.of(new Step.ApiStep("x", delete("x"), Reversibility.RECOVERABLE))
                        : List.of(acts).stream()
                                .<Step>map(a -> new Step.ApiStep("x", a, Reversibility.RECOVERABLE))
                                .toList();
        return new ChangePlan(
                target,
                "tool",
                Actor.agent("a"),
                "v",
                "t",
                Subject.branch(target.branch()),
                "w",
                steps,
                Undo.none("gone"),
                new ExpectedEffect("e", "1 s", null),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                NOON,
                NOON.plusSeconds(60));
    }
}
