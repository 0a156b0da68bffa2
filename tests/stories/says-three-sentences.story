A quotation goes on over three sentences: the last two have the first one's speaker.
----
"The talks are over," Foreign Minister Anil Rao said. "We have closed the border with Nepal. Our troops shelled the town of Ilam."
----
? SANCTION discontinue NPL.GOV | when? | where? | Foreign Minister Anil Rao | happened
NPL.MIL~ ASSAULT heavy-weapons IRN.CVL~ | when? | Ilām | Foreign Minister Anil Rao | happened
