package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.change.audit.ChainHead;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

class LakeHeadArchiveTest {
    private static final Instant NOW = Instant.parse("2026-11-27T05:00:00Z");

    @Test
    void whatWasKeptIsFoundAgainForItsDatabaseAlone(@TempDir Path home) {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        try (var lake = LocalLakehouse.open(home, clock)) {
            lake.ensureTables(List.of(OpsTables.AUDIT_HEADS));
            var own = new LakeHeadArchive(() -> lake, "own", clock);
            assertThat(own.kept()).isEmpty();
            var first = new ChainHead(60, "a".repeat(64), NOW);
            var forked = new ChainHead(60, "b".repeat(64), NOW);
            own.keep(first);
            own.keep(first);
            own.keep(forked);
            new LakeHeadArchive(() -> lake, "other", clock)
                    .keep(new ChainHead(7, "c".repeat(64), NOW));
            assertThat(own.kept()).containsExactlyInAnyOrder(first, forked);
        }
    }
}
