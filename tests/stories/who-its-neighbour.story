Its neighbour, in a report about two states, is the other of them; their officials are not mixed up.
----
Eritrea accused its neighbour of bombing a village. Ethiopia denied the charge. Eritrean officials said Ethiopian jets had killed six herders. Ethiopia said Eritrea had sheltered rebels.
----
ERI.GOV ACCUSE allege ?.GOV.MIL | when? | where? | the report | happened
?.GOV.MIL ASSAULT aerial ERI.CVL | when? | Eritrea | Eritrea | happened
ETH.GOV REJECT - | when? | where? | the report | happened
ETH.MIL.GOV ASSAULT aerial ?.CVL.REB | when? | where? | Eritrean officials | happened
ERI.GOV.MIL AID ?.REB | when? | where? | Ethiopia | happened
