package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.postgres.ReadSession;

import java.util.List;
import java.util.stream.Collectors;

/// What a login lacks, as the statement that gives it.
final class MissingRight {
    /// More would not be read.
    private static final int MOST = 5;

    private MissingRight() {}

    static String role(ReadSession session, String role) {
        return "GRANT %s TO %s".formatted(role, login(session));
    }

    /// @param tables that may not be read; at least one
    static String select(ReadSession session, List<CatalogTable> tables) {
        return "GRANT SELECT ON %s TO %s%s"
                .formatted(
                        tables.stream()
                                .limit(MOST)
                                .map(t -> Ident.of(t.schemaName(), t.tableName()).sql())
                                .collect(Collectors.joining(", ")),
                        login(session),
                        tables.size() > MOST
                                ? ", and on %d more".formatted(tables.size() - MOST)
                                : "");
    }

    static String extension(ReadSession session, String extension) {
        return session.capabilities().availableExtensions().contains(extension)
                ? "CREATE EXTENSION " + extension
                : "install %s on the server, then CREATE EXTENSION %s"
                        .formatted(extension, extension);
    }

    private static String login(ReadSession session) {
        return Ident.of(session.capabilities().user()).sql();
    }
}
