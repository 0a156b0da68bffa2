A strike that is called off is no attack.
----
Kenyan teachers called off a strike.
----
KEN.EDU.CVL REJECT KEN.GOV.MIL | when? | where? | the report | happened
KEN.EDU.CVL PROTEST strike KEN.GOV.MIL | when? | where? | the report | negated
