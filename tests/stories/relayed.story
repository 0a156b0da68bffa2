A chain of two: an agency relays a ministry.
----
The Foreign Ministry in Ankara said Turkey had recalled its ambassador from Israel, state news agency Anadolu reported.
----
TUR.GOV SANCTION withdraw ISR.GOV | when? | where? | state news agency Anadolu > The Foreign Ministry in Ankara | happened
