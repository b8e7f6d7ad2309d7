package io.lakebaseops.console.branches;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.SqlView;

import javafx.scene.Node;

import java.util.List;

/// What a plain PostgreSQL server offers instead of branches, said honestly: whole copies.
final class WithoutBranches {
    private WithoutBranches() {}

    static List<Node> words() {
        return List.of(
                Nodes.label(
                        Texts.of("What a plain PostgreSQL server offers instead"), "card-title"),
                Nodes.wrapped(
                        Texts.of(
                                "A branch shares its parent's storage and is there in seconds. A plain server can only copy all of the data, so plan time and space for it."),
                        "row-sub"),
                Nodes.label(Texts.of("A copy of one database on the same server"), "row-title"),
                Nodes.wrapped(
                        Texts.of(
                                "Nobody may be connected to the source meanwhile; it takes as long as copying its files."),
                        "row-sub"),
                new SqlView("create database shop_test template shop strategy file_copy;"),
                Nodes.label(Texts.of("The schema alone, to try a migration"), "row-title"),
                new SqlView("pg_dump --schema-only shop | psql shop_test"),
                Nodes.label(Texts.of("A moment of the past"), "row-title"),
                Nodes.wrapped(
                        Texts.of(
                                "Restore a base backup on another machine and set recovery_target_time; needs archived WAL (PostgreSQL manual, 25.3 Continuous Archiving and Point-in-Time Recovery)."),
                        "row-sub"),
                Nodes.wrapped(
                        Texts.of(
                                "To have branches on this machine, open Local Lakebase from the palette (Ctrl K)."),
                        "row-sub"));
    }
}
