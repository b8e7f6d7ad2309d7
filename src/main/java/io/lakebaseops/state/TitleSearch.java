package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;

import java.util.List;

/// Finds plans, findings and alerts by words of their titles.
public interface TitleSearch {
    /// What is still open first, then the newest.
    ///
    /// @param words all of them must occur, in any case
    List<Title> matching(TargetId target, List<String> words, int limit);

    enum Kind {
        PLAN,
        FINDING,
        ALERT
    }

    /// @param id of a plan its id, of a finding its fingerprint, of an alert its metric
    /// @param detail state of a plan, kind of a finding, severity of an alert
    record Title(Kind kind, String id, String title, String detail) {}
}
