package io.lakebaseops.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.local.api.SdkFixture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// `@databricks/lakebase`, node-postgres and postgres.js with their documented configuration. With
/// `-Dnode.clients=true`: needs Node 20 or newer, and npm that may fetch the three packages.
@EnabledIfSystemProperty(named = "node.clients", matches = "true")
final class NodeClientsPgTest {
    @Test
    void they_connect_with_require_and_verify_full(@TempDir Path dir, @TempDir Path npm)
            throws Exception {
        Files.writeString(npm.resolve("package.json"), "{\"type\":\"module\"}");
        run(
                npm,
                Map.of(),
                "npm",
                "install",
                "--no-audit",
                "--no-fund",
                "@databricks/lakebase@0.6.0",
                "pg@8.18.0",
                "postgres@3.4.7");
        Path script = npm.resolve("clients.mjs");
        try (InputStream in = getClass().getResourceAsStream("/local/clients.mjs")) {
            Files.copy(Objects.requireNonNull(in), script);
        }
        Path foreign = Files.createDirectory(npm.resolve("foreign"));
        CertificateAuthority.in(foreign);
        try (SdkFixture sdk = new SdkFixture(dir)) {
            sdk.project("shop");
            var ready = sdk.lakebase().readyLine();
            var endpoint = ready.endpoints().getFirst();
            String said =
                    run(
                            npm,
                            Map.of(
                                    "DATABRICKS_HOST", ready.host(),
                                    "DATABRICKS_TOKEN", ready.token(),
                                    "LAKEBASE_ENDPOINT", endpoint.name(),
                                    "PGHOST", endpoint.host(),
                                    "PGPORT", Integer.toString(endpoint.port()),
                                    "PGDATABASE", "databricks_postgres",
                                    "NODE_EXTRA_CA_CERTS", ready.ca()),
                            "node",
                            script.toString(),
                            ready.ca(),
                            foreign.resolve("ca.pem").toString());
            System.out.println(said);
            assertThat(said)
                    .contains("lakebase pool: " + ready.user() + " in databricks_postgres")
                    .contains("lakebase pool in parallel: 1225")
                    .contains("pg verified: TLSv1.3", "pg required: TLSv1.3", "pg plain: true")
                    .containsPattern("pg foreign: (SELF_SIGNED|UNABLE_TO|CERT)")
                    .contains("postgres.js require: 1", "postgres.js verify-full: 1")
                    .contains("postgres.js ca: 1");
        }
    }

    private static String run(Path dir, Map<String, String> env, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(n -> n.startsWith("PG") || n.startsWith("DATAB"));
        builder.environment().putAll(env);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
        return out;
    }
}
