package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// The frame of all index checks: one read of the catalog per database, a verdict on each, and what
/// may be concluded from all of them.
final class IndexCheck {
    private IndexCheck() {}

    /// The verdict of a check on one database.
    interface Verdict {
        List<Finding> findings();

        /// What limits it, in sentences.
        List<String> caveats();

        /// Was this kind looked for completely? What was found before and is not now, is gone.
        boolean covers(String kind);
    }

    /// @param kinds of findings the check looks for
    static <V extends Verdict, O extends Record> Outcome<O> run(
            Targets targets,
            ToolContext context,
            BiFunction<IndexCatalog, ReadSession, V> judge,
            Function<List<V>, O> output,
            List<String> kinds) {
        return PerDatabase.run(
                targets,
                context,
                session -> judge.apply(IndexCatalog.read(session), session),
                look -> {
                    var all = look.perDatabase();
                    return new Outcome.Found<>(
                            output.apply(all),
                            Source.LIVE,
                            look.each(Verdict::findings),
                            look.covers(
                                    kinds.stream()
                                            .filter(k -> all.stream().allMatch(v -> v.covers(k)))
                                            .toArray(String[]::new)),
                            Stream.concat(
                                            look.caveats().stream(),
                                            look.each(Verdict::caveats).stream())
                                    .toList());
                });
    }
}
