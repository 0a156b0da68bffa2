Two who meet in the country of one of them: the other visits.
----
French President Luc Arnaud held talks with Kenyan President Ann Mutua in Nairobi on Monday.
----
FRA.GOV CONSULT KEN.GOV | when? | Nairobi | the report | happened
