The report's own no is a negation, whoever may deny it: none, yet to, no one.
----
Serbian police arrested none of the protesters. Cuba has yet to withdraw its troops from Angola. Moroccan soldiers did not shoot the demonstrators.
----
SRB.COP COERCE arrest ?.CVL.OPP | when? | where? | the report | negated
CUB.GOV.MIL RETREAT withdraw AGO.GOV.MIL | when? | Angola | the report | negated
MAR.MIL.GOV ASSAULT firearms ?.CVL.OPP | when? | where? | the report | negated
