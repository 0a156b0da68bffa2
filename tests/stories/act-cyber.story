A website that hackers attack is no battlefield.
----
Hackers crippled the website of the Estonian parliament.
----
EST.CRM~ COERCE cyber EST.JRN | when? | where? | the report | happened
