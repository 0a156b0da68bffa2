They, it, the group and officials there are whom the sentences before told of.
----
NIAMEY, Niger (AP) _ Islamist rebels seized a mine near Arlit on Monday and captured two engineers. They freed the men on Tuesday. The Red Cross had called on the group to release them.

Algeria closed its border the same day. It also expelled a Nigerien diplomat. Officials there accused Niger of lying.
----
NER.REB~ COERCE seize NER.CVL.CRM~ | when? | Arlit | the report | happened
NER.REB~ COERCE seize NER.CVL.CRM~ | when? | Arlit | the report | happened
NER.REB.CVL~ RETREAT release NER.CVL.REB~ | when? | where? | the report | happened
NGO.MED.CVL REQUEST yield NER.REB.CVL~ | when? | where? | the report | happened
DZA.GOV COERCE restrict - | when? | Algeria | the report | happened
DZA.GOV.MIL SANCTION expel NER.GOV | when? | where? | the report | happened
DZA.GOV ACCUSE allege NER.GOV.MIL | when? | where? | the report | happened
