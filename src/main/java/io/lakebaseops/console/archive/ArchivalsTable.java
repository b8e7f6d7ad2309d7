package io.lakebaseops.console.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.console.parts.DataTable.Column;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.state.Archival;

import java.util.Comparator;
import java.util.List;

/// Archivals that have ended, as a table, and the words for what each has come to.
final class ArchivalsTable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ArchivalsTable() {}

    static DataTable<Archival> of(ConsoleSession session) {
        return new DataTable<>(
                Texts.marked("archivals"),
                List.of(
                        new Column<>(
                                Texts.of("Started"),
                                88,
                                false,
                                a -> Texts.clock(a.startedAt(), session.now(), session.zone()),
                                Comparator.comparing(Archival::startedAt),
                                null),
                        Column.text(Texts.of("Table"), 170, a -> a.schema() + "." + a.table()),
                        Column.number(
                                Texts.of("Rows"),
                                90,
                                a -> Format.grouped(a.rowsDeleted()),
                                Comparator.comparing(Archival::rowsDeleted)),
                        Column.number(
                                Texts.of("Freed"),
                                80,
                                a -> a.bytesFreed() == null ? "–" : Format.size(a.bytesFreed()),
                                Comparator.comparing(ArchivalsTable::freed)),
                        Column.<Archival>text(Texts.of("State"), 120, ArchivalsTable::state)
                                .colored(ArchivalsTable::role)));
    }

    private static long freed(Archival a) {
        return a.bytesFreed() == null ? 0 : a.bytesFreed();
    }

    static String state(Archival a, ArchiveSnapshot p) {
        return a.status() == Archival.Status.RUNNING && !p.runs(a) ? Texts.of("stopped") : state(a);
    }

    static Role role(Archival a, ArchiveSnapshot p) {
        return a.status() == Archival.Status.RUNNING && !p.runs(a) ? Role.WARNING : role(a);
    }

    private static String state(Archival a) {
        return switch (a.status()) {
            case RUNNING -> Texts.of("running");
            case STOPPED -> Texts.of("stopped");
            case ARCHIVED -> Texts.of("verified");
            case PART_RESTORED -> Texts.of("part restored");
            case RESTORED -> Texts.of("restored");
        };
    }

    private static Role role(Archival a) {
        return switch (a.status()) {
            case RUNNING, PART_RESTORED -> Role.INFO;
            case STOPPED -> Role.WARNING;
            case ARCHIVED -> Role.OK;
            case RESTORED -> Role.MUTED;
        };
    }

    static String indented(String json) {
        try {
            return JSON.readTree(json).toPrettyString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(Texts.of("Not a manifest: %s", json), e);
        }
    }
}
