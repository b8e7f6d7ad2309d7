package io.lakebaseops.postgres;

import io.lakebaseops.domain.Rows;

import java.util.Map;

/// A snapshot on a pooled connection, given back when the transaction has ended.
final class PooledSnapshotSession implements SnapshotSession {
    private final PooledReadSession session;

    private PooledSnapshotSession(PooledReadSession session) {
        this.session = session;
    }

    static PooledSnapshotSession begin(PooledReadSession session) {
        boolean begun = false;
        try {
            // The server's version is asked for outside: it must not be what fixes the snapshot.
            session.capabilities();
            session.begin();
            begun = true;
            return new PooledSnapshotSession(session);
        } finally {
            if (!begun) {
                session.close();
            }
        }
    }

    @Override
    public Rows query(SqlName sql, Map<String, ?> params) {
        return session.query(sql, params);
    }

    @Override
    public Rows query(SqlText sql, Map<String, ?> params) {
        return session.query(sql, params);
    }

    @Override
    public void close() {
        try {
            session.end();
        } finally {
            session.close();
        }
    }
}
