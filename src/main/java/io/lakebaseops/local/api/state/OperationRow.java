package io.lakebaseops.local.api.state;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// The stored record of a long-running operation. Kept across a crash, so that whoever waits learns
/// its end.
///
/// @param target full name of the resource it works on
/// @param response the resource afterwards, once done well
/// @param error `error_code` and `message`, once failed
public record OperationRow(
        String name,
        Verb verb,
        Thing thing,
        String target,
        Instant started,
        boolean done,
        @Nullable JsonNode response,
        @Nullable JsonNode error) {

    public enum Verb {
        CREATE,
        UPDATE,
        DELETE,
        UNDELETE
    }

    public enum Thing {
        PROJECT("Project"),
        BRANCH("Branch"),
        ENDPOINT("Endpoint"),
        ROLE("Role"),
        DATABASE("Database"),
        CATALOG("Catalog");

        private final String typeName;

        Thing(String typeName) {
            this.typeName = typeName;
        }

        public String typeName() {
            return typeName;
        }
    }

    public OperationRow succeeded(JsonNode result) {
        return new OperationRow(name, verb, thing, target, started, true, result, null);
    }

    public OperationRow failed(JsonNode why) {
        return new OperationRow(name, verb, thing, target, started, true, null, why);
    }
}
