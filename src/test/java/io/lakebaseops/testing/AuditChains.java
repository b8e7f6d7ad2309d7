package io.lakebaseops.testing;

import io.lakebaseops.change.audit.AuditChain;
import io.lakebaseops.change.audit.HeadArchive;
import io.lakebaseops.state.StateDb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;

/// Audit chains for tests: one key for all, each with a memory of its own.
public final class AuditChains {
    private static final String KEY = "one key for all tests, 32 characters";

    private AuditChains() {}

    public static AuditChain of(StateDb db, Clock clock) {
        try {
            var folder = Files.createTempDirectory("lakebaseops-audit-");
            folder.toFile().deleteOnExit();
            return AuditChain.open(
                    db, _ -> Optional.of(KEY), folder, "test", HeadArchive.none(), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
