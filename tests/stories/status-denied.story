A party that says no of a deed of its own denies it; the denial of another's charge is a deed too.
----
Chad said it had not bombed the Sudanese camp. Rwanda denied that its troops attacked Congolese villages.
----
TCD.GOV ASSAULT explosives SDN.GOV | when? | where? | Chad | denied
RWA.GOV REJECT COD.CVL | when? | where? | the report | happened
