Joint patrols of two navies are cooperation.
----
China and Vietnam held joint naval patrols.
----
CHN.GOV+VNM.GOV.MIL COOPERATE VNM.GOV.MIL | when? | where? | the report | happened
