-- Notes that an archival came to a phase.
-- since: 13
-- timeout: 15s
-- params: id uuid, phase text, at timestamptz
-- units: none
update archivals set phase = :phase, phase_at = :at where id = :id
