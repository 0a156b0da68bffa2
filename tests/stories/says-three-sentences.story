A quotation goes on over three sentences: the last two have the first one's speaker.
----
"The talks are over," Foreign Minister Anil Rao of India said. "We have closed the border with Nepal. Our troops shelled the town of Pokhara."
----
IND.GOV CONSULT - | when? | where? | Foreign Minister Anil Rao of India | ongoing
IND.GOV REJECT meet - | when? | where? | Foreign Minister Anil Rao of India | happened
IND.GOV.MIL COERCE restrict NPL.GOV | when? | Nepal | Foreign Minister Anil Rao of India | happened
IND.MIL.GOV~ ASSAULT heavy-weapons NPL.CVL | when? | Pokhara | Foreign Minister Anil Rao of India | happened
