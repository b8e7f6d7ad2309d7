package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Searches the titles in the state database.
public final class StoredTitleSearch implements TitleSearch {
    private final StateDb db;

    public StoredTitleSearch(StateDb db) {
        this.db = db;
    }

    @Override
    public List<Title> matching(TargetId target, List<String> words, int limit) {
        var lower = words.stream().map(w -> w.toLowerCase(Locale.ROOT)).toList();
        return db.tx(
                tx ->
                        tx.query(
                                StateSql.TITLES_MATCHING,
                                Map.of("target", target.key(), "words", lower, "limit", limit),
                                Title.class));
    }
}
