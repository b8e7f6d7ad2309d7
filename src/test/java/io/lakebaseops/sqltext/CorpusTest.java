package io.lakebaseops.sqltext;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.lakebaseops.sqltext.parser.Grammar;
import io.lakebaseops.sqltext.parser.RawParse;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/// The trees are those that another engine (V8) gets from the same .wasm. To record them anew, run
/// this test with `-Dsqltext.corpus=write`, then `src/main/wasm/record-trees.cjs`.
final class CorpusTest {
    private static final Path RECORD = Path.of("src/test/resources/sqltext/trees.txt");

    @Test
    void every_tree_is_the_recorded_one() throws Exception {
        var statements = SqlCorpus.all();
        if ("write".equals(System.getProperty("sqltext.corpus"))) {
            new ObjectMapper().writeValue(Path.of("target/corpus.json").toFile(), statements);
            return;
        }
        var recorded = recorded();
        var wrong = new ArrayList<String>();
        int[] compared = {0};
        var thread =
                new Thread(
                        null,
                        () -> {
                            var grammar = new Grammar();
                            for (var sql : statements) {
                                var tree = recorded.get(sha(sql));
                                // A file of ours changed since: it has no record until the next.
                                if (tree != null) {
                                    compared[0]++;
                                    if (!tree.equals(sha(outcome(grammar, sql)))) {
                                        wrong.add(sql);
                                    }
                                }
                            }
                        },
                        "corpus",
                        64L << 20);
        thread.start();
        thread.join();
        assertThat(wrong).isEmpty();
        assertThat(compared[0]).isGreaterThan(recorded.size() / 2);
        assertThat(SqlCorpus.byHand().stream().map(CorpusTest::sha))
                .allMatch(recorded::containsKey);
    }

    /// As the other engine prints it: the tree, or the error and where.
    private static String outcome(Grammar grammar, String sql) {
        return switch (grammar.parse(sql, Long.MAX_VALUE)) {
            case RawParse.Tree tree -> tree.json();
            case RawParse.Refused refused -> refused.message() + " @" + refused.position();
            case RawParse.Beyond beyond -> "beyond " + beyond.limit();
        };
    }

    private static Map<String, String> recorded() throws IOException {
        return Files.readAllLines(RECORD).stream()
                .filter(l -> !l.startsWith("#"))
                .map(l -> l.split(" "))
                .collect(Collectors.toMap(l -> l[0], l -> l[1]));
    }

    private static String sha(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
