Turns of a transcript: who answers says it.
----
Q: What happened at the border?
A: Soldiers from Sudan attacked a village.
Q: And then?
A: We expelled the ambassador of Sudan.
----
SDN.MIL.GOV+SDN.GOV.MIL ASSAULT SDN.CVL | when? | Sudan | A | happened
SDN.MIL.GOV+SDN.GOV.MIL+SDN.CVL SANCTION expel SDN.GOV | when? | Sudan | A | happened
