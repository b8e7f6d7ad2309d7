package io.lakebaseops.change.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.config.SecretStore;
import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

final class AuditKeysTest {
    private static final byte[] KEY =
            "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER =
            "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.UTF_8);
    private static final String HASH = "a".repeat(64);

    @TempDir private Path dir;

    @Test
    void aSignatureFitsItsHashAndItsKeyAndNothingElse() {
        var keys = AuditKeys.of(KEY);
        var signature = keys.sign(HASH);
        assertThat(keys.fits(keys.currentId(), HASH, signature)).contains(true);
        assertThat(keys.fits(keys.currentId(), "b".repeat(64), signature)).contains(false);
        assertThat(keys.fits(keys.currentId(), HASH, signature + "0")).contains(false);
        assertThat(keys.fits(keys.currentId(), HASH, AuditKeys.of(OTHER).sign(HASH)))
                .contains(false);
        assertThat(keys.fits(AuditKeys.of(OTHER).currentId(), HASH, signature)).isEmpty();
        assertThat(signature).hasSize(64);
    }

    @Test
    void earlierKeysAreKnownAndTheNewestSigns() {
        var old = AuditKeys.of(KEY);
        var both = AuditKeys.of(OTHER, KEY);
        assertThat(both.currentId()).isEqualTo(AuditKeys.of(OTHER).currentId()).hasSize(16);
        assertThat(both.fits(old.currentId(), HASH, old.sign(HASH))).contains(true);
        assertThat(both.sign(HASH)).isNotEqualTo(old.sign(HASH));
    }

    @Test
    void aTeamsSecretSignsAndTheOwnKeyIsStillKnown() {
        var file = dir.resolve("key");
        var own = AuditKeys.open(secret(null), file);
        assertThat(AuditKeys.open(secret(null), file).currentId()).isEqualTo(own.currentId());
        var team = AuditKeys.open(secret("t".repeat(32)), file);
        assertThat(team.currentId()).isNotEqualTo(own.currentId());
        assertThat(team.fits(own.currentId(), HASH, own.sign(HASH))).contains(true);
        assertThat(AuditKeys.open(secret("t".repeat(32)), dir.resolve("another")).currentId())
                .isEqualTo(team.currentId());
        assertThatThrownBy(() -> AuditKeys.open(secret("t".repeat(31)), file))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("fewer than 32 characters");
    }

    private static SecretStore secret(@Nullable String value) {
        return name ->
                name.equals(AuditKeys.SECRET) ? Optional.ofNullable(value) : Optional.empty();
    }
}
