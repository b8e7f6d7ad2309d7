package io.lakebaseops.change.audit;

import java.util.List;

/// Chain heads kept in append-only history, out of reach of whoever writes the state database.
public interface HeadArchive {
    void keep(ChainHead head);

    List<ChainHead> kept();

    /// Where there is no history.
    static HeadArchive none() {
        return new HeadArchive() {
            @Override
            public void keep(ChainHead head) {
                // nowhere
            }

            @Override
            public List<ChainHead> kept() {
                return List.of();
            }
        };
    }
}
