package io.lakebaseops.notify;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.config.NotificationChannel.Mail.Tls;
import io.lakebaseops.state.Outbox.Act;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Every channel against a server on this machine that speaks its protocol, with its errors. After
/// each test no secret stands in what was said about failures or in the log.
final class ChannelsTest {
    private static final String TOKEN = "xoxb-geheim-1234567890";
    private static final String KEY = "R0UT1NGK3YR0UT1NGK3YR0UT1NGK3Y32";
    private static final String PASSWORD = "s3cr3t-p4ssw0rd";
    private static final String PATH = "/services/T000/B000/XXXXSECRETXXXX";

    private final ScriptedHttp http = new ScriptedHttp();
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> secrets =
            new HashMap<>(
                    Map.of(
                            "token", TOKEN,
                            "key", KEY,
                            "smtp", PASSWORD,
                            "url", http.url() + PATH));
    private final List<Message> shown = new ArrayList<>();
    private final Channels patient = channels(Duration.ofSeconds(60));
    private final Channels hasty = channels(Duration.ofMillis(300));
    private final List<SendResult> results = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private Channels channels(Duration patience) {
        return new Channels(
                name -> Optional.ofNullable(secrets.get(name)),
                threads,
                patience,
                () -> shown::add);
    }

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
    }

    @AfterEach
    void noSecretWasSaid() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
        http.close();
        smtp.close();
        threads.shutdownNow();
        var said = new ArrayList<>(results.stream().map(String::valueOf).toList());
        List.copyOf(log.list)
                .forEach(e -> said.add(e.getFormattedMessage() + e.getThrowableProxy()));
        assertThat(said)
                .allSatisfy(
                        line ->
                                assertThat(line)
                                        .doesNotContain(TOKEN, KEY, PASSWORD, "XXXXSECRETXXXX"));
    }

    private SendResult send(NotificationChannel to, Act act, @Nullable String earlier) {
        return send(patient, to, act, earlier);
    }

    private SendResult send(
            Channels through, NotificationChannel to, Act act, @Nullable String earlier) {
        var result = through.send(to, SampleAlerts.message(act), earlier);
        results.add(result);
        return result;
    }

    private final NotificationChannel webhook = new NotificationChannel.SlackWebhook("w", "url");
    private final NotificationChannel teams = new NotificationChannel.Teams("t", "url");

    private NotificationChannel.SlackApp slack() {
        return new NotificationChannel.SlackApp(
                "s", "token", "#dba", URI.create(http.url() + "/api"));
    }

    private NotificationChannel.PagerDuty pagerDuty() {
        return new NotificationChannel.PagerDuty(
                "p", "key", URI.create(http.url() + "/v2/enqueue"));
    }

    private NotificationChannel.Mail mail(@Nullable String user) {
        return new NotificationChannel.Mail(
                "m",
                "127.0.0.1",
                smtp.port(),
                Tls.NONE,
                user,
                user == null ? null : "smtp",
                "ops@example.org",
                List.of("dba@example.org", "Kim <kim@example.org>"));
    }

    @Test
    void aSlackWebhookGetsSentenceFiguresDeedsAndLink() {
        assertThat(send(webhook, Act.TRIGGER, null)).isEqualTo(new SendResult.Sent(null));
        var request = http.last();
        assertThat(request.path()).isEqualTo(PATH);
        var json = request.json();
        assertThat(json.path("text").asText())
                .isEqualTo(
                        "Critical: shop/production: Dead rows 31 % (sales.or_ders &lt;x&gt;), over the"
                                + " limit of 25 %");
        var all = json.path("attachments").toString();
        assertThat(all)
                .contains("*Limit*\\n25 %", "Done by the agents: VACUUM ANALYZE sales.or_ders")
                .contains("<lakebaseops://p/shop/production/overview/metric/")
                .doesNotContain("<x>");
    }

    @Test
    void whatSlackRefusesIsNotTriedAgainAndWhatIsTooMuchIs() {
        http.then(404, "no_service").then(429, "rate_limited", "Retry-After", "37").then(503, "");
        assertThat(send(webhook, Act.TRIGGER, null))
                .isEqualTo(new SendResult.Refused("HTTP 404 no_service"));
        assertThat(send(webhook, Act.TRIGGER, null))
                .isEqualTo(new SendResult.Later("HTTP 429 rate_limited", Duration.ofSeconds(37)));
        assertThat(send(webhook, Act.TRIGGER, null))
                .isEqualTo(new SendResult.Later("HTTP 503", null));
    }

    @Test
    void slacksWebApiAnswersInItsBodyAndTheEndChangesTheFirstMessage() {
        var ok = "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"171.5\"}";
        http.then(200, ok).then(200, ok).then(200, ok).then(200, ok);
        assertThat(send(slack(), Act.TRIGGER, null)).isEqualTo(new SendResult.Sent("C1:171.5"));
        assertThat(http.last().path()).isEqualTo("/api/chat.postMessage");
        assertThat(http.last().header("Authorization")).isEqualTo("Bearer " + TOKEN);
        assertThat(http.last().json().path("channel").asText()).isEqualTo("#dba");
        send(slack(), Act.ESCALATE, "C1:171.5");
        assertThat(http.last().json().path("thread_ts").asText()).isEqualTo("171.5");
        assertThat(http.last().json().path("reply_broadcast").asBoolean()).isTrue();
        send(slack(), Act.RESOLVE, "C1:171.5");
        var update = http.requests().get(2);
        assertThat(update.path()).isEqualTo("/api/chat.update");
        assertThat(update.json().path("ts").asText()).isEqualTo("171.5");
        assertThat(update.json().path("text").asText()).startsWith("Recovered: over after 4 min");
        assertThat(http.last().json().path("thread_ts").asText()).isEqualTo("171.5");
    }

    @Test
    void slacksErrorsAreToldApart() {
        http.then(200, "{\"ok\":false,\"error\":\"invalid_auth\"}")
                .then(200, "{\"ok\":false,\"error\":\"ratelimited\"}")
                .then(200, "<html>a proxy says " + TOKEN + "</html>")
                .then(200, "{\"ok\":false,\"error\":\"message_not_found\"}")
                .then(200, "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"2\"}");
        assertThat(send(slack(), Act.TRIGGER, null))
                .isEqualTo(new SendResult.Refused("Slack says invalid_auth"));
        assertThat(send(slack(), Act.TRIGGER, null)).isInstanceOf(SendResult.Later.class);
        assertThat(send(slack(), Act.TRIGGER, null)).isInstanceOf(SendResult.Refused.class);
        assertThat(send(slack(), Act.RESOLVE, "C1:gone"))
                .as("somebody deleted the first message")
                .isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void pagerDutyHasOneIncidentFromTriggerToResolve() {
        http.then(202, "{\"status\":\"success\"}").then(202, "{}").then(202, "{}").then(202, "{}");
        for (var act : Act.values()) {
            assertThat(send(pagerDuty(), act, null)).isInstanceOf(SendResult.Sent.class);
        }
        assertThat(http.requests())
                .extracting(r -> r.json().path("event_action").asText())
                .containsExactly("trigger", "trigger", "acknowledge", "resolve");
        assertThat(http.requests())
                .allSatisfy(
                        r -> {
                            assertThat(r.json().path("dedup_key").asText())
                                    .isEqualTo("lakebaseops/a1");
                            assertThat(r.json().path("routing_key").asText()).isEqualTo(KEY);
                        });
        var payload = http.requests().getFirst().json().path("payload");
        assertThat(payload.path("severity").asText()).isEqualTo("critical");
        assertThat(payload.path("source").asText()).isEqualTo("shop/production");
        assertThat(payload.path("component").asText()).isEqualTo("sales.or_ders <x>");
        assertThat(payload.at("/custom_details/link").asText())
                .startsWith("lakebaseops://p/shop/production/overview/metric/");
        assertThat(http.last().json().has("payload")).as("an end needs none").isFalse();
    }

    @Test
    void pagerDutysErrorsDoNotRepeatTheKey() {
        http.then(400, "{\"status\":\"invalid event\",\"errors\":[\"bad " + KEY + "\"]}")
                .then(429, "");
        assertThat(send(pagerDuty(), Act.TRIGGER, null))
                .isInstanceOfSatisfying(
                        SendResult.Refused.class,
                        r -> assertThat(r.reason()).contains("invalid event", "***"));
        assertThat(send(pagerDuty(), Act.TRIGGER, null)).isInstanceOf(SendResult.Later.class);
    }

    @Test
    void teamsGetsAnAdaptiveCardWithoutMarkupFromNames() {
        http.then(202, "");
        assertThat(send(teams, Act.TRIGGER, null)).isInstanceOf(SendResult.Sent.class);
        var json = http.last().json();
        assertThat(json.path("type").asText()).isEqualTo("message");
        assertThat(json.at("/attachments/0/contentType").asText())
                .isEqualTo("application/vnd.microsoft.card.adaptive");
        var card = json.at("/attachments/0/content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.at("/body/0/text").asText()).contains("sales.or\\_ders");
        assertThat(card.at("/body/1/facts/0/title").asText()).isEqualTo("Server");
    }

    @Test
    void aWebhookIsSignedSoThatItCanBeChecked() {
        var to = new NotificationChannel.Webhook("h", URI.create(http.url() + "/alerts"), "key");
        assertThat(send(to, Act.TRIGGER, null)).isInstanceOf(SendResult.Sent.class);
        var request = http.last();
        var time = request.header("X-LakebaseOps-Timestamp");
        assertThat(request.header("X-LakebaseOps-Signature"))
                .isEqualTo("sha256=" + WebhookChannel.signature(KEY, time, request.body()))
                .isNotEqualTo("sha256=" + WebhookChannel.signature("other", time, request.body()));
        assertThat(request.header("X-LakebaseOps-Delivery"))
                .isEqualTo(request.json().path("id").asText());
        assertThat(request.json().path("act").asText()).isEqualTo("trigger");
        assertThat(request.json().at("/figures/Limit").asText()).isEqualTo("25 %");
    }

    /// By another implementation: `printf 1.body | openssl dgst -sha256 -hmac k`.
    @Test
    void theSignatureIsHmacSha256() {
        assertThat(WebhookChannel.signature("k", "1", new byte[0]))
                .isEqualTo("37c39ff90c9eaf98b76f1cf1a38399fa408e930f34e04a5179d0dc6489fe9c78");
    }

    @Test
    void mailsAboutOneAlertAreOneConversation() {
        var first = send(mail("ops"), Act.TRIGGER, null);
        assertThat(first).isInstanceOf(SendResult.Sent.class);
        var id = ((SendResult.Sent) first).receipt();
        send(mail("ops"), Act.RESOLVE, id);
        assertThat(smtp.mails().getFirst())
                .contains("Message-ID: " + id)
                .contains("To: dba@example.org, Kim <kim@example.org>")
                .contains("Subject: [LakebaseOps] Critical: shop/production: Dead rows 31 %")
                .contains("Limit: 25 %")
                .contains("Done by the agents: VACUUM ANALYZE")
                .contains("lakebaseops://p/shop/production/overview/metric/");
        assertThat(smtp.mails().get(1)).contains("In-Reply-To: " + id).contains("Recovered");
        assertThat(smtp.commands()).anyMatch(c -> c.startsWith("AUTH PLAIN"));
    }

    @Test
    void smtpErrorsAreToldApart() {
        smtp.answer("RCPT", "550 no such user");
        assertThat(send(mail(null), Act.TRIGGER, null))
                .isEqualTo(new SendResult.Refused("127.0.0.1 refused the mail: 550"));
        smtp.answer("RCPT", "450 mailbox busy");
        assertThat(send(mail(null), Act.TRIGGER, null))
                .isEqualTo(new SendResult.Later("127.0.0.1 cannot take the mail now: 450", null));
        smtp.answer("RCPT", "250 fine");
        smtp.answer("END", "451 try later");
        assertThat(send(mail(null), Act.TRIGGER, null)).isInstanceOf(SendResult.Later.class);
        smtp.answer("AUTH", "535 5.7.8 bad credentials " + PASSWORD);
        assertThat(send(mail("ops"), Act.TRIGGER, null))
                .isEqualTo(new SendResult.Refused("127.0.0.1 refused the login"));
        smtp.answer("MAIL", "");
        assertThat(send(hasty, mail(null), Act.TRIGGER, null))
                .as("no answer at all")
                .isInstanceOf(SendResult.Later.class);
    }

    @Test
    void aPasswordIsNotSentWhereNothingIsEncrypted() {
        var plain = mail("ops");
        var to =
                new NotificationChannel.Mail(
                        "m",
                        plain.host(),
                        plain.port(),
                        Tls.STARTTLS,
                        "ops",
                        "smtp",
                        plain.from(),
                        plain.to());
        assertThat(send(to, Act.TRIGGER, null)).isInstanceOf(SendResult.Later.class);
        assertThat(smtp.commands()).noneMatch(c -> c.startsWith("AUTH"));
    }

    @Test
    void aServerThatHangsIsLeftAfterOurPatience() {
        http.thenHang().thenHangInTheMiddle();
        assertThat(send(hasty, webhook, Act.TRIGGER, null)).isInstanceOf(SendResult.Later.class);
        assertThat(send(hasty, webhook, Act.TRIGGER, null)).isInstanceOf(SendResult.Later.class);
        http.close();
        assertThat(send(webhook, Act.TRIGGER, null))
                .isInstanceOfSatisfying(
                        SendResult.Later.class,
                        l -> assertThat(l.reason()).startsWith("127.0.0.1 "));
    }

    @Test
    void aRedirectIsNotFollowed() {
        http.then(302, "", "Location", http.url() + "/elsewhere");
        assertThat(send(webhook, Act.TRIGGER, null)).isInstanceOf(SendResult.Refused.class);
        assertThat(http.requests()).hasSize(1);
    }

    @Test
    void retryAfterIsSecondsOrADateAndNeverADay() {
        http.then(429, "", "Retry-After", "86400")
                .then(
                        503,
                        "",
                        "Retry-After",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                Instant.now().plusSeconds(600).atOffset(ZoneOffset.UTC)))
                .then(503, "", "Retry-After", "soon");
        assertThat(send(webhook, Act.TRIGGER, null))
                .isEqualTo(new SendResult.Later("HTTP 429", Duration.ofHours(1)));
        assertThat(send(webhook, Act.TRIGGER, null))
                .isInstanceOfSatisfying(
                        SendResult.Later.class,
                        l ->
                                assertThat(l.after())
                                        .isBetween(Duration.ofMinutes(1), Duration.ofMinutes(10)));
        assertThat(send(webhook, Act.TRIGGER, null))
                .isEqualTo(new SendResult.Later("HTTP 503", null));
    }

    @Test
    void aSecretThatIsMissingOrNoAddressSaysWhatToDo() {
        secrets.remove("token");
        assertThat(send(slack(), Act.TRIGGER, null))
                .isInstanceOfSatisfying(
                        SendResult.Refused.class,
                        r ->
                                assertThat(r.reason())
                                        .contains("LAKEBASEOPS_SECRET_TOKEN", "secrets/token"));
        for (var wrong :
                List.of(
                        "http://hooks.example.org" + PATH,
                        "hooks" + PATH,
                        "https://u:p@h" + PATH)) {
            secrets.put("url", wrong);
            assertThat(send(webhook, Act.TRIGGER, null)).isInstanceOf(SendResult.Refused.class);
        }
        assertThat(http.requests()).isEmpty();
    }

    @Test
    void theDesktopShowsItWhenAWindowIsOpen() {
        var desk = new NotificationChannel.Desktop("d");
        assertThat(send(desk, Act.TRIGGER, null)).isInstanceOf(SendResult.Sent.class);
        assertThat(shown).singleElement().satisfies(m -> assertThat(m.headline()).contains("31 %"));
        var none = new Channels(_ -> Optional.empty(), threads, Duration.ofSeconds(1), () -> null);
        assertThat(send(none, desk, Act.TRIGGER, null)).isInstanceOf(SendResult.Later.class);
    }
}
