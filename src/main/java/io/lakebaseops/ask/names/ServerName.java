package io.lakebaseops.ask.names;

/// A name that exists on a server.
///
/// @param kind `table`, `index`, `role`, `database`, `setting`, `extension`, `sequence`
/// @param database in which it lies, empty for what the whole server has
/// @param schema empty where it lies in none
/// @param table of an index
public record ServerName(String kind, String database, String schema, String name, String table) {
    /// As a person writes it, and what finds it again.
    public String display() {
        return schema.isEmpty() ? name : schema + "." + name;
    }
}
