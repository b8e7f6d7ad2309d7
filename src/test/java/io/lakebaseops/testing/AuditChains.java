package io.lakebaseops.testing;

import io.lakebaseops.change.audit.AuditChain;
import io.lakebaseops.change.audit.AuditKeys;
import io.lakebaseops.change.audit.HeadArchive;
import io.lakebaseops.change.audit.HeadFile;
import io.lakebaseops.state.StateDb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;

/// Audit chains for tests: one key for all, each with a memory of its own.
public final class AuditChains {
    private static final byte[] KEY =
            "one key for all tests, 32 bytes.".getBytes(StandardCharsets.UTF_8);

    private AuditChains() {}

    public static AuditKeys keys() {
        return AuditKeys.of(KEY);
    }

    public static AuditChain of(StateDb db, Clock clock) {
        try {
            var home = Files.createTempDirectory("lakebaseops-audit-");
            home.toFile().deleteOnExit();
            return new AuditChain(
                    db, keys(), new HeadFile(home, "test"), HeadArchive.none(), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
