package io.lakebaseops.app;

import static io.lakebaseops.testing.FileRights.assertOwnerOnly;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

final class LogFileTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogFileTest.class);

    @TempDir Path dir;

    @AfterEach
    void detach() {
        var root =
                ((LoggerContext) LoggerFactory.getILoggerFactory())
                        .getLogger(Logger.ROOT_LOGGER_NAME);
        var file = root.getAppender("file");
        root.detachAppender("file");
        file.stop();
    }

    @Test
    void a_run_that_says_nothing_leaves_no_file() {
        LogFile.begin(new Home(dir), Clock.systemUTC());
        assertThat(dir.resolve("log")).doesNotExist();
    }

    @Test
    void what_is_logged_is_in_the_file_and_others_may_not_read_it() throws IOException {
        var home = new Home(dir);
        LogFile.begin(home, Clock.systemUTC());
        LOG.info("the plan {} ran", "4f2a", new IllegalStateException("the cause"));
        assertThat(LogFile.current(home)).content().contains("the plan 4f2a ran", "the cause");
        assertOwnerOnly(home.log());
    }

    @Test
    void secrets_are_blotted_out_wherever_they_stand() {
        var home = new Home(dir);
        LogFile.begin(home, Clock.systemUTC());
        LOG.info("connect with password=s3cretA1 and token: s3cretB2, {\"secret\":\"s3cretC3\"}");
        LOG.info("Authorization: Bearer s3cretD4");
        LOG.info("jdbc:postgresql://dba:s3cretE5@host/db, dapi0123456789abcdef");
        LOG.warn("it failed", new IllegalStateException("url postgres://u:s3cretF6@h/d"));
        assertThat(LogFile.current(home))
                .content()
                .doesNotContain("s3cret", "0123456789abcdef")
                .contains("password=***", "dba:***", "Bearer ***");
    }

    @Test
    void only_the_newest_twenty_runs_are_kept() throws IOException {
        var home = new Home(dir);
        Files.createDirectories(home.log());
        for (int i = 0; i < 30; i++) {
            Files.writeString(
                    home.log().resolve("lakebaseops-202001%02d-000000-1.log".formatted(i)), "x");
        }
        LogFile.begin(home, Clock.systemUTC());
        LOG.info("one more");
        List<String> names;
        try (var all = Files.list(home.log())) {
            names = all.map(f -> f.getFileName().toString()).sorted().toList();
        }
        assertThat(names).hasSize(20).contains("lakebaseops-20200129-000000-1.log");
        assertThat(names).doesNotContain("lakebaseops-20200110-000000-1.log");
    }
}
