package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.Targets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The schemas, tables and roles of a target's database, so that a form can offer them and say at
/// once what is not there.
///
/// @param tables `schema.table`
/// @param complete false when nothing could be read: then nothing is known to be missing
public record DatabaseNames(
        List<String> databases,
        List<String> schemas,
        List<String> tables,
        List<String> roles,
        boolean complete) {
    public static final DatabaseNames NONE =
            new DatabaseNames(List.of(), List.of(), List.of(), List.of(), false);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public DatabaseNames {
        databases = List.copyOf(databases);
        schemas = List.copyOf(schemas);
        tables = List.copyOf(tables);
        roles = List.copyOf(roles);
    }

    /// Blocking. A suspended compute is left asleep: a form is no reason to wake it.
    public static DatabaseNames read(Targets targets, TargetId target) {
        var deadline = Deadline.in(PATIENCE);
        if (!targets.awake(target, deadline)) {
            return NONE;
        }
        var schemas = new ArrayList<String>();
        var tables = new ArrayList<String>();
        var roles = new ArrayList<String>();
        try (var session = targets.read(target, deadline)) {
            for (var row : session.query(GovernanceSql.NAMES, Map.of()).list()) {
                var name = String.valueOf(row.get("name"));
                switch (String.valueOf(row.get("kind"))) {
                    case "schema" -> schemas.add(name);
                    case "table" -> tables.add(name);
                    default -> roles.add(name);
                }
            }
        }
        return new DatabaseNames(targets.databases(target, deadline), schemas, tables, roles, true);
    }
}
