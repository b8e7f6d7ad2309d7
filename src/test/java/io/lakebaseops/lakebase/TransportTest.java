package io.lakebaseops.lakebase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Map;

/// A credential is a bearer token: it goes out in plain text on this machine alone.
class TransportTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ep-1.database.eu.example.com",
                "localhost.evil.com",
                "127.evil.com",
                "10.0.0.1",
                "0.0.0.0"
            })
    void everywhereElseTheServerMustProveWhoItIs(String host) {
        assertThat(LakebaseConnectionProvider.transport(host, null))
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1"})
    void localLakebaseWithoutAKnownAuthorityStaysPlain(String host) {
        assertThat(LakebaseConnectionProvider.transport(host, null))
                .isEqualTo(Map.of("sslmode", "disable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "ep-1.database.eu.example.com"})
    void whereItsAuthorityIsKnownTheServerMustProveWhoItIs(String host) {
        assertThat(LakebaseConnectionProvider.transport(host, Path.of("/home/me/ca.pem")))
                .isEqualTo(Map.of("sslmode", "verify-full", "sslrootcert", "/home/me/ca.pem"));
    }
}
