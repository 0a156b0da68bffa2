Joint patrols of two navies are cooperation.
----
China and Vietnam held joint naval patrols.
----
CHN.GOV+VNM.GOV.MIL COOPERATE - | when? | where? | the report | happened
