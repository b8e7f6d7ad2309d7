package io.lakebaseops.change.risk;

import static io.lakebaseops.change.risk.ChangeContext.Environment.OTHER;
import static io.lakebaseops.change.risk.ChangeContext.Environment.PRODUCTION;
import static io.lakebaseops.domain.plan.RiskLevel.HIGH;
import static io.lakebaseops.domain.plan.RiskLevel.LOW;
import static io.lakebaseops.domain.plan.RiskLevel.MEDIUM;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ApiAct;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.acts.CreateBranchAct;
import io.lakebaseops.lakebase.acts.CreatedResource;
import io.lakebaseops.lakebase.acts.DeleteBranchAct;
import io.lakebaseops.lakebase.acts.EnsureRoleAct;
import io.lakebaseops.lakebase.acts.GrantOnCatalogAct;
import io.lakebaseops.lakebase.acts.RegisterCatalogAct;
import io.lakebaseops.lakebase.acts.SetExpiryAct;
import io.lakebaseops.lakebase.acts.Standing;
import io.lakebaseops.lakebase.acts.UnregisterCatalogAct;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

class RiskPolicyTest {
    private static final long GIB = 1L << 30;

    private final RiskPolicy policy = RiskPolicy.standard();

    @Test
    void vacuumIsLowEvenOnLargeTablesInProduction() {
        assertThat(risk(sql("vacuum (analyze) \"t\"", 500 * GIB), PRODUCTION).level())
                .isEqualTo(LOW);
    }

    @Test
    void freezingIsMedium() {
        assertThat(risk(sql("vacuum (freeze, analyze) t", GIB), PRODUCTION).level())
                .isEqualTo(MEDIUM);
    }

    @Test
    void droppingAnIndexConcurrentlyIsMediumWithAnUndoAndHighWithout() {
        var drop = sql("drop index concurrently s.i", GIB);
        assertThat(risk(drop, PRODUCTION).level()).isEqualTo(MEDIUM);
        assertThat(policy.assess(plan(drop, Undo.none("lost")), around(OTHER)))
                .satisfies(r -> assertThat(r.level()).isEqualTo(HIGH))
                .satisfies(r -> assertThat(r.reasons().getFirst()).contains("no undo"));
    }

    /// The change that it takes back can be made again.
    @Test
    void anUndoNeedsNoWayBackOfItsOwnButIsNeverLow() {
        var build = plan(sql("create index concurrently i on t (a)", 1), Undo.none("file again"));
        assertThat(policy.assess(build, around(OTHER)).level()).isEqualTo(HIGH);
        assertThat(policy.assess(undo(build), around(PRODUCTION)).level()).isEqualTo(MEDIUM);
        var drop = plan(sql("drop table t", 1), Undo.none("lost"));
        assertThat(policy.assess(undo(drop), around(OTHER)).level()).isEqualTo(HIGH);
    }

    private static ChangePlan undo(ChangePlan plan) {
        return new ChangePlan(
                plan.target(),
                plan.tool(),
                plan.proposedBy(),
                plan.verb(),
                plan.title(),
                plan.subject(),
                plan.why(),
                plan.steps(),
                plan.undo(),
                plan.effect(),
                plan.preconditions(),
                plan.proofs(),
                plan.evidence(),
                null,
                null,
                plan.createdAt(),
                plan.expiresAt(),
                UUID.fromString("00000000-0000-0000-0000-000000000001"));
    }

    @Test
    void buildingAnIndexIsMediumAndHighWhereItBlocksProductionOrALargeTable() {
        assertThat(risk(sql("create index concurrently i on t (a)", 9 * GIB), PRODUCTION).level())
                .isEqualTo(MEDIUM);
        assertThat(risk(sql("create index i on t (a)", 1), OTHER).level()).isEqualTo(MEDIUM);
        assertThat(risk(sql("create index i on t (a)", 1), PRODUCTION).level()).isEqualTo(HIGH);
        assertThat(risk(sql("create index i on t (a)", GIB), OTHER).level()).isEqualTo(HIGH);
    }

    @Test
    void aClaimOfTheCallerNeverLowersWhatTheTextSays() {
        assertThat(risk(sql("drop table t", 0), OTHER).level()).isEqualTo(HIGH);
        assertThat(risk(sql("vacuum full t", 0), OTHER).level()).isEqualTo(HIGH);
        assertThat(risk(sql("select harmless()", 0), OTHER).level()).isEqualTo(HIGH);
    }

    @Test
    void aStrongerClaimOfTheCallerCounts() {
        var step =
                new Step.SqlStep(
                        "x",
                        "db",
                        "vacuum t",
                        List.of(),
                        LockLevel.ACCESS_EXCLUSIVE,
                        Reversibility.HARMLESS,
                        false,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        0);
        assertThat(risk(step, PRODUCTION).level()).isEqualTo(HIGH);
    }

    @Test
    void onlyOurOwnStatementMayEndSessionsWithoutAPerson() {
        var sql = "select pg_terminate_backend(pid) from pg_stat_activity where pid = 1";
        for (var state : List.of("", " and state = 'idle'", " and state = :state")) {
            var step = sql(sql + state, 0, new SqlParam("state", "text", "idle"));
            assertThat(risk(step, OTHER).level()).isEqualTo(HIGH);
            assertThat(risk(step, OTHER).reasons())
                    .contains("sessions are ended by a statement that is not ours");
        }
    }

    /// Of all our named statements; a query is HIGH, should it ever stand in a plan.
    @Test
    void ourOwnStatementsComeToTheRiskTheyWereWrittenFor() {
        var low =
                Set.of(
                        "maintenance/vacuum_analyze",
                        "maintenance/analyze_table",
                        "connections/end_idle_session",
                        "governance/create_reader_role",
                        "migration/record");
        var medium =
                Set.of(
                        "maintenance/vacuum_freeze",
                        "maintenance/disable_autovacuum",
                        "maintenance/enable_autovacuum",
                        "maintenance/reset_autovacuum_scale_factor",
                        "maintenance/reset_autovacuum_threshold",
                        "maintenance/set_autovacuum_threshold",
                        "maintenance/set_autovacuum_scale_factor",
                        "governance/create_rls_schema",
                        "governance/create_tenant_roles",
                        "migration/create_history",
                        "provisioning/create_schema",
                        "connections/end_idle_transaction",
                        "change/drop_half_built_index",
                        "indexes/drop_index_concurrently",
                        "indexes/create_index_concurrently",
                        "indexes/reindex_concurrently",
                        "indexes/attach_index");
        var library = SqlLibrary.fromClassPath();
        for (var file : library.all()) {
            var name = file.name().path();
            var idents = new HashMap<String, Ident>();
            file.idents().forEach(i -> idents.put(i, named(name, i)));
            if (file.extensions().isEmpty()) {
                var text = library.render(file.name(), idents).text();
                var level = risk(sql(text, 0), PRODUCTION).level();
                var expected = low.contains(name) ? LOW : medium.contains(name) ? MEDIUM : HIGH;
                assertThat(level).as(name).isEqualTo(expected);
            }
        }
    }

    /// A name of its own for what is made or belongs to a table, else a qualified one.
    private static Ident named(String file, String ident) {
        boolean made = file.contains("create_index") || file.contains("index_history");
        boolean qualified =
                ident.equals("table")
                        || ident.equals("parent_index")
                        || (ident.equals("index") && !made);
        return qualified ? Ident.of("S", "x\"y") : Ident.of("x\"y");
    }

    @Test
    void aStatementOutsideATransactionMustNotClaimToBeInOne() {
        var claimed =
                new Step.SqlStep(
                        "x",
                        "db",
                        "drop index concurrently i",
                        List.of(),
                        LockLevel.NONE,
                        Reversibility.REVERSIBLE,
                        true,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        0);
        assertThat(risk(claimed, OTHER).level()).isEqualTo(HIGH);
    }

    @Test
    void branchesAreCheapToMakeAndOnlyEphemeralOnesCheapToDelete() {
        var create =
                new Step.ApiStep(
                        "Create",
                        new CreateBranchAct("p", "ci-pr-7", "staging", 3600L, false),
                        Reversibility.REVERSIBLE);
        assertThat(risk(create, PRODUCTION).level()).isEqualTo(LOW);
        var end = Instant.EPOCH;
        assertThat(deletion(branch(false, false, end), made(3600L))).isEqualTo(LOW);
        assertThat(deletion(branch(false, false, end), null)).isEqualTo(HIGH);
        assertThat(deletion(branch(false, false, end), made(null))).isEqualTo(HIGH);
        // A person took its end off since.
        assertThat(deletion(branch(false, false, null), made(3600L))).isEqualTo(HIGH);
        assertThat(deletion(branch(false, true, end), made(3600L))).isEqualTo(HIGH);
        assertThat(deletion(branch(true, false, end), made(3600L))).isEqualTo(HIGH);
    }

    @Test
    void anEndIsSetByItselfOnlyOnWhatWeMadeToEnd() {
        var live = branch(false, false, Instant.EPOCH);
        var endless = branch(false, false, null);
        assertThat(expiry(3600L, live, made(3600L))).isEqualTo(LOW);
        assertThat(expiry(null, live, null)).isEqualTo(LOW);
        assertThat(expiry(30 * 86_400L, endless, null)).isEqualTo(MEDIUM);
        assertThat(expiry(3 * 86_400L, endless, null)).isEqualTo(MEDIUM);
        assertThat(expiry(3 * 86_400L - 1, endless, null)).isEqualTo(HIGH);
        assertThat(expiry(3600L, endless, made(3600L))).isEqualTo(HIGH);
        assertThat(expiry(86_400L * 9, endless, made(null))).isEqualTo(MEDIUM);
    }

    @Test
    void aRoleIsHighWhereItIsPowerfulOrInProduction() {
        var dev = branch(false, false, null);
        assertThat(touching(role(false, false), dev, null)).isEqualTo(MEDIUM);
        assertThat(touching(role(true, false), dev, null)).isEqualTo(HIGH);
        assertThat(touching(role(false, true), dev, null)).isEqualTo(HIGH);
        assertThat(touching(role(false, false), branch(false, true, null), null)).isEqualTo(HIGH);
        assertThat(touching(role(false, false), branch(true, false, null), null)).isEqualTo(HIGH);
    }

    @Test
    void everyRuleOfAnActIsInThePolicy() {
        // One that is missing counts as HIGH, which may be meant; here each was thought about.
        var known = RiskLimits.defaults().acts().keySet();
        assertThat(known)
                .contains(
                        "create_branch",
                        "delete_own_branch",
                        "purge_own_branch",
                        "expire_own_branch",
                        "remove_expiry",
                        "ensure_role");
        assertThat(RiskLimits.defaults().act("no_such_rule")).isEqualTo(HIGH);
    }

    @Test
    void whatCannotBeAskedIsTakenForTheWorst() {
        var delete =
                new Step.ApiStep(
                        "Delete",
                        new DeleteBranchAct("p", "ci-pr-7", "u"),
                        Reversibility.IRREVERSIBLE);
        var blind = new ChangeContext(PRODUCTION, Map.of(), false);
        assertThat(policy.assess(plan(delete, Undo.none("")), blind).level()).isEqualTo(HIGH);
    }

    @Test
    void theWorstStepDecidesAndAllReasonsAreGiven() {
        var plan = plan(List.of(sql("vacuum t", 0), sql("drop table t", 0)), Undo.none("lost"));
        var risk = policy.assess(plan, around(PRODUCTION));
        assertThat(risk.level()).isEqualTo(HIGH);
        assertThat(risk.reasons())
                .contains("it cannot be undone", "blocks reads and writes in production");
    }

    @Test
    void aTenantsRowIsReversibleOnlyByTheDeletionOfThatVeryRow() {
        var library = SqlLibrary.fromClassPath();
        var maps = library.render(SqlName.of("governance/map_tenant"), Map.of()).text();
        var unmaps = library.render(SqlName.of("governance/unmap_tenant"), Map.of()).text();
        var mine = new SqlParam("tenant", "text", "acme");
        var other = new SqlParam("tenant", "text", "globex");
        var row = sql(maps, 0, mine);
        assertThat(reasons(row, sql(unmaps, 0, mine)))
                .noneMatch(r -> r.contains("undone"))
                .noneMatch(r -> r.contains("does not take"));
        for (var back : List.of(sql(unmaps, 0, other), sql("delete from t", 0, mine))) {
            assertThat(reasons(row, back))
                    .contains("the plan's undo does not take this row away again");
        }
        assertThat(reasons(sql(maps + " on conflict do nothing", 0, mine), sql(unmaps, 0, mine)))
                .contains("it cannot be undone");
    }

    /// Nobody is in a role that the same plan makes; in any other somebody may be.
    @Test
    void aRoleReadsWithoutAPersonOnlyWhenThePlanMakesIt() {
        var library = SqlLibrary.fromClassPath();
        var makes = SqlName.of("governance/create_reader_role");
        var made = sql(library.render(makes, Map.of("role", Ident.of("reader"))).text(), 0);
        var other = sql(library.render(makes, Map.of("role", Ident.of("other"))).text(), 0);
        var grant = sql("grant select on table s.t to reader", 0);
        assertThat(grants(List.of(made, grant)).level()).isEqualTo(LOW);
        assertThat(grants(List.of(made, grant)).reasons())
                .contains("it lets a role read that nobody is in yet");
        for (var steps :
                List.of(
                        List.of(grant),
                        List.of(other, grant),
                        List.of(sql("create role reader nologin in role app", 0), grant),
                        List.of(made, sql("grant select on table s.t to \"Reader\"", 0)))) {
            assertThat(grants(steps).level()).isNotEqualTo(LOW);
            assertThat(grants(steps).reasons())
                    .contains("whoever is in the role reads more from now on");
        }
        var public_ = grants(List.of(made, sql("grant select on table s.t to public", 0)));
        assertThat(public_.level()).isEqualTo(HIGH);
    }

    private Risk grants(List<? extends Step> steps) {
        var plan = plan(steps.getFirst(), new Undo(List.of(steps.getLast()), "back", List.of()));
        return policy.assess(with(plan, steps), around(OTHER));
    }

    private static ChangePlan with(ChangePlan p, List<? extends Step> steps) {
        return new ChangePlan(
                p.target(),
                p.tool(),
                p.proposedBy(),
                p.verb(),
                p.title(),
                p.subject(),
                p.why(),
                List.copyOf(steps),
                p.undo(),
                p.effect(),
                p.preconditions(),
                p.proofs(),
                p.evidence(),
                p.findingFingerprint(),
                p.alertId(),
                p.createdAt(),
                p.expiresAt());
    }

    private List<String> reasons(Step.SqlStep step, Step.SqlStep back) {
        var plan = plan(step, new Undo(List.of(back), "back", List.of()));
        var risk = policy.assess(plan, around(OTHER));
        assertThat(risk.level()).isEqualTo(HIGH);
        return risk.reasons();
    }

    @Test
    void catalogsAreMediumAndTakingOneOutIsHigh() {
        var register = new RegisterCatalogAct("c", "p", "production", "db", false);
        var grant = new GrantOnCatalogAct("c", "readers", List.of("SELECT"));
        var gone = new UnregisterCatalogAct("c", "p", "production", "db");
        assertThat(of(register)).isEqualTo(MEDIUM);
        assertThat(of(grant)).isEqualTo(HIGH);
        assertThat(risk(new Step.ApiStep("x", grant, Reversibility.REVERSIBLE), OTHER).level())
                .isEqualTo(MEDIUM);
        assertThat(of(gone)).isEqualTo(HIGH);
    }

    private RiskLevel of(ApiAct act) {
        return risk(new Step.ApiStep("x", act, Reversibility.REVERSIBLE), PRODUCTION).level();
    }

    @Test
    void whatIsPutIntoAProjectOfThePlanItselfIsHigh() {
        var script =
                new Step.ScriptStep(
                        "x",
                        "db",
                        List.of(Step.ScriptStep.Statement.of("create table t (id int)")),
                        LockLevel.NONE,
                        Reversibility.RECOVERABLE,
                        true,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        0,
                        false);
        var risk = risk(script, ChangeContext.Environment.NEW);
        assertThat(risk.level()).isEqualTo(HIGH);
        assertThat(risk.reasons())
                .containsExactly(
                        "it decides what the new project holds and who sees which rows of it");
    }

    private RiskLevel deletion(ControlPlane.Branch live, @Nullable CreatedResource ours) {
        return touching(new DeleteBranchAct("p", "ci-pr-7", "u"), live, ours);
    }

    private RiskLevel expiry(
            @Nullable Long ttl, ControlPlane.Branch live, @Nullable CreatedResource ours) {
        return touching(new SetExpiryAct("p", "ci-pr-7", ttl), live, ours);
    }

    private static EnsureRoleAct role(boolean bypassRls, boolean superuser) {
        return new EnsureRoleAct("p", "b", "r", null, null, false, false, bypassRls, superuser);
    }

    private RiskLevel touching(
            ApiAct act, ControlPlane.Branch live, @Nullable CreatedResource ours) {
        var step = new Step.ApiStep("x", act, Reversibility.RECOVERABLE);
        var standing = new Standing(live, true, ours, false, false);
        var around = new ChangeContext(OTHER, Map.of(act, standing), true);
        return policy.assess(plan(step, Undo.none("gone")), around).level();
    }

    private static CreatedResource made(@Nullable Long ttl) {
        return new CreatedResource("p", "ci-pr-7", "u", ttl, false);
    }

    private static ControlPlane.Branch branch(
            boolean isDefault, boolean isProtected, @Nullable Instant expiresAt) {
        return new ControlPlane.Branch(
                "p",
                "ci-pr-7",
                "u",
                "READY",
                isDefault,
                isProtected,
                null,
                expiresAt,
                0,
                Instant.EPOCH);
    }

    private Risk risk(Step step, ChangeContext.Environment environment) {
        var production = environment == PRODUCTION;
        Map<ApiAct, Standing> standings =
                step instanceof Step.ApiStep api
                        ? Map.of(api.act(), Standing.of(production))
                        : Map.of();
        return policy.assess(
                plan(step, new Undo(List.of(step), "back", List.of())),
                new ChangeContext(environment, standings, true));
    }

    private static ChangeContext around(ChangeContext.Environment environment) {
        return new ChangeContext(environment, Map.of(), true);
    }

    /// A step that claims to be as harmless as can be.
    private static Step.SqlStep sql(String sql, long bytes, SqlParam... params) {
        return new Step.SqlStep(
                "x",
                "db",
                sql,
                List.of(params),
                LockLevel.NONE,
                Reversibility.HARMLESS,
                false,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                bytes);
    }

    private static ChangePlan plan(Step step, Undo undo) {
        return plan(List.of(step), undo);
    }

    private static ChangePlan plan(List<? extends Step> steps, Undo undo) {
        return new ChangePlan(
                new TargetId("p", "p", "b"),
                "tool",
                Actor.agent("a"),
                "v",
                "t",
                Subject.index("db", "s", "t", "i"),
                "w",
                List.copyOf(steps),
                undo,
                new ExpectedEffect("e", null, null),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(1));
    }
}
