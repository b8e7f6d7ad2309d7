package io.lakebaseops.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

@DisabledOnOs(OS.WINDOWS) // where no process waits to be collected
final class ProcessLivenessTest {
    @Test
    void aRunningProcessLivesUntilItIsKilled() throws Exception {
        var process = new ProcessBuilder("sleep", "600").start();
        assertThat(ProcessLiveness.is(process.toHandle())).isTrue();
        assertThat(ProcessLiveness.endsWithin(process.toHandle(), Duration.ofMillis(50))).isFalse();
        process.destroyForcibly();
        assertThat(ProcessLiveness.endsWithin(process.toHandle(), Duration.ofSeconds(60))).isTrue();
    }

    /// The shell becomes a program that collects nobody, and only then its child ends.
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems do not show it")
    void whatEndedUncollectedDoesNotLive() throws Exception {
        var parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
        try (var out = parent.inputReader()) {
            var child = ProcessHandle.of(Long.parseLong(out.readLine().strip())).orElseThrow();
            await().until(
                            () ->
                                    parent.info()
                                            .command()
                                            .filter(c -> c.endsWith("sleep"))
                                            .isPresent());
            child.destroyForcibly();
            assertThat(ProcessLiveness.endsWithin(child, Duration.ofSeconds(60))).isTrue();
            assertThat(child.isAlive()).as("the handle alone would wait on").isTrue();
        } finally {
            parent.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        }
    }
}
