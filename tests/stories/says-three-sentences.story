A quotation goes on over three sentences: the last two have the first one's speaker.
----
"The talks are over," Foreign Minister Anil Rao of India said. "We have closed the border with Nepal. Our troops shelled the town of Pokhara."
----
- CONSULT - | when? | where? | Foreign Minister Anil Rao of India | ongoing
?.GOV COERCE restrict NPL.GOV.MIL | when? | Nepal | Foreign Minister Anil Rao of India | happened
NPL.MIL ASSAULT heavy-weapons NPL.CVL | when? | Pokhara | Foreign Minister Anil Rao of India | happened
