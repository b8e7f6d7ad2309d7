package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ServiceLoader;

final class LogSetupTest {
    @Test
    void it_is_what_logging_is_configured_by() {
        assertThat(ServiceLoader.load(ch.qos.logback.classic.spi.Configurator.class))
                .hasAtLeastOneElementOfType(LogSetup.class);
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        assertThat(root.getLevel()).isEqualTo(Level.INFO);
        assertThat(root.getAppender("stderr")).isNotNull();
        assertThat(context.getLogger("io.delta.kernel").getEffectiveLevel()).isEqualTo(Level.ERROR);
        assertThat(context.getLogger("org.flywaydb.core").getEffectiveLevel())
                .isEqualTo(Level.WARN);
    }
}
