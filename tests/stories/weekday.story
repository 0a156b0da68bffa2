A weekday is the last one before the report, and a dated report tells which.
----
published: 2025-03-05
Kenyan police arrested a Ugandan lawyer in Mombasa on Monday.
----
KEN.COP COERCE arrest UGA.CVL.CRM | 2025-03-03 | Mombasa | the report | happened
