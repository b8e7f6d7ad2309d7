package io.lakebaseops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.cli.WorkingCopy.Put;
import io.lakebaseops.cli.WorkingCopy.State;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.GeneratedFiles.GeneratedFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Files go where a person said, nowhere else, and replace nothing unasked.
class WorkingCopyTest {
    private static final List<GeneratedFile> FILES =
            List.of(new GeneratedFile("a/b.txt", "one"), new GeneratedFile("c.txt", "two"));

    @TempDir private Path root;

    @Test
    void filesThatDifferAreKeptUnlessAskedOtherwise() throws IOException {
        Files.writeString(root.resolve("c.txt"), "mine");
        assertThat(new WorkingCopy(root, false).put(FILES))
                .containsExactly(new Put("a/b.txt", State.WRITTEN), new Put("c.txt", State.KEPT));
        assertThat(Files.readString(root.resolve("c.txt"))).isEqualTo("mine");
        assertThat(new WorkingCopy(root, true).put(FILES))
                .containsExactly(
                        new Put("a/b.txt", State.UNCHANGED), new Put("c.txt", State.WRITTEN));
        assertThat(Files.readString(root.resolve("c.txt"))).isEqualTo("two");
    }

    @Test
    void nothingIsWrittenOutsideTheDirectory() throws IOException {
        var copy = Files.createDirectory(root.resolve("copy"));
        var outside = Files.createDirectory(root.resolve("outside"));
        Files.createSymbolicLink(copy.resolve("link"), outside);
        for (var path : List.of("../x", "/x", "link/x", "a/../../x")) {
            var file = List.of(new GeneratedFile(path, "evil"));
            assertThatThrownBy(() -> new WorkingCopy(copy, true).put(file))
                    .as(path)
                    .isInstanceOf(OpsException.class)
                    .hasMessageContaining("outside");
        }
        try (var files = Files.list(outside)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void directoryThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> new WorkingCopy(root.resolve("none"), false).put(FILES))
                .hasMessageContaining("no such directory");
    }
}
