package io.lakebaseops.ask.meaning;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The words of a question in one form: lower case, without accents and punctuation, shorthand of
/// the trade written out.
public final class Words {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPLIT = Pattern.compile("[^\\p{L}\\p{N}_]+");

    /// What people type for it, and what it is.
    private static final Map<String, String> SHORT =
            Map.ofEntries(
                    Map.entry("db", "database"),
                    Map.entry("dbs", "databases"),
                    Map.entry("idx", "index"),
                    Map.entry("idxs", "indexes"),
                    Map.entry("indices", "indexes"),
                    Map.entry("tbl", "table"),
                    Map.entry("tbls", "tables"),
                    Map.entry("qry", "query"),
                    Map.entry("qrys", "queries"),
                    Map.entry("conn", "connection"),
                    Map.entry("conns", "connections"),
                    Map.entry("repl", "replication"),
                    Map.entry("seq", "sequence"),
                    Map.entry("seqs", "sequences"),
                    Map.entry("ext", "extension"),
                    Map.entry("exts", "extensions"),
                    Map.entry("perms", "permissions"),
                    Map.entry("privs", "privileges"),
                    Map.entry("fk", "foreign key"),
                    Map.entry("fks", "foreign keys"),
                    Map.entry("pk", "primary key"),
                    Map.entry("cfg", "configuration"),
                    Map.entry("config", "configuration"),
                    Map.entry("pls", ""),
                    Map.entry("plz", ""),
                    Map.entry("please", ""),
                    Map.entry("bitte", ""),
                    Map.entry("wat", "what"),
                    Map.entry("whats", "what is"),
                    Map.entry("wheres", "where is"),
                    Map.entry("whos", "who is"),
                    Map.entry("rn", "right now"),
                    Map.entry("hr", "hour"),
                    Map.entry("hrs", "hours"),
                    Map.entry("pct", "percent"),
                    Map.entry("mem", "memory"),
                    Map.entry("iit", "idle in transaction"),
                    Map.entry("rls", "row level security"),
                    Map.entry("xid", "transaction id"),
                    Map.entry("xids", "transaction ids"),
                    Map.entry("pgss", "pg_stat_statements"),
                    Map.entry("qps", "queries per second"),
                    Map.entry("tps", "transactions per second"));

    private Words() {}

    /// Without accents, in lower case: `größte` is `grosste`.
    public static String plain(String text) {
        var folded = text.toLowerCase(Locale.ROOT).replace("ß", "ss").replace("'s ", "s ");
        return MARKS.matcher(Normalizer.normalize(folded, Normalizer.Form.NFD)).replaceAll("");
    }

    public static List<String> of(String text) {
        return SPLIT.splitAsStream(plain(text).replace("'", ""))
                .filter(w -> !w.isEmpty())
                .flatMap(Words::spelled)
                .toList();
    }

    private static Stream<String> spelled(String word) {
        var whole = SHORT.get(word);
        return whole == null
                ? Stream.of(word)
                : Stream.of(whole.split(" ")).filter(w -> !w.isEmpty());
    }
}
