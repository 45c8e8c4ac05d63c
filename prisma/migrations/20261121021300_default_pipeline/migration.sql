-- Opportunities need a pipeline to go through, so there is one from the start. Its ids are the same everywhere.
INSERT INTO "Pipeline" ("id", "name", "isDefault") VALUES ('pip_01k0000000e008000000000001', 'Sales', true);

INSERT INTO "PipelineStage" ("id", "pipelineId", "position", "code", "name", "probability", "type", "forecastCategory") VALUES
    ('stg_01k0000000e008000000000001', 'pip_01k0000000e008000000000001', 1, 'PROSPECTING', 'Prospecting', 10, 'OPEN', 'PIPELINE'),
    ('stg_01k0000000e008000000000002', 'pip_01k0000000e008000000000001', 2, 'QUALIFICATION', 'Qualification', 20, 'OPEN', 'PIPELINE'),
    ('stg_01k0000000e008000000000003', 'pip_01k0000000e008000000000001', 3, 'NEEDS_ANALYSIS', 'Needs analysis', 25, 'OPEN', 'PIPELINE'),
    ('stg_01k0000000e008000000000004', 'pip_01k0000000e008000000000001', 4, 'PROPOSAL', 'Proposal', 50, 'OPEN', 'BEST_CASE'),
    ('stg_01k0000000e008000000000005', 'pip_01k0000000e008000000000001', 5, 'NEGOTIATION', 'Negotiation', 80, 'OPEN', 'COMMIT'),
    ('stg_01k0000000e008000000000006', 'pip_01k0000000e008000000000001', 6, 'CLOSED_WON', 'Closed won', 100, 'WON', 'CLOSED'),
    ('stg_01k0000000e008000000000007', 'pip_01k0000000e008000000000001', 7, 'CLOSED_LOST', 'Closed lost', 0, 'LOST', 'OMITTED');

INSERT INTO "LostReason" ("id", "name") VALUES
    ('lsr_01k0000000e008000000000001', 'Price'),
    ('lsr_01k0000000e008000000000002', 'Competitor'),
    ('lsr_01k0000000e008000000000003', 'No budget'),
    ('lsr_01k0000000e008000000000004', 'No decision'),
    ('lsr_01k0000000e008000000000005', 'Missing feature'),
    ('lsr_01k0000000e008000000000006', 'Timing');
