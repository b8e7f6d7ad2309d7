package io.lakebaseops.local.api.state;

import static io.lakebaseops.testing.FileRights.assertOwnerOnly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/// What a crash, a full disk and a damaged file leave of the control plane's state.
final class WorkspaceTest {
    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

    @TempDir Path dir;

    @Test
    void what_could_not_be_written_has_not_happened() throws IOException {
        Workspace workspace = new Workspace(dir, true);
        own(workspace, "before");
        // As a full disk does: the file beside, to be written first, cannot be made.
        Files.createDirectories(dir.resolve("state.json.next/in-the-way"));
        assertThatThrownBy(() -> own(workspace, "lost")).isInstanceOf(UncheckedIOException.class);
        assertThat(owner(workspace)).isEqualTo("before");
        assertThat(owner(new Workspace(dir, true))).isEqualTo("before");
        Files.delete(dir.resolve("state.json.next/in-the-way"));
        own(workspace, "after");
        assertThat(owner(new Workspace(dir, true))).isEqualTo("after");
    }

    @Test
    void a_change_that_refuses_has_changed_nothing() {
        Workspace workspace = new Workspace(dir, false);
        own(workspace, "before");
        assertThatThrownBy(
                        () ->
                                workspace.alter(
                                        s -> {
                                            s.unity().owners().put("metastore", "half");
                                            throw new IllegalArgumentException("refused");
                                        }))
                .hasMessage("refused");
        assertThat(owner(workspace)).isEqualTo("before");
    }

    @Test
    void a_damaged_file_is_put_aside_and_the_one_before_it_is_taken() throws IOException {
        Workspace workspace = new Workspace(dir, true);
        own(workspace, "first");
        own(workspace, "second");
        Path file = dir.resolve("state.json");
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() - 20));
        assertThat(owner(new Workspace(dir, true))).isEqualTo("first");
        assertThat(dir.resolve("state.json.broken")).exists();
        // A crash between the two steps of a change leaves the previous file alone.
        assertThat(file).doesNotExist();
        assertThat(owner(new Workspace(dir, true))).isEqualTo("first");
        Files.writeString(dir.resolve("state.json.previous"), "{");
        assertThatThrownBy(() -> new Workspace(dir, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("state.json nor the one before it can be read")
                .hasMessageContaining("move them away");
    }

    @Test
    void state_is_for_its_owner_only() throws IOException {
        Workspace workspace = new Workspace(dir, true);
        own(workspace, "me");
        workspace.credentials().add(credential("a", 60));
        for (String name : new String[] {"state.json", "credentials.jsonl"}) {
            assertOwnerOnly(dir.resolve(name));
        }
    }

    @Test
    void a_credential_costs_a_line_and_outlives_a_restart_until_it_expires() throws IOException {
        Workspace workspace = new Workspace(dir, true);
        own(workspace, "me");
        Path state = dir.resolve("state.json");
        String before = Files.readString(state);
        long began = System.nanoTime();
        for (int i = 0; i < 3000; i++) {
            workspace.credentials().add(credential("c" + i, i < 1000 ? 60 : 3600));
        }
        System.out.println(
                "3000 credentials in "
                        + Duration.ofNanos(System.nanoTime() - began).toMillis()
                        + " ms");
        assertThat(Files.readString(state)).isEqualTo(before);
        Files.writeString(
                dir.resolve("credentials.jsonl"), "{\"hash\":\"cut", StandardOpenOption.APPEND);
        Workspace again = new Workspace(dir, true);
        assertThat(again.credentials().find("c0")).contains(credential("c0", 60));
        assertThat(again.credentials().find("c2999")).isPresent();
        again.credentials().forgetExpired(NOW.plusSeconds(61));
        assertThat(again.credentials().find("c999")).isEmpty();
        assertThat(Files.readAllLines(dir.resolve("credentials.jsonl"))).hasSize(2000);
    }

    private static CredentialRow credential(String hash, long seconds) {
        return new CredentialRow(hash, "ep-1", "dba", NOW.plusSeconds(seconds));
    }

    private static void own(Workspace workspace, String owner) {
        workspace.alter(s -> s.unity().owners().put("metastore", owner));
    }

    private static String owner(Workspace workspace) {
        return workspace.read(s -> s.unity().owners().get("metastore"));
    }
}
