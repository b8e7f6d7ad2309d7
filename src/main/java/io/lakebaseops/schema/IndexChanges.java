package io.lakebaseops.schema;

import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.Script.Stage;
import io.lakebaseops.schema.TableObject.Index;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// Statements that alter an index without building it again.
final class IndexChanges {
    private static final Pattern NAME = Pattern.compile("INDEX .*? USING ");

    private IndexChanges() {}

    static boolean inPlace(Index a, Index b) {
        return a.definition().equals(b.definition())
                && (Objects.equals(a.parent(), b.parent()) || a.parent() == null)
                && a.unique() == b.unique();
    }

    /// What it indexes, whatever it is called.
    static String nameless(Index i) {
        return NAME.matcher(i.definition()).replaceFirst("");
    }

    static void between(Index a, Index b, Script script) {
        if (b.parent() != null && !b.parent().equals(a.parent())) {
            script.late(b.id(), CreateDdl.attach(b, b.parent()));
        }
        if (!Objects.equals(a.tablespace(), b.tablespace())) {
            var space = Objects.requireNonNullElse(b.tablespace(), "pg_default");
            script.safe(
                    b.id(),
                    "ALTER INDEX " + b.id().sql() + " SET TABLESPACE " + DdlFormatter.ident(space),
                    Hazards.EXCLUSIVE);
        }
        // An index on a partitioned table turns valid when all its parts are attached.
        if (!a.valid() && b.valid() && !b.definition().contains(" ON ONLY ")) {
            script.add(
                    Stage.MAIN,
                    b.unique() ? Mark.LOSSY : Mark.SAFE,
                    b.id(),
                    "REINDEX INDEX " + b.id().sql(),
                    "ACCESS EXCLUSIVE lock on the index: nearly every query of the table waits");
        } else if (a.valid() && !b.valid()) {
            script.remains(b.id(), "an index cannot be made invalid on purpose");
        }
        statistics(b, a.statistics(), script);
    }

    /// Targets of index expressions, `position=target`.
    static void statistics(Index i, List<String> before, Script script) {
        var head = "ALTER INDEX " + i.id().sql() + " ALTER COLUMN ";
        for (var was : before) {
            var position = was.substring(0, was.indexOf('='));
            if (i.statistics().stream().noneMatch(s -> s.startsWith(position + "="))) {
                script.safe(i.id(), head + position + " SET STATISTICS -1");
            }
        }
        for (var is : i.statistics()) {
            if (!before.contains(is)) {
                script.safe(i.id(), head + is.replace("=", " SET STATISTICS "));
            }
        }
    }
}
