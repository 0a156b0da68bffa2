Courts that sentence punish; the police that arrest only hold.
----
Nigerian police arrested the opposition leader Bola Adeyi. Two Nigerian journalists were sentenced to three years in prison.
----
NGA.COP COERCE arrest NGA.JRN.OPP~ | when? | where? | the report | happened
- SANCTION convict NGA.JRN | when? | where? | the report | happened
