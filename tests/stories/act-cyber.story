A website that hackers attack is no battlefield.
----
Hackers crippled the website of the Estonian parliament.
----
?.CRM.GOV COERCE cyber EST.JRN.GOV | when? | where? | the report | happened
