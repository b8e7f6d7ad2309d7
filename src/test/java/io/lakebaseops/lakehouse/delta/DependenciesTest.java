package io.lakebaseops.lakehouse.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Objects;
import java.util.Properties;

/// Jars with known flaws that once came along with Delta Kernel stay away.
final class DependenciesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.hadoop.shaded.com.fasterxml.jackson.core.JsonFactory",
                "org.apache.hadoop.shaded.org.eclipse.jetty.server.Server"
            })
    void whatHadoopsClientShadesIsNotThere(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }

    /// 2.0.2 reads memory of earlier calls (CVE-2025-67721).
    @Test
    void theDecompressorIsTheMendedOne() throws IOException {
        var about = new Properties();
        try (var in =
                Objects.requireNonNull(
                        DependenciesTest.class.getResourceAsStream(
                                "/META-INF/maven/io.airlift/aircompressor/pom.properties"))) {
            about.load(in);
        }
        var parts = about.getProperty("version").split("\\.", -1);
        assertThat(Integer.parseInt(parts[0])).isGreaterThanOrEqualTo(2);
        assertThat(Integer.parseInt(parts[0] + parts[1] + parts[2])).isGreaterThanOrEqualTo(203);
    }
}
