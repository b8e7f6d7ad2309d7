package io.lakebaseops.sqltext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.sqltext.Token.Kind;
import io.lakebaseops.sqltext.Tokens.Dialect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/// Where each token begins and ends, letter by letter: what the gate reads must be what the server
/// reads. `_` stands for a line feed; spaces between tokens are left out.
final class TokensTest {
    private static String read(String sql, Dialect dialect) {
        return Tokens.of(sql.replace('_', '\n'), dialect).stream()
                .filter(t -> t.kind() != Kind.SPACE)
                .map(
                        t ->
                                "%s:%s%s"
                                        .formatted(
                                                t.kind().name().charAt(0),
                                                t.text().replace('\n', '_'),
                                                t.closed() ? "" : "!"))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // numbers
                "1e5|N:1e5",
                "1e+5|N:1e+5",
                "1E-5|N:1E-5",
                "1+5|N:1 S:+ N:5",
                "1e5-2|N:1e5 S:- N:2",
                "1f+2|N:1f S:+ N:2",
                "1e*2|N:1e S:* N:2",
                "1..2|N:1 S:. N:.2",
                "1:2|N:1 S:: N:2",
                ".5|N:.5",
                "a.5|W:a N:.5",
                ".|S:.",
                "..|S:. S:.",
                ".a|S:. W:a",
                "0|N:0",
                "9/1|N:9 S:/ N:1",
                // words: a to z, A to Z, an underscore, all beyond ASCII
                "azAZ09$|W:azAZ09$",
                "a@b|W:a S:@ W:b",
                "a[b|W:a S:[ W:b",
                "a`b|W:a S:` W:b",
                "a{b|W:a S:{ W:b",
                "a\u007Fb|W:a S:\u007F W:b",
                "a\u0080b|W:a\u0080b",
                "a\u00A0b|W:a\u00A0b",
                "a/b|W:a S:/ W:b",
                "a:b|W:a S:: W:b",
                "a::b|W:a S::: W:b",
                "a:=b|W:a S::= W:b",
                // strings and what may stand in front of them
                "'a''b'|S:'a''b'",
                "'a\\'b|S:'a\\' W:b",
                "e'a\\'b'|S:e'a\\'b'",
                "E'a\\'b'|S:E'a\\'b'",
                "b'1' x'F' n'\\'|S:b'1' S:x'F' S:n'\\'",
                "N'\\'a|S:N'\\' W:a",
                "q'a'|W:q S:'a'",
                "ee'\\'|W:ee S:'\\'",
                "u&'a'|S:u&'a'",
                "U&\"a\"|Q:U&\"a\"",
                "u&a|W:u S:& W:a",
                "u&|W:u S:&",
                "u &'a'|W:u S:& S:'a'",
                "v&'a'|W:v S:& S:'a'",
                "e&'a'|W:e S:& S:'a'",
                "'a|S:'a!",
                "e'a\\|S:e'a\\!",
                "\"a\"\"b\"|Q:\"a\"\"b\"",
                "\"a\\\"b|Q:\"a\\\" W:b",
                "\"a|Q:\"a!",
                // an escape string goes on where a quote follows on a later line
                "e'a'_'b\\'c'|S:e'a'_'b\\'c'",
                "e'a' _ 'b\\'c'|S:e'a' _ 'b\\'c'",
                "e'a' 'b\\'c|S:e'a' S:'b\\' W:c",
                "e'a'_--x'_'b\\'c'|S:e'a'_--x'_'b\\'c'",
                "e'a' --x_'b\\'c|S:e'a' C:--x S:'b\\' W:c",
                "e'a'_--x|S:e'a' C:--x",
                "e'a'_-x|S:e'a' S:- W:x",
                "e'a'_x|S:e'a' W:x",
                "e'a'_|S:e'a'",
                "e'a'|S:e'a'",
                "e'a'_'|S:e'a'_'!",
                "'a'_'b\\'c|S:'a' S:'b\\' W:c",
                // dollars
                "$1|P:$1",
                "$12a|P:$12 W:a",
                "$0 $9|P:$0 P:$9",
                "$$a$$|S:$$a$$",
                "$a$b$$c$a$d|S:$a$b$$c$a$ W:d",
                "$a|S:$ W:a",
                "$|S:$",
                "$a b$|S:$ W:a W:b$",
                "$$a|S:$$a!",
                "$$$$|S:$$$$",
                "$a$$a$|S:$a$$a$",
                "a$b$|W:a$b$",
                // comments
                "--a_b|C:--a W:b",
                "a--|W:a C:--",
                "/*a*/b|C:/*a*/ W:b",
                "/*/*a*/b*/c|C:/*/*a*/b*/ W:c",
                "/*a|C:/*a!",
                "/*a*|C:/*a*!",
                "/*a*/|C:/*a*/",
                "/*|C:/*!",
                "/**/a|C:/**/ W:a",
                "a/b*c|W:a S:/ W:b S:* W:c",
                // in text for the server a marker is none
                ":name|S:: W:name",
                "{name}|S:{ W:name S:}"
            })
    void asTheServerReads(String sql, String tokens) {
        assertThat(read(sql, Dialect.SERVER)).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'a\\'b'|S:'a\\'b'",
                "n'a\\'b'|S:n'a\\'b'",
                "b'a\\'b|S:b'a\\' W:b",
                "u&'a\\'b|S:u&'a\\' W:b",
                "'a'_'b\\'c'|S:'a'_'b\\'c'"
            })
    void whereABackslashEscapesInEveryString(String sql, String tokens) {
        assertThat(read(sql, Dialect.BACKSLASHES)).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ":name|M:name",
                ":a,:b9|M:a S:, M:b9",
                ":9|S:: N:9",
                ":|S::",
                "a::int|W:a S::: W:int",
                "a:=:b|W:a S::= M:b",
                "{name}|P:{name}",
                "{n9}|P:{n9}",
                "{a}{z}|P:{a} P:{z}",
                "{9a}|S:{ N:9a S:}",
                "{A}|S:{ W:A S:}",
                "{}|S:{ S:}",
                "{|S:{",
                "{a|S:{ W:a",
                "{a b}|S:{ W:a W:b S:}",
                "':name {a}'|S:':name {a}'"
            })
    void inOurOwnStatements(String sql, String tokens) {
        assertThat(
                        Tokens.of(sql, Dialect.TEMPLATE).stream()
                                .filter(t -> t.kind() != Kind.SPACE)
                                .map(
                                        t ->
                                                t.kind().name().charAt(0)
                                                        + ":"
                                                        + (t.kind() == Kind.MARKER
                                                                ? t.name()
                                                                : t.text()))
                                .collect(Collectors.joining(" ")))
                .isEqualTo(tokens);
    }

    /// `_` in the name of a placeholder, which the tables above cannot hold.
    @Test
    void namesInsideMarkersAndPlaceholders() {
        var tokens = Tokens.of("{a_1} :b_2", Dialect.TEMPLATE);
        assertThat(tokens.get(0).name()).isEqualTo("a_1");
        assertThat(tokens.get(2).name()).isEqualTo("b_2");
        assertThat(Tokens.of("{_a}", Dialect.TEMPLATE).getFirst().kind()).isEqualTo(Kind.SYMBOL);
        assertThat(Tokens.of("_a", Dialect.SERVER)).hasSize(1);
    }

    @Test
    void theServersSixKindsOfWhiteSpaceAndNoOther() {
        for (char c : " \t\n\u000B\f\r".toCharArray()) {
            assertThat(Tokens.of("a" + c + "b", Dialect.SERVER)).as("%04x", (int) c).hasSize(3);
            assertThat(Tokens.isSpace(c)).isTrue();
        }
        assertThat(Tokens.isSpace('\b')).isFalse();
        assertThat(Tokens.isSpace('\u000E')).isFalse();
        assertThat(Tokens.isSpace('\u2003')).isFalse();
        assertThat(read("e'a'\r'b\\'c'", Dialect.SERVER)).isEqualTo("S:e'a'\r'b\\'c'");
        assertThat(read("e'a'_--x\r'b\\'c'", Dialect.SERVER)).isEqualTo("S:e'a'_--x\r'b\\'c'");
        assertThat(read("--a\rb", Dialect.SERVER)).isEqualTo("C:--a W:b");
    }

    @Test
    void tokensJoinedGiveTheTextBackAndKnowTheirPlaces() {
        var sql = "select 'a' -- b\n, $1::text /* c";
        var tokens = Tokens.of(sql, Dialect.SERVER);
        assertThat(tokens.stream().map(Token::text).collect(Collectors.joining())).isEqualTo(sql);
        int at = 0;
        for (var token : tokens) {
            assertThat(token.start()).isEqualTo(at);
            at = token.end();
        }
        var read = Tokens.from(sql, sql.length());
        assertThat(read.hasNext()).isFalse();
        assertThatThrownBy(read::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void blanksAreWhiteSpaceAndCommentsInFront() {
        assertThat(Tokens.blanks(" \n-- x\n select 1")).isEqualTo(8);
        assertThat(Tokens.blanks("select 1")).isZero();
        assertThat(Tokens.blanks(" /* x */ ")).isEqualTo(9);
        assertThat(Tokens.blanks("")).isZero();
    }

    @Test
    void onlyABackslashThatMovesTheEndOfAStringDependsOnTheSession() {
        assertThat(Tokens.dependsOnBackslashes("select 'a\\' , 'b'")).isTrue();
        assertThat(Tokens.dependsOnBackslashes("\\'a' 'b'")).isFalse();
        assertThat(Tokens.dependsOnBackslashes("select 'a\\b'")).isFalse();
        assertThat(Tokens.dependsOnBackslashes("select e'a\\'b'")).isFalse();
        assertThat(Tokens.dependsOnBackslashes("select 'a'\n'b'")).isFalse();
        assertThat(Tokens.dependsOnBackslashes("'a'\n'b\\''")).isTrue();
    }

    @Test
    void parametersBecomeStrings() {
        assertThat(Tokens.withStringsForParameters("select $1, '$2', a$3 from t"))
                .isEqualTo("select '0', '$2', a$3 from t");
    }

    @Test
    void whatATokenNames() {
        var word = token("Sales");
        assertThat(word.identifies()).isTrue();
        assertThat(word.identifier()).isEqualTo("sales");
        assertThat(word.is("SALES")).isTrue();
        assertThat(word.is("sale")).isFalse();
        var quoted = token("\"My \"\"Table\"");
        assertThat(quoted.identifies()).isTrue();
        assertThat(quoted.identifier()).isEqualTo("My \"Table");
        assertThat(token("U&\"a\"").identifier()).isEqualTo("a");
        assertThat(token("\"sales\"").is("\"sales\"")).isFalse();
        assertThat(token("'x'").identifies()).isFalse();
        assertThat(token("'x'").is("'x'")).isFalse();
        assertThat(token("(").identifies()).isFalse();
        assertThat(token("(").is("(")).isTrue();
        assertThat(List.of(token(" ").meaningless(), token("-- x").meaningless()))
                .containsOnly(true);
        assertThat(word.meaningless()).isFalse();
    }

    private static Token token(String text) {
        var tokens = Tokens.of(text, Dialect.SERVER);
        assertThat(tokens).hasSize(1);
        return tokens.getFirst();
    }

    @Test
    void namesFoldByAsciiAlone() {
        assertThat(Identifiers.fold("@AZ[az{\u00C4\u0130")).isEqualTo("@az[az{\u00C4\u0130");
        assertThat(Identifiers.quote("a\"b")).isEqualTo("\"a\"\"b\"");
    }

    @Test
    void aTemplateNumbersItsMarkersByName() {
        var template = SqlTemplate.of("select :b, :a, :b from {t} -- :c");
        assertThat(template.sql()).isEqualTo("select $1, $2, $1 from \"{t}\" -- :c");
        assertThat(template.markers()).containsExactly("b", "a");
    }

    @Test
    void aMarkAtTheFrontOfAFileIsTakenOff() {
        assertThat(SqlScript.withoutBom("\uFEFFselect 1")).isEqualTo("select 1");
        assertThat(SqlScript.withoutBom("select\uFEFF 1")).isEqualTo("select\uFEFF 1");
        assertThat(SqlScript.withoutBom("")).isEmpty();
    }
}
