package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

/// An act that takes something away for good. It names what it means by uid: by the time it runs,
/// somebody may have made another thing of the same name.
public interface Destructive {
    /// Null in the undo of a plan that makes it, where our record tells it, and in plans of an
    /// earlier version, which are refused.
    @Nullable String uid();

    /// The same act on exactly what our record says the plan made; itself when it is not about
    /// that.
    ControlPlaneAct on(CreatedResource made);

    /// @param what for messages: `Delete branch dev-a of shop`
    /// @param live uid of what has the name now
    static void same(String what, @Nullable String uid, String live) {
        if (uid == null) {
            throw new OpsException(
                    OpsException.Kind.CONFLICT,
                    what,
                    "the plan names it by its name only, and another may have that name by now",
                    "plan it again");
        }
        if (!uid.equals(live)) {
            throw new OpsException(
                    OpsException.Kind.CONFLICT,
                    what,
                    "another has this name now (uid %s, not %s)".formatted(live, uid),
                    "plan it again if that one is meant");
        }
    }
}
