package io.lakebaseops.testing;

import io.lakebaseops.change.archival.ColdRow;
import io.lakebaseops.change.archival.ColdStore;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.postgres.CopiedRows;
import io.lakebaseops.state.Archival;

import java.util.Collection;
import java.util.List;

/// For gates whose plans move no rows.
public enum NoColdStore implements ColdStore {
    NONE;

    private static AssertionError unexpected() {
        return new AssertionError("no archive in this test");
    }

    @Override
    public void prepare(ArchiveOrder order) {
        throw unexpected();
    }

    @Override
    public Writing write(ArchiveOrder order, int portion) {
        throw unexpected();
    }

    @Override
    public void rows(ArchiveOrder order, int portion, CopiedRows into) {
        throw unexpected();
    }

    @Override
    public List<ColdRow> read(ArchiveOrder order, int portion) {
        throw unexpected();
    }

    @Override
    public List<ColdRow> read(ArchiveOrder order, int portion, long version) {
        throw unexpected();
    }

    @Override
    public void remove(ArchiveOrder order, Collection<String> keys) {
        throw unexpected();
    }

    @Override
    public void remove(ArchiveOrder order, int portion, Collection<String> keys) {
        throw unexpected();
    }

    @Override
    public void removeAll(ArchiveOrder order) {
        throw unexpected();
    }

    @Override
    public Held held(ArchiveOrder order) {
        throw unexpected();
    }

    @Override
    public void note(Archival archival, String status) {
        throw unexpected();
    }
}
