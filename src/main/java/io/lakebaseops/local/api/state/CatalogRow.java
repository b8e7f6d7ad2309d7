package io.lakebaseops.local.api.state;

import java.time.Instant;

/// The stored record of a database's registration in Unity Catalog.
///
/// @param id the catalog's name, lower case
/// @param branch full name of the branch that holds the database
public record CatalogRow(
        String id, String uid, Instant createTime, String branch, String postgresDatabase) {

    public String name() {
        return Names.catalog(id);
    }
}
