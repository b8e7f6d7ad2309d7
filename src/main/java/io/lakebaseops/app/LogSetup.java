package io.lakebaseops.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The configuration of logging, found by Logback as a service. As XML it would cost every command
/// a quarter of a second of processor time: a parser and a thousand classes.
public final class LogSetup extends ContextAwareBase implements Configurator {
    private static final String PATTERN =
            "%d{HH:mm:ss.SSS} %-5level %logger{24}"
                    + " %replace(%msg){'[\\p{Cc}\\p{Cf}&&[^\\n\\t]]','?'}%n%ex{short}";

    /// What libraries log of no use to anybody, or what is thrown besides.
    private static final Map<String, Level> QUIET =
            Map.of(
                    "io.delta", Level.ERROR,
                    "org.apache.hadoop", Level.ERROR,
                    "org.apache.parquet", Level.ERROR,
                    "com.zaxxer.hikari", Level.ERROR,
                    "org.flywaydb", Level.WARN,
                    // It logs with a stack trace what it then throws.
                    "com.databricks.sdk.core.oauth.CachedTokenSource", Level.OFF,
                    // It looks for graphics processors, which are never used here.
                    "ai.djl.util.cuda", Level.ERROR,
                    "org.testfx", Level.ERROR);

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var errors =
                new StandardError(
                        Level.toLevel(System.getProperty("lakebaseops.log.stderr"), Level.WARN));
        errors.setContext(context);
        errors.setName("stderr");
        errors.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(errors);
        QUIET.forEach((name, level) -> context.getLogger(name).setLevel(level));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// Standard output belongs to results; what went wrong goes to standard error. Most runs have
    /// nothing to say there, so its pattern is read at the first line.
    private static final class StandardError extends AppenderBase<ILoggingEvent> {
        private final Level least;
        private @Nullable ConsoleAppender<ILoggingEvent> lines;

        StandardError(Level least) {
            this.least = least;
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(least)) {
                var open = lines;
                if (open == null) {
                    open = open();
                    lines = open;
                }
                open.doAppend(event);
            }
        }

        private ConsoleAppender<ILoggingEvent> open() {
            var encoder = new PatternLayoutEncoder();
            encoder.setContext(getContext());
            encoder.setCharset(StandardCharsets.UTF_8);
            encoder.setPattern(PATTERN);
            encoder.start();
            var console = new ConsoleAppender<ILoggingEvent>();
            console.setContext(getContext());
            console.setTarget("System.err");
            console.setEncoder(encoder);
            console.start();
            return console;
        }
    }
}
