package io.lakebaseops.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;

import io.lakebaseops.platform.OwnerOnly;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The log file of this run, one that can be sent with a question.
///
/// Each process writes a file of its own under `log` in the home, so that two of them never wait
/// for each other; a run that has nothing to say leaves none. A file is 4 MB at most, then it is
/// turned over twice; the newest twenty runs are kept. What looks like a secret is blotted out.
final class LogFile extends AppenderBase<ILoggingEvent> {
    private static final int RUNS_KEPT = 20;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// Values after words that name secrets, credentials within URLs, and Databricks tokens.
    static final String PATTERN =
            ("%d{yyyy-MM-dd HH:mm:ss.SSS,UTC} %-5level [%thread] %logger{36} "
                    + "%replace(%replace(%msg%n%ex){'(?i)((?:password|passwd|pwd|token|secret|authorization)"
                    + "\"?\\s*[=:]\\s*\"?(?:bearer\\s+|basic\\s+)?)[^\\s,;&\\x7d\"]+','$1***'}"
                    + "){'(://[^/@:\\s]{1,200}:)[^/@\\s]{1,500}@|(dapi)[0-9a-fA-F]+','$1$2***'}%nopex");

    private final Path dir;
    private final String name;
    private @Nullable FileAppender<ILoggingEvent> file;

    private LogFile(Path dir, String name) {
        this.dir = dir;
        this.name = name;
    }

    /// From now on what is logged at INFO and above is also written under `log` in the home.
    static void begin(Home home, Clock clock) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var log =
                new LogFile(
                        home.log(),
                        "lakebaseops-%s-%d"
                                .formatted(
                                        STAMP.format(clock.instant()),
                                        ProcessHandle.current().pid()));
        log.setContext(context);
        log.setName("file");
        var level = new ThresholdFilter();
        level.setLevel(Level.INFO.levelStr);
        level.start();
        log.addFilter(level);
        log.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(log);
    }

    /// The file that is written to, whether or not there is anything in it yet.
    static Path current(Home home) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("file")
                        instanceof LogFile log
                ? log.path()
                : home.log();
    }

    private Path path() {
        return dir.resolve(name + ".log");
    }

    @Override
    protected void append(ILoggingEvent event) {
        var open = file;
        if (open == null) {
            open = open();
            file = open;
        }
        open.doAppend(event);
    }

    private FileAppender<ILoggingEvent> open() {
        try {
            directory();
            dropOldest();
        } catch (IOException e) {
            // The appender below says on standard error that its file cannot be opened.
            addError("The log folder %s cannot be prepared".formatted(dir), e);
        }
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(getContext());
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(PATTERN);
        encoder.start();
        var rolling = new RollingFileAppender<ILoggingEvent>();
        rolling.setContext(getContext());
        rolling.setFile(path().toString());
        rolling.setEncoder(encoder);
        var window = new FixedWindowRollingPolicy();
        window.setContext(getContext());
        window.setParent(rolling);
        window.setFileNamePattern(dir.resolve(name).toString().replace("%", "%%") + ".%i.log");
        window.setMinIndex(1);
        window.setMaxIndex(2);
        window.start();
        var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        size.setContext(getContext());
        size.setMaxFileSize(FileSize.valueOf("4MB"));
        size.start();
        rolling.setRollingPolicy(window);
        rolling.setTriggeringPolicy(size);
        rolling.start();
        return rolling;
    }

    private void directory() throws IOException {
        OwnerOnly.makeFolder(dir);
    }

    /// The name begins with the time, so the oldest come first.
    private void dropOldest() throws IOException {
        List<Path> files;
        try (var all = Files.list(dir)) {
            files =
                    all.filter(f -> f.getFileName().toString().startsWith("lakebaseops-"))
                            .sorted(Comparator.reverseOrder())
                            .toList();
        }
        for (var old : files.subList(Math.min(RUNS_KEPT - 1, files.size()), files.size())) {
            Files.deleteIfExists(old);
        }
    }

    @Override
    public void stop() {
        super.stop();
        if (file != null) {
            file.stop();
        }
    }
}
