package io.lakebaseops.lakebase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.Executors;

final class ProfileTest {
    @Test
    void a_databricks_profile_that_is_not_there_is_said_so() {
        try (var background = Executors.newVirtualThreadPerTaskExecutor()) {
            var plane = SdkControlPlane.ofProfile("no-such-profile-here", background);

            var e =
                    catchThrowableOfType(
                            OpsException.class,
                            () -> plane.projects(Deadline.in(Duration.ofSeconds(30))));

            assertThat(e.what()).isEqualTo("Databricks profile no-such-profile-here");
            assertThat(e.why()).contains("~/.databrickscfg");
            assertThat(e.remedy()).contains("databricks auth login");
        }
    }
}
