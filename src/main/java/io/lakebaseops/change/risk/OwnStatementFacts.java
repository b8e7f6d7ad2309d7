package io.lakebaseops.change.risk;

import io.lakebaseops.sqltext.SqlStatement;
import io.lakebaseops.sqltext.Token;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// A cache of the facts of our own named statements: thousands of plans hold the same one and
/// differ only in the names in its holes.
///
/// The facts of one hold for another when names that are equal in one are equal in the other, and
/// when no name in a hole is that of a function, a type or anything else that runs code.
final class OwnStatementFacts {
    /// Far more than our statements have shapes; whatever comes beyond is read each time.
    private static final int MOST = 500;

    /// The server cuts longer names, and two of them may become one.
    private static final int NAME_BYTES = 63;

    private final Map<String, StatementFacts> known = new ConcurrentHashMap<>();

    @Nullable StatementFacts find(SqlAllowList.Own own) {
        var shape = shape(own);
        return shape == null ? null : known.get(shape);
    }

    void keep(SqlAllowList.Own own, SqlStatement statement, StatementFacts facts) {
        var shape = shape(own);
        var names =
                own.names().stream()
                        .flatMap(n -> n.stream().map(Token::identifier))
                        .collect(Collectors.toSet());
        boolean runsCode =
                statement.code().stream()
                        .anyMatch(c -> names.contains(c.name()) || names.contains(c.schema()));
        if (shape != null && !runsCode && known.size() < MOST) {
            known.put(shape, facts);
        }
    }

    /// The statement with its names numbered; null when a name is cut by the server.
    private static @Nullable String shape(SqlAllowList.Own own) {
        var numbers = new HashMap<String, Integer>();
        var shape = new StringBuilder(own.name().path());
        for (var qualified : own.names()) {
            shape.append(' ');
            for (var name : qualified) {
                var identifier = name.identifier();
                if (identifier.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES) {
                    return null;
                }
                shape.append(numbers.computeIfAbsent(identifier, _ -> numbers.size())).append('.');
            }
        }
        return shape.toString();
    }
}
