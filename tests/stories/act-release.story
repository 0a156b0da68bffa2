Captors who free their captives withdraw; rescuers help.
----
Nigerian soldiers rescued 12 Nigerian hostages. Nigerian rebels freed two Nigerian oil workers.
----
NGA.MIL.GOV AID NGA.CVL | when? | where? | the report | happened
NGA.REB.MIL RETREAT release NGA.LAB.CVL | when? | where? | the report | happened
