package io.lakebaseops.console.branches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.agents.provisioning.branching.BranchRules;
import io.lakebaseops.agents.provisioning.branching.BranchRules.Act;
import io.lakebaseops.agents.provisioning.governance.DatabaseNames;
import io.lakebaseops.console.FakeBranches;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.SampleMigration;
import io.lakebaseops.domain.Actor;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// What the forms of the branches screen take, refuse and say, before anything is sent.
final class BranchFormsTest {
    private static final Instant NOW = FakeShop.NOW;
    private static final BranchRules RULES =
            new BranchRules(BranchPolicy.standard(), FakeBranches.sample(), Actor.human("mira"));

    private static BranchDraft.Checked check(String name, String life, String at) {
        return new BranchDraft("staging", name, life, at, "").check(RULES, NOW, ZoneOffset.UTC);
    }

    @Test
    void a_name_gets_its_type_and_the_type_its_life() {
        var hotfix = check("Hotfix 8841", "", "");
        assertThat(hotfix.good()).isTrue();
        assertThat(hotfix.name()).isEqualTo("hotfix-8841");
        assertThat(hotfix.type()).isEqualTo("hotfix");
        assertThat(hotfix.ttl()).isEqualTo(Duration.ofHours(24));
        assertThat(check("try it", "none", "").ttl()).isNull();
        assertThat(check("try it", "36 h", "").ttl()).isEqualTo(Duration.ofHours(36));
        assertThat(check("try it", "soon", "").lifeProblem()).contains("4 h");
        assertThat(check("", "", "").nameProblem()).isEqualTo("A name is needed");
        assertThat(check("dev-ben", "", "").nameProblem()).contains("is there already");
        assertThat(check("try it", "40 d", "").problem()).contains("30 days");
    }

    @Test
    void a_moment_of_the_past_is_typed_as_one_says_it() {
        assertThat(check("x1", "", "2 h ago").at()).isEqualTo(NOW.minus(Duration.ofHours(2)));
        assertThat(check("x1", "", "2026-11-21 09:10").at())
                .isEqualTo(Instant.parse("2026-11-21T09:10:00Z"));
        assertThat(check("x1", "", "09:10").at())
                .as("today, as it is past nine")
                .isEqualTo(Instant.parse("2026-11-22T09:10:00Z"));
        assertThat(check("x1", "", "23:10").at())
                .as("yesterday, as it is not so late yet")
                .isEqualTo(Instant.parse("2026-11-21T23:10:00Z"));
        assertThat(check("x1", "", "now").at()).isNull();
        assertThat(check("x1", "", "yesterdayish").atProblem()).contains("09:10");
        assertThat(check("x1", "", "6 d").problem()).contains("staging was not there yet");
        assertThat(check("x1", "", "2027-01-01 00:00").problem()).contains("future");
        var old = new BranchDraft("production", "x1", "", "9 d", "");
        assertThat(old.check(RULES, NOW, ZoneOffset.UTC).problem()).contains("7 days");
    }

    @Test
    void what_is_not_possible_says_why_before_anybody_tries() {
        assertThat(why(Act.RESET, "staging")).contains("3 children", "ci-pr-221");
        assertThat(why(Act.DELETE, "staging")).contains("3 children");
        assertThat(why(Act.DELETE, "production")).contains("default");
        assertThat(why(Act.PROTECT, "dev-ben")).contains("production holds it");
        assertThat(why(Act.UNPROTECT, "dev-ben")).contains("not protected");
        assertThat(why(Act.EXTEND, "staging")).contains("no expiry");
        assertThat(why(Act.RESET, "production")).contains("no parent");
        assertThat(why(Act.DELETE, "dev-ben")).isEmpty();
        assertThat(why(Act.RESET, "dev-ben")).isEmpty();
        assertThat(why(Act.EXTEND, "dev-ben")).isEmpty();
        var ci =
                new BranchRules(
                        BranchPolicy.standard(),
                        FakeBranches.sample(),
                        new Actor("runner", Actor.Kind.PLATFORM));
        assertThat(ci.whyNot(Act.RESET, ci.known().find("dev-ben").orElseThrow()))
                .as("the policy lets the platform reset nothing")
                .isPresent();
        assertThat(RULES.whyNoCopy(RULES.known().find("dev-ben").orElseThrow(), null, null, NOW))
                .as("a branch that expires has no children")
                .hasValueSatisfying(w -> assertThat(w).contains("expires"));
    }

    private static String why(Act act, String branch) {
        return RULES.whyNot(act, RULES.known().find(branch).orElseThrow()).orElse("");
    }

    @Test
    void a_migration_test_starts_only_with_what_it_needs() {
        var branches = List.of("production", "staging");
        var empty = new MigrationForm("", "", "staging", "production", "", "1 s");
        assertThat(empty.problems(branches)).containsOnlyKeys("pr", "files");
        var wrong = new MigrationForm("12a", "/x", "stage", "production", "", "soon");
        assertThat(wrong.problems(branches)).containsOnlyKeys("pr", "source", "lock-limit");
        var good =
                new MigrationForm(
                        " 12 ", "/a\n\n /b ", "staging", "production", "select 1\n", "500 ms");
        assertThat(good.problems(branches)).isEmpty();
        assertThat(good.input())
                .hasToString(
                        "{\"pr\":12,\"files\":[\"/a\",\"/b\"],\"source\":\"staging\",\"live\":\"production\","
                                + "\"checks\":[\"select 1\"],\"lock_limit\":\"PT0.5S\"}");
    }

    @Test
    void the_database_says_what_is_not_there() {
        var checks =
                new FieldChecks(
                        new DatabaseNames(
                                List.of("shop"),
                                List.of("public", "shop"),
                                List.of("shop.orders"),
                                List.of("app"),
                                true),
                        List.of("production"));
        var values = Map.of("schema", "shop", "min_cu", "2");
        assertThat(checks.problem("configure_rls", "tables", "orders", values)).isEmpty();
        assertThat(checks.problem("configure_rls", "tables", "orders\nordres", values))
                .isEqualTo("there is no table ordres in shop");
        assertThat(checks.problem("configure_rls", "schema", "shpo", values)).contains("shpo");
        assertThat(checks.problem("setup_cicd_pipeline", "staging_branch", "staging", values))
                .contains("no branch staging");
        assertThat(checks.problem("provision_lakebase_project", "max_cu", "1", values))
                .contains("less than");
        assertThat(checks.problem("provision_lakebase_project", "domain", "My Shop", values))
                .isNotEmpty();
        var unread = new FieldChecks(DatabaseNames.NONE, List.of());
        assertThat(unread.problem("configure_rls", "schema", "shpo", values))
                .as("nothing could be read: nothing is known to be missing")
                .isEmpty();
        assertThat(FieldChecks.pairs("tenants", "acme = tenant_acme\n"))
                .isEqualTo("[{\"tenant\":\"acme\",\"role\":\"tenant_acme\"}]");
        assertThat(FieldChecks.pairs("tags", "team=shop")).isEqualTo("{\"team\":\"shop\"}");
        assertThatThrownBy(() -> FieldChecks.pairs("tags", "team"))
                .hasMessageContaining("name = value");
    }

    @Test
    void a_diff_is_a_tree_by_schema_and_a_script_that_marks_what_a_person_must_write() {
        var changes = SchemaChange.of(SampleMigration.diff().databases());
        assertThat(changes)
                .extracting(SchemaChange::path)
                .contains("customers › fax", "loyalty_ledger", "order_items › qty");
        assertThat(changes).extracting(SchemaChange::group).containsOnly("shop");
        assertThat(SchemaChange.parts("shop.\"a.b\".f(integer, text.x)"))
                .containsExactly("shop", "\"a.b\"", "f(integer, text.x)");
        var script =
                SchemaChange.script("staging", "ci-pr-221", SampleMigration.diff().databases());
        assertThat(script)
                .contains("alter table shop.customers drop column fax;")
                .contains("-- lossy: its values are gone")
                .contains("-- not derivable: it may be fax under another name")
                .contains("-- column shop.customers.phone_2: to be written by a person");
    }

    @Test
    void the_verdict_of_a_migration_names_the_lock_and_who_would_wait() {
        var said = MigrationVerdict.of(SampleMigration.done(), NOW);
        assertThat(said.sentence())
                .isEqualTo(
                        "PR 221 applies, but one statement would lock shop.order_items for 9.4 s on production:"
                                + " about 207 statements would wait. 1 of 3 top statements got slower.");
        assertThat(MigrationVerdict.of(SampleMigration.running(), NOW).sentence())
                .isEqualTo("PR 221 is being tested: step 4 of 9, 48 s.");
    }
}
