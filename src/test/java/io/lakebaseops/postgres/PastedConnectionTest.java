package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

/// Every form in which people have the connection to a PostgreSQL server.
final class PastedConnectionTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            textBlock =
                    """
                    postgres://dba@db-eu-1.shop.example/shop                      | URI  | host=db-eu-1.shop.example dbname=shop user=dba
                    postgresql://db1                                              | URI  | host=db1
                    postgresql://db1:5433                                         | URI  | host=db1 port=5433
                    postgresql://                                                 | URI  | host=localhost
                    postgresql:///shop                                            | URI  | host=localhost dbname=shop
                    POSTGRESQL://db1/shop                                         | URI  | host=db1 dbname=shop
                    postgresql://db1:5432/shop                                    | URI  | host=db1 port=5432 dbname=shop
                    postgresql://dba:a%2Bb%2Fc%40d%25e@db1/shop                   | URI  | host=db1 dbname=shop user=dba !a+b/c@d%e
                    postgresql://dba:a+b@db1/shop                                 | URI  | host=db1 dbname=shop user=dba !a+b
                    postgresql://a%20user:it%27s%20a%20%5C%20test@db1/x           | URI  | host=db1 dbname=x user='a user' !it's a \\ test
                    postgresql://dba:@db1/shop                                    | URI  | host=db1 dbname=shop user=dba
                    postgresql://dba@[::1]:5433/shop                              | URI  | host=[::1] port=5433 dbname=shop user=dba
                    postgresql://dba@[2001:db8::1]/shop                           | URI  | host=[2001:db8::1] dbname=shop user=dba
                    postgresql://h1:1,h2:2/shop?target_session_attrs=read-write   | URI  | host=h1,h2 port=1,2 dbname=shop target_session_attrs=read-write
                    postgresql://h1,h2:5433/shop                                  | URI  | host=h1,h2 port=5432,5433 dbname=shop
                    postgresql://db1/shop?sslmode=verify-full&sslrootcert=/ca.pem | URI  | host=db1 dbname=shop sslmode=verify-full sslrootcert=/ca.pem
                    postgresql://db1/shop?sslmode=verify-full&sslrootcert=system  | URI  | host=db1 dbname=shop sslmode=verify-full sslrootcert=system
                    postgresql://db1/shop?sslcert=c.crt&sslkey=c.p12              | URI  | host=db1 dbname=shop sslcert=c.crt sslkey=c.p12
                    postgresql:///shop?host=db1&port=5433&user=dba                | URI  | host=db1 port=5433 dbname=shop user=dba
                    postgresql:///postgres?service=shop                           | URI  | service=shop dbname=postgres
                    postgres://dba:pw@db1/shop?ssl=true                           | URI  | host=db1 dbname=shop user=dba sslmode=require !pw
                    postgres://dba:pw@db1/shop?sslmode=require&pgbouncer=true     | URI  | host=db1 dbname=shop user=dba sslmode=require !pw
                    postgres://db1/shop?schema=public&connection_limit=5          | URI  | host=db1 dbname=shop
                    postgresql://db1/shop?application_name=x&connect_timeout=10   | URI  | host=db1 dbname=shop
                    postgresql://db1/shop?options=-c%20geqo%3Doff                 | URI  | host=db1 dbname=shop options='-c geqo=off'
                    postgresql+psycopg2://dba:pw@db1/shop                         | URI  | host=db1 dbname=shop user=dba !pw
                    postgresql+asyncpg://dba@db1:6432/shop                        | URI  | host=db1 port=6432 dbname=shop user=dba
                    r2dbc:postgresql://dba@db1:5432/shop                          | URI  | host=db1 port=5432 dbname=shop user=dba
                    "postgres://dba@db1/shop"                                     | URI  | host=db1 dbname=shop user=dba
                    DATABASE_URL=postgres://dba:pw@db1/shop                       | URI  | host=db1 dbname=shop user=dba !pw
                    export DATABASE_URL="postgres://dba@db1/shop"                 | URI  | host=db1 dbname=shop user=dba
                    url: postgres://dba@db1/shop                                  | URI  | host=db1 dbname=shop user=dba
                    $ psql postgres://dba@db1/shop                                | PSQL | host=db1 dbname=shop user=dba
                    jdbc:postgresql://db1:5432/shop?user=dba&password=a%2Bb       | JDBC | host=db1 port=5432 dbname=shop user=dba !a+b
                    jdbc:postgresql://db1/shop                                    | JDBC | host=db1 dbname=shop
                    jdbc:postgresql:shop                                          | JDBC | host=localhost dbname=shop
                    jdbc:postgresql://h1:5432,h2:5433/shop?targetServerType=primary | JDBC | host=h1,h2 port=5432,5433 dbname=shop target_session_attrs=primary
                    jdbc:postgresql://db1/shop?ssl=true                           | JDBC | host=db1 dbname=shop sslmode=verify-full
                    jdbc:postgresql://db1/shop?ssl=true&sslmode=require           | JDBC | host=db1 dbname=shop sslmode=require
                    jdbc:postgresql://db1/shop?sslfactory=org.postgresql.ssl.NonValidatingFactory&ssl=true | JDBC | host=db1 dbname=shop sslmode=require
                    jdbc:postgresql://db1/shop?currentSchema=x&prepareThreshold=0 | JDBC | host=db1 dbname=shop
                    jdbc:postgresql://db1/shop?socketFactory=evil.Class           | JDBC | host=db1 dbname=shop
                    jdbc:postgresql://dba:pw@db1/shop                             | JDBC | host=db1 dbname=shop user=dba !pw
                    spring.datasource.url=jdbc:postgresql://db1/shop              | JDBC | host=db1 dbname=shop
                    jdbc:postgresql://[::1]:5432/shop                             | JDBC | host=[::1] port=5432 dbname=shop
                    jdbc:postgresql://db1/shop?loadBalanceHosts=true              | JDBC | host=db1 dbname=shop load_balance_hosts=random
                    host=db1 dbname=shop user=dba                                 | KEYWORDS | host=db1 dbname=shop user=dba
                    host=db1 port = 5433 dbname=shop                              | KEYWORDS | host=db1 port=5433 dbname=shop
                    host=db1 dbname=shop user=dba password='a+b/c@d%e'            | KEYWORDS | host=db1 dbname=shop user=dba !a+b/c@d%e
                    host=db1 user='a user' password='it\\'s a \\\\ test'          | KEYWORDS | host=db1 user='a user' !it's a \\ test
                    host=h1,h2 port=5432,5433 dbname=x target_session_attrs=any   | KEYWORDS | host=h1,h2 port=5432,5433 dbname=x target_session_attrs=any
                    hostaddr=10.0.0.5 host=db1 dbname=x                           | KEYWORDS | host=db1 hostaddr=10.0.0.5 dbname=x
                    service=shop                                                  | KEYWORDS | service=shop
                    service=shop user=other                                       | KEYWORDS | service=shop user=other
                    host=db1:5433 dbname=shop                                     | KEYWORDS | host=db1 port=5433 dbname=shop
                    dbname=shop                                                   | KEYWORDS | host=localhost dbname=shop
                    psql "host=db1 port=5432 dbname=shop user=dba sslmode=verify-full" | PSQL | host=db1 port=5432 dbname=shop user=dba sslmode=verify-full
                    psql -h db1 -p 5433 -U dba -d shop                            | PSQL | host=db1 port=5433 dbname=shop user=dba
                    psql -hdb1 -p5433 -Udba shop                                  | PSQL | host=db1 port=5433 dbname=shop user=dba
                    psql --host=db1 --username=dba --dbname shop -W               | PSQL | host=db1 dbname=shop user=dba
                    psql -h db1 shop dba -c "select 1"                            | PSQL | host=db1 dbname=shop user=dba
                    PGPASSWORD='a b' psql -h db1 -U dba shop                      | PSQL | host=db1 dbname=shop user=dba !a b
                    PGSSLMODE=require /usr/lib/postgresql/17/bin/psql -h db1 shop | PSQL | host=db1 dbname=shop sslmode=require
                    "C:\\Program Files\\PostgreSQL\\17\\bin\\psql.exe" -h db1 shop | PSQL | host=db1 dbname=shop
                    sudo -u postgres psql -h db1 -d shop                          | PSQL | host=db1 dbname=shop
                    docker exec -it pg psql -h db1 -U dba shop                    | PSQL | host=db1 dbname=shop user=dba
                    pgcli postgresql://dba@db1/shop                               | PSQL | host=db1 dbname=shop user=dba
                    pg_dump -h db1 -U dba shop > shop.sql                         | PSQL | host=db1 dbname=shop user=dba
                    PGHOST=db1 PGUSER=dba PGDATABASE=shop PGPASSWORD=pw           | ENVIRONMENT | host=db1 dbname=shop user=dba !pw
                    export PGHOST=db1 PGPORT=5433                                 | ENVIRONMENT | host=db1 port=5433
                    Host=db1;Port=5433;Database=shop;Username=dba;Password=a;SSL Mode=VerifyFull | DOTNET | host=db1 port=5433 dbname=shop user=dba sslmode=verify-full !a
                    Server=db1;User Id=dba;Database=shop;Pooling=true;            | DOTNET | host=db1 dbname=shop user=dba
                    pgsql:host=db1;port=5433;dbname=shop;user=dba                 | DOTNET | host=db1 port=5433 dbname=shop user=dba
                    db1:5432:shop:dba:a\\:b                                       | PASSFILE | host=db1 port=5432 dbname=shop user=dba !a:b
                    db1:*:*:dba:pw                                                | PASSFILE | host=db1 user=dba !pw
                    db1                                                           | HOST | host=db1
                    db1:5433                                                      | HOST | host=db1 port=5433
                    db1.example/shop                                              | HOST | host=db1.example dbname=shop
                    dba@db1:5433/shop                                             | HOST | host=db1 port=5433 dbname=shop user=dba
                    [::1]:5433                                                    | HOST | host=[::1] port=5433
                    ep-cool-1.database.us-west-2.cloud.databricks.com             | LAKEBASE_HOST | host=ep-cool-1.database.us-west-2.cloud.databricks.com dbname=databricks_postgres sslmode=verify-full sslrootcert=system
                    https://ep-1.database.azuredatabricks.net                     | LAKEBASE_HOST | host=ep-1.database.azuredatabricks.net dbname=databricks_postgres sslmode=verify-full sslrootcert=system
                    """)
    void each_form_is_read_by_its_own_rules(
            String text, PastedConnection.Form form, String expected) {
        var read = PastedConnection.read(text);
        assertThat(read).isInstanceOf(PastedConnection.Server.class);
        var server = (PastedConnection.Server) read;
        assertThat(server.form()).isEqualTo(form);
        var password = server.password();
        assertThat(
                        PastedConnection.written(server.keywords())
                                + (password == null ? "" : " !" + password))
                .isEqualTo(expected.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://dbc-4f1e.cloud.databricks.com",
                "https://dbc-4f1e.cloud.databricks.com/?o=123#job/1",
                "https://DBC-4f1e.cloud.databricks.com/sql/warehouses",
                "dbc-4f1e.cloud.databricks.com"
            })
    void an_address_of_a_workspace_is_one(String text) {
        assertThat(PastedConnection.read(text))
                .isEqualTo(new PastedConnection.Workspace("https://dbc-4f1e.cloud.databricks.com"));
    }

    @Test
    void an_entry_of_a_service_file_is_taken_literally() {
        var read =
                PastedConnection.read(
                        "[shop]\n"
                                + "# ours\n"
                                + "host=db1\n"
                                + "user=dba\n"
                                + "password=lead and # hash, %25 \"q\"\n"
                                + "[other]\n"
                                + "host=x");
        assertThat(read)
                .isEqualTo(
                        new PastedConnection.Server(
                                PastedConnection.Form.SERVICE_ENTRY,
                                Map.of("host", "db1", "user", "dba"),
                                "lead and # hash, %25 \"q\"",
                                null,
                                java.util.List.of()));
    }

    @Test
    void a_command_continued_over_lines_is_one_command() {
        var read = PastedConnection.read("psql \\\n  -h db1 \\\n  -U dba \\\n  shop");
        assertThat(((PastedConnection.Server) read).keywords())
                .isEqualTo(Map.of("host", "db1", "user", "dba", "dbname", "shop"));
    }

    @Test
    void the_password_of_a_clients_key_is_a_secret_of_its_own() {
        var read =
                (PastedConnection.Server)
                        PastedConnection.read("host=db1 sslkey=/k.p12 sslpassword=s3cret");
        assertThat(read.keyPassword()).isEqualTo("s3cret");
        assertThat(read.keywords()).doesNotContainKey("sslpassword");
    }

    @Test
    void what_was_mended_or_left_out_is_said() {
        assertThat(notes("postgres://db1/shop?ssl=true&schema=public"))
                .containsExactly("ssl was read as sslmode=require", "left out: schema");
        assertThat(notes("host=db1:5433")).containsExactly("the port was written behind the host");
        assertThat(notes("jdbc:postgresql://db1/s?socketFactory=evil.Class"))
                .containsExactly("left out: socketFactory");
    }

    private static java.util.List<String> notes(String text) {
        return ((PastedConnection.Server) PastedConnection.read(text)).notes();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            textBlock =
                    """
                    ``                                                        | there is nothing to read
                    mysql://s3cret@db1/shop                                   | URL of something else
                    mongodb://u:s3cret@db1                                    | URL of something else
                    postgresql://%2Fvar%2Frun%2Fpostgresql/x?user=plus        | unix sockets are not supported
                    host=/var/run/postgresql user=s3cret                      | unix sockets are not supported
                    postgresql://a:s3cret%zz@localhost/x                      | not followed by two hexadecimal
                    host=localhost user=a pasword=s3cret                      | pasword is no connection keyword
                    host=localhost password='s3cret                           | quotes of password are not closed
                    host=db1 sslmode=s3cret                                   | sslmode is none of
                    host=db1 port=99999                                       | the port is no number
                    host=db1 port=s3cret                                      | the port is no number
                    host=db1 sslcrl=/s3cret                                   | sslcrl cannot be honoured
                    psql -h db1 -U                                            | option -U has no value
                    psql "host=s3cret                                         | quotes are not closed
                    what is s3cret this                                       | none of the usual forms
                    FOO=s3cret                                                | no environment variable of libpq
                    https:///s3cret                                           | no workspace address
                    """)
    void what_cannot_be_read_is_said_without_repeating_it(String text, String why) {
        var read = PastedConnection.read(text);
        assertThat(read).isInstanceOf(PastedConnection.Unreadable.class);
        assertThat(((PastedConnection.Unreadable) read).why())
                .contains(why)
                .doesNotContain("s3cret");
    }

    @Test
    void no_form_prints_a_password() {
        assertThat(PastedConnection.read("postgres://dba:s3cret@db1/shop").toString())
                .doesNotContain("s3cret")
                .contains("db1");
    }

    @Test
    void what_is_written_is_read_back_the_same() {
        var keywords = Map.of("host", "db1", "user", "it's a \\ user", "dbname", "a b");
        var again =
                (PastedConnection.Server) PastedConnection.read(PastedConnection.written(keywords));
        assertThat(again.keywords()).isEqualTo(keywords);
    }
}
