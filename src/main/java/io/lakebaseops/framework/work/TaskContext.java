package io.lakebaseops.framework.work;

import io.lakebaseops.domain.Deadline;

/// What a running task is given: until when, and where to say how far it is.
public interface TaskContext {
    Deadline deadline();

    /// @param fraction 0 to 1, negative when unknown
    void progress(double fraction, String what);

    /// From here on neither cancel nor the deadline disturbs the task: it hands over to something
    /// that has timeouts of its own and must not be cut in half (the gate).
    ///
    /// @throws io.lakebaseops.domain.OpsException when nobody waits for the result any more
    void finishUndisturbed();
}
