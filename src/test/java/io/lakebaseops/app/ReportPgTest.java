package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.cli.Commands;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.testing.Pg17;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The report of a real server by the command line: what it says, and what it must not say.
final class ReportPgTest {
    /// In a statement that runs, in the text of a function, in a comment.
    private static final String LITERAL = "s3cr3t-l1teral-77";

    private static final String PASSWORD = "p4ssw0rd-of-report-78";

    private static final String NASTY = "<img src=x onerror=alert(1)>";

    /// Of its own: a report tells of every database of a server.
    private static final Pg17 SERVER = Pg17.started(List.of());

    @TempDir private Path dir;

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Test
    void a_real_server_is_told_without_its_secrets() throws Exception {
        var shop = SERVER.database("report");
        shop.asDba(
                """
                create schema shop;
                create table shop."%s" (id int, note text);
                insert into shop."%s" select n, 'x' from generate_series(1, 30000) n;
                create index a on shop."%s" (id);
                create index b on shop."%s" (id);
                comment on table shop."%s" is '%s';
                """
                        .formatted(NASTY, NASTY, NASTY, NASTY, NASTY, LITERAL));
        var html = dir.resolve("state.html");
        var pdf = dir.resolve("state.pdf");
        shop.asAdmin("create role report_login login superuser password '%s'".formatted(PASSWORD));
        var url = shop.url() + "?user=report_login&password=" + PASSWORD;
        var out = new StringWriter();
        int code;
        try (var open = shop.dba();
                var statement = open.createStatement();
                var wiring = new Wiring(new Home(dir.resolve("home")), LocalOptions.defaults())) {
            open.setAutoCommit(false);
            // Idle in a transaction, with a literal in its last statement.
            statement.execute("select '%s', id from shop.\"%s\" limit 1".formatted(LITERAL, NASTY));
            run(wiring, out, "tool", "run_full_index_analysis", "--url", url);
            run(wiring, out, "tool", "monitor_connections", "--url", url);
            code =
                    run(
                            wiring,
                            out,
                            "report",
                            "--html",
                            html.toString(),
                            "--pdf",
                            pdf.toString(),
                            "--url",
                            url);
        }
        assertThat(code).as(out.toString()).isZero();
        var text = Files.readString(html);
        assertThat(text)
                .contains("PostgreSQL 17", "Thresholds, measured", "no standby")
                .contains("&lt;img src=x onerror=alert(1)&gt;");
        assertThat(text).doesNotContain(LITERAL).doesNotContain(PASSWORD).doesNotContain("<img");
        try (var read = Loader.loadPDF(pdf.toFile())) {
            var pages = new PDFTextStripper().getText(read);
            for (var title :
                    new String[] {"Overview", "Queries", "Indexes", "Vacuum", "Approvals"}) {
                assertThat(pages).contains(title);
            }
            assertThat(pages).doesNotContain(LITERAL).doesNotContain(PASSWORD);
        }
    }

    private static int run(Wiring wiring, StringWriter out, String... args) {
        return Commands.build(wiring)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(args);
    }
}
