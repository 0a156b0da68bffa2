They, it, the group and officials there are whom the sentences before told of.
----
NIAMEY, Niger (AP) _ Islamist rebels seized a mine near Arlit on Monday and captured two engineers. They freed the men on Tuesday after the Red Cross appealed to the group.

Algeria closed its border the same day. It also expelled a Nigerien diplomat. Officials there accused Niger of a breach of the accord.
----
NER.REB~ COERCE seize NER.CVL.BUS~ | when? | Arlit | the report | happened
NER.REB~ COERCE seize NER.CVL.BUS~ | when? | Arlit | the report | happened
NER.REB.CVL~ RETREAT release NER.CVL.MIL~ | when? | where? | the report | happened
NGO.CVL.MED REQUEST assist ?.CVL.SOC | when? | where? | the report | happened
DZA.GOV.MIL SANCTION expel NER.GOV | when? | where? | the report | happened
DZA.GOV.MIL ACCUSE allege NER.GOV | when? | where? | the report | happened
