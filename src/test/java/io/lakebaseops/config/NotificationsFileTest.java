package io.lakebaseops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.domain.Severity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;

final class NotificationsFileTest {
    @TempDir private Path home;

    private NotificationsFile.Content read(String yaml) throws IOException {
        Files.writeString(home.resolve(NotificationsFile.NAME), yaml);
        return new NotificationsFile(home).read();
    }

    @Test
    void withoutAFileNobodyIsTold() throws IOException {
        var content = new NotificationsFile(home).read();
        assertThat(content.config()).isEqualTo(NotificationConfig.NONE);
        assertThat(content.troubles()).isEmpty();
    }

    @Test
    void everyKindOfChannelIsRead() throws IOException {
        var content =
                read(
                        """
                        channels:
                          - {name: dba, kind: slack-webhook, url_secret: slack-dba}
                          - {name: app, kind: slack, token_secret: slack-app, channel: "#dba"}
                          - {name: oncall, kind: pagerduty, key_secret: pd,
                             api: "https://events.eu.pagerduty.com/v2/enqueue"}
                          - {name: mail, kind: mail, host: smtp.example.org, user: ops,
                             password_secret: smtp, from: ops@example.org, to: [dba@example.org]}
                          - {name: team, kind: teams, url_secret: teams}
                          - {name: hook, kind: webhook, url: "https://example.org/a", key_secret: k}
                          - {name: screen, kind: desktop}
                        routes:
                          warning: dba
                          critical: [dba, oncall]
                        escalation: {after: 15m, channels: [mail]}
                        quiet_hours: {from: "22:00", until: "07:00", zone: Europe/Berlin}
                        """);
        assertThat(content.troubles()).isEmpty();
        var config = content.config();
        assertThat(config.channels()).hasSize(7);
        assertThat(config.route(Severity.WARNING)).containsExactly("dba");
        assertThat(config.route(Severity.CRITICAL)).containsExactly("dba", "oncall");
        assertThat(config.route(Severity.INFO)).isEmpty();
        assertThat(config.escalation())
                .satisfies(e -> assertThat(e.after()).isEqualTo(Duration.ofMinutes(15)));
        assertThat(config.quiet()).isNotNull();
        assertThat(config.channel("mail"))
                .hasValueSatisfying(
                        c ->
                                assertThat(((NotificationChannel.Mail) c).tls())
                                        .isEqualTo(NotificationChannel.Mail.Tls.STARTTLS));
    }

    @Test
    void aSecretInTheFileIsRefusedAndNotRepeated() throws IOException {
        var secret = "https://hooks.slack.com/services/T0/B0/geheim";
        var content =
                read(
                        """
                        channels:
                          - {name: dba, kind: slack-webhook, url: "%s"}
                          - {name: mail, kind: mail, host: h, from: a@b, to: [c@d], password: "%s"}
                          - {name: hook, kind: webhook, url: "https://u:geheim@example.org/a", key_secret: k}
                          - {name: screen, kind: desktop}
                        """
                                .formatted(secret, secret));
        assertThat(content.config().channels()).hasSize(1);
        assertThat(content.troubles())
                .hasSize(3)
                .allSatisfy(t -> assertThat(t).doesNotContain("geheim"));
    }

    @Test
    void oneWrongEntryCostsNoOther() throws IOException {
        var content =
                read(
                        """
                        channels:
                          - {name: dba, kind: slack-webhook, url_secret: s}
                          - {name: dba, kind: desktop}
                          - {name: x, kind: pigeon}
                          - {name: plain, kind: webhook, url: "http://example.org/a", key_secret: k}
                          - {name: open, kind: mail, host: example.org, tls: none, from: a@b, to: c@d}
                        routes:
                          warning: [dba]
                          critical: [nobody]
                          terrible: [dba]
                        escalation: {after: soon, channels: [dba]}
                        quiet_hours: {from: "25:00", until: "07:00"}
                        colour: red
                        """);
        assertThat(content.config().channels()).hasSize(1);
        assertThat(content.config().route(Severity.WARNING)).containsExactly("dba");
        assertThat(content.config().route(Severity.CRITICAL)).isEmpty();
        assertThat(content.config().escalation()).isNull();
        assertThat(content.troubles())
                .hasSize(9)
                .anyMatch(t -> t.contains("the name is used twice"))
                .anyMatch(t -> t.contains("there is no channel nobody"))
                .anyMatch(t -> t.contains("colour is not known"));
        assertThat(read("channels: [").troubles())
                .singleElement()
                .satisfies(t -> assertThat(t).contains("not valid YAML"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // modes of files are not of Windows
    void aSecretComesFromTheEnvironmentOrAFileThatOthersCannotRead() throws IOException {
        var folder = Files.createDirectories(home.resolve("secrets"));
        var file = Files.writeString(folder.resolve("slack-dba"), "https://x\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var store =
                SecretStore.firstOf(
                        SecretStore.ofEnvironment(Map.of("LAKEBASEOPS_SECRET_PD_KEY", "e")),
                        SecretStore.ofFolder(folder));
        assertThat(store.get("pd-key")).contains("e");
        assertThat(store.get("slack-dba")).contains("https://x");
        assertThat(store.get("../notifications.yaml")).isEmpty();
        assertThat(store.get("none")).isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> store.get("slack-dba")).hasMessageContaining("chmod 600");
    }
}
