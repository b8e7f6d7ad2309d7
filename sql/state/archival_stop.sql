-- Notes why an archival stopped.
-- since: 13
-- timeout: 15s
-- params: id uuid, error text, at timestamptz
-- units: none
update archivals set status = 'STOPPED', error = :error, finished_at = :at where id = :id
