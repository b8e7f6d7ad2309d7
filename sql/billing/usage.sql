-- What did this project use, hour by hour, as the platform bills it?
-- Engine: SQL warehouse. All record types are summed: a correction is a retraction and a restatement.
-- Usage that names no project is given too, since nobody else would ask for it.
-- Parameters: :project (its uid), :from (first day, ISO 8601).
-- Units: quantity in usage_unit; corrected is the number of records that are corrections.
SELECT usage_date,
       usage_end_time,
       billing_origin_product,
       sku_name,
       cloud,
       usage_unit,
       usage_type,
       usage_metadata.project_id AS project_uid,
       usage_metadata.branch_id AS branch_uid,
       usage_metadata.endpoint_id AS endpoint_uid,
       to_json(product_features) AS features,
       to_json(custom_tags) AS tags,
       sum(usage_quantity) AS quantity,
       sum(CASE WHEN record_type = 'ORIGINAL' THEN 0 ELSE 1 END) AS corrected
FROM system.billing.usage
WHERE usage_date >= CAST(:from AS DATE)
  AND billing_origin_product IN ('LAKEBASE', 'DATABASE')
  AND (usage_metadata.project_id = :project
       OR usage_metadata.database_instance_id = :project
       OR (usage_metadata.project_id IS NULL AND usage_metadata.database_instance_id IS NULL))
GROUP BY ALL
ORDER BY usage_end_time
