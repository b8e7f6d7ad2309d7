package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.domain.OpsException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A state database that a team shares is reached by TLS or not at all.
final class StateTlsTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db.example/ops, require",
        "'jdbc:postgresql://127.0.0.1,db.example/ops', require",
        "jdbc:postgresql://localhost.evil.example/ops, require",
        "jdbc:postgresql://db.example/ops?sslmode=verify-full,",
        "jdbc:postgresql://db.example/ops?ssl=true,",
        "jdbc:postgresql://127.0.0.1:5432/ops,",
        "jdbc:postgresql://[::1]/ops,",
        "jdbc:postgresql://localhost/ops?sslmode=disable,"
    })
    void tlsIsForcedBeyondThisMachine(String url, String added) {
        var settings = StateSettings.of(url, "ops", "secret");
        assertThat(StateDb.properties(settings).getProperty("sslmode")).isEqualTo(added);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer", "PREFER"})
    void plainTextIsRefused(String mode) {
        var url = "jdbc:postgresql://db.example/ops?sslmode=" + mode;
        assertThatThrownBy(() -> StateSettings.of(url, "ops", "secret"))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("plain text")
                .hasMessageContaining("verify-full");
    }
}
