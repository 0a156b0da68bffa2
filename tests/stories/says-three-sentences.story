A quotation goes on over three sentences: the last two have the first one's speaker.
----
"The talks are over," Foreign Minister Anil Rao of India said. "We have closed the border with Nepal. Our troops shelled the town of Pokhara."
----
- CONSULT - | when? | where? | Anil Rao | ongoing
IND.GOV.MIL COERCE restrict NPL.GOV.MIL | when? | Nepal | Anil Rao | happened
IND.MIL.GOV ASSAULT heavy-weapons NPL.CVL | when? | Pokhara | Anil Rao | happened
