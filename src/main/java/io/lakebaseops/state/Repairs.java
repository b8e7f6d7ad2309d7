package io.lakebaseops.state;

import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;

import java.time.Instant;
import java.util.List;

/// The plans that were carried out on a target, as far as needed to see that they repeat.
public interface Repairs {
    /// @param verbs of the plans asked for
    /// @return oldest first, at most a thousand
    List<Repair> since(TargetId target, List<String> verbs, Instant since);

    record Repair(String verb, Subject subject, Instant at) {}
}
