They, it, the group and officials there are whom the sentences before told of.
----
NIAMEY, Niger (AP) _ Islamist rebels seized a mine near Arlit on Monday and captured two engineers. They freed the men on Tuesday after the Red Cross appealed to the group.

Algeria closed its border the same day. It also expelled a Nigerien diplomat. Officials there accused Niger of a breach of the accord.
----
NER.REB.PTY~ COERCE seize ?.CVL | when? | Arlit | the report | happened
NER.REB.PTY~ COERCE seize ?.CVL | when? | Arlit | the report | happened
?.REB.GOV RETREAT release ?.CVL.CRM | when? | Arlit | the report | happened
NGO.MED.GOV REQUEST assist ?.GOV.REB | when? | where? | the report | happened
DZA.GOV.MIL RETREAT withdraw - | when? | Arlit | the report | happened
DZA.GOV SANCTION expel NER.GOV | when? | where? | the report | happened
?.GOV ACCUSE allege NER.GOV.MIL | when? | where? | the report | happened
NER.GOV.MIL COERCE - | when? | Niger | Officials there | happened
