package io.lakebaseops.state;

import io.lakebaseops.lakebase.acts.CreatedResource;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Our record of the projects and branches that plans of ours made. Whether a branch is ours to
/// delete, to give an end, or to try statements on is told by this and never by its name.
public interface CreatedResources {
    /// @param plan that made it
    /// @param tool that proposed the plan
    record Entry(UUID plan, String tool, CreatedResource what) {}

    /// Keeps the first entry of a uid.
    void add(String profile, Entry entry);

    Optional<Entry> find(String profile, String uid);

    /// What one plan made.
    List<CreatedResource> of(UUID plan);
}
