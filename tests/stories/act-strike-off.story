A strike that is called off is no attack.
----
Kenyan teachers called off a strike.
----
KEN.EDU.REF REJECT - | when? | where? | the report | happened
KEN.EDU.REF PROTEST strike - | when? | where? | the report | negated
