-- 502 users, 200,000 customers, 600,000 contacts, 1,000,000 opportunities, 300,000 lines. No random numbers:
-- the same rows on every machine. Instants are spread by a multiplication modulo a prime, so that their
-- order is not the heap's.

insert into "User" (id, "createdAt", email, name, role, "isActive")
select 'usr_' || lpad(i::text, 26, '0'), timestamptz '2020-01-01Z' + i * interval '1 hour',
  case i when 1 then 'ada@bench.example' when 2 then 'ben@bench.example' else 'user' || i || '@bench.example' end,
  'User ' || i, (case i when 1 then 'ADMINISTRATOR' else 'AGENT' end)::"Role", true
from generate_series(1, 502) as i;

insert into "Product" (id, "createdAt", sku, name, price)
select 'prd_' || lpad(i::text, 26, '0'), timestamptz '2020-01-01Z' + i * interval '1 minute', 'SKU-' || i, 'Product ' || i, i * 1.25
from generate_series(1, 100) as i;

create temporary table made as
select i, 'cus_' || lpad(i::text, 26, '0') as id,
  timestamptz '2021-01-01Z' + ((i::bigint * 7919) % 200003) * interval '10 minutes' as at,
  'usr_' || lpad((3 + i % 500)::text, 26, '0') as owner
from generate_series(1, 200000) as i;
update made set owner = 'usr_' || lpad('2', 26, '0') where id in (select id from made order by at desc limit 400);

insert into "Customer" (id, "createdAt", "updatedAt", "ownerId", name, type, "lifecycleStage", industry, website,
  "foundedYear", email, "employeeCount", "annualRevenue", "billingCity", "billingCountry")
select id, at, at, owner, 'Company ' || lpad(((i::bigint * 104729) % 200003)::text, 6, '0'),
  (case when (i * 31 / 7) % 2 = 0 then 'CUSTOMER' else 'PROSPECT' end)::"CustomerType", 'LEAD',
  (array['retail', 'software', 'finance', 'medical', 'telecommunications', 'services'])[1 + i % 6],
  'https://company' || i || '.example', 1950 + i % 70, 'info@company' || i || '.example', 10 + i % 5000,
  (i % 90000) * 1013.75, (array['Berlin', 'Lyon', 'Austin', 'Osaka', 'Recife', 'Pune', 'Cork'])[1 + i % 7],
  (array['Germany', 'France', 'United States', 'Japan', 'Brazil', 'India', 'Ireland'])[1 + i % 7]
from made;

insert into "Contact" (id, "createdAt", "updatedAt", "ownerId", "customerId", "firstName", "lastName", email)
select 'con_' || lpad((i * 3 + n)::text, 26, '0'), at + n * interval '1 minute', at, owner, id,
  (array['Mina', 'Jonas', 'Awa', 'Li', 'Rosa', 'Noor', 'Emil'])[1 + (i + n) % 7], 'Person ' || i || '-' || n,
  'person' || n || '@company' || i || '.example'
from made, generate_series(0, 2) as n;

insert into "Opportunity" (id, "createdAt", "updatedAt", "ownerId", "customerId", name, "pipelineId", "stageId",
  amount, probability, "forecastCategory", "expectedCloseDate", "closedAt")
select 'opp_' || lpad((i * 5 + n)::text, 26, '0'), at + n * interval '1 minute', at, owner, made.id, 'Opportunity ' || i || '-' || n,
  stage."pipelineId", stage.id, ((i::bigint * 37 + n * 1009) % 1000000) / 4.0, stage.probability, stage."forecastCategory",
  date '2024-01-01' + (i % 730), case when stage.type <> 'OPEN' then timestamptz '2024-01-01Z' + ((i::bigint * 17 + n) % 17520) * interval '1 hour' end
from made, generate_series(0, 4) as n,
  lateral (select *, row_number() over (order by position) as place, count(*) over () as places from "PipelineStage") as stage
where case when (i + n) % 5 < 2 then stage.type = 'WON' else stage.place = 1 + (i * 5 + n) % (stage.places - 2) end;

insert into "OpportunityLine" (id, "createdAt", "updatedAt", "opportunityId", "productId", position, quantity, "unitPrice")
select 'oln_' || lpad(((i * 5 + n) * 3 + line)::text, 26, '0'), at, at, 'opp_' || lpad((i * 5 + n)::text, 26, '0'),
  'prd_' || lpad((1 + (i + n + line) % 100)::text, 26, '0'), line + 1, line + 1.5, (i % 400) * 2.25
from (select * from made order by at desc limit 20000) as made, generate_series(0, 4) as n, generate_series(0, 2) as line;
