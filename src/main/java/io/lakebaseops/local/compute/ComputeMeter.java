package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.ComputeHost.EndpointSpec;

/// Told when the compute of an endpoint starts and stops serving. What a bill is made from.
///
/// Both calls come under the endpoint's lock and must not call back into the machine room.
public interface ComputeMeter {
    ComputeMeter NONE =
            new ComputeMeter() {
                @Override
                public void up(EndpointSpec spec) {}

                @Override
                public void down(String endpointUid) {}
            };

    /// It serves with these limits from now on; also told when the limits of a running one change.
    void up(EndpointSpec spec);

    /// Does nothing for one that is not up.
    void down(String endpointUid);
}
