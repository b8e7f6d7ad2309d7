package io.lakebaseops.console;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// A place in the console: a screen, and the thing to show there.
///
/// @param screen the screen's id
/// @param item in the screen's own terms (a plan's id, a tool's name); null for the screen as it
///     stands
public record Destination(String screen, @Nullable String item) {
    public static final String OVERVIEW = "overview";
    public static final String FLEET = "fleet";
    public static final String INDEXES = "indexes";
    public static final String QUERIES = "queries";
    public static final String VACUUM = "vacuum";
    public static final String BRANCHES = "branches";
    public static final String ARCHIVE = "archive";
    public static final String SYNC = "sync";
    public static final String COST = "cost";
    public static final String APPROVALS = "approvals";
    public static final String ASK = "ask";
    public static final String AGENTS = "agents";
    public static final String CONNECTIONS = "connections";
    public static final String SETTINGS = "settings";

    public static Destination overview() {
        return new Destination(OVERVIEW, null);
    }

    /// All servers.
    public static Destination fleet() {
        return new Destination(FLEET, null);
    }

    public static Destination queries() {
        return new Destination(QUERIES, null);
    }

    /// @param queryid of the statement that is selected
    public static Destination statement(String queryid) {
        return new Destination(QUERIES, queryid);
    }

    /// @param fingerprint of the finding whose evidence opens
    public static Destination finding(String fingerprint) {
        return new Destination(OVERVIEW, "finding " + fingerprint);
    }

    /// @param metric id of the metric whose evidence opens
    public static Destination metric(String metric) {
        return new Destination(OVERVIEW, "metric " + metric);
    }

    public static Destination branches() {
        return new Destination(BRANCHES, null);
    }

    /// @param name of the branch that is selected
    public static Destination branch(String name) {
        return new Destination(BRANCHES, name);
    }

    public static Destination vacuum() {
        return new Destination(VACUUM, null);
    }

    public static Destination sync() {
        return new Destination(SYNC, null);
    }

    public static Destination cost() {
        return new Destination(COST, null);
    }

    public static Destination approvals() {
        return new Destination(APPROVALS, null);
    }

    public static Destination plan(UUID id) {
        return new Destination(APPROVALS, id.toString());
    }

    public static Destination indexes() {
        return new Destination(INDEXES, null);
    }

    /// @param fingerprint of the finding whose pane opens
    public static Destination indexFinding(String fingerprint) {
        return new Destination(INDEXES, fingerprint);
    }

    /// The indexes of this table.
    public static Destination indexTable(String database, String schema, String table) {
        return new Destination(INDEXES, String.join("\n", database, schema, table));
    }

    public static Destination ask() {
        return new Destination(ASK, null);
    }

    /// @param id of the conversation that opens
    public static Destination conversation(UUID id) {
        return new Destination(ASK, id.toString());
    }

    public static Destination agents() {
        return new Destination(AGENTS, null);
    }

    public static Destination settings() {
        return new Destination(SETTINGS, null);
    }

    /// @param name of the tool whose form opens
    public static Destination tool(String name) {
        return new Destination(AGENTS, name);
    }
}
