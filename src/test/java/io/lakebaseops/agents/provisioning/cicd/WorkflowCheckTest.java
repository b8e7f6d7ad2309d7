package io.lakebaseops.agents.provisioning.cicd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class WorkflowCheckTest {
    static final Map<String, String> VALUES =
            Map.of(
                    "project", "shop-prod",
                    "base_branch", "main",
                    "staging_branch", "staging",
                    "production_branch", "production",
                    "database", "databricks_postgres",
                    "migrations", "db/migration",
                    "sql_tests", "db/test",
                    "test_command", "",
                    "production_environment", "production");

    private static String ours() {
        return new PipelineFiles(VALUES).texts().get(".github/workflows/lakebase-pull-request.yml");
    }

    @Test
    void ourOwnWorkflowPasses() {
        assertThat(WorkflowCheck.of(ours())).isEmpty();
    }

    /// Each line breaks one thing of a good workflow.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "  pull_request: | `  pull_request_target:` | foreign code",
                "`[opened, reopened, synchronize, closed]` | `[opened, synced]` | unknown type"
                        + " synced",
                "`permissions:\n  contents: read\n\nx` | x | x",
                "`      id-token: write\n"
                        + "      pull-requests` | `      id_token: write\n"
                        + "      pull-requests` | unknown permission id_token",
                "`  contents: read\n\n#` | `  contents: all\n\n#` | neither read",
                "ubuntu-24.04 | ubuntu-latest | no fixed runner",
                "`    timeout-minutes: 30\n` | `` | timeout-minutes",
                "needs: staging | needs: stagin | no job stagin",
                "`    name: Replay on staging` | `    needs: production\n"
                        + "    name: Replay on staging` | wait for each other",
                "@08c6903cd8c0fde910a37f88322edcfb5dd907a8 | @v4 | not pinned",
                "steps.migrate.outcome | steps.migrat.outcome | no step of this job has the id"
                        + " migrat",
                "secrets.GITHUB_TOKEN }} | secret.GITHUB_TOKEN }} | no context secret",
                "`github.event.pull_request.merged == true` | `github.event.pull_request.merged ="
                        + " true` | cannot be read",
                "`if: always()` | `if: always(` | brackets",
                "`if: always()` | `if: evermore()` | no function evermore",
                "`.action != 'closed' &&` | `.action != 'closed'` | no operator",
                "`${{ vars.DATABRICKS_HOST }}` | `${{ vars.DATABRICKS_HOST` | never closed",
                "`run: bash .github/lakebase/lakebase.sh login` | `run: echo ${{"
                        + " github.event.pull_request.title }}` | pasted into the script",
                "`comment \"$PR_NUMBER\"` | `comment $PR_NUMBER` | not quoted",
                "`lakebase.sh login` | `lakebase.sh login dapi0123456789` | secret",
                "`lakebase.sh login` | `lakebase.sh \"login` | never closed",
                "`        id: test` | `        id: migrate` | is taken",
                "`    shell: bash` | `    shell: sh` | name the shell bash",
                "`  group: lakebase-pr-${{ github.event.pull_request.number }}\n"
                        + "` | `` | has no group"
            })
    void aBrokenWorkflowIsCaught(String good, String bad, String why) {
        if (why.equals("x")) {
            var text = ours().replace("permissions:\n  contents: read\n", "");
            assertThat(WorkflowCheck.of(text)).anyMatch(p -> p.what().contains("must be stated"));
            return;
        }
        assertThat(ours()).contains(good);
        var text = ours().replace(good, bad == null ? "" : bad);
        assertThat(WorkflowCheck.of(text)).as(text).anyMatch(p -> p.toString().contains(why));
    }

    @Test
    void whatIsNoYamlIsSaid() {
        assertThat(WorkflowCheck.of("a: [b")).anyMatch(p -> p.what().contains("no YAML"));
        assertThat(WorkflowCheck.of("just text")).anyMatch(p -> p.what().contains("no mapping"));
    }
}
