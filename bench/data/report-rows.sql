-- What reports tell of, besides: 50 campaigns, 100,000 leads, some 1,700,000 visits of stages, 200,000 cases, 100,000 feedbacks.

insert into "Campaign" (id, "createdAt", "ownerId", name, type, "startDate", "endDate", "actualCost")
select 'cam_' || lpad(i::text, 26, '0'), timestamptz '2024-01-01Z' + i * interval '1 day', 'usr_' || lpad((3 + i % 500)::text, 26, '0'),
  'Campaign ' || i, (array['EMAIL', 'EVENT', 'WEBINAR', 'SOCIAL'])[1 + i % 4]::"CampaignType", date '2024-01-01' + i, date '2024-03-01' + i, i * 1000
from generate_series(1, 50) as i;

insert into "Lead" (id, "createdAt", "updatedAt", "ownerId", company, status, "convertedAt", "campaignId")
select 'led_' || lpad(i::text, 26, '0'), at, at, 'usr_' || lpad((3 + i % 500)::text, 26, '0'), 'Company ' || i,
  (case when i % 5 = 0 then 'CONVERTED' else 'NEW' end)::"LeadStatus", case when i % 5 = 0 then at end, 'cam_' || lpad((1 + i % 50)::text, 26, '0')
from (select i, timestamptz '2024-01-01Z' + ((i::bigint * 7919) % 100003) * interval '10 minutes' as at from generate_series(1, 100000) as i) as made;

update "Opportunity" set "campaignId" = 'cam_' || lpad((1 + hashtext(id) & 31)::text, 26, '0') where hashtext(id) % 10 = 0;

insert into "StageHistory" (id, "createdAt", "updatedAt", "opportunityId", "stageId", "enteredAt", "leftAt")
select 'sth_' || right(o.id, 24) || '01', o."createdAt", o."createdAt", o.id,
  (select id from "PipelineStage" order by position limit 1), o."closedAt" - (1 + abs(hashtext(o.id)) % 90) * interval '1 day', o."closedAt"
from "Opportunity" as o where o."closedAt" is not null;
insert into "StageHistory" (id, "createdAt", "updatedAt", "opportunityId", "stageId", "enteredAt")
select 'sth_' || right(id, 24) || '02', "createdAt", "createdAt", id, "stageId", coalesce("closedAt", "createdAt") from "Opportunity";

insert into "SlaPolicy" (id, name, "responseMinutes", "resolveMinutes") values ('slp_' || lpad('1', 26, '0'), 'Usual', 240, 2880);
insert into "Case" (id, "createdAt", "updatedAt", "ownerId", number, subject, status, priority, type, origin, "customerId", "slaPolicyId",
  "firstRespondedAt", "resolvedAt", "slaStatus")
select 'cas_' || lpad(i::text, 26, '0'), at, at, 'usr_' || lpad((3 + i % 500)::text, 26, '0'), 'C-' || i, 'Case ' || i,
  (case when i % 4 = 0 then 'IN_PROGRESS' else 'RESOLVED' end)::"CaseStatus", (array['LOW', 'NORMAL', 'HIGH', 'URGENT'])[1 + i % 4]::"Priority",
  (array['QUESTION', 'INCIDENT', 'COMPLAINT'])[1 + i % 3]::"CaseType", (array['EMAIL', 'PHONE', 'WEB'])[1 + i % 3]::"CaseOrigin",
  'cus_' || lpad((1 + i % 200000)::text, 26, '0'), case when i % 10 > 0 then 'slp_' || lpad('1', 26, '0') end,
  at + (i % 300) * interval '1 minute', case when i % 4 > 0 then at + (i % 3000) * interval '1 minute' end,
  case when i % 10 = 0 then null when i % 4 = 0 then 'ROLLING_RESPONSE_DUE' when i % 300 > 240 then 'FAILED' else 'FULFILLED' end::"SlaStatus"
from (select i, timestamptz '2024-01-01Z' + ((i::bigint * 7919) % 200003) * interval '5 minutes' as at from generate_series(1, 200000) as i) as made;

insert into "Feedback" (id, "createdAt", "updatedAt", "ownerId", rating, sentiment, "caseId", "customerId")
select 'fbk_' || lpad(i::text, 26, '0'), at, at, 'usr_' || lpad((3 + i % 500)::text, 26, '0'), 1 + i % 5,
  (array['NEGATIVE', 'NEGATIVE', 'NEUTRAL', 'POSITIVE', 'POSITIVE'])[1 + i % 5]::"Sentiment",
  'cas_' || lpad(i::text, 26, '0'), 'cus_' || lpad((1 + i % 200000)::text, 26, '0')
from (select i, timestamptz '2024-01-01Z' + ((i::bigint * 7919) % 200003) * interval '5 minutes' as at from generate_series(1, 100000) as i) as made;
