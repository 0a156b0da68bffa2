Managing and having had to leave an act done, as the plain past does.
----
Norwegian envoys managed to meet the Colombian rebels. Mali freed two French soldiers. Malian troops were forced to withdraw from Niger.
----
NOR.GOV CONSULT phone COL.REB | when? | where? | the report | happened
NOR.GOV CONSULT COL.REB | when? | where? | the report | happened
MLI.GOV RETREAT FRA.MIL | when? | where? | the report | happened
MLI.MIL RETREAT withdraw - | when? | Niger | the report | happened
