Its neighbour, in a report about two states, is the other of them; their officials are not mixed up.
----
Eritrea accused its neighbour of bombing a village. Ethiopia denied the charge. Eritrean officials said Ethiopian jets had killed six herders. Ethiopia said Eritrea had sheltered rebels.
----
ERI.GOV ACCUSE allege ETH.GOV+ETH.MIL.GOV | when? | where? | the report | happened
ETH.GOV+ETH.MIL.GOV ASSAULT aerial ERI.GOV+ERI.CVL | when? | Eritrea | Eritrea | happened
ETH.GOV REJECT ERI.GOV+ERI.CVL | when? | where? | the report | happened
ETH.MIL.GOV ASSAULT aerial ERI.GOV+ERI.CVL+?.CVL.REB | when? | where? | Eritrean officials | happened
ERI.GOV.MIL+ERI.CVL AID ?.REB | when? | where? | Ethiopia | happened
