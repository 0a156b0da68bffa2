Turns of a transcript: who answers says it.
----
Q: What happened at the border?
A: Soldiers from Sudan attacked a village.
Q: And then?
A: We expelled the ambassador of Sudan.
----
SDN.MIL.GOV ASSAULT SDN.CVL | when? | Sudan | A | happened
SDN.GOV.MIL SANCTION expel SDN.GOV | when? | Sudan | A | happened
