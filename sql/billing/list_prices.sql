-- What do the things that were used cost, by the public price list?
-- Engine: SQL warehouse. One row for each time a price held.
-- Parameters: :from (first day of the usage, ISO 8601).
-- Units: unit_price in currency_code for one usage_unit; price_end_time null: it still holds.
SELECT sku_name,
       cloud,
       usage_unit,
       currency_code,
       price_start_time,
       price_end_time,
       pricing.effective_list.default AS unit_price
FROM system.billing.list_prices
WHERE (price_end_time IS NULL OR price_end_time >= CAST(:from AS DATE))
  AND sku_name IN (
      SELECT sku_name
      FROM system.billing.usage
      WHERE usage_date >= CAST(:from AS DATE)
        AND billing_origin_product IN ('LAKEBASE', 'DATABASE'))
ORDER BY price_start_time
