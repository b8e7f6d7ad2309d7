package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Connection strings as people have them for psql and for JDBC, on a server that asks for the
/// password.
final class ConnectionStringPgTest {
    private static Pg17 server;
    private static int port;

    @TempDir private static Path dir;

    @BeforeAll
    static void start() throws Exception {
        server = Pg17.started(List.of("listen_addresses = '127.0.0.1, ::1'"));
        port = server.port();
        var database = server.database("uris");
        database.asAdmin(
                "create role plus login password 'a+b/c@d%e'",
                "create role \"a user\" login password 'it''s a \\ test'",
                "create role hash login password 'lead and # hash, %25 \"q\"'");
        var data = Path.of(String.valueOf(database.scalar("show data_directory")));
        var rules = data.resolve("pg_hba.conf");
        Files.writeString(
                rules,
                "host all plus,hash,\"a user\" all scram-sha-256\n" + Files.readString(rules));
        database.asAdmin("select pg_reload_conf()");
        var file = dir.resolve("pg_service.conf");
        Files.writeString(
                file,
                """
                # a comment
                [other]
                host=nowhere.invalid

                [svc]
                host=localhost
                port=%1$d
                user=plus
                password=a+b/c@d%%e
                dbname=does_not_exist

                [usual]
                host=localhost
                port=%1$d
                dbname=postgres
                user=hash
                password=lead and # hash, %%25 "q"
                application_name=it's mine, "x" #1
                connect_timeout=5
                target_session_attrs=read-write
                keepalives_idle=30
                gssencmode=disable
                sslmode=prefer
                client_encoding=auto

                [typo]
                host=localhost
                pasword=s3cr3t
                [crl]
                host=localhost
                user=plus
                sslcrl=/x
                """
                        .formatted(port));
        System.setProperty("org.postgresql.pgservicefile", file.toString());
    }

    @AfterAll
    static void stop() {
        System.clearProperty("org.postgresql.pgservicefile");
        server.stop();
    }

    private static String who(JdbcConnectionProvider door) {
        try (var rig = TestTargets.of(door, door.target());
                var session = rig.read()) {
            return session.capabilities().user() + " in " + session.database();
        }
    }

    private static JdbcConnectionProvider door(String text) {
        return JdbcConnectionProvider.ofUrl(
                "url", text.replace("PORT", Integer.toString(port)), null, () -> null);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            textBlock =
                    """
                    postgresql://plus:a+b%2Fc%40d%25e@localhost:PORT/postgres                          | plus
                    postgres://plus:a%2Bb%2Fc%40d%25e@localhost:PORT/postgres                          | plus
                    postgresql://plus:a%2Bb%2Fc%40d%25e@[::1]:PORT/postgres                            | plus
                    postgresql://a%20user:it%27s%20a%20%5C%20test@localhost:PORT/postgres              | a user
                    jdbc:postgresql://localhost:PORT/postgres?user=plus&password=a%2Bb%2Fc%40d%25e     | plus
                    host=localhost port=PORT dbname=postgres user=plus password='a+b/c@d%e'            | plus
                    host=localhost port = PORT dbname=postgres user='a user' password='it\\'s a \\\\ test' | a user
                    postgresql:///postgres?service=svc                                                 | plus
                    jdbc:postgresql:///postgres?service=svc                                            | plus
                    postgresql://plus:a%2Bb%2Fc%40d%25e@localhost:1,localhost:PORT/postgres?target_session_attrs=read-write | plus
                    """)
    void eachFormMeansWhatItsOwnRulesSay(String text, String user) {
        assertThat(who(door(text))).isEqualTo(user + " in postgres");
    }

    @Test
    void aPasswordBeforeTheHostIsNoPartOfTheTargetsName() {
        var door = door("postgresql://plus:s3cret@localhost:PORT/postgres");
        assertThat(door.target().key()).doesNotContain("s3cret").contains("localhost:" + port);
        assertThat(door.toString()).doesNotContain("s3cret");
    }

    @Test
    void withoutAPortItIsTheUsualOne() {
        assertThat(door("postgresql://a@localhost/x").target().branch())
                .isEqualTo("localhost:5432");
        assertThat(door("user=a dbname=x").target().branch()).isEqualTo("localhost:5432");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    postgresql://%2Fvar%2Frun%2Fpostgresql/postgres?user=plus | unix sockets are not supported
                    host=/var/run/postgresql user=plus                        | unix sockets are not supported
                    postgresql://a:s3cret%zz@localhost/x                      | not followed by two hexadecimal
                    postgresql://a:s3cret%+f@localhost/x                      | not followed by two hexadecimal
                    postgresql://a:s3cret@h%2Fx%3Fsslmode%3Ddisable/x         | no host name
                    host=localhost user=a pasword=s3cret                      | pasword is no connection keyword
                    host=localhost user=a password='s3cret                    | quotes of password are not closed
                    host=h user=a sslcrl=s3cret                               | sslcrl cannot be honoured
                    mysql://a:s3cret@localhost/x                              | none of the forms known
                    jdbc:postgresql://a:s3cret@localhost/x                    | stands before the host
                    postgresql://localhost/x?service=nowhere                  | has an entry [nowhere]
                    postgresql://localhost/x                                  | no user is given
                    """)
    void whatCannotBeIsNamedWithoutRepeatingASecret(String text, String why) {
        var e = catchThrowableOfType(OpsException.class, () -> door(text));
        assertThat(e.kind()).isEqualTo(OpsException.Kind.INVALID_INPUT);
        assertThat(e.getMessage()).contains(why).doesNotContain("s3cret");
    }

    @Test
    void aServerWithoutTlsIsNeverReachedInPlainText() {
        var text =
                "postgresql://plus:a%2Bb%2Fc%40d%25e@localhost:PORT/postgres?sslmode=verify-full";
        var e = catchThrowableOfType(OpsException.class, () -> who(door(text)));
        assertThat(e.remedy()).contains("sslmode").doesNotContain("password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"svc", "usual"})
    void entriesOfAServiceFileAreTakenLiterally(String service) {
        var door = JdbcConnectionProvider.ofService("p", service, () -> null);
        if (service.equals("svc")) {
            assertThatThrownBy(() -> who(door)).hasMessageContaining("does_not_exist");
        } else {
            assertThat(who(door)).isEqualTo("hash in postgres");
        }
    }

    @Test
    void aWrongKeywordOfAServiceFileIsNamedWithItsLine() {
        assertThatThrownBy(() -> JdbcConnectionProvider.ofService("p", "typo", () -> null))
                .hasMessageContaining("pasword, in ")
                .hasMessageContaining("line 28")
                .message()
                .doesNotContain("s3cr3t");
        assertThatThrownBy(() -> JdbcConnectionProvider.ofService("p", "crl", () -> null))
                .hasMessageContaining("sslcrl, in ");
    }
}
