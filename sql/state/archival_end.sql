-- Closes an archival with what it came to.
-- since: 13
-- timeout: 15s
-- params: id uuid, status text, at timestamptz, bytes_freed int8, checksum text, manifest text
-- units: none
update archivals
   set status = :status, phase = 'DONE', finished_at = :at, error = null, bytes_freed = coalesce(:bytes_freed, bytes_freed),
       checksum = coalesce(:checksum, checksum), manifest = coalesce(:manifest, manifest)
 where id = :id
