Nothing under a condition is told as done.
----
If Ethiopian troops attack Eritrea, Sudan would impose sanctions on Ethiopia. Egypt would have expelled the Libyan envoy.
----
ETH.MIL.GOV THREATEN (ASSAULT) ERI.GOV.MIL | when? | Eritrea | the report | hypothetical
SDN.GOV.MIL THREATEN (SANCTION) ETH.GOV | when? | where? | the report | hypothetical
EGY.GOV THREATEN expel (SANCTION) LBY.GOV | when? | where? | the report | hypothetical
