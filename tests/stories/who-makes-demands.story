A report filed elsewhere does not make a stranger one of the country that he makes demands of.
----
published: 2015-05-10
SANA, Yemen — A bomb wounded two French engineers near Marib on Monday. The leader of a tribal group, Hamid Saleh, demanded that France leave. Mr. Saleh threatened France.
----
- ASSAULT explosives FRA.BUS.CVL | 2015-05-04 | Ma'rib | the report | happened
?.REB.REL REQUEST yield FRA.GOV | 2015-05-04 | where? | the report | happened
?.CVL.CRM THREATEN violence FRA.GOV | 2015-05-02..2015-05-10~ | France | the report | happened
