package io.lakebaseops.local.compute.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.platform.OperatingSystem;
import io.lakebaseops.platform.ProcessLiveness;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

final class PostmasterPidTest {
    @TempDir Path dir;

    private void write(long pid) throws Exception {
        Files.writeString(
                dir.resolve("postmaster.pid"),
                "%d\n%s\n1790000000\n20001\n\n127.0.0.1\n  1 2\nready\n".formatted(pid, dir));
    }

    @Test
    void without_a_command_line_it_is_the_program_and_its_start() throws Exception {
        write(77);
        var file = PostmasterPid.read(dir).orElseThrow();
        var start = Instant.ofEpochSecond(1_790_000_000);
        assertThat(file.started()).isEqualTo(start);
        assertThat(file.startedAsServer("C:\\pg\\bin\\postgres.exe", start.minusSeconds(1)))
                .isTrue();
        assertThat(file.startedAsServer("C:\\pg\\bin\\postgres.exe", start.minusSeconds(3600)))
                .as("an older process")
                .isFalse();
        assertThat(file.startedAsServer("C:\\pg\\bin\\postgres.exe", Instant.MAX))
                .as("not known when")
                .isFalse();
        assertThat(file.startedAsServer("C:\\Windows\\notepad.exe", start)).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_server_that_ended_and_is_not_collected_does_not_keep_the_next_one_out()
            throws Exception {
        // Its parent never asks how it ended.
        var parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
        try (var out = parent.inputReader()) {
            var child = ProcessHandle.of(Long.parseLong(out.readLine().strip())).orElseThrow();
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () ->
                                    parent.info()
                                            .command()
                                            .filter(c -> c.endsWith("sleep"))
                                            .isPresent());
            write(child.pid());
            PostmasterPid.forgetEnded(dir);
            assertThat(PostmasterPid.read(dir).orElseThrow().pid())
                    .as("while it runs")
                    .isEqualTo(child.pid());
            child.destroyForcibly();
            await().atMost(Duration.ofSeconds(60)).until(() -> !ProcessLiveness.is(child));
            assertThat(child.isAlive()).as("as the kernel sees it").isTrue();
            PostmasterPid.forgetEnded(dir);
            assertThat(Files.readAllLines(dir.resolve("postmaster.pid")))
                    .startsWith(Integer.toString(Integer.MAX_VALUE), dir.toString())
                    .contains("  1 2");
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void paths_that_a_shell_would_read_otherwise_are_refused() {
        for (var path : new String[] {"/a$b", "/a`b", "/a\\b", "/a\"b"}) {
            assertThatThrownBy(() -> ShellPath.check(OperatingSystem.LINUX, path))
                    .hasMessageContaining("without $");
        }
        ShellPath.check(OperatingSystem.LINUX, "/home/ann b/100%");
        ShellPath.check(OperatingSystem.WINDOWS, "C:\\Users\\ann b\\$x");
        assertThatThrownBy(() -> ShellPath.check(OperatingSystem.WINDOWS, "C:\\100%TEMP%"))
                .hasMessageContaining("without %");
    }
}
