Its neighbour, in a report about two states, is the other of them; their officials are not mixed up.
----
Eritrea accused its neighbour of bombing a village. Ethiopia denied the charge. Eritrean officials said Ethiopian jets had killed six herders. Ethiopia said Eritrea had sheltered rebels.
----
ERI.GOV ACCUSE allege ETH.GOV~ | when? | where? | the report | happened
ERI.GOV ASSAULT aerial ERI.CVL~ | when? | where? | the report | happened
ETH.GOV REJECT - | when? | where? | the report | happened
ETH.GOV ACCUSE allege - | when? | where? | Ethiopia | happened
ETH.MIL ASSAULT ERI.AGR~ | when? | where? | Eritrean officials | happened
ERI.GOV AID ?.REB | when? | where? | Ethiopia | happened
