package io.lakebaseops.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names anybody may give an index, and how a person gets to see them.
class PrintableTest {
    @Test
    void aNameCannotForgeLinesEraseThemOrTurnText() {
        assertThat(Format.printable("n\nrisk      low\nwhat       ANALYZE evil.plain"))
                .isEqualTo("n\\u000Arisk      low\\u000Awhat       ANALYZE evil.plain");
        assertThat(Format.printable("\u001B[2K\u001B[1A\u001B[1;32mapproved"))
                .isEqualTo("\\u001B[2K\\u001B[1A\\u001B[1;32mapproved");
        assertThat(Format.printable("a\u202Eb\u2066c\u200Fd\u009B2J\u2028"))
                .isEqualTo("a\\u202Eb\\u2066c\\u200Fd\\u009B2J\\u2028");
        assertThat(Format.printable("tag \uDB40\uDC01 and lone \uD800"))
                .isEqualTo("tag \\uDB40\\uDC01 and lone \\uD800");
    }

    @Test
    void ordinaryNamesOfAllScriptsStayAsTheyAre() {
        var names = "Größe 表 \uD83D\uDE00 עברית العربية";
        assertThat(Format.printable(names)).isSameAs(names);
        assertThat(Format.printableLines("select 1\n\tfrom t\rx"))
                .isEqualTo("select 1\n\tfrom t\\u000Dx");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST, true",
        "127.0.0.1, true",
        "127.8.9.10, true",
        "::1, true",
        "[::1], true",
        "0:0:0:0:0:0:0:1, true",
        "localhost.evil.com, false",
        "127.evil.com, false",
        "127.0.0.1.evil.com, false",
        "127.0.0.1@evil, false",
        "128.0.0.1, false",
        "0.0.0.0, false",
        "::, false",
        "127.0.0.999, false",
        "127, false",
        "2130706433, false",
        "localhost., false"
    })
    void onlyThisMachineIsLoopback(String host, boolean loopback) {
        assertThat(Loopback.host(host)).isEqualTo(loopback);
    }
}
