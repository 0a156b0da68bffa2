A party that says no of a deed of its own denies it; the denial of another's charge is a deed too.
----
Chad said it had not bombed the Sudanese camp. Rwanda denied that its troops attacked Congolese villages.
----
TCD.GOV.MIL ASSAULT aerial SDN.GOV.MIL | when? | where? | Chad | denied
RWA.GOV.MIL REJECT - | when? | where? | the report | happened
RWA.MIL.GOV ASSAULT COD.CVL | when? | where? | Rwanda | denied
