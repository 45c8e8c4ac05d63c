-- Forms in which records are compared for duplicates, as src/modules/customers/duplicates/rules.ts writes them: addresses in
-- any case, telephone numbers by their digits without zeros in front, websites by their domain, of which an index holds 253 characters.

CREATE INDEX "Customer_email_lower" ON "Customer" (lower("email"));
CREATE INDEX "Customer_phone_digits" ON "Customer" (ltrim(regexp_replace("phone", '\D', '', 'g'), '0'));
CREATE INDEX "Customer_website_domain" ON "Customer" (left(substring(lower("website") from '^https?://(?:www\.)?([^/:?#]+)'), 253));

CREATE INDEX "Contact_email_lower" ON "Contact" (lower("email"));
CREATE INDEX "Contact_phone_digits" ON "Contact" (ltrim(regexp_replace("phone", '\D', '', 'g'), '0'));
CREATE INDEX "Contact_mobile_digits" ON "Contact" (ltrim(regexp_replace("mobile", '\D', '', 'g'), '0'));

CREATE INDEX "Lead_email_lower" ON "Lead" (lower("email"));
CREATE INDEX "Lead_phone_digits" ON "Lead" (ltrim(regexp_replace("phone", '\D', '', 'g'), '0'));
CREATE INDEX "Lead_mobile_digits" ON "Lead" (ltrim(regexp_replace("mobile", '\D', '', 'g'), '0'));
CREATE INDEX "Lead_website_domain" ON "Lead" (left(substring(lower("website") from '^https?://(?:www\.)?([^/:?#]+)'), 253));
CREATE INDEX "Lead_company_lower" ON "Lead" (lower("company"));
