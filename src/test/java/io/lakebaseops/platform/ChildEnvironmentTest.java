package io.lakebaseops.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class ChildEnvironmentTest {
    @Test
    void childrenInheritNoSecret() {
        var command = new ProcessBuilder(List.of("env"));
        command.environment().put("LAKEBASEOPS_SECRET_PROD", "s3cret");
        command.environment().put("LAKEBASEOPS_STATE_PASSWORD", "s3cret");
        command.environment().put("DATABRICKS_TOKEN", "s3cret");
        command.environment().put("PGPASSWORD", "s3cret");
        command.environment().put("LC_ALL", "C.UTF-8");
        assertThat(ChildEnvironment.cleared(command).environment())
                .doesNotContainValue("s3cret")
                .containsEntry("LC_ALL", "C.UTF-8")
                .containsKey("PATH");
    }
}
