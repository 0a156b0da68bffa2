A website that hackers attack is no battlefield.
----
Hackers crippled the website of the Estonian parliament.
----
?.CRM COERCE cyber EST.JRN.LEG | when? | where? | the report | happened
