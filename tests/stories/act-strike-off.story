A strike that is called off is no attack.
----
Kenyan teachers called off a strike.
----
KEN.EDU CONCEDE - | when? | where? | the report | happened
