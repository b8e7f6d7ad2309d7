package io.lakebaseops.change.risk;

import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.sqltext.Parsed;
import io.lakebaseops.sqltext.SqlParser;
import io.lakebaseops.sqltext.SqlStatement;
import io.lakebaseops.sqltext.SqlTemplate;
import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Tokens.Dialect;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What one statement does, read from its parse tree.
///
/// @param own the name of our statement that it is, word by word; null when somebody else wrote it
/// @param lock the strongest it takes on any table
/// @param reads the statement; null when it is not understood, and of classes that are told without
///     the names in it
/// @param dangers what else makes it dangerous, for people
record StatementFacts(
        StatementClass kind,
        @Nullable SqlName own,
        LockLevel lock,
        @Nullable SqlStatement reads,
        List<String> dangers) {
    StatementFacts {
        dangers = List.copyOf(dangers);
    }

    Reversibility reversibility() {
        return kind.reversibility();
    }

    boolean rewrites() {
        return kind.rewrites();
    }

    /// Names in them are tables, columns and indexes, and which ones does not matter.
    private static final Set<StatementClass> TOLD_WITHOUT_NAMES =
            Set.of(
                    StatementClass.VACUUM,
                    StatementClass.VACUUM_FREEZE,
                    StatementClass.ANALYZE,
                    StatementClass.CREATE_INDEX_CONCURRENTLY,
                    StatementClass.CREATE_INDEX,
                    StatementClass.DROP_INDEX_CONCURRENTLY,
                    StatementClass.DROP_INDEX,
                    StatementClass.ATTACH_INDEX);

    private static final OwnStatementFacts OWN = new OwnStatementFacts();

    /// Of a statement of a plan, with `:name` markers.
    static StatementFacts of(String sql) {
        var tokens = Tokens.of(sql, Dialect.TEMPLATE);
        if (tokens.stream().anyMatch(t -> t.kind() == Token.Kind.PLACEHOLDER)) {
            return unknown("a placeholder was not filled in");
        }
        var own = SqlAllowList.find(tokens).orElse(null);
        var known = own == null ? null : OWN.find(own);
        return known == null ? read(SqlTemplate.of(sql).sql(), own) : known;
    }

    /// Of a text that is sent to the letter.
    static StatementFacts toTheLetter(String sql) {
        return read(sql, null);
    }

    private static StatementFacts read(String sql, SqlAllowList.@Nullable Own own) {
        if (Tokens.dependsOnBackslashes(sql)) {
            return unknown("where its strings end depends on a setting of the session");
        }
        var parsed = SqlParser.parse(sql);
        var statement = parsed.single();
        if (statement == null) {
            return unknown(
                    parsed instanceof Parsed.NotUnderstood not
                            ? "not understood: " + not.reason()
                            : "not one statement");
        }
        if (own == null) {
            return of(statement, null);
        }
        var facts = of(statement, own.name());
        if (TOLD_WITHOUT_NAMES.contains(facts.kind())) {
            OWN.keep(own, statement, facts);
        }
        return facts;
    }

    private static StatementFacts of(SqlStatement statement, @Nullable SqlName own) {
        var dangers = new ArrayList<String>();
        var kind = own == null ? null : StatementClassifier.ownKind(own);
        var reader = new StatementClassifier(statement, dangers);
        var found = kind == null ? reader.kind() : kind;
        var lock = reader.lock();
        return new StatementFacts(
                found,
                own,
                lock.compareTo(found.lock()) > 0 ? lock : found.lock(),
                TOLD_WITHOUT_NAMES.contains(found) ? null : statement,
                dangers);
    }

    private static StatementFacts unknown(String why) {
        return new StatementFacts(
                StatementClass.UNKNOWN, null, StatementClass.UNKNOWN.lock(), null, List.of(why));
    }
}
