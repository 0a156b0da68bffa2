Without a date a weekday names no day.
----
Kenyan police arrested a Ugandan lawyer in Mombasa on Monday.
----
KEN.COP COERCE arrest UGA.CVL.CRM | when? | Mombasa | the report | happened
