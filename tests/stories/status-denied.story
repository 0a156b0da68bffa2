A party that says no of a deed of its own denies it; the denial of another's charge is a deed too.
----
Chad said it had not bombed the Sudanese camp. Rwanda denied that its troops attacked Congolese villages.
----
TCD.GOV.MIL ASSAULT aerial SDN.GOV.MIL+SDN.GOV.CVL | when? | where? | Chad | denied
RWA.GOV.MIL REJECT - | when? | where? | the report | happened
RWA.GOV.MIL+RWA.MIL.GOV ASSAULT COD.GOV.CVL+COD.CVL | when? | where? | Rwanda | denied
