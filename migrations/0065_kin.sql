-- What an organisation that was merged is by now, at the end of all its merges. Whoever asks
-- whether a stake is an organisation's own asks by this (domain.Kin).
CREATE VIEW organisations_now AS
WITH RECURSIVE way AS (
    SELECT merged, survivor, 1 AS steps FROM merged_organisations
    UNION ALL
    SELECT w.merged, m.survivor, w.steps + 1 FROM way w JOIN merged_organisations m ON m.merged = w.survivor WHERE w.steps < 100
)
SELECT merged AS organisation, survivor AS now FROM way w
WHERE NOT EXISTS (SELECT FROM merged_organisations m WHERE m.merged = w.survivor);

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN RETURN; END IF;
    GRANT SELECT ON organisations_now TO fund_app;
END $$;
