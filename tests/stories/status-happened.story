Managing and having had to leave an act done, as the plain past does.
----
Norwegian envoys managed to meet the Colombian rebels. Mali freed two French soldiers in Gao. Malian troops were forced to withdraw from Niger.
----
NOR.GOV.MIL CONSULT third-party COL.REB | when? | where? | the report | happened
MLI.GOV.MIL RETREAT withdraw FRA.MIL | when? | Gao | the report | happened
MLI.MIL.GOV RETREAT withdraw NER.GOV | when? | Niger | the report | happened
